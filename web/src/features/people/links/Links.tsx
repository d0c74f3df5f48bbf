import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { say, sayUndo } from "../../../ui/say.tsx";
import { useMay } from "../../session/queries.ts";
import { Part } from "../about/Part.tsx";
import styles from "../people.module.css";
import { type Link, linksQuery } from "../queries.ts";

const named = (end: Link["first"]): string => `${end.kind}:${end.value}`;

/** Why the identifiers are one person; a link that is wrong can be taken back, and put back. */
export function Links({ person }: { person: string }) {
  const { t } = useTranslation();
  const may = useMay("edit_persons");
  const client = useQueryClient();
  const { data, error } = useQuery(linksQuery(person));
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ["people"] });
  const merge = useMutation({
    mutationFn: (link: Link) => told(api.POST("/v1/links", { body: ends(link, t("people.because_back")) })),
    onSuccess: () => say(t("people.merged")),
    onSettled: again,
  });
  const unmerge = useMutation({
    mutationFn: (link: Link) =>
      told(api.POST("/v1/links/withdraw", { body: ends(link, t("people.because_apart")) })),
    onSuccess: (done, link) =>
      sayUndo(t(done.one_person ? "people.still_joined" : "people.apart"), () => merge.mutate(link)),
    onSettled: again,
  });
  if (data?.length === 0) return null;
  return (
    <Part name={t("people.links")}>
      <ProblemNote error={error ?? unmerge.error ?? merge.error} />
      <ul className={styles.links}>
        {data?.map((link) => (
          <li key={link.id} data-state={link.state}>
            <div>
              <b>{link.first.value}</b> + <b>{link.second.value}</b>
              <p>{[t(`people.strength_${link.strength}`), link.evidence, link.source].filter(Boolean).join(", ")}</p>
              {link.state !== "joins" && <p>{t(`people.state_${link.state}`)}</p>}
            </div>
            {may && link.state === "joins" && (
              <Button
                variant="default"
                size="compact-xs"
                loading={unmerge.isPending}
                onClick={() => unmerge.mutate(link)}
              >
                {t("people.take_apart")}
              </Button>
            )}
            {may && link.state === "withdrawn" && (
              <Button
                variant="default"
                size="compact-xs"
                loading={merge.isPending}
                onClick={() => merge.mutate(link)}
              >
                {t("people.put_back")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

const ends = (link: Link, because: string) => ({
  first: named(link.first),
  second: named(link.second),
  because,
});
