import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { PatternField } from "./PatternField.tsx";
import { PeriodField } from "./PeriodField.tsx";

/** Whose journeys, and which events of them; the same on every page that explores. */
export function FilterBar() {
  const { t } = useTranslation();
  const { view, change } = useExplored();
  return (
    <div className={styles.filters} role="search" aria-label={t("explore.filters")}>
      <PeriodField period={view} change={change} />
      <PatternField
        field="channel"
        label={t("explore.channel")}
        placeholder={t("explore.any_channel")}
        value={view.channels?.join(", ") ?? ""}
        onChange={(text) => {
          const channels = text.split(",").map((one) => one.trim()).filter(Boolean);
          change({ channels: channels.length > 0 ? channels : undefined });
        }}
      />
      <div className={styles.wide}>
        <PatternField
          label={t("explore.segment")}
          placeholder={t("explore.segment_example")}
          value={view.segment ?? ""}
          onChange={(segment) => change({ segment: segment || undefined })}
        />
      </div>
      {view.among !== undefined && (
        <div className={styles.wide}>
          <PatternField
            label={t("explore.among")}
            placeholder={t("explore.segment_example")}
            value={view.among}
            onChange={(among) => change({ among: among || undefined })}
          />
        </div>
      )}
      <Switch
        size="xs"
        label={t("explore.visits")}
        checked={view.visits === true}
        onChange={(event) => change({ visits: event.currentTarget.checked ? true : undefined })}
      />
      <Switch
        size="xs"
        label={t("explore.no_bots")}
        checked={view.bots === false}
        onChange={(event) => change({ bots: event.currentTarget.checked ? false : undefined })}
      />
    </div>
  );
}
