import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import type { Difference, What } from "./aligned.ts";
import type { Sides } from "./Comparison.tsx";
import { Sign } from "./Sign.tsx";
import { figuresOf, valueWords } from "./telling.ts";
import styles from "./versions.module.css";

const ORDER = ["map", "stage", "touchpoint", "lane", "cell", "persona", "actor", "note", "left_out"];

/** Every difference in words, part by part. */
export function Parts(sides: Sides) {
  const { differences, before, after } = sides;
  const { t } = useTranslation();
  const groups = useMemo(() => Map.groupBy(differences, (one) => one.part), [differences]);
  const lanes = useMemo(
    () => new Map([...before.map.lanes, ...after.map.lanes].map((lane) => [lane.key, lane.name])),
    [before, after],
  );
  return (
    <div className={styles.parts}>
      {ORDER.filter((part) => groups.has(part)).map((part) => (
        <section key={part} aria-label={t(`difference_part.${part}`)}>
          <h3>{t(`difference_part.${part}`)}</h3>
          <ul>
            {groups.get(part)!.map((one, at) => (
              <Part key={`${one.key}${one.touchpoint ?? ""}${at}`} one={one} lane={lanes.get(one.key) ?? one.key}>
                {part === "touchpoint" && one.what === "changed" && <Effect {...sides} point={one.key} />}
              </Part>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** What a change does to the figures of a touchpoint, where they read otherwise. */
function Effect({ before, after, point }: Sides & { point: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const told = ({ figures }: Sides["before"]): [string, string][] => {
    const f = figures.touchpoints.find((one) => one.key === point);
    return f === undefined ? [] : figuresOf(f, formats, t);
  };
  const now = told(after);
  const moved = told(before).filter(([, value], at) => now[at] !== undefined && now[at][1] !== value);
  if (moved.length === 0) return null;
  return (
    <p className={`${styles.effect} num`}>
      {moved
        .map(([name, value]) => `${name} ${value} → ${now.find(([other]) => other === name)?.[1]}`)
        .join(", ")}
    </p>
  );
}

function Part({ one, lane, children }: { one: Difference; lane: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const said = (value: unknown): boolean => value !== null && value !== "";
  const fields = one.fields.filter((field) => said(field.before) || said(field.after));
  const name = one.part === "cell" ? `${lane}, ${one.name}` : one.name;
  return (
    <li data-what={one.what}>
      <Sign what={one.what as What} />
      <div>
        <p>
          <b>{name}</b> <span>{t(`versions.${one.what}`)}</span>
        </p>
        {fields.length > 0 && (
          <dl>
            {fields.map((field) => (
              <div key={field.field}>
                <dt>{t(`difference_field.${field.field}`, { defaultValue: field.field })}</dt>
                <dd>
                  {field.before !== null && one.what !== "added" && (
                    <del>{valueWords(field.field, field.before, t, formats)}</del>
                  )}{" "}
                  {one.what !== "removed" && (
                    <ins>{valueWords(field.field, field.after, t, formats)}</ins>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {children}
      </div>
    </li>
  );
}
