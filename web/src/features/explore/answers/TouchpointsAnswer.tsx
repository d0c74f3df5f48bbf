import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { behind, useAnswer } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import { questionOf } from "../question.ts";
import { Answered } from "./Answered.tsx";
import { Door } from "./Door.tsx";

const FIGURES = ["reach", "exit", "loop", "outcome"] as const;
type Figure = (typeof FIGURES)[number];

/** How journeys come to each event, stay, come back and end; each share with its interval. */
export function TouchpointsAnswer() {
  const { t } = useTranslation();
  const { view, formats } = useExplored();
  const question = questionOf("touchpoints", view)!;
  const asked = useAnswer("touchpoints", question);
  return (
    <Answered asked={asked} analysis="touchpoints" question={question}>
      {(result) => (
        <div className={styles.scroll}>
          <table className={`${styles.table} num`}>
            <thead>
              <tr>
                <th scope="col">{t("explore.event")}</th>
                {FIGURES.map((figure) => (
                  <th scope="col" key={figure} title={t(`explore.${figure}_means`)}>
                    {t(`figures.${figure}`)}
                  </th>
                ))}
                <th scope="col">{t("explore.wait_after")}</th>
              </tr>
            </thead>
            <tbody>
              {result.touchpoints.map((one) => (
                <tr key={one.event}>
                  <th scope="row">{one.event}</th>
                  {FIGURES.map((figure) => (
                    <td key={figure}>
                      <Share event={one.event} figure={figure} share={one[figure]} question={question} />
                    </td>
                  ))}
                  <td>{formats.waits(one.wait_after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Answered>
  );
}

interface ShareProps {
  event: string;
  figure: Figure;
  share: Shapes["Share"] | null;
  question: Shapes["TouchpointsQuestion"];
}

function Share({ event, figure, share, question }: ShareProps) {
  const { t } = useTranslation();
  const { formats } = useExplored();
  if (share === null || share.share === null) return <span className={styles.soft}>–</span>;
  const title = `${t(`figures.${figure}`)} · ${event}`;
  return (
    <>
      <Door behind={behind("touchpoints", question, { event, figure }, title)}>
        {formats.share(share.share)}
      </Door>{" "}
      <span className={styles.small}>
        {formats.interval(share)} · n {formats.count(share.n)}
      </span>
    </>
  );
}
