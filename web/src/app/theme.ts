import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";
import { tokens, variables } from "./tokens.ts";

const one = (colour: string): MantineColorsTuple =>
  Array.from({ length: 10 }, () => colour) as unknown as MantineColorsTuple;

const FONT = "'Inter Variable', system-ui, sans-serif";

export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: "600" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  defaultRadius: 6,
  primaryColor: "moss",
  primaryShade: 6,
  colors: { moss: one("var(--dl-accent)") },
  focusRing: "never", // base.css draws one ring for everything
  respectReducedMotion: true,
  cursorType: "pointer",
});

const mantine = {
  "--mantine-color-body": "var(--dl-ground)",
  "--mantine-color-text": "var(--dl-ink)",
  "--mantine-color-dimmed": "var(--dl-ink-soft)",
  "--mantine-color-placeholder": "var(--dl-ink-faint)",
  "--mantine-color-default": "var(--dl-surface)",
  "--mantine-color-default-hover": "var(--dl-sunken)",
  "--mantine-color-default-border": "var(--dl-line)",
  "--mantine-color-default-color": "var(--dl-ink)",
  "--mantine-primary-color-contrast": "var(--dl-on-accent)",
  "--mantine-color-moss-contrast": "var(--dl-on-accent)",
};

/** Mantine's own variables, pointed at our tokens. */
export const resolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...variables(tokens.light), ...mantine },
  dark: { ...variables(tokens.dark), ...mantine },
});
