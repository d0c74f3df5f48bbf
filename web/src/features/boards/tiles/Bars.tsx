import { useState } from "react";
import { useTranslation } from "react-i18next";
import { UnstyledButton } from "@mantine/core";
import styles from "../boards.module.css";
import { spelled } from "../figures.ts";
import type { Target } from "../queries.ts";
import type { Bar } from "./bars.ts";

const SHOWN = 6;
/** From here on an interval is a dot at the end of its bar. */
const ALL = 0.99;

/** Rows with a bar, its interval, and the line of a target. */
export function Bars({ bars, targets }: { bars: Bar[]; targets: Target[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className={`${styles.bars} num`}>
        {(all ? bars : bars.slice(0, SHOWN)).map((bar, at) => (
          <Row key={`${bar.name} ${at}`} bar={bar} targets={targets} />
        ))}
      </ul>
      {!all && bars.length > SHOWN && (
        <UnstyledButton className={styles.moreRows} data-no-picture onClick={() => setAll(true)}>
          {t("boards.more_rows", { count: bars.length - SHOWN })}
        </UnstyledButton>
      )}
    </>
  );
}

const percent = (share: number): string => `${Math.max(0, Math.min(share, 1)) * 100}%`;

function Row({ bar, targets }: { bar: Bar; targets: Target[] }) {
  const aimed = targets.filter((target) => bar.figures.includes(spelled(target.figure)));
  return (
    <li>
      <span className={styles.barName} title={bar.name}>
        {bar.name}
      </span>
      <span className={styles.barLabel}>
        {bar.label}
        {bar.n !== undefined && <small>{`n ${bar.n}`}</small>}
      </span>
      <span className={styles.track} aria-hidden>
        <i className={styles.fill} style={{ width: percent(bar.length) }} />
        {bar.low !== undefined && bar.high !== undefined && bar.high > bar.low && bar.low < ALL && (
          <i
            className={styles.range}
            style={{ left: percent(bar.low), width: `calc(${percent(bar.high)} - ${percent(bar.low)})` }}
          />
        )}
        {aimed.map((target) => (
          <i
            key={target.id}
            className={styles.aim}
            data-state={target.state}
            style={{ left: percent(target.threshold / bar.full) }}
          />
        ))}
      </span>
    </li>
  );
}
