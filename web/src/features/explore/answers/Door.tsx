import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { Behind } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";

/** A number is a door to the persons behind it. */
export function Door({ behind, children }: { behind: Behind; children: ReactNode }) {
  const { open } = useExplored();
  return (
    <UnstyledButton className={`${styles.door} num`} onClick={() => open(behind)} title={behind.title}>
      {children}
    </UnstyledButton>
  );
}
