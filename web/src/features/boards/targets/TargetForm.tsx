import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import type { AnyAnswer } from "../../explore/asking.ts";
import styles from "../boards.module.css";
import { figuresOf, spelled, standing, type Unit } from "../figures.ts";
import { type Target, useSetTarget } from "../queries.ts";
import { FigureField } from "./FigureField.tsx";
import { useFigureWords } from "./use_figure_words.ts";

/** What one writes for 1 in each unit: shares in percent, times in hours. */
const WRITTEN: Record<Unit, number> = { share: 100, seconds: 1 / 3600, count: 1 };

interface Props {
  question: number;
  answer: AnyAnswer;
  /** Of the tile. */
  name: string;
  close: () => void;
}

/** What a number shall be; at once whether it is so. */
export function TargetForm({ question, answer, name, close }: Props) {
  const { t } = useTranslation();
  const { named } = useFigureWords();
  const set = useSetTarget();
  const figures = figuresOf(answer);
  const [chosen, setChosen] = useState("");
  const [op, setOp] = useState<Target["op"]>("at_least");
  const [value, setValue] = useState<number | "">("");
  const [title, setTitle] = useState<string | null>(null);
  const figure = figures.find((one) => spelled(one.address) === chosen) ?? figures[0];
  if (figure === undefined) return <p className={styles.soft}>{t("boards.no_number")}</p>;
  const called = title ?? `${name}: ${named(figure)}`.slice(0, 200);
  const threshold = value === "" ? null : value / WRITTEN[figure.unit];
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (threshold === null) return;
    set.mutate(
      { question, name: called, figure: figure.address, op, threshold, active: true, muted: false },
      {
        onSuccess: () => {
          say(t("boards.target_set", { name: called }));
          close();
        },
      },
    );
  };
  return (
    <form onSubmit={send} className={styles.form}>
      <FigureField figures={figures} chosen={figure} choose={setChosen} />
      <div className={styles.pair}>
        <NativeSelect
          label={t("boards.shall_be")}
          value={op}
          data={(["at_least", "at_most"] as const).map((one) => ({ value: one, label: t(`boards.${one}`) }))}
          onChange={(event) => setOp(event.currentTarget.value === "at_most" ? "at_most" : "at_least")}
        />
        <NumberInput
          label={t(`boards.value_${figure.unit}`)}
          value={value}
          min={0}
          {...(figure.unit === "share" ? { max: 100 } : {})}
          onChange={(told) => setValue(typeof told === "number" ? told : "")}
        />
      </div>
      <TextInput
        label={t("boards.target_name")}
        value={called}
        maxLength={200}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {threshold !== null && (
        <p className={styles.soft}>{t(`boards.now_${standing(figure, op, threshold)}`)}</p>
      )}
      <p className={styles.soft}>{t("boards.target_note")}</p>
      <ProblemNote error={set.error} />
      <Button type="submit" disabled={threshold === null || called.trim() === ""} loading={set.isPending}>
        {t("boards.set_target")}
      </Button>
    </form>
  );
}
