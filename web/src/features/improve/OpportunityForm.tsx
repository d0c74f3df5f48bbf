import { Button, NativeSelect, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { JourneyMap } from "@desireline/map-core";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { say } from "../../ui/say.tsx";
import styles from "./improve.module.css";
import { note, type NewOpportunity, type Opportunity, reword, useBoardChange } from "./queries.ts";
import { Remedies } from "./Remedies.tsx";

/** What is known of a weak point when it is noted. */
export interface Found {
  touchpoint: string;
  title: string;
  found_by: NewOpportunity["found_by"];
  found_in: NewOpportunity["found_in"];
}

const SCORES = ["effort", "customer_value", "business_value"] as const;
type Scores = Record<(typeof SCORES)[number], number | null>;

interface Props {
  map: Pick<JourneyMap, "key" | "stages">;
  /** The one that is changed; without it a new one is noted. */
  one?: Opportunity;
  found?: Found;
  done: () => void;
}

/** A weak point in words, where it is, and what doing something about it costs and is worth. */
export function OpportunityForm({ map, one, found, done }: Props) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(one?.title ?? found?.title ?? "");
  const [words, setWords] = useState(one?.words ?? "");
  const [touchpoint, setTouchpoint] = useState(one?.touchpoint ?? found?.touchpoint ?? "");
  const [scores, setScores] = useState<Scores>({
    effort: one?.effort ?? null,
    customer_value: one?.customer_value ?? null,
    business_value: one?.business_value ?? null,
  });
  const said = { title: title.trim(), words: words.trim(), touchpoint, ...scores };
  const from = { found_by: found?.found_by ?? "hand", found_in: found?.found_in ?? {} } as const;
  const send = useBoardChange(() =>
    one === undefined ? note({ ...said, map: map.key, ...from }) : reword(one, said),
  );
  const go = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate(undefined, {
      onSuccess: (kept) => {
        say(t(one === undefined ? "improve.noted" : "improve.kept", { title: kept.title }));
        done();
      },
    });
  };
  const kind = String((one?.found_in ?? found?.found_in)?.["kind"] ?? "");
  return (
    <form className={styles.form} onSubmit={go}>
      <TextInput
        label={t("improve.weak_title")}
        value={title}
        maxLength={200}
        required
        data-autofocus
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("improve.touchpoint")}
        value={touchpoint}
        data={[
          { value: "", label: t("improve.whole_map") },
          ...map.stages.map((stage) => ({
            group: stage.name,
            items: stage.touchpoints.map((point) => ({ value: point.key, label: point.name })),
          })),
        ]}
        onChange={(event) => setTouchpoint(event.currentTarget.value)}
      />
      <Textarea
        label={t("improve.words")}
        value={words}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5000}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {SCORES.map((name) => (
        <Score key={name} name={name} value={scores[name]} onChange={(value) => setScores({ ...scores, [name]: value })} />
      ))}
      <p className={styles.soft}>{t("improve.scores_text")}</p>
      <Remedies kind={kind} />
      <ProblemNote error={send.error} />
      <div>
        <Button type="submit" loading={send.isPending} disabled={title.trim() === ""}>
          {t(one === undefined ? "improve.note_it" : "improve.keep")}
        </Button>
      </div>
    </form>
  );
}

interface ScoreProps {
  name: (typeof SCORES)[number];
  value: number | null;
  onChange: (value: number | null) => void;
}

const UNSAID = "–";

/** From 1 to 5, or not said yet. */
function Score({ name, value, onChange }: ScoreProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div>
      <p id={id} className={styles.label}>
        {t(`improve.${name}`)}
      </p>
      <SegmentedControl
        aria-labelledby={id}
        size="xs"
        value={value === null ? UNSAID : String(value)}
        data={[UNSAID, "1", "2", "3", "4", "5"]}
        onChange={(to) => onChange(to === UNSAID ? null : Number(to))}
      />
    </div>
  );
}
