import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "../api/problem.ts";
import { learnProblems } from "../api/problem_words.ts";
import styles from "./ui.module.css";

/** Draws again once problems can be said in the reader's language. */
export function useProblemWords(isNeeded: boolean): void {
  const { language } = useTranslation().i18n;
  const [, learned] = useState("");
  useEffect(() => {
    if (isNeeded) void learnProblems().then(() => learned(language));
  }, [isNeeded, language]);
}

/** What went wrong, in words, where it happened; nothing where nothing did. */
export function ProblemNote({ error }: { error: unknown }) {
  const isThere = error !== null && error !== undefined;
  useProblemWords(isThere);
  if (!isThere) return null;
  return (
    <p role="alert" className={styles.problem}>
      {inWords(error)}
    </p>
  );
}
