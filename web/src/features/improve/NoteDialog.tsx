import type { JourneyMap } from "@desireline/map-core";
import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Found, OpportunityForm } from "./OpportunityForm.tsx";

interface Props {
  map: Pick<JourneyMap, "key" | "stages">;
  found?: Found;
  opened: boolean;
  close: () => void;
}

/** Takes down a weak point of a map, by hand or as it was found. */
export function NoteDialog({ map, found, opened, close }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("improve.note")}
      closeButtonProps={{ "aria-label": t("improve.close") }}
      transitionProps={{ duration: 120 }}
      size="lg"
    >
      <OpportunityForm map={map} {...(found === undefined ? {} : { found })} done={close} />
    </Modal>
  );
}
