import type { JourneyMap } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { Interval } from "../../ui/Interval.tsx";
import { PersonsDoor } from "../explore/PersonsDoor.tsx";
import { spoken } from "../explore/saying.ts";
import { rowOf } from "../findings/rows.ts";
import { OpportunityButton } from "../improve/OpportunityButton.tsx";
import { lostIn, worseBy } from "./choosing.ts";
import styles from "./pains.module.css";
import type { Pain, Quotes } from "./queries.ts";

interface Props {
  map: JourneyMap;
  pain: Pain;
  reach: number;
  quotes: Quotes["quotes"];
  open: (title: string) => void;
}

/** One pain: what and where, whom, what it costs, and what people say. */
export function PainRow({ map, pain, reach, quotes, open }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [first, ...rest] = pain.words.map((message) => spoken(t, formats, message));
  const worse = worseBy(pain);
  const [quote] = quotes;
  const goesWith = pain.goes_with.map((one) => `${one.name} (${t(`pains.signal_${one.signal}`)})`);
  const { count } = pain.people;
  const people = t("pains.people", { count, n: formats.count(count) });
  return (
    <li id={rowOf("pain", pain.signal, pain.touchpoint)}>
      <div>
        <p className={styles.what}>
          <span className={styles.signal}>{t(`pains.signal_${pain.signal}`)}</span>
          <b>{pain.name}</b>
          <PersonsDoor
            className={`${styles.door} num`}
            open={() => open(first ?? pain.name)}
            aria-label={t("pains.who", { people, name: pain.name })}
          >
            {people}
          </PersonsDoor>
          {pain.department !== null && <span className={styles.soft}>{pain.department}</span>}
        </p>
        <p className="num">{first}</p>
        {rest.map((sentence, at) => (
          <p key={at} className={`${styles.soft} num`}>
            {sentence}
          </p>
        ))}
        <Places pain={pain} map={map} />
        {goesWith.length > 0 && (
          <p className={styles.soft}>{t("pains.goes_with", { what: goesWith.join(", ") })}</p>
        )}
        {quote !== undefined && (
          <blockquote className={styles.quote}>
            <q>{quote.text}</q> <time dateTime={quote.at}>{formats.moment(quote.at)}</time>
          </blockquote>
        )}
        <OpportunityButton
          map={map}
          touchpoint={pain.touchpoint}
          title={`${pain.name}: ${t(`pains.signal_${pain.signal}`)}`}
          found_by="pain"
          kind={pain.signal}
        />
      </div>
      {worse !== null && (
        <figure className={styles.cost}>
          {pain.aim !== null && (
            <figcaption className="num">
              <b>{formats.number(lostIn(pain))}</b> {t(`pains.lost_${pain.aim}`)}
            </figcaption>
          )}
          <Interval value={worse[0]} low={worse[1]} high={worse[2]} reach={reach} side="below" />
        </figure>
      )}
    </li>
  );
}

/** Where those come from whom it meets, and by which channels they are here. */
function Places({ pain, map }: { pain: Pain; map: JourneyMap }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const names = new Map(map.stages.flatMap((s) => s.touchpoints.map((p) => [p.key, p.name])));
  const told = (places: Pain["origins"], none: string) =>
    places
      .slice(0, 3)
      .map(({ name, count }) => {
        const of = name === null || name === "" ? none : (names.get(name) ?? name);
        return `${of} ${formats.count(count)}`;
      })
      .join(", ");
  return (
    <p className={`${styles.soft} num`}>
      {pain.origins.length > 0 &&
        t("pains.after", { places: told(pain.origins, t("pains.start")) })}{" "}
      {pain.channels.some(({ name }) => name !== "") &&
        t("pains.channels", { channels: told(pain.channels, t("pains.unknown")) })}
    </p>
  );
}
