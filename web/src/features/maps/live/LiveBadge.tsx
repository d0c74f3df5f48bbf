import type { LiveState } from "@desireline/map-core";
import { IconHourglassLow } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./live.module.css";
import { useLiveState } from "./use_live.ts";

/** Says whether the figures are of this moment, and how fast events come. Nothing on a page from disk. */
export function LiveBadge() {
  const state = useLiveState();
  if (state === null) return null;
  return <Badge state={state} />;
}

function Badge({ state }: { state: LiveState }) {
  const { formats } = useMap();
  const { t } = useTranslation();
  const words =
    state.kind === "stale"
      ? t("live.stale", { time: formats.time(state.since) })
      : t(`live.${state.kind}`);
  return (
    <p className={`${styles.badge} num`} data-live={state.kind} data-tip={t(`live.${state.kind}_means`)}>
      {state.kind === "stale" ? (
        <IconHourglassLow size={13} stroke={1.8} aria-hidden />
      ) : (
        <i className={styles.dot} aria-hidden />
      )}
      <b role="status">{words}</b>
      {state.kind === "live" && (
        <span>
          {t("live.rate", { n: formats.count(state.lastMinute), count: state.lastMinute })}
        </span>
      )}
    </p>
  );
}
