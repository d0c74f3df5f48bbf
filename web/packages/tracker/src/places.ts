import { cut, type Properties } from "./events.ts";

/** Where a visitor is, without what addresses may betray. */
export interface Place {
  /** Path, kept parameters, and the fragment where it is a route (`#/cart`). */
  path: string;
  url: string;
}

const LONGEST = 1000;

/** The place of an address. Parameters are cut off unless `query` names them. */
export function placeOf(address: string, query: readonly string[] = []): Place {
  const { origin, pathname, searchParams, hash } = new URL(address);
  const kept = new URLSearchParams();
  for (const [name, value] of searchParams) if (query.includes(name)) kept.append(name, value);
  const search = kept.toString();
  const route = /^#!?\//.test(hash) ? hash.split("?")[0] : "";
  const path = cut(pathname + (search && `?${search}`) + route, LONGEST);
  return { path, url: origin + path };
}

/** The address of the page before, without parameters; empty where there is none. */
export function referrerOf(address: string): string {
  try {
    return placeOf(address).url;
  } catch {
    return "";
  }
}

/** What advertisements add to the addresses of their links. */
const CLICKS = /^(gclid|gbraid|wbraid|dclid|fbclid|msclkid|ttclid|twclid|yclid|li_fat_id)$/;

/** Where a visit came from, by the parameters of its address: `{source, medium, campaign, ...}`. */
export function campaignOf(address: string): Properties {
  const found: Properties = {};
  for (const [name, value] of new URL(address).searchParams) {
    const utm = /^utm_(source|medium|campaign|term|content|id)$/.exec(name)?.[1];
    const key = utm === "id" ? "campaign_id" : (utm ?? (CLICKS.test(name) ? name : ""));
    if (key && value) found[key] = cut(value, LONGEST);
  }
  return found;
}
