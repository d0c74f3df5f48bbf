import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Shapes, told } from "../../api/client.ts";
import type { Questions } from "./question.ts";
import type { Analysis } from "./view.ts";

/** The answer of each analysis. */
export interface Answers {
  transitions: Shapes["Answer_TransitionsResult_"];
  funnel: Shapes["Answer_FunnelResult_"];
  paths: Shapes["Answer_PathsResult_"];
  variants: Shapes["Answer_VariantsResult_"];
  touchpoints: Shapes["Answer_TouchpointsResult_"];
  positions: Shapes["Answer_PositionsResult_"];
  retention: Shapes["Answer_RetentionResult_"];
}
export type Comparison = Shapes["Answer_ComparisonResult_"];

/** An answer as JSON: the other form, a table as text, is not asked for here. */
const parsed = async <T>(asked: Parameters<typeof told<T>>[0]): Promise<Exclude<T, string>> =>
  (await told(asked)) as Exclude<T, string>;

type Asks = { [A in Analysis]: (body: Questions[A], signal: AbortSignal) => Promise<Answers[A]> };

const ASKS: Asks = {
  transitions: (body, signal) => parsed(api.POST("/v1/explore/transitions", { body, signal })),
  funnel: (body, signal) => parsed(api.POST("/v1/explore/funnel", { body, signal })),
  paths: (body, signal) => parsed(api.POST("/v1/explore/paths", { body, signal })),
  variants: (body, signal) => parsed(api.POST("/v1/explore/variants", { body, signal })),
  touchpoints: (body, signal) => parsed(api.POST("/v1/explore/touchpoints", { body, signal })),
  positions: (body, signal) => parsed(api.POST("/v1/explore/positions", { body, signal })),
  retention: (body, signal) => parsed(api.POST("/v1/explore/retention", { body, signal })),
};

/** The answer to a question; a new question aborts the last one, whose answer stays until then. */
export function useAnswer<A extends Analysis>(analysis: A, question: Questions[A] | null) {
  return useQuery({
    queryKey: ["explore", analysis, question],
    queryFn: ({ signal }) => ASKS[analysis](question!, signal),
    enabled: question !== null,
    placeholderData: keepPreviousData,
  });
}

/** The differences between two groups. */
export function useComparison(question: Shapes["CompareQuestion"] | null) {
  return useQuery({
    queryKey: ["explore", "compare", question],
    queryFn: ({ signal }) => parsed(api.POST("/v1/explore/compare", { body: question!, signal })),
    enabled: question !== null,
    placeholderData: keepPreviousData,
  });
}

export type AnyQuestion = Shapes["KeptQuestion"]["query"];
/** The answer to any question, known by its analysis. */
export type AnyAnswer =
  | { [A in Analysis]: Omit<Answers[A], "analysis"> & { analysis: A } }[Analysis]
  | (Omit<Comparison, "analysis"> & { analysis: "compare" });

/** The answer to a question that was kept, looked at again each minute. */
export function useAnyAnswer(question: AnyQuestion | null) {
  return useQuery({
    queryKey: ["explore", question?.analysis, question],
    queryFn: ({ signal }) => askAny(question!, signal),
    enabled: question !== null,
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE_MS,
  });
}

const MINUTE_MS = 60_000;

/** The routes of all analyses are alike, so one stands for them to the types. */
const askAny = (question: AnyQuestion, signal: AbortSignal): Promise<AnyAnswer> => {
  const path = `/v1/explore/${question.analysis}` as "/v1/explore/transitions";
  const body = question as Questions["transitions"];
  return parsed(api.POST(path, { body, signal })) as unknown as Promise<AnyAnswer>;
};

/** A figure, and the question whose answer it stands in. */
export interface Behind {
  /** What the figure counts, in words. */
  title: string;
  page: (after: number, signal: AbortSignal) => Promise<Shapes["PersonPage"]>;
  key: unknown;
}

const LIMIT = 100;

/** A page of persons. The routes of all analyses are alike, so one stands for them to the types. */
async function personsOf<A extends Analysis>(
  analysis: A,
  query: Questions[A],
  cell: object,
  after: number,
  signal: AbortSignal,
): Promise<Shapes["PersonPage"]> {
  const path = `/v1/explore/${analysis}/persons` as "/v1/explore/transitions/persons";
  const body = { query, cell, limit: LIMIT, after };
  return told(api.POST(path, { body: body as unknown as TransitionsWanted, signal }));
}

type TransitionsWanted = Shapes["PersonsWanted_TransitionsQuestion_TransitionCell_"];

/** The persons behind a cell of an answer. */
export function behind<A extends Analysis>(
  analysis: A,
  query: Questions[A],
  cell: object,
  title: string,
): Behind {
  return {
    title,
    key: [analysis, query, cell],
    page: (after, signal) => personsOf(analysis, query, cell, after, signal),
  };
}

/** The answer as a table of text, for a spreadsheet. */
export async function tableOf(analysis: AnyQuestion["analysis"], question: object): Promise<Blob> {
  const path = `/v1/explore/${analysis}` as "/v1/explore/transitions";
  const body = question as Questions["transitions"];
  const params = { query: { as: "csv" as const } };
  return (await told(api.POST(path, { body, params, parseAs: "blob" }))) as unknown as Blob;
}

/** The names of events that the log has, the most frequent first. */
export function useEventNames() {
  return useQuery({
    queryKey: ["explore", "events"],
    queryFn: async ({ signal }) => {
      const body = { field: "event", text: "", limit: 100 } as const;
      const { completions } = await told(api.POST("/v1/explore/check", { body, signal }));
      return completions.map((one) => one.label);
    },
    staleTime: MINUTE_MS,
  });
}

/** What may stand at the cursor of a field, and what is wrong with what stands there. */
export function useCheck(field: Shapes["Check"]["field"], text: string, at: number, open: boolean) {
  return useQuery({
    queryKey: ["explore", "check", field, text, at],
    queryFn: ({ signal }) =>
      told(api.POST("/v1/explore/check", { body: { field, text, at, limit: 10 }, signal })),
    enabled: open,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
