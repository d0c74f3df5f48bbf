import type { Share, TouchpointFigures } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useFelt } from "../state/felt.ts";
import { useMap } from "../state/map_context.ts";
import styles from "./panel.module.css";
import { Section } from "./Section.tsx";

/** Figures of the touchpoint, each with its interval and its n. */
export function Facts({ figures: f }: { figures: TouchpointFigures }) {
  const { formats } = useMap();
  const { t } = useTranslation();
  const felt = useFelt(f);
  return (
    <>
      <Section name={t("panel.numbers")} door="outcome">
        <dl className={styles.facts}>
          <ShareFact
            name={t("figure.reach")}
            share={f.reach}
            of={t("panel.of_journeys", { n: formats.count(f.reach.n) })}
          />
          <ShareFact
            name={t("figure.outcome")}
            share={f.outcome}
            base={f.outcome_base}
            of={t("panel.of_came", { n: formats.count(f.outcome.n) })}
          />
          <ShareFact
            name={t("figure.exit")}
            share={f.exit}
            of={t("panel.of_came", { n: formats.count(f.exit.n) })}
          />
          <ShareFact
            name={t("figure.loop")}
            share={f.loop}
            of={t("panel.of_came", { n: formats.count(f.loop.n) })}
          />
          <Fact
            name={t("figure.persons")}
            value={formats.count(f.persons)}
            small={t("panel.visits", { n: formats.count(f.visits), count: f.visits })}
          />
          {f.value.n > 0 && (
            <Fact
              name={t("figure.value")}
              value={formats.number(f.value.mean)}
              small={t("panel.value", {
                sum: formats.number(f.value.sum),
                n: formats.count(f.value.n),
              })}
            />
          )}
          {felt !== null && (
            <Fact
              name={t("lane.emotion")}
              value={formats.signed(felt.mean)}
              small={felt.small}
            />
          )}
          <Fact
            name={t("figure.open")}
            value={formats.count(f.open)}
            small={
              f.open_since.p50 === null
                ? ""
                : t("panel.open_since", {
                    p50: formats.duration(f.open_since.p50),
                    p90: formats.duration(f.open_since.p90),
                  })
            }
          />
        </dl>
      </Section>
      <Section name={t("panel.waits")} door="waits">
        <dl className={styles.facts}>
          <Fact
            name={t("figure.wait_before")}
            value={formats.duration(f.wait_before.p50)}
            small={p90(f.wait_before.p90, f.wait_before.n)}
          />
          <Fact
            name={t("figure.wait_after")}
            value={formats.duration(f.wait_after.p50)}
            small={p90(f.wait_after.p90, f.wait_after.n)}
          />
        </dl>
      </Section>
    </>
  );

  function p90(wait: number | null, n: number): string {
    return wait === null
      ? ""
      : t("panel.p90", { wait: formats.duration(wait), n: formats.count(n) });
  }
}

function Fact({ name, value, small }: { name: string; value: string; small: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b> <span>{small}</span>
      </dd>
    </div>
  );
}

const percent = (share: number | null): string => `${(share ?? 0) * 100}%`;

function ShareFact({
  name,
  share,
  of,
  base,
}: {
  name: string;
  share: Share;
  of: string;
  base?: Share;
}) {
  const { formats } = useMap();
  const { t } = useTranslation();
  const interval = share.low === null ? "" : formats.interval(share);
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{formats.share(share.share)}</b>{" "}
        <span>{interval === "" ? of : `${interval}, ${of}`}</span>
        <span className={styles.interval} aria-hidden>
          <i style={{ width: percent(share.share) }} />
          <u
            style={{
              left: percent(share.low),
              width: percent((share.high ?? 0) - (share.low ?? 0)),
            }}
          />
          {base && <s style={{ left: percent(base.share) }} />}
        </span>
        {base && (
          <span className={styles.base}>
            {t("panel.base", { share: formats.share(base.share), n: formats.count(base.n) })}
          </span>
        )}
      </dd>
    </div>
  );
}
