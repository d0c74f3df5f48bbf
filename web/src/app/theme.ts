import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";
import { t } from "i18next";
import { tokens, variables } from "./tokens.ts";

const one = (colour: string): MantineColorsTuple =>
  Array.from({ length: 10 }, () => colour) as unknown as MantineColorsTuple;

const FONT = "'Inter Variable', system-ui, sans-serif";

/** The name of a button that closes, in the language of the moment. */
const close = {
  get "aria-label"(): string {
    return t("say.close");
  },
};

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
  components: {
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.3 },
        closeButtonProps: close,
        attributes: { header: { role: "presentation" } }, // the page has its own banner
      },
    },
    Notification: { defaultProps: { closeButtonProps: close } },
  },
});

const mantine = {
  "--mantine-color-body": "var(--dl-ground)",
  "--mantine-color-text": "var(--dl-ink)",
  "--mantine-color-dimmed": "var(--dl-ink-soft)",
  "--mantine-color-error": "var(--dl-harm)",
  "--mantine-color-placeholder": "var(--dl-ink-faint)",
  "--mantine-color-default": "var(--dl-surface)",
  "--mantine-color-default-hover": "var(--dl-sunken)",
  "--mantine-color-default-border": "var(--dl-line)",
  "--mantine-color-default-color": "var(--dl-ink)",
  "--mantine-primary-color-contrast": "var(--dl-on-accent)",
  "--mantine-color-moss-contrast": "var(--dl-on-accent)",
  // All shades of ours are one colour, of which Mantine cannot make the pale ones itself.
  "--mantine-color-moss-light": "var(--dl-accent-soft)",
  "--mantine-color-moss-light-hover": "var(--dl-accent-soft)",
  "--mantine-color-moss-light-color": "var(--dl-accent)",
  "--mantine-color-moss-outline-hover": "var(--dl-accent-soft)",
  "--mantine-color-moss-filled-hover": "color-mix(in srgb, var(--dl-accent) 88%, var(--dl-ink))",
};

/** The greys of Mantine's dark scheme: ink, lines and grounds of ours. */
const GREYS = [
  "ink",
  "ink-soft",
  "ink-faint",
  "ink-faint",
  "line-strong",
  "line",
  "surface",
  "ground",
  "sunken",
  "sunken",
].map((token, at) => [`--mantine-color-dark-${at}`, `var(--dl-${token})`]);

/** Mantine's own variables, pointed at our tokens. */
export const resolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...variables(tokens.light), ...mantine },
  dark: { ...variables(tokens.dark), ...mantine, ...Object.fromEntries(GREYS) },
});
