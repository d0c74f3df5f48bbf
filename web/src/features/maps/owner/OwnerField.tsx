import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOwner } from "./use_owner.ts";

/** Who answers for a map, as a field of a form. Nothing without a team. */
export function OwnerField({ mapKey }: { mapKey: string }) {
  const { t } = useTranslation();
  const { owner, known, members, may, give } = useOwner(mapKey);
  if (!known || members.length === 0) return null;
  return (
    <NativeSelect
      size="xs"
      label={t("maps.owner")}
      description={t("maps.owner_means")}
      value={owner === null ? "" : String(owner.id)}
      disabled={!may}
      data={[
        { value: "", label: t("maps.unowned") },
        ...members.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      onChange={(event) => {
        const picked = event.currentTarget.value;
        give(picked === "" ? null : Number(picked));
      }}
    />
  );
}
