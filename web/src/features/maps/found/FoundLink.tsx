import {
  IconDiamond,
  IconDiamondFilled,
  IconDoorExit,
  IconFlagFilled,
  IconRouteAltLeft,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMap } from "../state/map_context.ts";
import { type Finding, pageOf } from "./finding.ts";

const ICONS: Record<Finding["kind"], TablerIcon> = {
  pain: IconFlagFilled,
  moment: IconDiamond,
  ending: IconDoorExit,
  line: IconRouteAltLeft,
};

/** What a finding is, at a glance. */
export function FoundIcon({ finding }: { finding: Finding }) {
  const sure = finding.kind === "moment" && finding.harms;
  const Icon = sure ? IconDiamondFilled : ICONS[finding.kind];
  return <Icon size={13} aria-hidden />;
}

interface Props {
  finding: Finding;
  className: string | undefined;
  /** In the grid, arrow keys walk and Enter opens the panel, where the same doors are tab stops. */
  aside?: boolean;
  children: ReactNode;
}

/** The door to the page of a finding. */
export function FoundLink({ finding, className, aside = false, children }: Props) {
  const { file } = useMap();
  return (
    <Link
      to={pageOf(finding)}
      params={{ key: file.map.key }}
      hash={finding.row}
      {...(aside ? { tabIndex: -1 } : {})}
      className={className ?? ""}
      data-kind={finding.kind}
      data-harms={finding.harms || undefined}
      onClick={(event) => event.stopPropagation()}
    >
      {children}
    </Link>
  );
}
