import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { Empty } from "../../../ui/Empty.tsx";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { spoken } from "../saying.ts";
import { TakeButtons } from "../take/TakeButtons.tsx";
import type { Analysis } from "../view.ts";

interface Told<R> {
  words: Shapes["Message"][];
  result: R;
}

interface Props<R> {
  asked: UseQueryResult<Told<R>>;
  analysis: Analysis | "compare";
  question: object | null;
  /** Something is still to be said before there is a question: which. */
  missing?: string | undefined;
  children: (result: R) => ReactNode;
}

/** An answer: the words first, then what is drawn; grey before, and what went wrong in its place. */
export function Answered<R>({ asked, analysis, question, missing, children }: Props<R>) {
  const { t } = useTranslation();
  const { formats } = useExplored();
  const box = useRef<HTMLDivElement>(null);
  if (missing !== undefined) return <Empty title={missing} text={t("explore.missing")} />;
  if (asked.error !== null) return <ProblemNote error={asked.error} />;
  if (asked.data === undefined) return <Rows n={6} height={40} />;
  return (
    <div ref={box} className={styles.answer} data-old={asked.isPlaceholderData || undefined}>
      <div className={styles.head}>
        <div className={`${styles.words} num`} role="status">
          {asked.data.words.map((one, at) => (
            <p key={at}>{spoken(t, formats, one)}</p>
          ))}
        </div>
        {question !== null && <TakeButtons analysis={analysis} question={question} box={box} />}
      </div>
      {children(asked.data.result)}
    </div>
  );
}
