import type { Column } from "./columns.ts";
import type { Formats } from "./formats.ts";
import type { Say } from "./rule_words.ts";
import type { Lane } from "./types.ts";

export interface TableForm {
  head: string[];
  rows: { key: string; cells: string[] }[];
}

/** The map as a table, one row for each touchpoint: what a screen reader gets. */
export function tableForm(columns: Column[], lanes: Lane[], formats: Formats, say: Say): TableForm {
  const figures = ["stage", "touchpoint", "reach", "persons", "wait", "exit", "loop", "outcome"];
  const head = [...figures.map((name) => say(`figure.${name}`)), ...lanes.map((lane) => lane.name)];
  const rows = columns.map((c) => ({
    key: c.key,
    cells: [
      c.stageName,
      c.name,
      ...numbers(c, formats),
      ...lanes.map((lane) => lane.cells[c.key]?.text ?? ""),
    ],
  }));
  return { head, rows };
}

function numbers(column: Column, formats: Formats): string[] {
  const f = column.figures;
  if (f === null) return ["", "", "", "", "", ""];
  const told = (share: typeof f.reach): string => {
    const interval = share.share === null ? "" : formats.interval(share);
    const value = share.share === null ? "" : formats.share(share.share);
    return interval === "" ? value : `${value} (${interval})`;
  };
  return [
    told(f.reach),
    formats.count(f.persons),
    f.wait_before.n === 0 ? "" : formats.waits(f.wait_before),
    told(f.exit),
    told(f.loop),
    told(f.outcome),
  ];
}
