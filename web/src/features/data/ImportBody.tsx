import { Button, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../api/client.ts";
import { problemKept } from "../../api/problem.ts";
import { useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import styles from "./data.module.css";
import { MappingEditor } from "./MappingEditor.tsx";
import { type Import, moves } from "./queries.ts";
import { SetAside } from "./SetAside.tsx";

/** What a file means, how far its import is, what became of its rows. */
export function ImportBody({ one }: { one: Import }) {
  const { t } = useTranslation();
  const mayStart = one.state === "waiting" || one.state === "failed";
  return (
    <>
      <ProblemNote error={one.problem && problemKept(one.problem)} />
      {one.same_as !== null && one.same_as !== undefined && one.state === "waiting" && (
        <p className={styles.note}>{t("data.same", { id: one.same_as })}</p>
      )}
      {mayStart && <MappingEditor key={one.id} one={one} />}
      {moves(one) && <Moving one={one} />}
      {one.report !== null && <Report one={one} />}
    </>
  );
}

function Moving({ one }: { one: Import }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const { done, total, stage } = one.progress;
  const cancel = useMutation({
    mutationFn: () =>
      told(api.POST("/v1/imports/{ident}/cancel", { params: { path: { ident: one.id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["imports"] }),
  });
  return (
    <section className={styles.moving} aria-label={t("data.progress")}>
      <Progress
        value={total > 0 ? (done / total) * 100 : 0}
        aria-label={t("data.progress")}
        transitionDuration={150}
      />
      <p role="status" className="num">
        {stage}
        {total > 0 ? ` ${formats.share(done / total)}` : ""}
      </p>
      <ProblemNote error={cancel.error} />
      <Button
        variant="default"
        disabled={one.state === "cancelling"}
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        {t("data.cancel")}
      </Button>
    </section>
  );
}

function Report({ one }: { one: Import }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const report = one.report!;
  const figures: [string, number][] = [
    ["rows_read", report.rows],
    ["stored", report.stored],
    ["duplicate", report.duplicate],
    ["aside", report.failed],
  ];
  return (
    <>
      <dl className={styles.figures}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`data.${name}`)}</dt>
            <dd className="num">{formats.count(value)}</dd>
          </div>
        ))}
      </dl>
      {report.before && <p className={styles.note}>{t("data.before")}</p>}
      {report.failed > 0 && <SetAside ident={one.id} />}
    </>
  );
}
