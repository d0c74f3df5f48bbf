import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { PersonsDoor } from "../explore/PersonsDoor.tsx";
import type { Behind } from "../explore/asking.ts";
import styles from "./personas.module.css";
import { type Figures, personsOf } from "./queries.ts";

interface Props {
  figures: Figures;
  names: ReadonlyMap<string, string>;
  open: (behind: Behind) => void;
}

/** How many of each persona's people another describes too; each number is a door. */
export function Overlaps({ figures, names, open }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const rows = figures.personas;
  if (rows.length < 2) return null;
  const together = (a: string, b: string): number =>
    figures.overlaps.find((o) => (o.a === a && o.b === b) || (o.a === b && o.b === a))?.persons ?? 0;
  const called = (key: string): string => names.get(key) ?? key;
  return (
    <section className={styles.block} aria-labelledby="overlap">
      <h2 id="overlap">{t("personas.overlap")}</h2>
      <p className={styles.soft}>{t("personas.overlap_text")}</p>
      <div className={styles.scroll}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t("personas.one")}</th>
              {rows.map((one) => (
                <th key={one.name} scope="col">
                  {called(one.name)}
                </th>
              ))}
              <th scope="col">{t("personas.alone")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{called(row.name)}</th>
                {rows.map((column) => {
                  if (row === column) return <td key={column.name}>–</td>;
                  const n = together(row.name, column.name);
                  const title = t("personas.both", { a: called(row.name), b: called(column.name) });
                  const share = formats.share(n / Math.max(1, row.share.count));
                  return (
                    <td key={column.name} className="num">
                      {n === 0 ? (
                        formats.count(0)
                      ) : (
                        <PersonsDoor
                          className={styles.door ?? ""}
                          aria-label={`${formats.count(n)} ${share}, ${title}`}
                          open={() => open(personsOf(title, row.name, column.name))}
                        >
                          {formats.count(n)} <small>{share}</small>
                        </PersonsDoor>
                      )}
                    </td>
                  );
                })}
                <td className="num">{formats.count(row.alone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
