import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { Block } from "../Block.tsx";
import styles from "../settings.module.css";

const KEY = ["sessions"];

/** Where the member is signed in; each place can be ended from here. */
export function Sessions() {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await told(api.GET("/v1/sessions", { signal }))).sessions,
  });
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: KEY });
  const end = useMutation({
    mutationFn: (number: number) =>
      told(api.DELETE("/v1/sessions/{number}", { params: { path: { number } } })),
    onSuccess: () => say(t("settings.session_ended")),
    onSettled: again,
  });
  const endOthers = useMutation({
    mutationFn: () => told(api.DELETE("/v1/sessions")),
    onSuccess: ({ ended }) => say(t("settings.sessions_ended", { n: formats.count(ended), count: ended })),
    onSettled: again,
  });
  return (
    <Block title={t("settings.sessions")} text={t("settings.sessions_text")}>
      <ProblemNote error={error ?? end.error ?? endOthers.error} />
      <ul className={styles.list}>
        {data?.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.device === "" ? t("settings.device") : one.device}</b>
              <p>
                {one.current ? t("settings.here") : agoNow(formats, one.seen_at)}
                {one.network === "" ? "" : `, ${one.network}`}
              </p>
            </div>
            {!one.current && (
              <Button variant="default" size="compact-sm" onClick={() => end.mutate(one.id)}>
                {t("settings.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(data?.length ?? 0) > 1 && (
        <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {t("settings.end_others")}
        </Button>
      )}
    </Block>
  );
}
