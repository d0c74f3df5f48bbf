/** The panels of what can be chosen on the canvas: one part, loaded once the canvas is there. */
export { CellPanel } from "./CellPanel.tsx";
export { LanePanel } from "./LanePanel.tsx";
export { StagePanel } from "./StagePanel.tsx";
export { TouchpointPanel } from "./TouchpointPanel.tsx";
