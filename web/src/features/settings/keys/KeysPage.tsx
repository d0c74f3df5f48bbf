import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say } from "../../../ui/say.tsx";
import { Block } from "../Block.tsx";
import { SettingsPage } from "../SettingsPage.tsx";
import styles from "../settings.module.css";
import { NewKey } from "./NewKey.tsx";

/** Keys by which programs ask, each with what it may. */
export function KeysPage() {
  const { t } = useTranslation();
  return (
    <SettingsPage title={t("settings.title")}>
      <div>
        <Block title={t("settings.keys")} text={t("settings.keys_text")}>
          <Keys />
        </Block>
        <Block title={t("settings.new_key")} text={t("settings.new_key_text")}>
          <NewKey />
        </Block>
      </div>
    </SettingsPage>
  );
}

function Keys() {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["api-keys"],
    queryFn: async ({ signal }) => (await told(api.GET("/v1/api-keys", { signal }))).keys,
  });
  const drop = useMutation({
    mutationFn: (number: number) =>
      told(api.DELETE("/v1/api-keys/{number}", { params: { path: { number } } })),
    onSuccess: () => say(t("settings.key_gone")),
    onSettled: () => client.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  return (
    <>
      <ProblemNote error={error ?? drop.error} />
      {data?.length === 0 && <p>{t("settings.no_keys")}</p>}
      <ul className={styles.list}>
        {data?.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.name}</b> <code>{one.prefix}…</code>
              <p>{one.scopes.map((scope) => t(`scope.${scope}`)).join(", ")}</p>
              <p>
                {one.used_at === null
                  ? t("settings.never_used")
                  : t("settings.used", { ago: agoNow(formats, one.used_at) })}
                {one.expires_at === null ? "" : `, ${t("settings.until", { ago: agoNow(formats, one.expires_at) })}`}
              </p>
            </div>
            <Button variant="default" size="compact-sm" onClick={() => drop.mutate(one.id)}>
              {t("settings.drop")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
