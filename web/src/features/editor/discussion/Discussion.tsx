import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { useMay } from "../../session/queries.ts";
import { membersQuery } from "../../settings/team/queries.ts";
import { Composer } from "./Composer.tsx";
import styles from "./discussion.module.css";
import { commentsQuery, type Place, sayTo, useSaying } from "./queries.ts";
import { mentionsIn, threadsAt } from "./speaking.ts";
import { TasksAt } from "./TasksAt.tsx";
import { ThreadRow } from "./ThreadRow.tsx";

interface Props {
  map: string;
  place: Place;
  /** What the place is called: "Cart". */
  name: string;
}

/** What is said about a place of the map, and what somebody shall do there. */
export function Discussion({ map, place, name }: Props) {
  const { t } = useTranslation();
  const may = useMay("comment");
  const { data: comments, error } = useQuery(commentsQuery(map));
  const { data: members = [] } = useQuery(membersQuery);
  const say = useSaying(sayTo(map));
  const threads = threadsAt(comments ?? [], place);
  return (
    <div className={styles.discussion}>
      {/* A task is of the map, a stage or a touchpoint; one at a cell is its touchpoint's. */}
      {place.lane === "" && <TasksAt map={map} place={place} may={may} />}
      <section aria-label={t("talk.comments")}>
        <h3>{t("talk.comments")}</h3>
        <ProblemNote error={error} />
        {comments !== undefined && threads.length === 0 && (
          <p className={styles.soft}>{t("talk.none", { name })}</p>
        )}
        <ul className={styles.threads}>
          {threads.map((thread) => (
            <ThreadRow key={thread.comment.id} map={map} thread={thread} members={members} may={may} />
          ))}
        </ul>
        {may && (
          <Composer
            label={t("talk.say")}
            action={t("talk.send")}
            members={members}
            pending={say.isPending}
            onSay={(text) =>
              say.mutateAsync({ ...place, text, mentions: mentionsIn(text, members) })
            }
          />
        )}
        <ProblemNote error={say.error} />
      </section>
    </div>
  );
}
