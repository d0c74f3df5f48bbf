import type { JourneyMap, MomentOfTruth } from "@desireline/map-core";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered, api, type Shapes, told } from "../../api/client.ts";
import { sayProblem, sayUndo } from "../../ui/say.tsx";
import type { Behind } from "../explore/asking.ts";
import type { MomentsSearch } from "./routes.ts";

export type Found = Shapes["Answer_MomentsResult_"];
export type Moment = Shapes["Moment"];
export type Effect = Shapes["MomentEffect"];
export type Question = Shapes["MomentsQuestion"];

const LIMIT = 100;
export const SMALLEST = 5;
/** One window of one person, by which the draft knows whose changes are whose. */
const SESSION = crypto.randomUUID();
const BLANK: MomentOfTruth = { to_customer: null, to_company: null, status: "nominated", reason: "" };

const path = (key: string) => ({ path: { key } });

/** What people voted, as the question takes it. */
const votesOf = async (key: string, signal: AbortSignal): Promise<Shapes["VoteDocument"][]> =>
  (await told(api.GET("/v1/maps/{key}/votes", { params: path(key), signal }))).tallies;

/** The question: with the votes of this moment, so that they are held against the log. */
async function questionOf(map: JourneyMap, search: MomentsSearch, signal: AbortSignal): Promise<Question> {
  const outcome = map.stages
    .flatMap((stage) => stage.touchpoints)
    .find((point) => point.key === search.outcome);
  return {
    analysis: "moments",
    map: { key: map.key },
    smallest: (search.smallest ?? SMALLEST) / 100,
    votes: await votesOf(map.key, signal),
    ...(outcome === undefined ? {} : { outcome: outcome.rule }),
  } as Question;
}

/** Which touchpoints decide, of this moment; and the question, for the persons behind it. */
export const momentsQuery = (map: JourneyMap | undefined, key: string, search: MomentsSearch) =>
  queryOptions({
    queryKey: ["explore", "moments", key, map?.version, search],
    queryFn: async ({ signal }) => {
      const body = await questionOf(map!, search, signal);
      const found = (await told(api.POST("/v1/explore/moments", { body, signal }))) as Found;
      return { body, found };
    },
    enabled: map !== undefined,
    staleTime: 60_000,
  });

/** The persons for whom a touchpoint went well, or did not. */
export function behind(query: Question, effect: Effect, went: boolean, title: string): Behind {
  const cell = { contrast: effect.contrast, went };
  return {
    title,
    key: ["moments", query, cell],
    page: (after, signal) => {
      const body = { query, cell, limit: LIMIT, after };
      return told(api.POST("/v1/explore/moments/persons", { body, signal }));
    },
  };
}

interface Taken {
  touchpoint: string;
  value: MomentOfTruth | null;
}

/** Sets what the draft says of a touchpoint, and gives what it said before. */
async function put(key: string, { touchpoint, value }: Taken): Promise<Taken> {
  const found = await answered(api.GET("/v1/maps/{key}/draft", { params: path(key) }));
  const draft = found.data as unknown as JourneyMap;
  const revision = Number(/\d+/.exec(found.response.headers.get("etag") ?? "")?.[0] ?? 0);
  const points = draft.stages.flatMap((stage) => stage.touchpoints);
  const before = points.find((point) => point.key === touchpoint)?.moment_of_truth ?? null;
  const whole = value === null ? null : { ...(before ?? BLANK), ...value };
  const change = { type: "set", part: "touchpoint", key: touchpoint, field: "moment_of_truth", value: whole };
  const body = { base_revision: revision, session: SESSION, changes: [change] };
  await told(api.POST("/v1/maps/{key}/draft/changes", { params: path(key), body: body as never }));
  return { touchpoint, value: before };
}

/** Takes a verdict into the draft of the map, and says so with a way back. */
export function useTakeVerdict(key: string) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const heard = () => client.invalidateQueries({ queryKey: ["maps"] });
  const undo = useMutation({
    mutationFn: (before: Taken) => put(key, before),
    onSuccess: heard,
    onError: sayProblem,
  });
  return useMutation({
    mutationFn: ({ moment, reason }: { moment: Moment; reason: string }) => {
      const value = { status: moment.verdict, reason } as MomentOfTruth;
      return put(key, { touchpoint: moment.touchpoint, value });
    },
    onSuccess: (before, { moment }) => {
      void heard();
      sayUndo(t("moments.taken", { name: moment.name }), () => undo.mutate(before));
    },
    onError: sayProblem,
  });
}
