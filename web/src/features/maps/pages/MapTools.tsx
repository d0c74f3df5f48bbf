import type { JourneyMap } from "@desireline/map-core";
import { ActionIcon } from "@mantine/core";
import { IconGitCompare, IconHistory, IconSpeakerphone, IconZoomExclamation } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { speaking } from "../../../app/spoken/rooms.ts";
import { PersonaChoice } from "../../personas/PersonaChoice.tsx";
import { OwnerMenu } from "../owner/OwnerMenu.tsx";
import { EditButton } from "./EditButton.tsx";
import { ExportMenu } from "./ExportMenu.tsx";

const loadPlan = speaking(["start"], () => import("../../start/PlanButton.tsx"));
const PlanButton = lazy(async () => ({ default: (await loadPlan()).PlanButton }));
const loadTalk = speaking(["editor"], () => import("../../editor/discussion/talk.ts"));
const TalkButton = lazy(async () => ({ default: (await loadTalk()).TalkButton }));
const route = getRouteApi("/shell/maps/$key");

interface Props {
  map: JourneyMap;
  at: string | undefined;
  lookBack: () => void;
}

/** What one can do with a map beside looking at it: look back, compare, take it along. */
export function MapTools({ map, at, lookBack }: Props) {
  const { t } = useTranslation();
  const mapKey = map.key;
  const { persona } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <OwnerMenu mapKey={mapKey} />
      <EditButton mapKey={mapKey} />
      <PersonaChoice
        persona={persona}
        onChange={(next) =>
          void navigate({
            search: ({ at: then }) => ({ ...(then && { at: then }), ...(next && { persona: next }) }),
            hash: true,
          })
        }
      />
      <ActionIcon
        variant="subtle"
        color="var(--dl-ink-soft)"
        aria-label={t("then.look_back")}
        data-tip={t("then.look_back")}
        aria-pressed={at !== undefined}
        onClick={lookBack}
      >
        <IconHistory size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="var(--dl-ink-soft)"
        aria-label={t("findings.open")}
        data-tip={t("findings.open")}
        renderRoot={(props) => (
          <Link to="/maps/$key/pains" params={{ key: mapKey }} {...props} />
        )}
      >
        <IconZoomExclamation size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="var(--dl-ink-soft)"
        aria-label={t("maps.versions")}
        data-tip={t("maps.versions")}
        renderRoot={(props) => (
          <Link to="/maps/$key/versions" params={{ key: mapKey }} {...props} />
        )}
      >
        <IconGitCompare size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
      <Suspense>
        <PlanButton map={mapKey} />
      </Suspense>
      <Suspense>
        <TalkButton map={map} />
      </Suspense>
      <ActionIcon
        variant="subtle"
        color="var(--dl-ink-soft)"
        aria-label={t("frontline.title")}
        data-tip={t("frontline.title")}
        renderRoot={(props) => <Link to="/nominate" search={{ map: mapKey }} {...props} />}
      >
        <IconSpeakerphone size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
      <ExportMenu mapKey={mapKey} at={at} />
    </>
  );
}
