import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import styles from "../settings.module.css";

const MOST = 30;

/** What people with access did, the newest first; and whether the record is what was written. */
export function Audit() {
  const { t } = useTranslation();
  const formats = useFormats();
  const asked = useInfiniteQuery({
    queryKey: ["audit"],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = { most: MOST, ...(pageParam === undefined ? {} : { before: pageParam }) };
      return (await told(api.GET("/v1/audit", { params: { query }, signal }))).entries;
    },
    getNextPageParam: (page) => (page.length < MOST ? undefined : page.at(-1)?.number),
  });
  const verify = useMutation({ mutationFn: () => told(api.GET("/v1/audit/verify")) });
  const entries = asked.data?.pages.flat() ?? [];
  return (
    <>
      <ProblemNote error={asked.error ?? verify.error} />
      <div className={styles.line}>
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t("settings.verify")}
        </Button>
        <span role="status">
          {verify.data?.well === true && t("settings.verified")}
          {verify.data?.findings.map((one) => one.sentence).join(" ")}
        </span>
      </div>
      <ul className={styles.list}>
        {entries.map((one) => (
          <li key={one.number}>
            <div>
              <b>{one.what.replaceAll("_", " ")}</b>
              <p>{[one.who, one.about].filter(Boolean).join(", ")}</p>
            </div>
            <time className="num" dateTime={one.at} data-tip={formats.moment(one.at)}>
              {agoNow(formats, one.at)}
            </time>
          </li>
        ))}
      </ul>
      {asked.hasNextPage && (
        <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t("people.more")}
        </Button>
      )}
    </>
  );
}
