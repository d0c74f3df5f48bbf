/** One operation of a JSON Patch (RFC 6902), of the kinds that the live stream sends. */
export interface Change {
  op: "add" | "remove" | "replace";
  path: string;
  value?: unknown;
}

type Holder = Record<string, unknown> | unknown[];

/**
 * The document after all changes. The one before stays as it was, and whatever did not change is
 * shared by both, so that only what changed is drawn anew. Throws where a path leads nowhere.
 */
export function patched<T>(document: T, changes: Change[]): T {
  const copied = new Set<object>();
  const root: Holder = [document];
  for (const change of changes) {
    const path = ["0", ...change.path.split("/").slice(1).map(unescaped)];
    let holder: Holder = root;
    for (const step of path.slice(0, -1)) holder = opened(holder, step, copied);
    put(holder, path.at(-1)!, change);
  }
  return root[0] as T;
}

/** The part at `step`, as a copy of our own that may be changed. */
function opened(holder: Holder, step: string, copied: Set<object>): Holder {
  const part = (holder as Record<string, unknown>)[step];
  if (typeof part !== "object" || part === null) throw new Error(`there is nothing at ${step}`);
  if (copied.has(part)) return part as Holder;
  const own: Holder = Array.isArray(part) ? [...part] : { ...(part as Record<string, unknown>) };
  copied.add(own);
  (holder as Record<string, unknown>)[step] = own;
  return own;
}

function put(holder: Holder, step: string, { op, value }: Change): void {
  if (Array.isArray(holder)) {
    const at = step === "-" ? holder.length : Number(step);
    if (op === "remove") holder.splice(at, 1);
    else if (op === "add") holder.splice(at, 0, value);
    else holder[at] = value;
  } else if (op === "remove") delete holder[step];
  else holder[step] = value;
}

const unescaped = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");
