import { type ViewName, VIEWS } from "@desireline/map-core";
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLook, useMap } from "../state/map_context.ts";
import styles from "./bar.module.css";

export function ViewSwitch() {
  const { change } = useMap();
  const { view } = useLook();
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t("bar.view")}
      value={view.view}
      onChange={(to) => change({ view: to as ViewName })}
      data={VIEWS.map((name) => ({ value: name, label: t(`view.${name}`) }))}
      transitionDuration={120}
      classNames={{
        root: styles.views ?? "",
        label: styles.viewLabel ?? "",
        indicator: styles.viewIndicator ?? "",
      }}
    />
  );
}
