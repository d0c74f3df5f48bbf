import type { Figures, JourneyMap, MapFile } from "@desireline/map-core";

const NONE = { n: 0, count: 0, share: null, low: null, high: null };

/** Figures of a map before the first ones have come. */
const NO_FIGURES: Figures = {
  as_of: "1970-01-01T00:00:00Z",
  source: {
    name: "",
    events: 0,
    journeys: 0,
    persons: 0,
    first_at: null,
    last_at: null,
    mapped_events: 0,
    set_aside: 0,
    notes: [],
  },
  wait_error: 0,
  outcome_base: NONE,
  stages: [],
  touchpoints: [],
  flow: [],
  funnel: [],
  variants: { total: 0, top: [] },
  journeys: [],
  journeys_of: {},
  sentences: [],
};

export const withoutFigures = (map: JourneyMap): MapFile => ({
  format: "desireline.map-file/1",
  generator: "",
  map,
  figures: NO_FIGURES,
});
