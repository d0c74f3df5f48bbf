import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, type TablerIcon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { agoNow } from "../../../app/formats.ts";
import type { AnyAnswer } from "../../explore/asking.ts";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";
import { figureAt, type Standing, standing } from "../figures.ts";
import type { Target } from "../queries.ts";
import { useFigureWords } from "./use_figure_words.ts";

export const ICONS: Record<Standing, TablerIcon> = {
  met: IconCircleCheck,
  missed: IconAlertTriangle,
  unsure: IconCircleDashed,
  unknown: IconCircleDashed,
};

/** Whether a target is met by what the tile shows; since when, where it shows the whole. */
export function TargetWords({ target, answer }: { target: Target; answer: AnyAnswer }) {
  const { t } = useTranslation();
  const { whole } = useBoard();
  const { written, formats } = useFigureWords();
  const isWhole = Object.keys(whole).length === 0;
  const figure = figureAt(answer, target.figure);
  const state = isWhole && figure === undefined ? target.state : standing(figure, target.op, target.threshold);
  const Icon = ICONS[state];
  const since = isWhole && state === target.state ? target.since : null;
  return (
    <p className={styles.target} data-state={state}>
      <Icon size={15} stroke={1.8} aria-hidden />
      <span>
        <b>{t(`boards.state_${state}`)}</b>{" "}
        {t(`boards.aim_${target.op}`, { name: target.name, value: written(target.unit, target.threshold) })}
        {since !== null && (
          <small className="num" title={formats.moment(since)}>
            {" "}
            {t("boards.since", { ago: agoNow(formats, since) })}
          </small>
        )}
      </span>
    </p>
  );
}
