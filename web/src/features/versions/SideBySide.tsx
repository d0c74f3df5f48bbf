import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { aligned, type Row, type Standing } from "./aligned.ts";
import type { Sides } from "./Comparison.tsx";
import { Sign } from "./Sign.tsx";
import { figuresOf } from "./telling.ts";
import styles from "./versions.module.css";

/** Both maps as columns, each touchpoint in one row with its figures. */
export function SideBySide({ differences, before, after, names }: Sides) {
  const { t } = useTranslation();
  const rows = useMemo(() => aligned(before, after, differences), [before, after, differences]);
  return (
    <table className={styles.table}>
      <caption>{t("versions.table")}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className={styles.hidden}>{t("versions.difference")}</span>
          </th>
          <th scope="col">{names[0]}</th>
          <th scope="col">{names[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <Line key={row.key} row={row} begins={rows[at - 1]?.stage !== row.stage} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ row, begins }: { row: Row; begins: boolean }) {
  return (
    <>
      {begins && (
        <tr className={styles.stage}>
          <th scope="rowgroup" colSpan={3}>
            {row.stage}
          </th>
        </tr>
      )}
      <tr data-row={row.key} data-what={row.what.join(" ") || undefined}>
        <td>
          {row.what.map((what) => (
            <Sign key={what} what={what} />
          ))}
        </td>
        <Side one={row.before} other={row.after} />
        <Side one={row.after} other={row.before} />
      </tr>
    </>
  );
}

/** One side of a touchpoint; a figure that the other side has otherwise stands out. */
function Side({ one, other }: { one: Standing | null; other: Standing | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (one === null) return <td className={styles.nothing}>{t("versions.not_there")}</td>;
  const told = (standing: Standing | null): [string, string][] => {
    const f = standing?.figures ?? null;
    return f === null ? [] : figuresOf(f, formats, t);
  };
  const others = told(other);
  return (
    <td>
      <b>{one.touchpoint.name}</b>
      <span className={`${styles.figures} num`}>
        {told(one).map(([name, value], at) => (
          <span key={name} data-differs={(others[at] !== undefined && others[at][1] !== value) || undefined}>
            {name} {value}
          </span>
        ))}
      </span>
    </td>
  );
}
