import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../../api/problem.ts";
import { useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { useEventCount } from "../../maps/first/use_event_count.ts";
import { mapsQuery } from "../../maps/pages/map_queries.ts";
import { useMay } from "../../session/queries.ts";
import { useDraft } from "../drafting.ts";
import styles from "../start.module.css";
import type { Stepping } from "./stepping.ts";

/** The draft of the map, from what came; and what it became. */
export function DraftStep({ keeping: { plan, change }, go }: Stepping) {
  const { t } = useTranslation();
  const formats = useFormats();
  const events = useEventCount();
  const publish = useMay("publish");
  const [name, setName] = useState(plan.customer || t("start.map_name_usual"));
  const draft = useDraft((map) => change({ map: map.key }, true));
  const { data: maps } = useQuery(mapsQuery);
  const made = maps?.find((map) => map.key === plan.map);
  const isGuess = plan.way === "template";
  const isReady = isGuess ? (plan.template ?? null) !== null : events > 0;
  const isUnknown = draft.error instanceof Problem && draft.error.code === "outcome_unknown";
  return (
    <>
      {made !== undefined && <Made map={made} />}
      {!isGuess && (
        <p role="status" className={`${styles.note} num`}>
          {events === 0 ? t("start.no_events") : t("start.events", { n: formats.count(events), count: events })}
        </p>
      )}
      {isReady ? (
        <form
          className={styles.line}
          onSubmit={(event) => {
            event.preventDefault();
            draft.mutate({ plan, name: name.trim(), publish });
          }}
        >
          <TextInput
            label={t("start.map_name")}
            value={name}
            required
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant={made === undefined ? "filled" : "default"}
            loading={draft.isPending}
            disabled={name.trim() === ""}
          >
            {t(made === undefined ? "start.draft_go" : "start.draft_again")}
          </Button>
        </form>
      ) : (
        <div>
          <Button variant="default" onClick={() => go("data")}>
            {t("start.to_data")}
          </Button>
        </div>
      )}
      <ProblemNote error={draft.error} />
      {isUnknown && (
        <div>
          <Button variant="default" onClick={() => go("goal")}>
            {t("start.to_goal")}
          </Button>
        </div>
      )}
    </>
  );
}

interface Map {
  key: string;
  name: string;
  stages: number;
  touchpoints: number;
}

function Made({ map }: { map: Map }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={styles.made} role="status">
      <b>{map.name}</b>
      <span className="num">
        {t("maps.size", {
          stages: t("maps.stages", { n: formats.count(map.stages), count: map.stages }),
          touchpoints: t("maps.touchpoints", { n: formats.count(map.touchpoints), count: map.touchpoints }),
        })}
      </span>
      <Link to="/maps/$key" params={{ key: map.key }}>
        {t("start.open_map")}
      </Link>
    </div>
  );
}
