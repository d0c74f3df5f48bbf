import type { Formats } from "@desireline/map-core";
import type { TFunction } from "i18next";
import type { Shapes } from "../../api/client.ts";
import { nameOf } from "../endings/queries.ts";
import { spoken } from "../explore/saying.ts";
import type { Finding } from "../maps/found/finding.ts";
import { lostIn } from "../pains/choosing.ts";
import { rowOf } from "./rows.ts";

/** Puts findings into the reader's words. */
export interface Voice {
  t: TFunction;
  formats: Formats;
}

const sentences = ({ t, formats }: Voice, words: Shapes["Message"][], most: number): string =>
  words
    .slice(0, most)
    .map((one) => spoken(t, formats, one))
    .join(" ");

/** What hurts: the signal, whom it meets, and what it costs. */
export const ofPains = (voice: Voice, { pains }: Shapes["PainsResult"]): Finding[] =>
  pains.map((one) => {
    const share = voice.formats.share(one.people.share);
    const lost = voice.formats.number(lostIn(one));
    return {
      key: `pain ${one.signal}`,
      kind: "pain",
      touchpoint: one.touchpoint,
      row: rowOf("pain", one.signal, one.touchpoint),
      harms: true,
      name: voice.t(`pains.signal_${one.signal}`),
      small: one.aim === null ? share : voice.t("findings.lost", { share, lost }),
      sentence: sentences(voice, one.words, 3),
    };
  });

/** What was nominated, with its verdict, and what decides though nobody had thought so. */
export const ofMoments = (voice: Voice, { moments }: Shapes["MomentsResult"]): Finding[] =>
  moments
    .filter((one) => one.nominated || one.surprise)
    .map((one) => ({
      key: "moment",
      kind: "moment",
      touchpoint: one.touchpoint,
      row: rowOf("moment", "", one.touchpoint),
      harms: one.verdict === "confirmed",
      name: voice.t(`findings.moment_${one.verdict}`),
      small: effectOf(voice, one),
      sentence: sentences(voice, one.words, 2),
    }));

function effectOf({ t, formats }: Voice, { effect, verdict }: Shapes["Moment"]): string {
  const said = t(`moments.verdict_${verdict}`);
  if (effect === null) return said;
  return t("findings.effect", { verdict: said, points: formats.signed(effect.difference * 100) });
}

/** Why they leave, at the step from which they do. */
export const ofEndings = (voice: Voice, { reasons }: Shapes["EndingsResult"]): Finding[] =>
  reasons
    .filter((one) => one.verdict === "found")
    .map((one) => ({
      key: `ending ${one.kind} ${one.act}`,
      kind: "ending",
      touchpoint: one.place,
      row: rowOf("ending", one.kind, nameOf(one)),
      harms: true,
      name: voice.t(`findings.reason_${one.kind}`, { act: one.act_name }),
      small: voice.t("findings.left", { n: voice.formats.number(lostIn(asLoss(one))) }),
      sentence: sentences(voice, one.words, 2),
    }));

const asLoss = ({ lost, lost_low, lost_high }: Shapes["LeaveReason"]) => ({
  harm: lost,
  effect: { difference: lost, low: lost_low, high: lost_high },
});

/** Where leaving the paved way is known to cost something. */
export const ofLines = (voice: Voice, { deviations }: Shapes["ConformanceResult"]): Finding[] =>
  deviations.flatMap((one) => {
    if (one.touchpoint === null || one.effect?.verdict !== "harms") return [];
    return {
      key: `line ${one.kind}`,
      kind: "line",
      touchpoint: one.touchpoint,
      row: rowOf("deviation", one.kind, one.name),
      harms: true,
      name: voice.t(`conformance.kind_${one.kind}`),
      small: voice.t("findings.deviate", {
        share: voice.formats.share(one.journeys.share),
        points: voice.formats.signed(one.effect.difference * 100),
      }),
      sentence: sentences(voice, one.words, 2),
    };
  });
