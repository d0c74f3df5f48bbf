import { Button, NativeSelect, NumberInput, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { say } from "../../ui/say.tsx";
import { PatternField } from "../explore/bar/PatternField.tsx";
import { mapsQuery } from "../maps/pages/map_queries.ts";
import styles from "./hypotheses.module.css";
import { howManyQuery, type Hypothesis, restate, state, useLedgerChange } from "./queries.ts";

const PERCENT = 100;
const WAIT_MS = 200;
const patternOf = (rule: Hypothesis["entered"] | undefined): string => (typeof rule === "string" ? rule : "");
const shareOf = (percent: number): number => Math.round(percent * 100) / (PERCENT * 100);

/** A claim, the number that refutes it, and how many are needed until one knows. */
export function HypothesisForm({ one, done }: { one?: Hypothesis; done: () => void }) {
  const { t } = useTranslation();
  const { data: maps } = useQuery(mapsQuery);
  const [claim, setClaim] = useState(one?.claim ?? "");
  const [words, setWords] = useState(one?.words ?? "");
  const [map, setMap] = useState(one?.map ?? "");
  const [entered, setEntered] = useState(patternOf(one?.entered));
  const [reached, setReached] = useState(patternOf(one?.reached));
  const [days, setDays] = useState(one?.within_days ?? 7);
  const [claims, setClaims] = useState<Hypothesis["claims"]>(one?.claims ?? "at_least");
  const [percent, setPercent] = useState((one?.number ?? 0.2) * PERCENT);
  const [margin, setMargin] = useState((one?.margin ?? 0.05) * PERCENT);
  const said = {
    claim: claim.trim(),
    words: words.trim(),
    map: map || null,
    entered,
    reached,
    within_days: days,
    claims,
    number: shareOf(percent),
    margin: shareOf(margin),
    started: null,
  };
  const send = useLedgerChange(() => (one === undefined ? state(said) : restate(one, said)));
  const go = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate(undefined, {
      onSuccess: () => {
        say(t(one === undefined ? "hypotheses.stated" : "hypotheses.kept"));
        done();
      },
    });
  };
  return (
    <form className={styles.form} onSubmit={go}>
      <Textarea
        label={t("hypotheses.claim")}
        placeholder={t("hypotheses.claim_example")}
        value={claim}
        autosize
        maxLength={500}
        required
        data-autofocus
        onChange={(event) => setClaim(event.currentTarget.value)}
      />
      <div className={styles.pair}>
        <PatternField label={t("hypotheses.entered")} placeholder={t("hypotheses.entered_example")} value={entered} onChange={setEntered} />
        <PatternField label={t("hypotheses.reached")} placeholder={t("hypotheses.reached_example")} value={reached} onChange={setReached} />
        <NumberInput label={t("hypotheses.within_days")} value={days} min={0.1} max={366} onChange={(to) => setDays(Number(to) || 7)} />
      </div>
      <div className={styles.pair}>
        <NativeSelect
          label={t("hypotheses.claims")}
          value={claims}
          data={(["at_least", "at_most"] as const).map((side) => ({ value: side, label: t(`hypotheses.side_${side}`) }))}
          onChange={(event) => setClaims(event.currentTarget.value === "at_most" ? "at_most" : "at_least")}
        />
        <NumberInput label={t("hypotheses.number")} value={percent} min={0.1} max={99.9} decimalScale={2} onChange={(to) => setPercent(Number(to))} />
        <NumberInput label={t("hypotheses.margin")} value={margin} min={0.1} max={99} decimalScale={2} onChange={(to) => setMargin(Number(to))} />
      </div>
      <HowMany number={said.number} margin={said.margin} />
      <Textarea label={t("hypotheses.words")} value={words} autosize maxRows={6} maxLength={5000} onChange={(event) => setWords(event.currentTarget.value)} />
      <NativeSelect
        label={t("hypotheses.of_map")}
        value={map}
        data={[{ value: "", label: t("hypotheses.no_map") }, ...(maps ?? []).map((it) => ({ value: it.key, label: it.name }))]}
        onChange={(event) => setMap(event.currentTarget.value)}
      />
      {one !== undefined && <p className={styles.soft}>{t("hypotheses.anew")}</p>}
      <ProblemNote error={send.error} />
      <div>
        <Button type="submit" loading={send.isPending} disabled={said.claim === "" || entered === "" || reached === ""}>
          {t(one === undefined ? "hypotheses.state_it" : "hypotheses.keep")}
        </Button>
      </div>
    </form>
  );
}

/** How many decide it, while one still thinks about the number. */
function HowMany({ number, margin }: { number: number; margin: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [asked] = useDebouncedValue({ number, margin }, WAIT_MS);
  const { data } = useQuery(howManyQuery(asked.number, asked.margin));
  if (data === undefined) return null;
  return (
    <p className={`${styles.many} num`} role="status">
      {t("hypotheses.takes", { n: formats.count(data), margin: formats.number(margin * PERCENT) })}
    </p>
  );
}
