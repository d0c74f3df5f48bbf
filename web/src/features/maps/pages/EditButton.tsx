import { ActionIcon } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconPencil } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Offer, useOffer } from "../../../app/palette/store.ts";
import { useMay } from "../../session/queries.ts";

/** Leads to the editor, for those who may change the map; `e` does too. */
export function EditButton({ mapKey }: { mapKey: string }) {
  return useMay("edit_maps") ? <ToEditor mapKey={mapKey} /> : null;
}

function ToEditor({ mapKey }: { mapKey: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const offer = useMemo<Offer>(() => {
    const edit = (): void => void navigate({ to: "/maps/$key/edit", params: { key: mapKey } });
    return {
      groups: [
        { group: t("maps.title"), actions: [{ id: "edit-map", label: t("maps.open_editor_key"), onClick: edit }] },
      ],
      keys: [[["E"], "maps.open_editor"]],
    };
  }, [t, navigate, mapKey]);
  useOffer(offer);
  useHotkeys([
    [
      "e",
      (event) => {
        // After `g` it goes to another page.
        if (!event.defaultPrevented) void navigate({ to: "/maps/$key/edit", params: { key: mapKey } });
      },
      { preventDefault: false },
    ],
  ]);
  return (
    <ActionIcon
      variant="subtle"
      color="var(--dl-ink-soft)"
      aria-label={t("maps.open_editor_key")}
      data-tip={t("maps.open_editor_key")}
      renderRoot={(props) => <Link to="/maps/$key/edit" params={{ key: mapKey }} {...props} />}
    >
      <IconPencil size={18} stroke={1.6} aria-hidden />
    </ActionIcon>
  );
}
