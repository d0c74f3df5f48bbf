import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { Interval } from "../../../ui/Interval.tsx";
import { useComparison } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { spoken } from "../saying.ts";
import { Answered } from "./Answered.tsx";

type Difference = Shapes["Difference"];

/** Two groups, figure by figure: the difference with its interval, what is known of it in words. */
export function Compared({ question }: { question: Shapes["CompareQuestion"] }) {
  const asked = useComparison(question);
  return (
    <Answered asked={asked} analysis="compare" question={question}>
      {(result) => {
        const reach = Math.max(
          ...result.differences.flatMap((one) => (one.unit === "share" ? [reachOf(one)] : [])),
          0.01,
        );
        return (
          <ul className={styles.differences}>
            {result.differences.map((one, at) => (
              <Row key={at} one={one} reach={one.unit === "share" ? reach : reachOf(one)} />
            ))}
          </ul>
        );
      }}
    </Answered>
  );
}

const SIDES: Record<string, "above" | "below" | undefined> = { higher: "above", lower: "below" };

const reachOf = (one: Difference): number => Math.max(Math.abs(one.low), Math.abs(one.high), 1e-9);

function Row({ one, reach }: { one: Difference; reach: number }) {
  const { t } = useTranslation();
  const { formats } = useExplored();
  return (
    <li data-verdict={one.verdict}>
      <p>{spoken(t, formats, one.words)}</p>
      <Interval
        value={one.difference}
        low={Math.min(one.low, one.high)}
        high={Math.max(one.low, one.high)}
        reach={reach}
        side={SIDES[one.verdict]}
      />
    </li>
  );
}
