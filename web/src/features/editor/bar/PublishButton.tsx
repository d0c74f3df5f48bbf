import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { say } from "../../../ui/say.tsx";
import { useMay } from "../../session/queries.ts";
import { Parts } from "../../versions/Parts.tsx";
import { sideQuery } from "../../versions/queries.ts";
import { useFigures } from "../draft/figures.tsx";
import { useActions, useDraft, useEditor } from "../draft/use_draft.ts";
import styles from "./bar.module.css";

/** Makes the draft the next version, once one has seen what is new in it. */
export function PublishButton({ version }: { version: number | null }) {
  const { t } = useTranslation();
  const may = useMay("publish");
  const { flush } = useActions();
  const [asked, setAsked] = useState<number | null>(null);
  const { revision } = useDraft();
  if (!may) return null;
  const ask = async (): Promise<void> => {
    await flush();
    setAsked(Date.now());
  };
  return (
    <>
      <Button size="compact-sm" onClick={() => void ask()}>
        {t("publish.publish")}
      </Button>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t("publish.title")}
        size="lg"
        closeButtonProps={{ "aria-label": t("publish.close") }}
      >
        {asked !== null && (
          <Publishing key={revision} version={version} onDone={() => setAsked(null)} />
        )}
      </Modal>
    </>
  );
}

function Publishing({ version, onDone }: { version: number | null; onDone: () => void }) {
  const { t } = useTranslation();
  const { key } = useEditor();
  const { revision } = useDraft();
  const client = useQueryClient();
  const [message, setMessage] = useState("");
  const publish = useMutation({
    mutationFn: () =>
      told(
        api.POST("/v1/maps/{key}/publish", {
          params: { path: { key }, header: { "if-match": `"${revision}"` } },
          body: { message: message.trim() },
        }),
      ),
    onSuccess: (state) => {
      void client.invalidateQueries({ queryKey: ["maps"], predicate: ({ queryKey }) => queryKey[2] !== "draft" });
      say(t("publish.done", { version: state.version }));
      onDone();
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    publish.mutate();
  };
  return (
    <form onSubmit={send} className={styles.publish}>
      {version === null ? <p>{t("publish.first")}</p> : <News version={version} revision={revision} />}
      <Textarea
        label={t("publish.message")}
        description={t("publish.message_means")}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        value={message}
        data-autofocus
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <ProblemNote error={publish.error} />
      <Button type="submit" loading={publish.isPending}>
        {t("publish.as", { version: (version ?? 0) + 1 })}
      </Button>
    </form>
  );
}

/** What the draft has that the last version has not, in words. */
function News({ version, revision }: { version: number; revision: number }) {
  const { t } = useTranslation();
  const { key } = useEditor();
  const { map } = useDraft();
  const { file } = useFigures();
  const { data: before, error } = useQuery(sideQuery(key, version));
  const { data: differences, error: unfit } = useQuery({
    queryKey: ["maps", key, "difference", version, revision],
    queryFn: async ({ signal }) => {
      const params = { path: { key }, query: { from: String(version), to: "draft" } };
      return (await told(api.GET("/v1/maps/{key}/difference", { params, signal }))).differences;
    },
  });
  if (error !== null || unfit !== null) return <ProblemNote error={error ?? unfit} />;
  if (differences === undefined || before === undefined) return <Rows n={3} />;
  if (differences.length === 0) return <p>{t("publish.nothing", { version })}</p>;
  return (
    <div className={styles.news}>
      <p>{t("publish.news", { version, count: differences.length })}</p>
      <Parts
        differences={differences}
        before={before}
        after={{ ...(file ?? before), map }}
        names={[t("bar.version", { version }), t("maps.draft")]}
      />
    </div>
  );
}
