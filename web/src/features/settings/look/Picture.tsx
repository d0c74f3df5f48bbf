import { Button, FileButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { lookQuery, wearLook } from "../../../app/look.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { Block } from "../Block.tsx";
import styles from "../settings.module.css";

type What = "logo" | "favicon";

/** A picture of the workspace's own: shown, given, taken back. */
export function Picture({ what }: { what: What }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: look } = useQuery(lookQuery);
  const again = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: lookQuery.queryKey });
    wearLook();
  };
  const give = useMutation({
    mutationFn: (file: File) =>
      told(
        api.PUT("/v1/appearance/{what}", {
          params: { path: { what } },
          body: file as unknown as string,
          bodySerializer: (body: unknown) => body as Blob,
          headers: { "Content-Type": "application/octet-stream" },
        }),
      ),
    onSuccess: again,
  });
  const back = useMutation({
    mutationFn: () => told(api.DELETE("/v1/appearance/{what}", { params: { path: { what } } })),
    onSuccess: async () => {
      give.reset();
      await again();
      say(t("settings.picture_gone"));
    },
  });
  const address = look?.[what] ?? null;
  const left = give.data?.left_out ?? [];
  return (
    <Block title={t(`settings.${what}`)} text={t(`settings.${what}_text`)}>
      {address !== null && <img src={address} alt={t(`settings.${what}`)} className={styles.picture} />}
      <div className={styles.line}>
        <FileButton accept="image/png,image/svg+xml" onChange={(file) => file && give.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" loading={give.isPending}>
              {t(address === null ? "settings.picture_give" : "settings.picture_change")}
            </Button>
          )}
        </FileButton>
        {address !== null && (
          <Button variant="default" loading={back.isPending} onClick={() => back.mutate()}>
            {t("settings.picture_back")}
          </Button>
        )}
      </div>
      <ProblemNote error={give.error ?? back.error} />
      {left.length > 0 && (
        <p role="status">{t("settings.picture_left", { names: left.join(", "), count: left.length })}</p>
      )}
    </Block>
  );
}
