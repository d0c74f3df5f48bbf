/**
 * Every colour of the product. Components use the CSS variables only (`var(--dl-ink)`);
 * charts read the same names. Text pairs hold 4.5 to 1 in both schemes (tokens.test.ts).
 */

const light = {
  ground: "#f6f7f9",
  surface: "#ffffff",
  raised: "#ffffff",
  sunken: "#eef0f4",
  line: "#e1e5eb",
  "line-strong": "#c4cbd6",
  ink: "#171d28",
  "ink-soft": "#4a5468",
  "ink-faint": "#5f697d",
  paved: "#aab3c2",
  bar: "#8d98aa",
  accent: "#47682b",
  "accent-fill": "#65874a",
  "accent-soft": "#edf3e4",
  "on-accent": "#ffffff",
  with: "#2a6cb5",
  "with-soft": "#dbe8f6",
  without: "#d9822b",
  "without-ink": "#9a4f0b",
  "without-soft": "#fbead6",
  harm: "#b42318",
  focus: "#47682b",
  "stage-1": "#e4edf5",
  "stage-2": "#e5efe6",
  "stage-3": "#f4eddc",
  "stage-4": "#eee6f1",
  "stage-5": "#f5e6e4",
  "stage-mark-1": "#5c8db8",
  "stage-mark-2": "#639a69",
  "stage-mark-3": "#b3923f",
  "stage-mark-4": "#95709f",
  "stage-mark-5": "#bb7469",
  shadow: "0 8px 28px rgba(23, 29, 40, 0.14)",
};

export type Tokens = Record<keyof typeof light, string>;

const dark: Tokens = {
  ground: "#10141b",
  surface: "#161b24",
  raised: "#1d2430",
  sunken: "#0c1016",
  line: "#27303d",
  "line-strong": "#3d4858",
  ink: "#eceff4",
  "ink-soft": "#b3bccb",
  "ink-faint": "#94a0b3",
  paved: "#566173",
  bar: "#7c8799",
  accent: "#a5c67b",
  "accent-fill": "#6d8d4f",
  "accent-soft": "#26301b",
  "on-accent": "#12180b",
  with: "#5b9fe6",
  "with-soft": "#1b2f47",
  without: "#e0934a",
  "without-ink": "#f0ac6b",
  "without-soft": "#402a14",
  harm: "#f38b80",
  focus: "#b7d68d",
  "stage-1": "#1b2936",
  "stage-2": "#1c2b21",
  "stage-3": "#2d2817",
  "stage-4": "#2a2130",
  "stage-5": "#311f1e",
  "stage-mark-1": "#6d9fca",
  "stage-mark-2": "#76ab7c",
  "stage-mark-3": "#c2a352",
  "stage-mark-4": "#a984b3",
  "stage-mark-5": "#cb887d",
  shadow: "0 8px 28px rgba(0, 0, 0, 0.5)",
};

export const tokens = { light, dark };

/** The tokens of a scheme as CSS variables, `--dl-` before each name. */
export function variables(scheme: Tokens): Record<string, string> {
  return Object.fromEntries(Object.entries(scheme).map(([name, value]) => [`--dl-${name}`, value]));
}
