import { Radio } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../../api/client.ts";
import { useFormats } from "../../../../app/formats.ts";
import { ProblemNote } from "../../../../ui/ProblemNote.tsx";
import { Rows } from "../../../../ui/Rows.tsx";
import styles from "../../start.module.css";
import type { Stepping } from "../stepping.ts";

/** A hypothesis: the map of an industry to begin from, before there is any event. */
export function TemplateWay({ keeping: { plan, change } }: Stepping) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error } = useQuery({
    queryKey: ["map-templates"],
    queryFn: async ({ signal }) => (await told(api.GET("/v1/map-templates", { signal }))).templates,
    staleTime: Infinity,
  });
  if (data === undefined) return error === null ? <Rows n={3} /> : <ProblemNote error={error} />;
  return (
    <Radio.Group
      className={styles.full ?? ""}
      label={t("start.template")}
      value={plan.template ?? ""}
      onChange={(template) => change({ template }, true)}
    >
      <div className={styles.ways}>
        {data.map((one) => (
          <Radio.Card key={one.key} value={one.key} className={styles.way ?? ""}>
            <Radio.Indicator />
            <span>
              <b>{one.name}</b>
              {one.goal}
              <small className="num">
                {t("maps.touchpoints", { n: formats.count(one.touchpoints), count: one.touchpoints })}
              </small>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
