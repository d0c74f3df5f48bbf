import type { JourneyMap } from "@desireline/map-core";
import { Chip, Select, UnstyledButton } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../api/client.ts";
import { useFormats } from "../../app/formats.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Interval } from "../../ui/Interval.tsx";
import { PersonsDoor } from "../explore/PersonsDoor.tsx";
import type { Behind } from "../explore/asking.ts";
import { spoken } from "../explore/saying.ts";
import { rowOf } from "../findings/rows.ts";
import { arrivesAt, useArrival } from "../findings/use_arrival.ts";
import { OpportunityButton } from "../improve/OpportunityButton.tsx";
import styles from "./conformance.module.css";
import { departmentsOf, kindsOf, narrowed, ranked } from "./ranking.ts";
import { behind, type Deviation } from "./queries.ts";

interface Props {
  mapKey: string;
  map: JourneyMap;
  found: Shapes["ConformanceResult"];
  open: (persons: Behind) => void;
}

const FIRST = 12;
const SIDES = { harms: "below", helps: "above", undecided: undefined } as const;

/** What does not fit, those first that cost most: in words, with its people and its place. */
export function Deviations({ mapKey, map, found, open }: Props) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Deviation["kind"] | null>(null);
  const [department, setDepartment] = useState<string | null>(null);
  const every = useMemo(() => ranked(found.deviations), [found]);
  const [all, setAll] = useState(() => every.slice(FIRST).some((one) => rowOf("deviation", one.kind, one.name) === arrivesAt()));
  useArrival(true);
  const shown = narrowed(every, kind, department);
  const departments = departmentsOf(every);
  const reach = Math.max(0.01, ...every.map((one) => reachOf(one)));
  const name = new Map(map.stages.flatMap((s) => s.touchpoints.map((p) => [p.key, p.name])));
  return (
    <section className={styles.deviations} aria-label={t("conformance.deviations")}>
      <h2>{t("conformance.deviations")}</h2>
      <p className={styles.soft}>{t("answers.conformance_caveat")}</p>
      <div className={styles.filters}>
        <Chip.Group value={kind ?? "all"} onChange={(to) => setKind(kindFrom(to))}>
          <Chip value="all" size="xs" variant="outline">
            {t("conformance.kind_all")}
          </Chip>
          {kindsOf(every).map((one) => (
            <Chip key={one} value={one} size="xs" variant="outline">
              {t(`conformance.kind_${one}`)}
            </Chip>
          ))}
        </Chip.Group>
        {departments.length > 0 && (
          <Select
            size="xs"
            clearable
            placeholder={t("conformance.department")}
            aria-label={t("conformance.department")}
            data={departments}
            value={department}
            onChange={setDepartment}
          />
        )}
      </div>
      {shown.length === 0 ? (
        <Empty title={t("conformance.none")} text={t("conformance.none_text")} />
      ) : (
        <ul className={styles.list}>
          <li className={styles.axis} aria-hidden>
            <span />
            <span>{t("conformance.axis")}</span>
          </li>
          {(all ? shown : shown.slice(0, FIRST)).map((one) => (
            <Row
              key={`${one.kind} ${one.name}`}
              one={one}
              reach={reach}
              names={name}
              map={map}
              open={(title) => open(behind(mapKey, one, title))}
            />
          ))}
        </ul>
      )}
      {!all && shown.length > FIRST && (
        <UnstyledButton className={styles.more ?? ""} onClick={() => setAll(true)}>
          {t("conformance.more", {
            n: String(shown.length - FIRST),
            count: shown.length - FIRST,
          })}
        </UnstyledButton>
      )}
    </section>
  );
}

const kindFrom = (value: string | string[]): Deviation["kind"] | null =>
  value === "all" ? null : (value as Deviation["kind"]);

const reachOf = ({ effect }: Deviation): number =>
  effect === null ? 0 : Math.max(Math.abs(effect.low), Math.abs(effect.high));

interface RowProps {
  one: Deviation;
  reach: number;
  names: Map<string, string>;
  map: JourneyMap;
  open: (title: string) => void;
}

function Row({ one, reach, names, map, open }: RowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [first, ...rest] = one.words.map((message) => spoken(t, formats, message));
  const after = one.after.slice(0, 3);
  return (
    <li id={rowOf("deviation", one.kind, one.name)} data-verdict={one.effect?.verdict}>
      <div>
        <p className={styles.what}>
          <span className={styles.kind}>{t(`conformance.kind_${one.kind}`)}</span>
          <b>{one.name}</b>
          <PersonsDoor
            className={`${styles.door} num`}
            open={() => open(first ?? one.name)}
            aria-label={t("conformance.who", {
              n: formats.count(one.journeys.count),
              name: one.name,
            })}
          >
            {formats.count(one.journeys.count)}
          </PersonsDoor>
          {one.department !== null && <span className={styles.soft}>{one.department}</span>}
        </p>
        <p className="num">{first}</p>
        {rest.map((sentence, at) => (
          <p key={at} className={`${styles.soft} num`}>
            {sentence}
          </p>
        ))}
        <OpportunityButton
          map={map}
          touchpoint={one.touchpoint ?? ""}
          title={`${one.name}: ${t(`conformance.kind_${one.kind}`)}`}
          found_by="deviation"
          kind={one.kind}
          name={one.name}
        />
        {after.length > 0 && (
          <p className={`${styles.soft} num`}>
            {t("conformance.after", {
              places: after
                .map(({ name, count }) => {
                  const of = name === null ? t("conformance.start") : (names.get(name) ?? name);
                  return `${of} ${formats.count(count)}`;
                })
                .join(", "),
            })}
          </p>
        )}
      </div>
      {one.effect === null ? (
        <span />
      ) : (
        <Interval
          value={one.effect.difference}
          low={one.effect.low}
          high={one.effect.high}
          reach={reach}
          side={SIDES[one.effect.verdict]}
        />
      )}
    </li>
  );
}
