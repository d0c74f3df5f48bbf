import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { spoken } from "../../explore/saying.ts";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";

const SHOWN = 4;

/** The differences of two groups that are most surely there, each in words with its interval. */
export function Apart({ result }: { result: Shapes["ComparisonResult"] }) {
  const { t } = useTranslation();
  const { formats } = useBoard();
  return (
    <ul className={`${styles.apart} num`}>
      {result.differences.slice(0, SHOWN).map((one, at) => (
        <li key={at} data-verdict={one.verdict}>
          {spoken(t, formats, one.words)}
        </li>
      ))}
    </ul>
  );
}
