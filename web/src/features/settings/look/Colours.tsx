import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shapes, told } from "../../../api/client.ts";
import { lookQuery, wearLook } from "../../../app/look.ts";
import { tokens } from "../../../app/tokens.ts";
import { Rows } from "../../../ui/Rows.tsx";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { Block } from "../Block.tsx";
import styles from "../settings.module.css";
import { Preview } from "./Preview.tsx";

type Look = Shapes["AppearanceTold"];
const TYPING_MS = 250;
const IS_COLOUR = /^#[0-9a-f]{6}$/i;

/** Name and colour, with how the colour will be shown in both schemes. */
export function Colours() {
  const { t } = useTranslation();
  const { data, error } = useQuery(lookQuery);
  return (
    <Block title={t("settings.look")} text={t("settings.look_text")}>
      <ProblemNote error={error} />
      {data === undefined ? <Rows n={2} /> : <Form key={data.revision} look={data} />}
    </Block>
  );
}

function Form({ look }: { look: Look }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(look.name);
  const [accent, setAccent] = useState(look.accent);
  const [settled] = useDebouncedValue(accent.trim(), TYPING_MS);
  const isColour = IS_COLOUR.test(settled);
  const { data: shades } = useQuery({
    queryKey: ["shades", settled],
    enabled: isColour,
    queryFn: ({ signal }) =>
      told(api.GET("/v1/appearance/shades", { params: { query: { accent: settled } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const save = useMutation({
    mutationFn: (wanted: { name: string; accent: string }) =>
      told(
        api.PUT("/v1/appearance", {
          params: { header: { "if-match": `"${look.revision}"` } },
          body: wanted,
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: lookQuery.queryKey });
      wearLook();
      say(t("settings.saved"));
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ name, accent });
  };
  const isChanged = name !== look.name || accent !== look.accent;
  return (
    <form className={styles.form} onSubmit={go}>
      <TextInput
        label={t("settings.look_name")}
        description={t("settings.look_name_text")}
        placeholder={t("settings.look_own")}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={styles.line}>
        <TextInput
          label={t("settings.accent")}
          placeholder={t("settings.look_own")}
          maxLength={7}
          value={accent}
          spellCheck={false}
          onChange={(event) => setAccent(event.currentTarget.value)}
        />
        <input
          type="color"
          aria-label={t("settings.accent_pick")}
          className={styles.swatch}
          value={isColour ? settled.toLowerCase() : tokens.light.accent}
          onChange={(event) => setAccent(event.currentTarget.value)}
        />
      </div>
      {shades !== undefined && isColour && <Preview shades={shades} chosen={settled} />}
      <ProblemNote error={save.error} />
      <div className={styles.line}>
        <Button type="submit" loading={save.isPending} disabled={!isChanged}>
          {t("settings.save")}
        </Button>
        {(look.name !== "" || look.accent !== "") && (
          <Button variant="default" onClick={() => save.mutate({ name: "", accent: "" })}>
            {t("settings.look_back")}
          </Button>
        )}
      </div>
    </form>
  );
}
