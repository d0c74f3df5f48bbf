import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";
import type { Behind } from "../explore/asking.ts";

export type Found = Shapes["Answer_EndingsResult_"];
export type Result = Shapes["EndingsResult"];
export type Reason = Shapes["LeaveReason"];
export type Curve = Shapes["EndCurve"];
export type PersonEnding = Shapes["PersonEnding"];
export type Met = Shapes["ReasonMet"];
export type State = Shapes["StateCount"]["state"];

const LIMIT = 100;

const questionOf = (key: string): Shapes["EndingsQuestion"] =>
  ({ map: { key } }) as Shapes["EndingsQuestion"];

/** Why they leave this map, and who stands where, of this moment. */
export const endingsQuery = (key: string) =>
  queryOptions({
    queryKey: ["explore", "endings", key],
    queryFn: async ({ signal }) =>
      (await told(api.POST("/v1/explore/endings", { body: questionOf(key), signal }))) as Found,
    placeholderData: keepPreviousData,
  });

/** How one person's journey stands, and which of the reasons found she met. */
export const personQuery = (key: string, person: number) =>
  queryOptions({
    queryKey: ["explore", "endings", key, "person", person],
    queryFn: ({ signal }) =>
      told(api.POST("/v1/explore/endings/person", { body: { query: questionOf(key), person }, signal })),
    staleTime: 60_000,
    retry: false,
  });

/** What tells a reason from others of its kind: the step, and the act of the company if it is another. */
export const nameOf = ({ place, act }: Pick<Reason, "place" | "act">): string =>
  act === place ? place : `${place} ${act}`;

type Whom = { state: State } | { reason: Reason };

const silence = ({ silence_days, risk_days, within_days }: Result["rhythm"]) => ({
  silence_days,
  risk_days,
  within_days,
});

/** The address of a figure, with the silences that it was counted by. */
export function cellOf(found: Result, whom: Whom): Shapes["EndingsCell"] {
  const counted = {
    as_of: found.as_of,
    rhythm: silence(found.rhythm),
    rhythms: found.rhythms.map(silence),
  };
  if ("state" in whom) return { ...counted, state: whom.state, reason: null };
  const { kind, place, act, bound_seconds, bound_mark } = whom.reason;
  const bound = bound_seconds ?? bound_mark;
  return { ...counted, state: null, reason: { kind, place, act, bound } };
}

/** Those in a state, or those who left where a reason concerned them. */
export function behind(key: string, found: Result, whom: Whom, title: string): Behind {
  const cell = cellOf(found, whom);
  return {
    title,
    key: ["endings", key, cell],
    page: (after, signal) => {
      const body = { query: questionOf(key), cell, limit: LIMIT, after };
      return told(api.POST("/v1/explore/endings/persons", { body, signal }));
    },
  };
}
