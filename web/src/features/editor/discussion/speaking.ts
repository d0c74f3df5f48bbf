import type { Comment, Place, Task } from "./queries.ts";

export interface Named {
  id: number;
  name: string;
}

/** A comment with what was replied to it. */
export interface Thread {
  comment: Comment;
  replies: Comment[];
}

/** A part of what was said: plain words, or the name of somebody who is meant. */
export interface Piece {
  text: string;
  mention: boolean;
}

export const isAt = (one: Place, place: Place): boolean =>
  one.stage === place.stage && one.touchpoint === place.touchpoint && one.lane === place.lane;

/** Comments at a place with their replies: what is open first, then what is settled. */
export function threadsAt(comments: Comment[], place: Place): Thread[] {
  const heads = comments.filter((one) => one.reply_to === null && isAt(one, place));
  const threads = heads.map((comment) => ({ comment, replies: repliesTo(comments, comment.id) }));
  const settled = ({ comment }: Thread): boolean => comment.resolved_at !== null;
  return [...threads.filter((one) => !settled(one)), ...threads.filter(settled)];
}

/** A reply to a reply stands in the same thread. */
function repliesTo(comments: Comment[], head: number): Comment[] {
  const within = new Set([head]);
  return comments.filter((one) => {
    if (one.reply_to === null || !within.has(one.reply_to)) return false;
    within.add(one.id);
    return true;
  });
}

/** A task is of a stage, of a touchpoint, or of the map. */
export const taskIsAt = (one: Task, place: Place): boolean => isAt({ ...one, lane: "" }, place);

/** The part of the map to which a place belongs: a stage, a touchpoint with its cells, or "". */
export function partOf({ stage = "", touchpoint = "" }: Partial<Place>): string {
  if (stage !== "") return `stage/${stage}`;
  return touchpoint === "" ? "" : `touchpoint/${touchpoint}`;
}

/** How much is open at each part of the map; "" is the map itself and its lanes. */
export function openAt(comments: Comment[], tasks: Task[]): Map<string, number> {
  const found = new Map<string, number>();
  const count = (one: Comment | Task): void => {
    const part = partOf(one);
    found.set(part, (found.get(part) ?? 0) + 1);
  };
  for (const one of comments) if (one.reply_to === null && one.resolved_at === null) count(one);
  for (const one of tasks) if (one.done_at === null) count(one);
  return found;
}

/** Members whose names stand in the text after an @, by number as the server takes them. */
export function mentionsIn(text: string, members: Named[]): string[] {
  return members.filter(({ name }) => placesOf(text, name).length > 0).map(({ id }) => String(id));
}

/** The text in pieces: names of members that are meant, and what stands between them. */
export function piecesOf(text: string, members: Named[]): Piece[] {
  const found = members
    .flatMap(({ name }) => placesOf(text, name).map((at) => ({ at, end: at + name.length + 1 })))
    // Of two names at one place, "Ann" and "Anna", the longer one is meant.
    .toSorted((a, b) => a.at - b.at || b.end - a.end);
  const pieces: Piece[] = [];
  let done = 0;
  for (const { at, end } of found) {
    if (at < done) continue;
    if (at > done) pieces.push({ text: text.slice(done, at), mention: false });
    pieces.push({ text: text.slice(at, end), mention: true });
    done = end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), mention: false });
  return pieces;
}

/** The name that is being typed after an @ at the cursor; null where none is. */
export function mentionBegun(text: string, at: number): { start: number; words: string } | null {
  const found = /(?:^|\s)@([^@\n]{0,40})$/u.exec(text.slice(0, at));
  if (found === null) return null;
  return { start: at - found[1]!.length - 1, words: found[1]! };
}

/** Members whose name begins with the words, or has a part that does. */
export function meantBy(words: string, members: Named[]): Named[] {
  const wanted = words.toLowerCase();
  return members.filter(({ name }) => {
    const low = name.toLowerCase();
    return low.startsWith(wanted) || low.split(/\s+/).some((part) => part.startsWith(wanted));
  });
}

/** Whether a task should have been done by now. */
export const isLate = (task: Task, now: number): boolean =>
  task.done_at === null && task.due_at !== null && Date.parse(task.due_at) < now;

function placesOf(text: string, name: string): number[] {
  if (name === "") return [];
  const found: number[] = [];
  const sought = `@${name}`;
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at + sought.length] ?? "")) found.push(at);
  }
  return found;
}
