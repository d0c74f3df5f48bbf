import { Button, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../../session/queries.ts";
import { NewInvitation } from "../../settings/team/Invitations.tsx";
import styles from "../start.module.css";
import { Target } from "./act/Target.tsx";
import { Tasks } from "./act/Tasks.tsx";
import type { Stepping } from "./stepping.ts";

/** What is done now: tasks with what, who and when; a target; a colleague. */
export function ActStep({ keeping: { plan, change } }: Stepping) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const invites = useMay("manage_team");
  const key = plan.map ?? null;
  const finish = (): void => {
    change({ step: "done" }, true);
    void navigate(key === null ? { to: "/maps" } : { to: "/maps/$key", params: { key } });
  };
  return (
    <>
      <Textarea
        label={t("start.change")}
        description={t("start.change_text")}
        autosize
        minRows={2}
        maxLength={2000}
        value={plan.change ?? ""}
        onChange={(event) => change({ change: event.currentTarget.value })}
      />
      {key === null ? <p className={styles.note}>{t("start.no_map")}</p> : <Tasks map={key} />}
      {key !== null && <Target map={key} />}
      <section aria-labelledby="start-invite" className={styles.group}>
        <h3 id="start-invite">{t("start.invite")}</h3>
        <p>{t(invites ? "start.invite_text" : "start.invite_ask")}</p>
        {invites && <NewInvitation />}
      </section>
      <div>
        <Button onClick={finish}>{t("start.finish")}</Button>
      </div>
    </>
  );
}
