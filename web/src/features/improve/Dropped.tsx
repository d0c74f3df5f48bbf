import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { sayProblem } from "../../ui/say.tsx";
import { useBoard } from "./context.ts";
import styles from "./improve.module.css";
import { type Improvement, moveImprovement, moveOpportunity, type Opportunity, useBoardChange } from "./queries.ts";

type Away = { kind: "opportunity"; one: Opportunity } | { kind: "improvement"; one: Improvement };

const back = (away: Away): Promise<unknown> =>
  away.kind === "opportunity"
    ? moveOpportunity(away.one, away.one.priority === null ? "weakness" : "opportunity")
    : moveImprovement(away.one, away.one.deployed_at === null ? "planned" : "deployed");

/** What was dropped, with a way back; nothing where nothing was. */
export function Dropped() {
  const { t } = useTranslation();
  const { opportunities, improvements, may } = useBoard();
  const change = useBoardChange(back);
  const gone: Away[] = [
    ...opportunities.flatMap((one): Away[] => (one.state === "dropped" ? [{ kind: "opportunity", one }] : [])),
    ...improvements.flatMap((one): Away[] => (one.state === "dropped" ? [{ kind: "improvement", one }] : [])),
  ];
  if (gone.length === 0) return null;
  return (
    <details className={styles.dropped}>
      <summary>{t("improve.dropped_n", { n: String(gone.length), count: gone.length })}</summary>
      <ul className={styles.plain}>
        {gone.map((away) => (
          <li key={`${away.kind} ${away.one.id}`}>
            {away.one.title}{" "}
            {may && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t("improve.take_back", { title: away.one.title })}
                onClick={() => change.mutate(away, { onError: sayProblem })}
              >
                {t("improve.back")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
