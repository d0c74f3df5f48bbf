import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { dotsOf, places } from "./board.ts";
import { useBoard } from "./context.ts";
import styles from "./improve.module.css";

const MOST = 5;
/** Where a score from 1 to 5 lies, in hundredths of the picture. */
const at = (score: number): number => ((score - 0.5) / MOST) * 100;

/** Effort to the right, value upwards: what to begin with stands at the upper left. */
export function Picture() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { cards, open } = useBoard();
  const dots = dotsOf(cards);
  if (dots.length === 0) return null;
  return (
    <section className={styles.worth} aria-label={t("improve.picture")}>
      <h2>{t("improve.picture")}</h2>
      <p className={styles.soft}>{t("improve.picture_text")}</p>
      <div className={styles.worthParts}>
        <figure className={styles.picture}>
          <div className={styles.plane} aria-hidden>
            {(["quick", "large", "small", "later"] as const).map((name) => (
              <span key={name} data-quarter={name}>
                {t(`improve.quarter_${name}`)}
              </span>
            ))}
            {places(dots).map((here) => (
              <i
                key={here[0]!.id}
                className="num"
                style={{ left: `${at(here[0]!.effort)}%`, bottom: `${at(here[0]!.value)}%` }}
              >
                {here.map((dot) => dot.number).join(" ")}
              </i>
            ))}
          </div>
          <figcaption>
            <span>{t("improve.axis_effort")}</span>
            <span>{t("improve.axis_value")}</span>
          </figcaption>
        </figure>
        <ol className={styles.order}>
          {dots.map((dot) => (
            <li key={dot.id}>
              <UnstyledButton className={styles.door ?? ""} onClick={() => open(dot.id)}>
                {dot.title}
              </UnstyledButton>
              <span className={`${styles.soft} num`}>
                {t("improve.dot", { effort: String(dot.effort), value: formats.number(dot.value) })}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
