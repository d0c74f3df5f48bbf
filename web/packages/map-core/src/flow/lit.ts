import type { FlowEdge } from "../types.ts";
import { stepId } from "./kinds.ts";

/** What a person points at: one step, one touchpoint, or a whole path. */
export type Pointed =
  | { kind: "step"; id: string }
  | { kind: "touchpoint"; key: string }
  | { kind: "path"; keys: string[] };

/** Ids of the steps that stay bright; null when nothing is pointed at. */
export function litSteps(pointed: Pointed | null, flow: FlowEdge[]): Set<string> | null {
  if (pointed === null) return null;
  if (pointed.kind === "step") return new Set([pointed.id]);
  if (pointed.kind === "path") return new Set(pathSteps(pointed.keys));
  const touching = flow.filter((e) => e.from === pointed.key || e.to === pointed.key);
  return new Set(touching.map(stepId));
}

/** Step ids of a path, its start and its end with them. */
export function pathSteps(keys: string[]): string[] {
  return ["", ...keys].map((key, at) => `${key}>${keys[at] ?? ""}`);
}
