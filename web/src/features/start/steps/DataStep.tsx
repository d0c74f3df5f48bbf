import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "../start.module.css";
import { FileWay } from "./ways/FileWay.tsx";
import { SampleWay } from "./ways/SampleWay.tsx";
import { SiteWay } from "./ways/SiteWay.tsx";
import { TemplateWay } from "./ways/TemplateWay.tsx";
import type { Stepping } from "./stepping.ts";

const WAYS = { file: FileWay, site: SiteWay, sample: SampleWay, template: TemplateWay };
type Way = keyof typeof WAYS;
const NAMES: Way[] = ["file", "site", "sample", "template"];

/** Where what the map is made from comes from; each way goes on right here. */
export function DataStep(stepping: Stepping) {
  const { t } = useTranslation();
  const { plan, change } = stepping.keeping;
  const way = NAMES.find((one) => one === plan.way);
  const Way = way === undefined ? null : WAYS[way];
  return (
    <>
      <Radio.Group
        className={styles.full ?? ""}
        aria-label={t("start.way")}
        value={way ?? ""}
        onChange={(chosen) => change({ way: chosen as Way }, true)}
      >
        <div className={styles.ways}>
          {NAMES.map((one) => (
            <Radio.Card key={one} value={one} className={styles.way ?? ""}>
              <Radio.Indicator />
              <span>
                <b>{t(`start.way_${one}`)}</b>
                {t(`start.way_${one}_text`)}
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {Way !== null && (
        <div className={styles.inner}>
          <Way {...stepping} />
        </div>
      )}
    </>
  );
}
