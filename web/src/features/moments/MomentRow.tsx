import type { JourneyMap } from "@desireline/map-core";
import { Button, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { Interval } from "../../ui/Interval.tsx";
import type { Behind } from "../explore/asking.ts";
import { spoken } from "../explore/saying.ts";
import { rowOf } from "../findings/rows.ts";
import { OpportunityButton } from "../improve/OpportunityButton.tsx";
import { useMay } from "../session/queries.ts";
import { Known } from "./Known.tsx";
import styles from "./moments.module.css";
import { behind, type Effect, type Moment, type Question, useTakeVerdict } from "./queries.ts";

interface Props {
  map: JourneyMap;
  moment: Moment;
  reach: number;
  query: Question;
  open: (persons: Behind) => void;
}

/** A touchpoint: what staff believe, what the log says, the verdict and its reasons. */
export function MomentRow({ map, moment, reach, query, open }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { effect } = moment;
  const [first, ...rest] = moment.words.map((message) => spoken(t, formats, message));
  return (
    <li id={rowOf("moment", "", moment.touchpoint)} className={styles.row}>
      <div className={styles.story}>
        <p className={styles.name}>
          <b>{moment.name}</b>
          <Verdict moment={moment} />
          <span className={`${styles.soft} num`}>{t("moments.staff", { votes: believed(moment, t, formats) })}</span>
        </p>
        <p className="num">{first}</p>
        {rest.map((sentence, at) => (
          <p key={at} className={`${styles.soft} num`}>
            {sentence}
          </p>
        ))}
        {effect !== null && <Known effects={moment.effects} strongest={effect} />}
        <div className={styles.doors}>
          {effect !== null && <Doors effect={effect} name={moment.name} query={query} open={open} />}
          <Take mapKey={map.key} moment={moment} reason={[first, ...rest].join(" ")} />
          {moment.verdict === "confirmed" && effect !== null && (
            <OpportunityButton
              map={map}
              touchpoint={moment.touchpoint}
              title={t(`moments.chance_${effect.difference < 0 ? "harm" : effect.quality}`, { name: moment.name })}
              found_by="moment"
              kind={effect.quality}
            />
          )}
        </div>
      </div>
      {effect === null ? (
        <span />
      ) : (
        <div className={styles.measure}>
          <Interval
            value={effect.difference}
            low={effect.low}
            high={effect.high}
            reach={reach}
            side={moment.verdict === "confirmed" ? (effect.difference > 0 ? "above" : "below") : undefined}
          />
          <span className="num">
            {t("moments.interval", {
              difference: formats.signed(effect.difference * 100),
              low: formats.signed(effect.low * 100),
              high: formats.signed(effect.high * 100),
            })}
          </span>
        </div>
      )}
    </li>
  );
}

type Spoken = ReturnType<typeof useTranslation>["t"];

function believed(moment: Moment, t: Spoken, formats: ReturnType<typeof useFormats>): string {
  if (moment.to_customer === null && moment.to_company === null) return t("moments.no_votes");
  const scores = t("moments.scores", {
    customer: formats.number(moment.to_customer),
    company: formats.number(moment.to_company),
  });
  if (moment.voters === 0) return scores;
  return `${scores} ${t("moments.voters", { n: formats.count(moment.voters), count: moment.voters })}`;
}

function Verdict({ moment }: { moment: Moment }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={styles.chip} data-verdict={moment.verdict}>
        {t(`moments.verdict_${moment.verdict}`)}
      </span>
      {moment.surprise && <span className={styles.chip}>{t("moments.surprise")}</span>}
    </>
  );
}

interface DoorsProps {
  effect: Effect;
  name: string;
  query: Question;
  open: (persons: Behind) => void;
}

/** To the persons for whom it went well, and to the others. */
function Doors({ effect, name, query, open }: DoorsProps) {
  const { t } = useTranslation();
  const may = useMay("read_persons");
  if (!may) return null; // "who went on" says nothing to whom it does not lead anywhere
  return ([true, false] as const).map((went) => {
    const said = t(`moments.who_${effect.quality}_${went ? "yes" : "no"}`);
    return (
      <UnstyledButton
        key={String(went)}
        className={styles.door ?? ""}
        aria-label={`${name}: ${said}`}
        onClick={() => open(behind(query, effect, went, `${name}: ${said}`))}
      >
        {said}
      </UnstyledButton>
    );
  });
}

/** Writes the verdict into the draft of the map, where it does not stand there already. */
function Take({ mapKey, moment, reason }: { mapKey: string; moment: Moment; reason: string }) {
  const { t } = useTranslation();
  const may = useMay("edit_maps");
  const take = useTakeVerdict(mapKey);
  const news = moment.status !== moment.verdict && (moment.nominated || moment.verdict === "confirmed");
  if (!may || !news) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={take.isPending}
      disabled={take.isSuccess}
      aria-label={`${moment.name}: ${t("moments.take")}`}
      onClick={() => take.mutate({ moment, reason })}
    >
      {t(take.isSuccess ? "moments.is_taken" : "moments.take")}
    </Button>
  );
}
