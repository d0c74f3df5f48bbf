import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import styles from "./data.module.css";
import { upload } from "./queries.ts";

/** A place for a file: dropped on it, or chosen; `taken` hears the number of its import. */
export function Drop({ taken }: { taken: (id: number) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const send = useMutation({
    mutationFn: upload,
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ["imports"] });
      taken(id);
    },
  });
  const take = (file: File | undefined | null): void => {
    if (file) send.mutate(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files are dropped on it */}
      <label
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          type="file"
          disabled={send.isPending}
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
        <b>{send.isPending ? t("data.sending", { name: send.variables.name }) : t("data.drop")}</b>
        <span>{t("data.forms")}</span>
      </label>
      <ProblemNote error={send.error} />
    </>
  );
}
