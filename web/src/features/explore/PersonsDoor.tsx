import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useMay } from "../session/queries.ts";

interface Props {
  open: () => void;
  className?: string | undefined;
  /** What stands under the pointer. */
  title?: string;
  /** Where it leads, for those who do not see what stands around it. */
  "aria-label"?: string;
  children: ReactNode;
}

/** A number that is a door to the persons behind it; the number alone for a role that sees none. */
export function PersonsDoor({ open, className, children, ...said }: Props) {
  const may = useMay("read_persons");
  if (!may) return <span className="num">{children}</span>;
  return (
    <UnstyledButton {...said} className={className ?? ""} onClick={open}>
      {children}
    </UnstyledButton>
  );
}
