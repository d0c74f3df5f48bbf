import { ActionIcon, Menu } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { sayProblem, sayUndo } from "../../ui/say.tsx";
import { spoken } from "../explore/saying.ts";
import { typeWords } from "../people/timeline/entry_words.ts";
import { useMay } from "../session/queries.ts";
import styles from "./hypotheses.module.css";
import { Limits } from "./Limits.tsx";
import { type Hypothesis, move, type Standing, standingQuery, useLedgerChange } from "./queries.ts";

const ICONS = { holds: IconCircleCheck, refuted: IconCircleX, undecided: IconCircleDashed } as const;
const ONE_EVENT = /^\w+$/;

/** “Product added” where a rule is of events by their names; any other as it is written. */
function ruleOf(rule: Hypothesis["entered"]): string {
  const names = typeof rule === "string" ? [rule] : rule["type"] === "event" ? rule["in"] : null;
  if (Array.isArray(names) && names.every((one) => typeof one === "string" && ONE_EVENT.test(one)))
    return names.map((one: string) => `“${typeWords(one)}”`).join(", ");
  return typeof rule === "string" ? rule : JSON.stringify(rule);
}

/** A claim: what it says, what would refute it, and what the log says of it so far. */
export function HypothesisRow({ one, edit }: { one: Hypothesis; edit: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay("edit_maps");
  const { data, error } = useQuery(standingQuery(one));
  return (
    <li className={styles.row}>
      <header>
        <h2>{one.claim}</h2>
        {may && <RowMenu one={one} edit={edit} />}
      </header>
      <p className={`${styles.soft} num`}>
        {t(`hypotheses.said_${one.claims}`, {
          share: formats.share(one.number),
          entered: ruleOf(one.entered),
          reached: ruleOf(one.reached),
          wait: formats.duration(one.within_days * 86_400),
          day: formats.period(one.started_at, one.started_at),
        })}{" "}
        {one.map !== null && (
          <Link to="/maps/$key" params={{ key: one.map }}>
            {t("hypotheses.map")}
          </Link>
        )}
      </p>
      {one.words !== "" && <p className={styles.prose}>{one.words}</p>}
      <ProblemNote error={error} />
      {data !== undefined && <Told one={one} standing={data} />}
    </li>
  );
}

function Told({ one, standing }: { one: Hypothesis; standing: Standing }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { verdict, n, needed } = standing;
  const Icon = ICONS[verdict];
  const answer = standing.words.filter((message) => message.key !== "hypotheses.any_time");
  const how = standing.words.filter((message) => message.key === "hypotheses.any_time");
  return (
    <div className={styles.told} data-verdict={verdict}>
      <p className={styles.verdict}>
        <Icon size={18} stroke={1.8} aria-hidden />
        <b>{t(`hypotheses.${verdict}`)}</b>
        <span className="num">
          {t("hypotheses.so_far", { n: formats.count(n), needed: formats.count(needed) })}
        </span>
      </p>
      <Limits one={one} standing={standing} />
      {answer.map((message) => (
        <p key={message.key} className="num">
          {spoken(t, formats, message)}
        </p>
      ))}
      <details className={styles.how}>
        <summary>{t("hypotheses.how")}</summary>
        {how.map((message) => (
          <p key={message.key}>{spoken(t, formats, message)}</p>
        ))}
        <p>{t("hypotheses.how_text")}</p>
      </details>
    </div>
  );
}

function RowMenu({ one, edit }: { one: Hypothesis; edit: () => void }) {
  const { t } = useTranslation();
  const change = useLedgerChange(({ of, to }: { of: Hypothesis; to: Hypothesis["state"] }) => move(of, to));
  const go = (to: Hypothesis["state"]): void =>
    change.mutate(
      { of: one, to },
      {
        onError: sayProblem,
        onSuccess: (now) =>
          sayUndo(t(`hypotheses.moved_${to}`, { claim: one.claim }), () =>
            change.mutate({ of: now, to: one.state }, { onError: sayProblem }),
          ),
      },
    );
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="var(--dl-ink-soft)" aria-label={t("hypotheses.more", { claim: one.claim })}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={edit}>{t("hypotheses.edit")}</Menu.Item>
        <Menu.Item onClick={() => go(one.state === "running" ? "dropped" : "running")}>
          {t(one.state === "running" ? "hypotheses.put_away" : "hypotheses.take_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
