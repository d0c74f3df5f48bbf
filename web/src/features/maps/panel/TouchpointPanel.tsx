import type { Column } from "@desireline/map-core";
import { CloseButton } from "@mantine/core";
import { useContext, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { FoundContext } from "../state/found_context.ts";
import { MoreContext, useLook, useMap } from "../state/map_context.ts";
import { useSaid } from "../state/said.ts";
import { About } from "./About.tsx";
import { Facts } from "./Facts.tsx";
import { Journeys } from "./Journeys.tsx";
import { Meanings } from "./Meanings.tsx";
import { Neighbours } from "./Neighbours.tsx";
import styles from "./panel.module.css";

/** Everything the map knows about one touchpoint, top to bottom. */
export function TouchpointPanel({ column }: { column: Column }) {
  const { close, file } = useMap();
  const { door } = useLook();
  const { t } = useTranslation();
  const more = useContext(MoreContext);
  const found = useContext(FoundContext);
  const root = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const part = root.current?.querySelector<HTMLElement>(`[data-door="${door}"]`);
    (part ?? head.current)?.focus({ preventScroll: true });
    if (part)
      root.current!.scrollTop = part.offsetTop - head.current!.parentElement!.offsetHeight - 8;
  }, [door]);
  const say = useSaid();
  const said = file.figures.sentences.filter((s) => s.about === column.key);
  return (
    <div ref={root} className={styles.content} data-panel tabIndex={-1}>
      <div className={styles.head}>
        <span className={styles.stage} style={{ background: `var(--dl-stage-${column.tint})` }}>
          {column.stageName}
        </span>
        <CloseButton
          aria-label={t("panel.close")}
          data-tip={t("panel.close_key")}
          onClick={close}
        />
        <h2 ref={head} tabIndex={-1}>
          {column.name}
        </h2>
      </div>
      {said.map((s, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a sentence has no other name
        <p key={at} className={`${styles.sentence} num`}>
          {say(s)}
        </p>
      ))}
      {column.figures === null ? (
        <p className={styles.sentence}>{t("panel.no_figures")}</p>
      ) : (
        <>
          <Facts figures={column.figures} />
          <Neighbours figures={column.figures} />
          <Journeys column={column} />
        </>
      )}
      {found !== null && <found.Part touchpoint={column.key} />}
      {more?.(file.map.key, column.key)}
      <Meanings column={column} />
      <About column={column} />
    </div>
  );
}
