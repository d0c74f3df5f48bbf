import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isBound, personasQuery } from "./queries.ts";

interface Props {
  persona?: string | undefined;
  onChange: (persona: string | undefined) => void;
}

/** Whose map it is: everybody's, or that of the people whom a persona describes. */
export function PersonaChoice({ persona, onChange }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(personasQuery);
  const bound = data?.filter(isBound) ?? [];
  if (bound.length === 0 && persona === undefined) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label={t("maps.whose")}
      value={persona ?? ""}
      data={[
        { value: "", label: t("maps.everybody") },
        ...bound.map((one) => ({ value: one.key, label: one.name })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
