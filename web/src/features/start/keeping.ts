import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, type Shapes, told } from "../../api/client.ts";

export type Plan = Shapes["Plan"];
export type PlanDocument = Shapes["PlanDocument"];

const LATER_MS = 500;

/** Plans, the one changed last first; those of one map where a key is given. */
export const plansQuery = (map = "") =>
  queryOptions({
    queryKey: ["plans", map],
    queryFn: async ({ signal }) =>
      (await told(api.GET("/v1/plans", { params: { query: { map } }, signal }))).plans,
  });

const EMPTY: PlanDocument = {
  step: "customer",
  customer: "",
  needs: "",
  goal: "",
  company_goal: "",
  team: [],
  study: [],
  change: "",
  way: "",
};

/** Only what one changes: the number, the revision and the times are the server's. */
function documentOf(plan: Plan): PlanDocument {
  const { id: _id, revision: _revision, made_at: _made, changed_at: _at, changed_by: _by, ...rest } = plan;
  return rest;
}

export interface Keeping {
  plan: PlanDocument;
  /** Its number, once it is kept. */
  number: number | null;
  /** Changes a part; it is kept a moment later, and at once where `now` says so. */
  change: (part: Partial<PlanDocument>, now?: boolean) => void;
  state: "kept" | "keeping" | "changed";
  error: unknown;
}

/** A plan as one edits it. Every change is sent by itself, one after the other, so none is lost. */
export function usePlan(first: Plan | null): Keeping {
  const client = useQueryClient();
  const [plan, setPlan] = useState<PlanDocument>(first === null ? EMPTY : documentOf(first));
  const [number, setNumber] = useState(first?.id ?? null);
  const [state, setState] = useState<Keeping["state"]>("kept");
  const [error, setError] = useState<unknown>(null);
  const kept = useRef({ plan, number, revision: first?.revision ?? 0, busy: false, again: false, timer: 0 });

  const send = useCallback(async (): Promise<void> => {
    const here = kept.current;
    window.clearTimeout(here.timer);
    here.timer = 0;
    here.again = true;
    if (here.busy) return;
    here.busy = true;
    setState("keeping");
    try {
      while (here.again) {
        here.again = false;
        // oxlint-disable-next-line no-await-in-loop -- each is made from the state before
        const answer = await put(here.number, here.revision, here.plan);
        here.number = answer.id;
        here.revision = answer.revision;
        setNumber(answer.id);
      }
      setError(null);
      setState("kept");
      void client.invalidateQueries({ queryKey: ["plans"] });
    } catch (problem) {
      setError(problem);
      setState("changed");
    } finally {
      here.busy = false;
    }
  }, [client]);

  const change = useCallback(
    (part: Partial<PlanDocument>, now = false): void => {
      const here = kept.current;
      here.plan = { ...here.plan, ...part };
      setPlan(here.plan);
      setState("changed");
      window.clearTimeout(here.timer);
      if (now) void send();
      else here.timer = window.setTimeout(() => void send(), LATER_MS);
    },
    [send],
  );

  // Whoever leaves the page in the middle of a word leaves nothing behind.
  useEffect(() => {
    const here = kept.current;
    return () => {
      if (here.timer !== 0) void send();
    };
  }, [send]);
  return { plan, number, change, state, error };
}

const put = (number: number | null, revision: number, body: PlanDocument): Promise<Plan> =>
  told(
    number === null
      ? api.POST("/v1/plans", { body })
      : api.PUT("/v1/plans/{number}", {
          params: { path: { number }, header: { "if-match": `"${revision}"` } },
          body,
        }),
  );
