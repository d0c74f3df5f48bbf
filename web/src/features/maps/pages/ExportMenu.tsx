import { ActionIcon, Loader, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { sayProblem } from "../../../ui/say.tsx";
import type { Picture } from "../picture/PictureRoom.tsx";
import { asFile, FORMS, type Form, saved } from "./exporting.ts";

const PictureRoom = lazy(async () => ({
  default: (await import("../picture/PictureRoom.tsx")).PictureRoom,
}));

/** The map as a file: a page of its own, a picture, text for git, a table, CJML. */
export function ExportMenu({ mapKey, at }: { mapKey: string; at: string | undefined }) {
  const { t } = useTranslation();
  const [drawing, setDrawing] = useState<Picture | null>(null);
  const draw = (): Promise<Blob> =>
    new Promise<Blob>((done, failed) => {
      setDrawing({ done, failed });
    }).finally(() => setDrawing(null));
  const take = useMutation({
    mutationFn: async (form: Form) => {
      const blob = form === "png" ? await draw() : await asFile(mapKey, form, at);
      saved(blob, at === undefined ? mapKey : `${mapKey}-${at}`, form);
    },
    onError: sayProblem,
  });
  return (
    <>
      <Menu position="bottom-end" width={260} shadow="md">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="var(--dl-ink-soft)"
            aria-label={t("export.title")}
            data-tip={t("export.title")}
            disabled={take.isPending}
          >
            {take.isPending ? (
              <Loader size={16} aria-label={t("export.busy")} />
            ) : (
              <IconDownload size={18} stroke={1.6} aria-hidden />
            )}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMS.map((form) => (
            <Menu.Item key={form} onClick={() => take.mutate(form)}>
              <b style={{ fontWeight: 500 }}>{t(`export.${form}`)}</b>
              <br />
              <small style={{ color: "var(--dl-ink-soft)" }}>{t(`export.${form}_means`)}</small>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {drawing !== null && (
        <Suspense>
          <PictureRoom picture={drawing} />
        </Suspense>
      )}
    </>
  );
}
