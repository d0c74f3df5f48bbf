import { ActionIcon, Menu } from "@mantine/core";
import { IconBellOff, IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { agoNow } from "../../../app/formats.ts";
import { sayProblem, sayUndo } from "../../../ui/say.tsx";
import { keptQuery } from "../../explore/kept/queries.ts";
import { ToQuestion } from "../../explore/kept/ToQuestion.tsx";
import { useMay } from "../../session/queries.ts";
import styles from "../boards.module.css";
import { type Target, targetsQuery, useChangeTarget, useDropTarget, useSetTarget } from "../queries.ts";
import { ICONS } from "./TargetWords.tsx";
import { useFigureWords } from "./use_figure_words.ts";

const WEIGHT: Record<Target["state"], number> = { missed: 0, unsure: 1, met: 2, unknown: 3 };

/** Every target with where its figure stood last; what is missed comes first. */
export function TargetList() {
  const { t } = useTranslation();
  const { data } = useQuery(targetsQuery);
  const targets = (data?.targets ?? []).toSorted((a, b) => WEIGHT[a.state] - WEIGHT[b.state]);
  if (targets.length === 0) return null;
  return (
    <section className={styles.targets} aria-labelledby="targets">
      <h2 id="targets">{t("boards.targets")}</h2>
      <ul>
        {targets.map((target) => (
          <Row key={target.id} target={target} />
        ))}
      </ul>
    </section>
  );
}

function Row({ target }: { target: Target }) {
  const { t } = useTranslation();
  const may = useMay("comment");
  const { written, formats } = useFigureWords();
  const { data } = useQuery(keptQuery);
  const question = data?.questions.find((one) => one.id === target.question);
  const Icon = ICONS[target.state];
  const { value, low, high, n } = target;
  const isShare = typeof low === "number" && typeof high === "number";
  const aim = t(`boards.aim_${target.op}`, { name: target.name, value: written(target.unit, target.threshold) });
  return (
    <li data-state={target.state}>
      <Icon size={17} stroke={1.8} aria-hidden />
      <p>
        <b>{t(`boards.state_${target.state}`)}</b> {question === undefined ? aim : <ToQuestion question={question.query}>{aim}</ToQuestion>}
        {target.muted && <IconBellOff size={14} stroke={1.8} aria-label={t("boards.muted")} />}
      </p>
      <p className={`${styles.soft} num`}>
        {target.problem !== "" ? target.problem : null}
        {value !== null && t("boards.stands_at", { value: written(target.unit, value) })}
        {isShare && ` (${formats.interval({ n: n ?? 0, count: 0, share: value, low, high })})`}
        {n !== null && ` · n ${formats.count(n)}`}
        {target.since !== null && ` · ${t("boards.since", { ago: agoNow(formats, target.since) })}`}
      </p>
      {may && <More target={target} />}
    </li>
  );
}

function More({ target }: { target: Target }) {
  const { t } = useTranslation();
  const change = useChangeTarget();
  const drop = useDropTarget();
  const set = useSetTarget();
  const away = (): void =>
    drop.mutate(target.id, {
      onSuccess: () => {
        const { question, name, figure, op, threshold, active, muted } = target;
        sayUndo(t("boards.target_dropped", { name }), () =>
          set.mutate({ question, name, figure, op, threshold, active, muted }),
        );
      },
      onError: sayProblem,
    });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="var(--dl-ink-soft)"
          size={26}
          aria-label={t("boards.target_more", { name: target.name })}
        >
          <IconDots size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => change.mutate({ target, said: { muted: !target.muted } }, { onError: sayProblem })}>
          {t(target.muted ? "boards.unmute" : "boards.mute")}
        </Menu.Item>
        <Menu.Item onClick={away}>{t("boards.target_drop")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
