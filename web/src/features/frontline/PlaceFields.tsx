import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { mapsQuery } from "../maps/pages/map_queries.ts";
import { drawnQuery } from "./queries.ts";

interface Props {
  map: string;
  touchpoint: string;
  onChange: (place: { map: string; touchpoint: string }) => void;
  required?: boolean;
}

/** On which map, and at which step of it. */
export function PlaceFields({ map, touchpoint, onChange, required = false }: Props) {
  const { t } = useTranslation();
  const { data: maps } = useQuery(mapsQuery);
  const { data: drawn } = useQuery(drawnQuery(map));
  const nowhere = { value: "", label: required ? t("frontline.choose") : t("frontline.unknown") };
  return (
    <>
      <NativeSelect
        label={t("frontline.map")}
        value={map}
        required={required}
        data={[nowhere, ...(maps ?? []).map((one) => ({ value: one.key, label: one.name }))]}
        onChange={(event) => onChange({ map: event.currentTarget.value, touchpoint: "" })}
      />
      {map !== "" && (
        <NativeSelect
          label={t("frontline.touchpoint")}
          value={touchpoint}
          required={required}
          data={[
            nowhere,
            ...(drawn?.stages ?? []).map((stage) => ({
              group: stage.name,
              items: stage.touchpoints.map((one) => ({ value: one.key, label: one.name })),
            })),
          ]}
          onChange={(event) => onChange({ map, touchpoint: event.currentTarget.value })}
        />
      )}
    </>
  );
}
