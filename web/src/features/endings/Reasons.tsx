import { Button } from "@mantine/core";
import type { JourneyMap } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { useMay } from "../session/queries.ts";
import { spoken } from "../explore/saying.ts";
import { rowOf } from "../findings/rows.ts";
import { OpportunityButton } from "../improve/OpportunityButton.tsx";
import styles from "./endings.module.css";
import { type Found, nameOf, type Reason, type Result } from "./queries.ts";

interface Props {
  map: JourneyMap;
  found: Result;
  words: Found["words"];
  open: (reason: Reason, title: string) => void;
}

const OPENING = new Set(["endings.ended", "endings.none", "endings.unasked"]);
const RHYTHM = /^endings\.rhythm/;

/** The reasons in words, the gravest first; then what is undecided. */
export function Reasons({ map, found, words, open }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const sure = found.reasons.filter((one) => one.verdict === "found");
  const rest = found.reasons.filter((one) => one.verdict !== "found");
  const say = (which: (key: string) => boolean) =>
    words.filter((one) => which(one.key)).map((one) => spoken(t, formats, one));
  return (
    <section className={styles.part} aria-label={t("endings.reasons")}>
      <p className={`${styles.said} num`} role="status">
        {say((key) => OPENING.has(key) || RHYTHM.test(key)).join(" ")}
      </p>
      <h2>{t("endings.reasons")}</h2>
      <p className={styles.soft}>{t("endings.reasons_text")}</p>
      <ol className={styles.reasons}>
        {sure.map((one) => (
          <Row key={`${one.kind} ${one.act} ${one.place}`} map={map} one={one} open={open} />
        ))}
      </ol>
      <p className={styles.soft}>{say((key) => key === "endings.caveat")}</p>
      {rest.length > 0 && (
        <details className={styles.known}>
          <summary>{t("endings.undecided", { n: formats.count(rest.length) })}</summary>
          <ul>
            {rest.map((one) => (
              <li key={`${one.kind} ${one.act} ${one.place}`} className="num">
                {one.words.map((word) => spoken(t, formats, word)).join(" ")}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface RowProps {
  map: JourneyMap;
  one: Reason;
  open: Props["open"];
}

function Row({ map, one, open }: RowProps) {
  const { t } = useTranslation();
  const seesPersons = useMay("read_persons");
  const formats = useFormats();
  const [first = "", ...rest] = one.words.map((word) => spoken(t, formats, word));
  const { effect } = one;
  const title = t(`endings.short_${one.kind}`, { act: one.act_name, place: one.place_name });
  return (
    <li id={rowOf("ending", one.kind, nameOf(one))} data-phase={one.phase}>
      <div>
        <h3>{title}</h3>
        <p className={styles.phase}>{t(`endings.${one.phase}`)}</p>
        <p className="num">{[first, ...rest].join(" ")}</p>
        <details className={styles.known}>
          <summary>{t("endings.known")}</summary>
          <p>{t("endings.known_text")}</p>
          <p className="num">
            {t("endings.known_numbers", {
              n: formats.count(effect.n),
              left: formats.count(effect.left),
              like: formats.count(effect.like),
              q: effect.q < 0.001 ? "< 0.001" : formats.number(effect.q),
            })}
          </p>
        </details>
        <OpportunityButton
          map={map}
          touchpoint={one.place}
          title={title}
          found_by="ending"
          kind={one.kind}
          name={nameOf(one)}
        />
      </div>
      <div className={styles.beside}>
        <Bar word={t("endings.with_it")} share={effect.with_it} n={effect.n} strong />
        <Bar word={t("endings.without")} share={effect.without} n={effect.like} />
        {seesPersons && (
          <Button
            variant="default"
            size="xs"
            onClick={() => open(one, title)}
            aria-label={t("endings.who", { title })}
          >
            {t("endings.show_who")}
          </Button>
        )}
      </div>
    </li>
  );
}

function Bar({ word, share, n, strong }: { word: string; share: number; n: number; strong?: boolean }) {
  const formats = useFormats();
  return (
    <p className={`${styles.bar} num`}>
      <span>{word}</span>
      <i aria-hidden>
        <b data-strong={strong} style={{ width: `${100 * share}%` }} />
      </i>
      <span>
        {formats.share(share)} <small>n = {formats.count(n)}</small>
      </span>
    </p>
  );
}
