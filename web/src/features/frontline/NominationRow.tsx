import { Button } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { agoNow, useFormats } from "../../app/formats.ts";
import { sayProblem, sayUndo } from "../../ui/say.tsx";
import { mapsQuery } from "../maps/pages/map_queries.ts";
import { useMay } from "../session/queries.ts";
import { DeclineDialog } from "./DeclineDialog.tsx";
import styles from "./frontline.module.css";
import { useDepartment } from "./NominationForm.tsx";
import { oftenOf } from "./place.ts";
import { agree, answerIt, type Nomination } from "./queries.ts";
import { TakeUpDialog } from "./TakeUpDialog.tsx";

/** A pain point: its words, who knows it too, and what can be done with it. */
export function NominationRow({ nomination }: { nomination: Nomination }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { times_a_week: times } = nomination;
  const says = [
    nomination.author,
    nomination.department,
    times === null ? "" : t(`frontline.${oftenOf(times)}`),
    agoNow(formats, nomination.made_at),
  ];
  return (
    <li className={styles.row}>
      <p className={styles.text}>{nomination.text}</p>
      <p className={`${styles.soft} num`}>{says.filter(Boolean).join(" · ")}</p>
      <WhereOn nomination={nomination} />
      <Became nomination={nomination} />
      <Voices nomination={nomination} />
      {nomination.status === "open" && <Editing nomination={nomination} />}
    </li>
  );
}

function WhereOn({ nomination }: { nomination: Nomination }) {
  const { t } = useTranslation();
  const { data } = useQuery(mapsQuery);
  const { map } = nomination;
  if (map === null) return null;
  const found = data?.find((one) => one.key === map);
  if (found === undefined) return null;
  const hash = nomination.touchpoint === "" ? "" : `open=${encodeURIComponent(nomination.touchpoint)}`;
  return (
    <p className={styles.soft}>
      {found.version === null ? (
        t("frontline.on", { map: found.name })
      ) : (
        <Link to="/maps/$key" params={{ key: map }} hash={hash}>
          {t("frontline.on", { map: found.name })}
        </Link>
      )}
    </p>
  );
}

/** What became of it, for whoever said it. */
function Became({ nomination }: { nomination: Nomination }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (nomination.status === "open") return null;
  const by = { by: nomination.answered_by, ago: agoNow(formats, nomination.answered_at ?? nomination.made_at) };
  return (
    <div className={styles.answer} data-status={nomination.status}>
      <b>{t(nomination.status === "taken" ? "frontline.was_taken" : "frontline.was_declined", by)}</b>
      {nomination.answer !== "" && <p>{nomination.answer}</p>}
    </div>
  );
}

/** Who knows it too, by department; one voice each. */
function Voices({ nomination }: { nomination: Nomination }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const may = useMay("comment");
  const department = useDepartment();
  const vote = useMutation({
    mutationFn: () => agree(nomination.id, nomination.own ? null : department.value),
    onSuccess: () => client.invalidateQueries({ queryKey: ["nominations"] }),
    onError: sayProblem,
  });
  const n = nomination.votes.reduce((sum, one) => sum + one.n, 0);
  const named = nomination.votes
    .filter((one) => one.department !== "" || nomination.votes.length > 1)
    .map((one) => `${one.department || t("frontline.unsaid")} ${formats.count(one.n)}`)
    .join(", ");
  return (
    <div className={styles.voices}>
      {may && (
        <Button
          size="compact-sm"
          variant="default"
          className={styles.voice ?? ""}
          aria-pressed={nomination.own}
          loading={vote.isPending}
          leftSection={<IconHandStop size={14} aria-hidden />}
          onClick={() => vote.mutate()}
        >
          {t("frontline.me_too")}
        </Button>
      )}
      <span className={`${styles.soft} num`}>
        {t("frontline.know", { n: formats.count(n), count: n })}
        {named !== "" && ` (${named})`}
      </span>
    </div>
  );
}

/** What an editor does with it. */
function Editing({ nomination }: { nomination: Nomination }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useMay("edit_maps");
  const [dialog, setDialog] = useState<"take" | "decline" | null>(null);
  if (!may) return null;
  const close = (): void => setDialog(null);
  const reopened = (): Promise<void> => client.invalidateQueries({ queryKey: ["nominations"] });
  return (
    <div className={styles.buttons}>
      <Button size="compact-sm" onClick={() => setDialog("take")}>
        {t("frontline.take")}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setDialog("decline")}>
        {t("frontline.decline")}
      </Button>
      <TakeUpDialog nomination={nomination} opened={dialog === "take"} close={close} />
      <DeclineDialog
        nomination={nomination}
        opened={dialog === "decline"}
        close={close}
        declined={() =>
          sayUndo(t("frontline.declined_said"), () => {
            void answerIt(nomination.id, { status: "open", answer: "" }).then(reopened, sayProblem);
          })
        }
      />
    </div>
  );
}
