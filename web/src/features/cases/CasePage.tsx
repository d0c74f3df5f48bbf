import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/Page.tsx";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { mapsQuery } from "../maps/pages/map_queries.ts";
import { typeWords } from "../people/timeline/entry_words.ts";
import styles from "./cases.module.css";
import { LeftOut } from "./LeftOut.tsx";
import { Preview } from "./Preview.tsx";
import { type Asked, lookQuery, makeCase, type Text, textKey } from "./queries.ts";

const route = getRouteApi("/shell/cases/new");
const TYPING_MS = 300;

/** A person's way told as a map, without who it was: looked at here before it is made. */
export function CasePage() {
  const { t } = useTranslation();
  const { person, map } = route.useSearch();
  const [name, setName] = useState(t("cases.first_name"));
  const [called, setCalled] = useState(t("cases.first_called"));
  const [told, setTold] = useState(map ?? "");
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set());
  const [spoken] = useDebouncedValue(`${name}\n${called}`, TYPING_MS);
  const body = useBody(person, told, spoken, keep);
  const { data, error } = useQuery(lookQuery(body));
  const client = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: () => makeCase(body),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ["maps"] });
      await navigate({ to: "/maps/$key/edit", params: { key: made.map.key } });
    },
  });
  return (
    <Page title={t("cases.title")} lead={t("cases.lead")}>
      <div className={styles.two}>
        <div className={styles.fields}>
          <TextInput label={t("cases.name")} value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput
            label={t("cases.called")}
            description={t("cases.called_text")}
            value={called}
            maxLength={200}
            onChange={(event) => setCalled(event.currentTarget.value)}
          />
          <ToldIn map={told} onChange={setTold} />
          {data !== undefined && <Texts texts={data.texts} keep={keep} onChange={setKeep} />}
          {data !== undefined && <LeftOut removed={data.removed} />}
          <ProblemNote error={make.error} />
          <div className={styles.buttons}>
            <Button loading={make.isPending} disabled={data === undefined || error !== null} onClick={() => make.mutate()}>
              {t("cases.make")}
            </Button>
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/people/$person" params={{ person }} {...props} />}
            >
              {t("cases.leave")}
            </Button>
          </div>
        </div>
        <section aria-label={t("cases.preview")}>
          <ProblemNote error={error} />
          {data === undefined && error === null && <Rows n={6} />}
          {data !== undefined && error === null && <Preview document={data.document} />}
        </section>
      </div>
    </Page>
  );
}

/** The question, in the words of the reader's language. */
function useBody(person: string, map: string, spoken: string, keep: ReadonlySet<string>): Asked {
  const { t } = useTranslation();
  return useMemo(() => {
    const [name, called] = spoken.split("\n");
    const blank = { day: "{day}", n: "{n}", amount: "{amount}" };
    return {
      person,
      ...(map !== "" && { map }),
      words: {
        name: name || t("cases.first_name"),
        called: called || t("cases.first_called"),
        day: t("cases.day", blank),
        times: t("cases.times", blank),
        about: t("cases.about", blank),
        when: t("cases.when"),
        did: t("cases.did"),
        said: t("cases.said"),
        felt: t("cases.felt"),
        pain: t("cases.pain"),
      },
      keep: [...keep].map((one) => {
        const at = one.indexOf(" ");
        return { position: Number(one.slice(0, at)), property: one.slice(at + 1) };
      }),
    };
  }, [person, map, spoken, keep, t]);
}

function ToldIn({ map, onChange }: { map: string; onChange: (map: string) => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(mapsQuery);
  return (
    <NativeSelect
      label={t("cases.told_in")}
      description={t("cases.told_in_text")}
      value={map}
      data={[
        { value: "", label: t("cases.events") },
        ...(data ?? []).map((one) => ({ value: one.key, label: one.name })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface TextsProps {
  texts: Text[];
  keep: ReadonlySet<string>;
  onChange: (keep: ReadonlySet<string>) => void;
}

/** What the person said: each piece stays out until somebody has read it and lets it stay. */
function Texts({ texts, keep, onChange }: TextsProps) {
  const { t } = useTranslation();
  if (texts.length === 0) return null;
  return (
    <fieldset className={styles.texts}>
      <legend>{t("cases.texts")}</legend>
      <p className={styles.soft}>{t("cases.texts_text")}</p>
      {texts.map((one) => {
        const key = textKey(one);
        return (
          <Checkbox
            key={key}
            size="xs"
            label={one.text}
            description={typeWords(one.type)}
            checked={keep.has(key)}
            onChange={(event) => {
              const next = new Set(keep);
              if (event.currentTarget.checked) next.add(key);
              else next.delete(key);
              onChange(next);
            }}
          />
        );
      })}
    </fieldset>
  );
}
