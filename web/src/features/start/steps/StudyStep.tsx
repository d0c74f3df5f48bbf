import { sentenceText, writeHash, START, type MapFile } from "@desireline/map-core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { mapFileQuery } from "../../maps/pages/map_queries.ts";
import styles from "../start.module.css";
import { Inquiries } from "./Inquiries.tsx";
import type { Stepping } from "./stepping.ts";

const MOST_EXITS = 3;
const MOST_SENTENCES = 6;

/** What stands out on the map, and what is asked beside it. */
export function StudyStep({ keeping: { plan, change } }: Stepping) {
  return (
    <>
      <Found map={plan.map ?? null} />
      <Inquiries study={plan.study ?? []} change={(study) => change({ study })} />
    </>
  );
}

function Found({ map: key }: { map: string | null }) {
  const { t } = useTranslation();
  const { data, error } = useQuery({ ...mapFileQuery(key ?? ""), enabled: key !== null });
  if (key === null) return <p className={styles.note}>{t("start.no_map")}</p>;
  if (data === undefined) return error === null ? <Rows n={4} /> : <ProblemNote error={error} />;
  const { file } = data;
  if (file.figures.source.events === 0) return <p className={styles.note}>{t("start.study_guess")}</p>;
  // What is said of one stage or touchpoint stands where it is about: on the map.
  const about = file.figures.sentences.filter((one) => one.about === null).slice(0, MOST_SENTENCES);
  return (
    <>
      <ul className={`${styles.sentences} num`}>
        {about.map((one, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- they stay in their order
          <li key={at}>{sentenceText(one.text)}</li>
        ))}
      </ul>
      <Exits file={file} />
    </>
  );
}

function Exits({ file }: { file: MapFile }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const names = new Map(file.map.stages.flatMap((stage) => stage.touchpoints.map((one) => [one.key, one.name])));
  const worst = file.figures.touchpoints
    .filter((one) => (one.exit.share ?? 0) > 0)
    .toSorted((a, b) => b.exit.count - a.exit.count)
    .slice(0, MOST_EXITS);
  if (worst.length === 0) return null;
  return (
    <section aria-labelledby="start-exits">
      <h3 id="start-exits">{t("start.exits")}</h3>
      <ol className={styles.list}>
        {worst.map((one) => (
          <li key={one.key}>
            <Link
              to="/maps/$key"
              params={{ key: file.map.key }}
              hash={writeHash({ ...START, open: one.key }).slice(1)}
            >
              {names.get(one.key) ?? one.key}
            </Link>
            <span className="num">
              {t("start.exit_of", {
                share: formats.share(one.exit.share ?? 0),
                n: formats.count(one.exit.n),
                count: one.exit.n,
              })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
