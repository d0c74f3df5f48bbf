import { Button, NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { say } from "../../ui/say.tsx";
import { CountsFields } from "./CountsFields.tsx";
import { PatternField } from "../explore/bar/PatternField.tsx";
import { departmentsQuery } from "../settings/team/queries.ts";
import styles from "./improve.module.css";
import { type Improvement, type Opportunity, plan, replan, useBoardChange } from "./queries.ts";
import { ReachFields } from "./ReachFields.tsx";

interface Props {
  opportunity: Opportunity;
  /** The one that is changed; without it a new one is planned. */
  one?: Improvement;
  done: () => void;
}

type Reach = Improvement["reach"];
type Measure = Improvement["measure"];
const EVERYBODY: Reach = { who: "everybody" };
const MEASURE: Measure = { entered: null, reached: null, within_days: 30, counts: "rate", good: "more", at_most: null };

const patternOf = (rule: Measure["entered"]): string => (typeof rule === "string" ? rule : "");
const PERCENT = 100;

/** What is done, by whom, until when, whom it reaches, and how one will see what it has changed. */
export function ImprovementForm({ opportunity, one, done }: Props) {
  const { t } = useTranslation();
  const { data: departments } = useQuery({ ...departmentsQuery, staleTime: 60_000 });
  const [said, setSaid] = useState({
    title: one?.title ?? opportunity.title,
    words: one?.words ?? "",
    owner: one?.owner ?? "",
    department: one?.department ?? "",
    due: one?.due_at?.slice(0, 10) ?? "",
  });
  const [reach, setReach] = useState<Reach>(one?.reach ?? EVERYBODY);
  const [measure, setMeasure] = useState<Measure>(one?.measure ?? MEASURE);
  const [smallest, setSmallest] = useState(one?.smallest ?? 0.05);
  const isRate = (measure.counts ?? "rate") === "rate";
  const send = useBoardChange(() => {
    const title = said.title.trim();
    const body = { ...said, title, due: said.due === "" ? null : said.due, reach, measure, smallest };
    return one === undefined ? plan({ ...body, opportunity: opportunity.id }) : replan(one, body);
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate(undefined, {
      onSuccess: (kept) => {
        say(t(one === undefined ? "improve.planned" : "improve.kept", { title: kept.title }));
        done();
      },
    });
  };
  const set = (name: keyof typeof said) => (event: { currentTarget: { value: string } }) =>
    setSaid({ ...said, [name]: event.currentTarget.value });
  return (
    <form className={styles.form} onSubmit={go}>
      <TextInput label={t("improve.what")} value={said.title} maxLength={200} required data-autofocus onChange={set("title")} />
      <Textarea label={t("improve.words")} value={said.words} autosize minRows={2} maxRows={8} maxLength={5000} onChange={set("words")} />
      <div className={styles.pair}>
        <TextInput label={t("improve.owner")} value={said.owner} maxLength={200} onChange={set("owner")} />
        <NativeSelect
          label={t("improve.department")}
          value={said.department}
          data={["", ...new Set([...(departments ?? []).map((part) => part.name), said.department].filter(Boolean))]}
          onChange={set("department")}
        />
        <TextInput type="date" label={t("improve.due")} value={said.due} onChange={set("due")} />
      </div>
      <ReachFields reach={reach} onChange={setReach} />
      <fieldset className={styles.group}>
        <legend>{t("improve.measure")}</legend>
        <p className={styles.soft}>{t("improve.measure_text")}</p>
        <PatternField
          label={t("improve.entered")}
          placeholder={t("improve.entered_default")}
          value={patternOf(measure.entered)}
          onChange={(text) => setMeasure({ ...measure, entered: text || null })}
        />
        <PatternField
          label={t("improve.reached")}
          placeholder={t("improve.reached_default")}
          value={patternOf(measure.reached)}
          onChange={(text) => setMeasure({ ...measure, reached: text || null })}
        />
        <CountsFields measure={measure} onChange={setMeasure} />
        <div className={styles.pair}>
          <NumberInput
            label={t("improve.within_days")}
            value={measure.within_days}
            min={0.1}
            max={366}
            onChange={(to) => setMeasure({ ...measure, within_days: Number(to) || MEASURE.within_days })}
          />
          <NumberInput
            label={t(isRate ? "improve.smallest" : "improve.smallest_share")}
            value={smallest * PERCENT}
            min={0.1}
            max={99}
            decimalScale={1}
            onChange={(to) => setSmallest(Math.min(0.99, Math.max(0.001, Number(to) / PERCENT)))}
          />
        </div>
      </fieldset>
      <ProblemNote error={send.error} />
      <div>
        <Button type="submit" loading={send.isPending} disabled={said.title.trim() === ""}>
          {t(one === undefined ? "improve.plan_it" : "improve.keep")}
        </Button>
      </div>
    </form>
  );
}
