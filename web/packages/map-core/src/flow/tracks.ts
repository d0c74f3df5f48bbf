/** Something that runs beside the way from one place to another, so thick. */
export interface Run {
  id: string;
  first: number;
  last: number;
  width: number;
}

export interface Tracks {
  /** Distance of each run's middle from the edge of the way. */
  middle: Map<string, number>;
  depth: number;
}

const GAP = 9;

/**
 * Lays runs on tracks beside the way so that no two lie on each other: short ones nearest,
 * each on the first track that is free all along. Tracks are squeezed to fit into `most`.
 */
export function layTracks(runs: Run[], most: number): Tracks {
  const sorted = runs.toSorted(
    (a, b) => a.last - a.first - (b.last - b.first) || b.width - a.width || a.first - b.first,
  );
  const tracks: Run[][] = [];
  for (const run of sorted) {
    const free = tracks.find((t) => t.every((o) => run.last <= o.first || o.last <= run.first));
    if (free === undefined) tracks.push([run]);
    else free.push(run);
  }
  const wide = tracks.map((t) => Math.max(...t.map((run) => run.width)));
  const whole = wide.reduce((sum, w) => sum + w + GAP, 0);
  const squeeze = whole > most ? most / whole : 1;
  const middle = new Map<string, number>();
  let edge = 0;
  tracks.forEach((track, level) => {
    const at = edge + GAP + wide[level]! / 2;
    for (const run of track) middle.set(run.id, at * squeeze);
    edge += wide[level]! + GAP;
  });
  return { middle, depth: Math.min(whole, most) };
}
