import { useTranslation } from "react-i18next";
import type { AnyAnswer, AnyQuestion } from "../../explore/asking.ts";
import { useBoard } from "../context.ts";
import { figureAt } from "../figures.ts";
import type { ShownTile, Target } from "../queries.ts";
import { Apart } from "./Apart.tsx";
import { Bars } from "./Bars.tsx";
import { barsOf } from "./bars.ts";
import { BigNumber } from "./BigNumber.tsx";
import { Curve } from "./Curve.tsx";

interface Props {
  tile: ShownTile;
  answer: AnyAnswer;
  question: AnyQuestion;
  targets: Target[];
}

/** The drawing that fits the answer. */
export function Drawn({ tile, answer, targets }: Props) {
  const { t } = useTranslation();
  const { formats } = useBoard();
  const view = tile.view ?? "chart";
  const words = {
    outside: t("boards.nothing_more"),
    succeed: (share: string): string => t("explore.with_outcome", { share }),
  };
  if (view === "words") return null;
  if (view === "number" && tile.figure) {
    const figure = figureAt(answer, tile.figure);
    return <BigNumber figure={figure} targets={targets} />;
  }
  if (answer.analysis === "retention") return <Curve result={answer.result} targets={targets} />;
  if (answer.analysis === "compare") return <Apart result={answer.result} />;
  return <Bars bars={barsOf(answer, view, formats, words)} targets={targets} />;
}
