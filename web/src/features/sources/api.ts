/** The wire shapes of the collector that the page shows (docs/schemas/openapi.json), and its calls. */
export interface KnownSource {
  name: string;
  key_ends: string;
  quota: number | null;
  used_today: number;
  made_at: string;
  off_at: string | null;
}

export interface SeenSource {
  source: string;
  events: number;
  last_at: string | null;
  failed: number;
}

export interface ArrivedEvent {
  position: number;
  type: string;
  received_at: string;
  source: string;
  identifiers: Record<string, string>;
  properties: Record<string, unknown>;
}

export interface Arrivals {
  events: ArrivedEvent[];
  left_out: number;
  position: number;
}

export interface Reason {
  source: string;
  code: string;
  events: number;
  last_at: string;
  reason: string;
}

export interface Failure {
  id: number;
  received_at: string;
  source: string;
  code: string;
  body: string;
}

export interface Replayed {
  stored: number;
  duplicate: number;
  failed: number;
}

/** The answer of the server; throws its sentence and hint where it refuses. */
export async function ask<T>(path: string, body?: unknown, method?: string): Promise<T> {
  const told = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(path, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: told }),
  });
  const text = await answer.text();
  const found = (text === "" ? {} : JSON.parse(text)) as T & { detail?: string; hint?: string };
  if (!answer.ok) throw new Error([found.detail, found.hint].filter(Boolean).join(" "));
  return found;
}
