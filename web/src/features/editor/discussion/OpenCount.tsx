import { VisuallyHidden } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import styles from "./discussion.module.css";
import { AGAIN_MS, commentsQuery, tasksQuery } from "./queries.ts";
import { openAt, partOf } from "./speaking.ts";

interface Props {
  map: string;
  /** Of which stage or touchpoint, by its key. */
  stage?: string;
  touchpoint?: string;
}

/** How many comments and tasks are open here, for the head of a stage or touchpoint; nothing for none. */
export function OpenCount({ map, ...place }: Props) {
  const { t } = useTranslation();
  const n = useOpen(map).get(partOf(place)) ?? 0;
  if (n === 0) return null;
  return (
    <span className={styles.open} data-tip={t("talk.open", { count: n })}>
      <IconMessage size={12} stroke={1.8} aria-hidden />
      <span className="num" aria-hidden>
        {n}
      </span>
      <VisuallyHidden>{t("talk.open", { count: n })}</VisuallyHidden>
    </span>
  );
}

/** How many are open, by part of the map. Of many who ask, one asks again by itself. */
export function useOpen(map: string, again = false): Map<string, number> {
  const refetchInterval = again ? AGAIN_MS : false;
  const { data: comments } = useQuery({ ...commentsQuery(map), refetchInterval });
  const { data: tasks } = useQuery({ ...tasksQuery(map), refetchInterval });
  return openAt(comments ?? [], tasks ?? []);
}
