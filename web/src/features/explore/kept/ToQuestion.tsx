import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AnyQuestion } from "../asking.ts";
import { viewOfKept } from "./view_of.ts";

/** The way to the page on which a question is asked. */
export function ToQuestion({ question, children }: { question: AnyQuestion; children: ReactNode }) {
  const found = viewOfKept(question);
  return (
    <Link to="/explore/$analysis" params={{ analysis: found.analysis }} search={found.view}>
      {children}
    </Link>
  );
}
