import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";
import { spelled } from "../figures.ts";
import type { Target } from "../queries.ts";

const WIDEST = 640;
const NARROWEST = 240;
const HEIGHT = 132;
const LEFT = 36;
const FOOT = 18;
const TOP = 16;

interface Props {
  result: Shapes["RetentionResult"];
  targets: Target[];
}

/** Who comes back, period by period, with the band of its interval; only periods that are over. */
export function Curve({ result, targets }: Props) {
  const { t } = useTranslation();
  const { formats } = useBoard();
  const { ref, width } = useElementSize();
  const wide = Math.min(Math.max(width, NARROWEST), WIDEST);
  const cells = result.cells.filter((cell) => cell.state === "over" && cell.share !== null);
  if (cells.length === 0) return <p className={styles.soft}>{t("boards.no_period")}</p>;
  const aimed = targets.flatMap((target) => {
    const cell = cells.find((one) => spelled(["cells", { period: one.period }, "share"]) === spelled(target.figure));
    return cell === undefined ? [] : [{ target, cell }];
  });
  const top = Math.min(1, Math.max(...cells.map((c) => c.high ?? 0), ...aimed.map((a) => a.target.threshold)) * 1.1);
  const last = Math.max(cells.length - 1, 1);
  const x = (at: number): number => LEFT + (at / last) * (wide - LEFT - 24);
  const y = (share: number): number => TOP + (1 - share / top) * (HEIGHT - FOOT - TOP);
  const line = cells.map((cell, at) => `${at === 0 ? "M" : "L"}${x(at)},${y(cell.share!)}`).join("");
  const band =
    cells.map((cell, at) => `${at === 0 ? "M" : "L"}${x(at)},${y(cell.high!)}`).join("") +
    cells.map((cell, at) => `L${x(at)},${y(cell.low!)}`).toReversed().join("") +
    "Z";
  return (
    <div ref={ref}>
      <svg width={wide} height={HEIGHT} className={styles.curve} aria-hidden>
        <path d={`M${LEFT},${y(0)}H${wide}`} className={styles.axis} />
        <path d={`M${LEFT},${y(top)}H${wide}`} className={styles.grid} />
        <text x={LEFT - 6} y={y(0) + 4} textAnchor="end">{formats.share(0)}</text>
        <path d={band} className={styles.band} />
        <path d={line} className={styles.line} />
        {aimed.map(({ target, cell }) => (
          <path
            key={target.id}
            className={styles.aimLine}
            data-state={target.state}
            d={`M${x(cells.indexOf(cell)) - 22},${y(target.threshold)}h44`}
          />
        ))}
        {cells.map((cell, at) => (
          <g key={cell.period}>
            <circle cx={x(at)} cy={y(cell.share!)} r={3.5} className={styles.point} />
            <text x={x(at)} y={y(cell.share!) - 9} textAnchor="middle" className={styles.value}>
              {formats.share(cell.share)}
            </text>
            <text x={x(at)} y={HEIGHT - 3} textAnchor="middle">
              {cell.period}
            </text>
          </g>
        ))}
      </svg>
      <div className={styles.unseen}>
      <table>
        <caption>{t(`explore.retention_lead`)}</caption>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.period}>
              <th scope="row">{t(`explore.after_${result.period}`, { n: cell.period })}</th>
              <td>{formats.share(cell.share)}</td>
              <td>{`n ${formats.count(cell.n)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      </div>
    </div>
  );
}
