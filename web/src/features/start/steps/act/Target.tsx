import type { MapFile } from "@desireline/map-core";
import { Button, NumberInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../../api/client.ts";
import { useFormats } from "../../../../app/formats.ts";
import { ProblemNote } from "../../../../ui/ProblemNote.tsx";
import { mapFileQuery } from "../../../maps/pages/map_queries.ts";
import styles from "../../start.module.css";

/** The share of all journeys that reach the goal: every touchpoint tells it. */
const OUTCOME = ["touchpoints", 0, "outcome_base", "share"];

/** A target for the share of those who reach the goal; an alert says when it is missed. */
export function Target({ map }: { map: string }) {
  const { data } = useQuery(mapFileQuery(map));
  const base = data?.file.figures.outcome_base;
  if (data === undefined || base === undefined || base.share === null) return null;
  return <Setting file={data.file} share={base.share} n={base.n} />;
}

function Setting({ file, share, n }: { file: MapFile; share: number; n: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [percent, setPercent] = useState<number | string>(Math.ceil(share * 100) + 1);
  const set = useMutation({
    mutationFn: async () => {
      const name = t("start.target_name", { map: file.map.name });
      const query = { analysis: "touchpoints" as const, map: { key: file.map.key } };
      const question = await told(api.POST("/v1/questions", { body: { name, query } as never }));
      const threshold = Number(percent) / 100;
      return told(
        api.POST("/v1/targets", {
          body: {
            question: question.id,
            name,
            figure: OUTCOME,
            op: "at_least",
            threshold,
            active: true,
            muted: false,
          },
        }),
      );
    },
  });
  const go = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate();
  };
  return (
    <section aria-labelledby="start-target" className={styles.group}>
      <h3 id="start-target">{t("start.target")}</h3>
      <p className="num">
        {t("start.target_text", { share: formats.share(share), n: formats.count(n), count: n })}
      </p>
      {set.data === undefined ? (
        <form className={styles.line} onSubmit={go}>
          <NumberInput
            label={t("start.target_share")}
            value={percent}
            min={0}
            max={100}
            suffix=" %"
            onChange={setPercent}
          />
          <Button type="submit" variant="default" loading={set.isPending} disabled={percent === ""}>
            {t("start.target_set")}
          </Button>
          <ProblemNote error={set.error} />
        </form>
      ) : (
        <p role="status">{t("start.target_kept", { share: formats.share(set.data.threshold) })}</p>
      )}
    </section>
  );
}
