/** Tells whoever builds the site; a visitor never sees it. */
export function warn(text: unknown): void {
  // oxlint-disable-next-line no-console -- the only place where a developer looks
  console.warn("desireline:", text);
}
