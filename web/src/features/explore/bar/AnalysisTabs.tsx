import {
  IconArrowBarToRight,
  IconChartDots3,
  IconFilter,
  IconGrid4x4,
  IconMapPin,
  IconRoute,
  IconStairs,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ANALYSES, type Analysis, kept, type View } from "../view.ts";
import { PageTabs } from "../../../ui/PageTabs.tsx";

const ICONS: Record<Analysis, TablerIcon> = {
  transitions: IconChartDots3,
  funnel: IconFilter,
  paths: IconRoute,
  variants: IconStairs,
  touchpoints: IconArrowBarToRight,
  positions: IconMapPin,
  retention: IconGrid4x4,
};

/** What is asked about whom stays when one asks something else. */
const carried = (view: View): View =>
  kept<View>({
    from: view.from,
    to: view.to,
    last: view.last,
    among: view.among,
    channels: view.channels,
    bots: view.bots,
    segment: view.segment,
    visits: view.visits,
    a: view.a,
    b: view.b,
  } as View);

/** The questions that can be asked. */
export function AnalysisTabs({ analysis, view }: { analysis: Analysis; view: View }) {
  const { t } = useTranslation();
  return (
    <PageTabs label={t("explore.title")}>
      {ANALYSES.map((one) => {
        const Icon = ICONS[one];
        return (
          <Link
            key={one}
            to="/explore/$analysis"
            params={{ analysis: one }}
            search={carried(view)}
            aria-current={one === analysis ? "page" : undefined}
          >
            <Icon size={15} stroke={1.6} aria-hidden />
            {t(`explore.${one}_tab`)}
          </Link>
        );
      })}
    </PageTabs>
  );
}
