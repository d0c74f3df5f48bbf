import { UnstyledButton } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { useMay } from "../../session/queries.ts";
import { behind, useAnswer } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { laySteps, type StepNode } from "../lay_steps.ts";
import { questionOf } from "../question.ts";
import { Answered } from "./Answered.tsx";

const ROOM = 280;
const BAR = 10;
const WIDEST = 170;
const NARROWEST = 130;

/** What comes before and after an event, step by step, as wide as it is frequent. */
export function PathsAnswer() {
  const { t } = useTranslation();
  const { view } = useExplored();
  const question = questionOf("paths", view);
  const asked = useAnswer("paths", question);
  return (
    <Answered asked={asked} analysis="paths" question={question} missing={question === null ? t("explore.needs_anchor") : undefined}>
      {(result) => <Steps result={result} question={question!} />}
    </Answered>
  );
}

interface Props {
  result: Shapes["PathsResult"];
  question: Shapes["PathsQuestion"];
}

function Steps({ result, question }: Props) {
  const { ref, width } = useElementSize();
  const layout = useMemo(() => laySteps(result, ROOM), [result]);
  const { levels } = layout;
  const column = Math.min(Math.max(width / Math.max(levels.length, 1), NARROWEST), WIDEST);
  const x = (level: number): number => levels.indexOf(level) * column;
  const byId = new Map(layout.nodes.map((node) => [node.id, node]));
  const offsets = new Map<string, number>();
  const take = (side: string, id: string, size: number): number => {
    const at = offsets.get(`${side} ${id}`) ?? 0;
    offsets.set(`${side} ${id}`, at + size);
    return at;
  };
  const scale = ROOM / Math.max(result.anchors, 1);
  return (
    <div ref={ref} className={styles.scroll}>
      <div className={styles.drawn} style={{ width: levels.length * column, height: layout.height + 24 }}>
        <svg width={levels.length * column} height={layout.height + 24} aria-hidden>
          {layout.links.map((link) => {
            const from = byId.get(link.from)!;
            const to = byId.get(link.to)!;
            const size = link.count * scale;
            const y1 = from.y + take("out", from.id, size);
            const y2 = to.y + take("in", to.id, size);
            return (
              <path
                key={`${link.from} ${link.to}`}
                className={styles.ribbon}
                d={ribbon(x(from.level) + BAR, y1, x(to.level), y2, Math.max(size, 1))}
              />
            );
          })}
        </svg>
        {layout.nodes.map((node) => (
          <Node key={node.id} node={node} x={x(node.level)} width={column} question={question} all={result.anchors} />
        ))}
      </div>
    </div>
  );
}

function ribbon(x1: number, y1: number, x2: number, y2: number, size: number): string {
  const middle = (x1 + x2) / 2;
  return (
    `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}` +
    `V${y2 + size}C${middle},${y2 + size} ${middle},${y1 + size} ${x1},${y1 + size}Z`
  );
}

/** What stands there without being an event; before the anchor an end is where journeys begin. */
function nameless(node: StepNode): string {
  if (node.kind === "end") return node.level < 0 ? "path_begin" : "path_end";
  return node.kind === "other" ? "path_rest" : "path_here";
}

interface NodeProps {
  node: StepNode;
  x: number;
  width: number;
  all: number;
  question: Shapes["PathsQuestion"];
}

function Node({ node, x, width, all, question }: NodeProps) {
  const { t } = useTranslation();
  const { formats, open } = useExplored();
  const seesPersons = useMay("read_persons");
  const name = node.event ?? t(`explore.${nameless(node)}`);
  const [way] = node.ways;
  const side = node.level < 0 ? "before" : "after";
  const isDoor = node.ways.length === 1 && way !== undefined && node.kind !== "other";
  const events = way ?? [];
  const numbers = `${formats.count(node.count)} · ${formats.share(node.count / Math.max(all, 1))}`;
  const words = node.told === undefined ? `${name} ${numbers}` : `${name} ${numbers} (${formats.interval(node.told)}) · n ${formats.count(all)}`;
  return (
    <UnstyledButton
      className={styles.stepNode ?? ""}
      data-kind={node.kind}
      disabled={!isDoor || !seesPersons}
      style={{ left: x, top: node.y, width: width - 16, minHeight: Math.max(node.height, 22) }}
      title={words}
      onClick={() => open(behind("paths", question, { side, events }, name))}
    >
      <i style={{ height: node.height }} aria-hidden />
      <span>
        <b>{name}</b>{" "}
        <small className="num">{numbers}</small>
      </span>
    </UnstyledButton>
  );
}
