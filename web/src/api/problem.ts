import { t } from "i18next";
import { problemSaid } from "./problem_words.ts";

/** A part of a request that is not of its form. */
export interface Unfit {
  place: string;
  says: string;
}

/** What the server refused, as RFC 9457 tells it; status 0 where it could not be reached. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  /** What the sentence in the reader's language needs. */
  readonly values: Record<string, string | number>;
  readonly parts: Unfit[];
  /** Everything that was told, for problems that say more than words. */
  readonly told: Record<string, unknown>;
  /** Where in the text that was sent, both from 1. */
  readonly mark: { line: number; column: number } | null;

  constructor(status: number, told: Partial<Told>) {
    super(told.detail ?? "");
    this.status = status;
    this.code = told.code ?? "";
    this.hint = told.hint ?? "";
    this.values = told.values ?? {};
    this.parts = told.parts ?? [];
    this.told = told as Record<string, unknown>;
    const { line, column } = told;
    this.mark = line === undefined || column === undefined ? null : { line, column };
  }
}

interface Told {
  detail: string;
  hint: string;
  code: string;
  values: Record<string, string | number>;
  parts: Unfit[];
  line: number;
  column: number;
}

const isTold = (told: unknown): told is Partial<Told> => typeof told === "object" && told !== null;

/** The problem in an answer that is none of the good ones. */
export const problemOf = (response: Response, told: unknown): Problem =>
  new Problem(response.status, isTold(told) ? told : {});

/** A problem that the server has kept, to be said like one that it answers. */
export const problemKept = (kept: Kept): Problem =>
  new Problem(422, { ...kept, detail: kept.sentence });

interface Kept {
  sentence: string;
  hint: string;
  code: string;
  values: Record<string, string | number>;
}

/** Any error as a sentence for people: what happened, and what to do. */
export function inWords(error: unknown): string {
  if (error instanceof Problem && error.status === 0) return t("problem.unreachable");
  if (error instanceof Problem && error.message === "") return t("problem.unsaid");
  if (error instanceof Problem)
    return (
      problemSaid(error.code, error.values, error.message) ??
      [error.message, error.hint].filter(Boolean).join(" ")
    );
  return error instanceof Error ? error.message : String(error);
}
