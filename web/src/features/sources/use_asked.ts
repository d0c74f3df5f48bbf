import { useCallback, useEffect, useState } from "react";
import { ask } from "./api.ts";

const EVERY_MS = 5_000;

interface Asked<T> {
  told: T | null;
  /** When it was answered. */
  at: string;
  problem: string;
  again: () => void;
}

/** What an address answers, asked anew every few seconds and on demand; null before the first. */
export function useAsked<T>(path: string): Asked<T> {
  const [told, setTold] = useState<T | null>(null);
  const [at, setAt] = useState("");
  const [problem, setProblem] = useState("");
  const again = useCallback((): void => {
    ask<T>(path).then(
      (found) => {
        setTold(found);
        setAt(new Date().toISOString());
        setProblem("");
      },
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  }, [path]);
  useEffect(() => {
    again();
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") again();
    }, EVERY_MS);
    return () => window.clearInterval(timer);
  }, [again]);
  return { told, at, problem, again };
}
