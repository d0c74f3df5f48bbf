import type { JourneyMap } from "@desireline/map-core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../../session/queries.ts";
import { membersQuery } from "../../settings/team/queries.ts";
import { useNames } from "../draft/names.ts";
import styles from "./discussion.module.css";
import { openElsewhere, saidOfGone, searchAt, selectedOf, type Spoken } from "./spoken.ts";
import { commentsQuery, tasksQuery } from "./queries.ts";
import { TaskRow } from "./TaskRow.tsx";
import { ThreadRow } from "./ThreadRow.tsx";

interface Props {
  map: JourneyMap;
}

/** What is open of parts of the map; each leads to its part in the editor. */
export function OpenElsewhere({ map }: Props) {
  const { t } = useTranslation();
  const spoken = useSpoken(map, openElsewhere);
  if (spoken.length === 0) return null;
  return (
    <section className={styles.elsewhere} aria-label={t("talk.elsewhere")}>
      <h3>{t("talk.elsewhere")}</h3>
      <SpokenList map={map} spoken={spoken} there />
    </section>
  );
}

/** What was said of parts that the map does not have any more: nothing that was said is lost. */
export function SaidOfGone({ map }: Props) {
  const { t } = useTranslation();
  const spoken = useSpoken(map, saidOfGone);
  if (spoken.length === 0) return null;
  return (
    <section className={styles.elsewhere} aria-label={t("talk.gone")}>
      <h3>{t("talk.gone")}</h3>
      <p className={styles.soft}>{t("talk.gone_means")}</p>
      <SpokenList map={map} spoken={spoken} />
    </section>
  );
}

function useSpoken(map: JourneyMap, choose: typeof saidOfGone): Spoken[] {
  const { data: comments } = useQuery(commentsQuery(map.key));
  const { data: tasks } = useQuery(tasksQuery(map.key));
  return choose(comments ?? [], tasks ?? [], map);
}

function SpokenList({ map, spoken, there = false }: Props & { spoken: Spoken[]; there?: boolean }) {
  const names = useNames();
  const may = useMay("comment");
  const { data: members = [] } = useQuery(membersQuery);
  return spoken.map(({ place, threads, tasks }) => {
    const name = names(map, selectedOf(place));
    return (
      <div key={[place.stage, place.touchpoint, place.lane].join("/")}>
        <h4>
          {there ? (
            <Link to="/maps/$key/edit" params={{ key: map.key }} search={searchAt(place)}>
              {name}
            </Link>
          ) : (
            name
          )}
        </h4>
        {tasks.length > 0 && (
          <ul className={styles.tasks}>
            {tasks.map((task) => (
              <TaskRow key={task.id} task={task} members={members} may={may} />
            ))}
          </ul>
        )}
        {threads.length > 0 && (
          <ul className={styles.threads}>
            {threads.map((thread) => (
              <ThreadRow key={thread.comment.id} map={map.key} thread={thread} members={members} may={may} />
            ))}
          </ul>
        )}
      </div>
    );
  });
}
