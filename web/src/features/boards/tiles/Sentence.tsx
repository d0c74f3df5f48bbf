import { useTranslation } from "react-i18next";
import type { AnyAnswer } from "../../explore/asking.ts";
import { spoken } from "../../explore/saying.ts";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";

/** Sentences that say what to mind, the weightiest first. */
const CAVEATS = [
  "unknown_name_close",
  "unknown_name",
  "funnel.young",
  "retention.unripe",
  "transitions.negative",
  "compare.overlap",
];

/** What the answer says of that which is drawn, in one sentence, and what to mind, in another. */
export function Sentence({ answer, view }: { answer: AnyAnswer; view: string }) {
  const { t } = useTranslation();
  const { formats } = useBoard();
  const said = answer.words.filter((one) => !CAVEATS.includes(one.key));
  const first = said.find((one) => one.key === `touchpoints.${view}`) ?? said[0];
  const caveat = CAVEATS.flatMap((key) => answer.words.filter((one) => one.key === key))[0];
  return (
    <div className={`${styles.sentence} num`}>
      {first !== undefined && <p>{spoken(t, formats, first)}</p>}
      {caveat !== undefined && <p className={styles.caveat}>{spoken(t, formats, caveat)}</p>}
    </div>
  );
}
