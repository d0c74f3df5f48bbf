import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { inWords } from "../../../api/problem.ts";
import { sessionQuery } from "../../session/queries.ts";
import { useDraft, useEditor } from "../draft/use_draft.ts";
import styles from "./bar.module.css";
import { placeOfChange, placeWords, wantedWords } from "./lost_words.ts";

/** What one must know before going on: work that could not stand, and that nothing is sent. */
export function Notices() {
  const { t } = useTranslation();
  const { map, lost, saved, problem, takeAgain, letGo, again } = useDraft();
  const { may } = useEditor();
  const { data: session } = useQuery(sessionQuery);
  const mayNot = session !== undefined && !may;
  const stuck = saved === "offline" || saved === "stopped";
  if (lost.length === 0 && !stuck && problem === null && !mayNot) return null;
  return (
    <div className={styles.notices} role="status">
      {mayNot && <p>{t("editor.read_only")}</p>}
      {saved === "offline" && (
        <p>
          {t("draft.offline_means")}
          <Button variant="default" size="compact-xs" onClick={again}>
            {t("draft.try_now")}
          </Button>
        </p>
      )}
      {problem !== null && (
        <p>
          {inWords(problem)}
          {saved === "stopped" && (
            <Button variant="default" size="compact-xs" onClick={again}>
              {t("draft.try_now")}
            </Button>
          )}
        </p>
      )}
      {lost.map((one, at) => {
        const place = one.place.length === 0 ? placeOfChange(one.change) : one.place;
        const words = { where: placeWords(map, place, t), wanted: wantedWords(one.change, t) };
        return (
          <p key={at}>
            {one.by === "" ? t("lost.unknown", words) : t("lost.by", { ...words, by: one.by })}
            <Button variant="default" size="compact-xs" onClick={() => takeAgain(one)}>
              {t("lost.again")}
            </Button>
            <Button variant="subtle" size="compact-xs" onClick={() => letGo(one)}>
              {t("lost.let_go")}
            </Button>
          </p>
        );
      })}
    </div>
  );
}
