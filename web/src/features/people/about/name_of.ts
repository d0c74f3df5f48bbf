import type { Profile } from "../queries.ts";

const NAMES = ["name", "full_name"];
const KINDS = ["email", "phone", "user_id"];

const traitOf = (profile: Profile, name: string): string => {
  const value = profile.traits.find((trait) => trait.name === name)?.value;
  return typeof value === "string" ? value.trim() : "";
};

/** What a person is called: a name that was said, else the identifier that people know best. */
export function nameOf(profile: Profile): string {
  const whole = NAMES.map((name) => traitOf(profile, name)).find((text) => text !== "");
  if (whole !== undefined) return whole;
  const parts = [traitOf(profile, "first_name"), traitOf(profile, "last_name")];
  const both = parts.filter(Boolean).join(" ");
  if (both !== "") return both;
  const known = KINDS.map((kind) => profile.identifiers.find((one) => one.kind === kind));
  return (known.find((one) => one !== undefined) ?? profile.identifiers[0])?.value ?? "?";
}
