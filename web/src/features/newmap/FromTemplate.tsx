import type { JourneyMap, MapFile } from "@desireline/map-core";
import { Button, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import styles from "./newmap.module.css";
import { asJson, templateQuery, templatesQuery, useAddMap } from "./queries.ts";

/** A map of one's industry, with what the log already has of it. */
export function FromTemplate() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: templates, error } = useQuery(templatesQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const { data: found, error: problem } = useQuery(templateQuery(chosen));
  return (
    <>
      <ProblemNote error={error} />
      {templates === undefined && error === null && <Rows n={5} height={64} />}
      <ul className={styles.templates}>
        {templates?.map((one) => (
          <li key={one.key}>
            <button
              type="button"
              aria-pressed={one.key === chosen}
              className={styles.template}
              onClick={() => setChosen(one.key)}
            >
              <b>{t(`newmap.industry_${one.key}`, { defaultValue: one.name })}</b>
              <span>{one.goal}</span>
              <span className="num">
                {t("maps.size", {
                  stages: t("maps.stages", {
                    n: formats.count(one.stages.length),
                    count: one.stages.length,
                  }),
                  touchpoints: t("maps.touchpoints", {
                    n: formats.count(one.touchpoints),
                    count: one.touchpoints,
                  }),
                })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <ProblemNote error={problem} />
      {chosen !== null && found === undefined && problem === null && <Rows n={3} />}
      {found !== undefined && (
        <Chosen key={found.document.key} document={found.document} file={found.file} />
      )}
    </>
  );
}

function Chosen({ document, file }: { document: JourneyMap; file: MapFile }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [name, setName] = useState(document.name);
  const add = useAddMap();
  const figures = new Map(file.figures.touchpoints.map((point) => [point.key, point]));
  const met = file.figures.touchpoints.filter((point) => point.events > 0).length;
  const all = file.figures.touchpoints.length;
  const go = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(asJson({ ...document, name: name.trim() }));
  };
  return (
    <form onSubmit={go} className={styles.chosen}>
      <h2>{t("newmap.matches")}</h2>
      <p role="status" className={`${styles.lead} num`}>
        {t(met === 0 ? "newmap.matches_none" : "newmap.matches_some", {
          met: formats.count(met),
          n: formats.count(all),
          events: formats.count(file.figures.source.mapped_events),
          count: met,
        })}
      </p>
      <div className={styles.stages}>
        {document.stages.map((stage) => (
          <section key={stage.key} aria-label={stage.name}>
            <h3>{stage.name}</h3>
            <ul>
              {stage.touchpoints.map((point) => {
                const told = figures.get(point.key);
                const persons = told?.persons ?? 0;
                return (
                  <li key={point.key} data-met={persons > 0 || undefined}>
                    {persons > 0 ? <IconCheck size={14} stroke={2} aria-hidden /> : <i aria-hidden />}
                    <span>{point.name}</span>
                    <span className="num">
                      {persons === 0
                        ? t("newmap.not_met")
                        : t("maps.persons", { n: formats.count(persons), count: persons })}
                    </span>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
      <div className={styles.last}>
        <TextInput
          label={t("maps.name")}
          value={name}
          maxLength={200}
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={add.isPending} disabled={name.trim() === ""}>
          {t("newmap.begin")}
        </Button>
      </div>
      <ProblemNote error={add.error} />
    </form>
  );
}
