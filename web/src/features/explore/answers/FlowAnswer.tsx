import { calmStop, shownFlow, stopAt, stopsOf } from "@desireline/map-core";
import { Slider } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { useMay } from "../../session/queries.ts";
import { behind, useAnswer } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { BOX, layFlow, type Way } from "../lay_flow.ts";
import { questionOf } from "../question.ts";
import { Answered } from "./Answered.tsx";
import { Door } from "./Door.tsx";
import { Told } from "./Told.tsx";

const CALM = 24;
const THICK = 16;

/** What directly follows what: the steps as a graph, rare ones hidden, and as a table. */
export function FlowAnswer() {
  const { view } = useExplored();
  const question = questionOf("transitions", view)!;
  const asked = useAnswer("transitions", question);
  return <Answered asked={asked} analysis="transitions" question={question}>{(result) => <Flow result={result} question={question} />}</Answered>;
}

interface Props {
  result: Shapes["TransitionsResult"];
  question: Shapes["TransitionsQuestion"];
}

function Flow({ result, question }: Props) {
  const { t } = useTranslation();
  const { view, change, formats } = useExplored();
  const walked = useMemo(
    () => result.transitions.map((step) => ({ ...step, hides: step.hides ?? 0 })),
    [result],
  );
  const stops = useMemo(() => stopsOf(walked), [walked]);
  const at = view.least === undefined ? calmStop(walked, stops, CALM) : stopAt(stops, view.least);
  const least = stops[at]?.least ?? 0;
  const shown = useMemo(() => shownFlow(walked, least), [walked, least]);
  const hidden = stops[at]?.hidden ?? 0;
  return (
    <>
      {stops.length > 1 && (
        <div className={styles.slider}>
          <Slider
            size={3}
            min={0}
            max={stops.length - 1}
            value={at}
            label={null}
            thumbLabel={t("explore.rare")}
            onChange={(to) => change({ least: stops[to]!.least })}
          />
          <p className="num">
            {hidden === 0
              ? t("explore.rare_none")
              : t("explore.rare_hidden", {
                  n: formats.count(hidden),
                  all: formats.count(result.cases),
                  least: formats.count(least),
                  count: hidden,
                })}
          </p>
        </div>
      )}
      <Graph steps={shown} question={question} />
      <Steps steps={shown} question={question} />
    </>
  );
}

interface StepsProps {
  steps: Shapes["Transition"][];
  question: Shapes["TransitionsQuestion"];
}

const cellOf = (step: Shapes["Transition"]): object => ({ from: step.from, to: step.to });

function Graph({ steps, question }: StepsProps) {
  const { t } = useTranslation();
  const { formats, open } = useExplored();
  const seesPersons = useMay("read_persons");
  const drawn = useMemo(() => layFlow(steps), [steps]);
  const [lit, setLit] = useState<string | null>(null);
  const most = Math.max(...steps.map((step) => step.count), 1);
  const isLit = (way: Way): boolean => lit === null || way.step.from === lit || way.step.to === lit;
  return (
    // What scrolls must be reached by keys: https://dequeuniversity.com/rules/axe/4.11/scrollable-region-focusable
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.scroll} tabIndex={0} aria-label={t("explore.graph")}>
      <svg width={drawn.width} height={drawn.height} className={styles.flow} aria-hidden>
        {drawn.ways.map((way) => (
          <g key={`${way.step.from} ${way.step.to}`} data-dim={!isLit(way) || undefined}>
            <path
              d={way.path}
              strokeWidth={Math.max((way.step.count / most) * THICK, 1)}
              {...(seesPersons && {
                onClick: () =>
                  open(behind("transitions", question, cellOf(way.step), `${way.step.from} → ${way.step.to}`)),
              })}
            >
              <title>
                {`${way.step.from} → ${way.step.to}: ${formats.count(way.step.count)} · ${formats.share(way.step.share)} (${formats.interval(way.step)}) · n ${formats.count(way.step.n)}`}
              </title>
            </path>
            <text x={way.label.x} y={way.label.y - 4}>
              {formats.count(way.step.count)}
            </text>
          </g>
        ))}
        {drawn.boxes.map((box) => (
          <g
            key={box.event}
            transform={`translate(${box.x},${box.y})`}
            onMouseEnter={() => setLit(box.event)}
            onMouseLeave={() => setLit(null)}
          >
            <rect width={BOX.width} height={BOX.height} rx={6} />
            <foreignObject width={BOX.width} height={BOX.height}>
              <p className={styles.boxName}>{box.event}</p>
            </foreignObject>
          </g>
        ))}
      </svg>
    </section>
  );
}

function Steps({ steps, question }: StepsProps) {
  const { t } = useTranslation();
  const { formats } = useExplored();
  return (
    <div className={styles.scroll}>
      <table className={`${styles.table} num`}>
        <thead>
          <tr>
            <th scope="col">{t("explore.step_from")}</th>
            <th scope="col" className={styles.name}>
              {t("explore.step_to")}
            </th>
            <th scope="col">{t("explore.times")}</th>
            <th scope="col">{t("explore.share")}</th>
            <th scope="col">{t("explore.wait")}</th>
          </tr>
        </thead>
        <tbody>
          {steps.slice(0, 100).map((step) => (
            <tr key={`${step.from} ${step.to}`}>
              <th scope="row">{step.from}</th>
              <td className={styles.name}>{step.to}</td>
              <td>
                <Door behind={behind("transitions", question, cellOf(step), `${step.from} → ${step.to}`)}>
                  {formats.count(step.count)}
                </Door>
              </td>
              <td>
                <Told share={step} />
              </td>
              <td>{formats.waits({ n: step.count, ...step.wait_seconds })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
