import type { JourneyMap } from "@desireline/map-core";
import { Chip, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../api/client.ts";
import { Empty } from "../../ui/Empty.tsx";
import type { Behind } from "../explore/asking.ts";
import { departmentsOf, narrowed, quotesOf, reachOf, signalsOf } from "./choosing.ts";
import { PainRow } from "./PainRow.tsx";
import styles from "./pains.module.css";
import { behind, type Pain, type Quotes } from "./queries.ts";

interface Props {
  map: JourneyMap;
  found: Shapes["PainsResult"];
  quotes: Quotes[];
  open: (persons: Behind) => void;
}

/** What hurts, the most harm first. */
export function Pains({ map, found, quotes, open }: Props) {
  const { t } = useTranslation();
  const [signal, setSignal] = useState<Pain["signal"] | null>(null);
  const [department, setDepartment] = useState<string | null>(null);
  const departments = departmentsOf(found.pains);
  const shown = narrowed(found.pains, signal, department);
  if (found.pains.length === 0)
    return <Empty title={t("pains.none")} text={t("pains.none_text")} />;
  return (
    <section aria-label={t("pains.list")}>
      <div className={styles.filters}>
        <Chip.Group value={signal ?? "all"} onChange={(to) => setSignal(signalFrom(to))}>
          <Chip value="all" size="xs" variant="outline">
            {t("pains.signal_all")}
          </Chip>
          {signalsOf(found.pains).map((one) => (
            <Chip key={one} value={one} size="xs" variant="outline">
              {t(`pains.signal_${one}`)}
            </Chip>
          ))}
        </Chip.Group>
        {departments.length > 0 && (
          <Select
            size="xs"
            clearable
            placeholder={t("pains.department")}
            aria-label={t("pains.department")}
            data={departments}
            value={department}
            onChange={setDepartment}
          />
        )}
      </div>
      {shown.length === 0 && <Empty title={t("pains.none_here")} text={t("pains.none_here_text")} />}
      <ol className={styles.list}>
        {shown.map((one) => (
          <PainRow
            key={`${one.signal} ${one.touchpoint}`}
            map={map}
            pain={one}
            reach={reachOf(found.pains)}
            quotes={quotesOf(quotes, one)}
            open={(title) => open(behind(map.key, one, title))}
          />
        ))}
      </ol>
    </section>
  );
}

const signalFrom = (value: string | string[]): Pain["signal"] | null =>
  value === "all" ? null : (value as Pain["signal"]);
