import type { JourneyMap } from "@desireline/map-core";
import { MAP, placeOf, type Selected, standing } from "../draft/selection.ts";
import { type Comment, type Place, type Task, WHOLE_MAP } from "./queries.ts";
import { isAt, taskIsAt, type Thread, threadsAt } from "./speaking.ts";

/** A part of the map of which something is said, and what that is. */
export interface Spoken {
  place: Place;
  threads: Thread[];
  tasks: Task[];
}

/** What one chooses on the canvas to come to a place. */
export function selectedOf({ stage, touchpoint, lane }: Place): Selected {
  if (stage !== "") return { kind: "stage", key: stage };
  if (touchpoint !== "" && lane !== "") return { kind: "cell", lane, touchpoint };
  if (touchpoint !== "") return { kind: "touchpoint", key: touchpoint };
  return lane === "" ? MAP : { kind: "lane", key: lane };
}

/** The search of the editor's address at a place. */
export function searchAt(place: Place): { at?: string } {
  const at = placeOf(selectedOf(place));
  return at === "" ? {} : { at };
}

/** What is still open of parts of the map, in its order: of a stage, its touchpoints, and lanes. */
export function openElsewhere(comments: Comment[], tasks: Task[], map: JourneyMap): Spoken[] {
  const order = map.stages.flatMap((stage) => [stage.key, ...stage.touchpoints.map((one) => one.key)]);
  const lanes = map.lanes.map((lane) => lane.key);
  const rank = ({ stage, touchpoint }: Place): number => {
    const at = order.indexOf(stage || touchpoint);
    return at < 0 ? order.length : at;
  };
  const open = comments.filter((one) => one.reply_to !== null || one.resolved_at === null);
  const undone = tasks.filter((one) => one.done_at === null);
  return spokenAt(open, undone)
    .filter(({ place }) => !hasGone(place, map))
    .toSorted(
      (a, b) => rank(a.place) - rank(b.place) || lanes.indexOf(a.place.lane) - lanes.indexOf(b.place.lane),
    );
}

/** What was said of parts that the map does not have: removed, merged with others, or not there yet. */
export const saidOfGone = (comments: Comment[], tasks: Task[], map: JourneyMap): Spoken[] =>
  spokenAt(comments, tasks).filter(({ place }) => hasGone(place, map));

function hasGone(place: Place, map: JourneyMap): boolean {
  return standing(map, selectedOf(place)).kind === "map";
}

/** By place, the whole map left out, as it was first spoken of. */
function spokenAt(comments: Comment[], tasks: Task[]): Spoken[] {
  const places: Place[] = [];
  const said = [...comments.filter((one) => one.reply_to === null), ...tasks.map((one) => ({ ...one, lane: "" }))];
  for (const { stage, touchpoint, lane } of said) {
    const place = { stage, touchpoint, lane };
    if (![WHOLE_MAP, ...places].some((one) => isAt(one, place))) places.push(place);
  }
  return places.map((place) => ({
    place,
    threads: threadsAt(comments, place),
    tasks: place.lane === "" ? tasks.filter((one) => taskIsAt(one, place)) : [],
  }));
}
