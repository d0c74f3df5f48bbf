import i18n from "i18next";
import { speakRoom } from "../i18n.ts";
import type { Language } from "../languages.ts";

/** Features whose words come with their pages; those of the others come with the first page. */
export type Later = (typeof LATER)[number];
export const LATER = [
  "boards",
  "cases",
  "data",
  "editor",
  "endings",
  "explore",
  "moments",
  "newmap",
  "notes",
  "pains",
  "people",
  "personas",
  "settings",
  "sources",
  "start",
  "versions",
] as const;

const files = import.meta.glob<object>(
  "../../features/{boards,cases,data,editor,endings,explore,moments,newmap,notes,pains,people,personas,settings,sources,start,versions}/**/words/*.json",
  { import: "default" },
);
/** By feature, the coming of its words. */
const coming = new Map<string, Promise<void>>();

/** What a feature says in a language. */
async function wordsOf(feature: string, language: Language): Promise<object> {
  const own = Object.entries(files).filter(
    ([path]) => path.includes(`/features/${feature}/`) && path.endsWith(`/${language}.json`),
  );
  return Object.assign({}, ...(await Promise.all(own.map(([, load]) => load())))) as object;
}

/** The words, in another language, of all features whose words have come or are on the way. */
export async function wordsThere(language: Language): Promise<object> {
  const all = await Promise.all([...coming.keys()].map((feature) => wordsOf(feature, language)));
  return Object.assign({}, ...all) as object;
}

async function come(feature: string): Promise<void> {
  const language = i18n.language as Language;
  try {
    speakRoom(language, await wordsOf(feature, language));
  } catch (error) {
    coming.delete(feature); // the next who needs them tries again
    throw error;
  }
}

function speak(feature: string): Promise<void> {
  const known = coming.get(feature);
  if (known !== undefined) return known;
  const made = come(feature);
  coming.set(feature, made);
  return made;
}

/** Loads a part of the application together with the words of the features that speak in it. */
export function speaking<T>(features: readonly Later[], load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [part] = await Promise.all([load(), ...features.map(speak)]);
    return part;
  };
}
