import { NativeSelect, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { typeWords } from "./entry_words.ts";
import { DEPARTMENTS, type Department, type Filters } from "./filters.ts";
import styles from "./timeline.module.css";

interface Props {
  filters: Filters;
  channels: string[];
  types: string[];
  change: (part: Filters) => void;
}

/** What of the timeline is shown, and in which order. */
export function FilterBar({ filters, channels, types, change }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.filters}>
      <NativeSelect
        size="xs"
        aria-label={t("people.department")}
        value={filters.department ?? ""}
        data={[
          { value: "", label: t("people.all_departments") },
          ...DEPARTMENTS.map((name) => ({ value: name, label: t(`people.${name}`) })),
        ]}
        onChange={(event) => {
          const value = event.currentTarget.value as Department | "";
          change({ department: value === "" ? undefined : value } as Filters);
        }}
      />
      <NativeSelect
        size="xs"
        aria-label={t("people.channel")}
        value={filters.channel ?? ""}
        data={[
          { value: "", label: t("people.all_channels") },
          ...channels.map((name) => ({ value: name, label: name })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change({ channel: value === "" ? undefined : value } as Filters);
        }}
      />
      <NativeSelect
        size="xs"
        aria-label={t("people.type")}
        value={filters.type ?? ""}
        data={[
          { value: "", label: t("people.all_types") },
          ...types.map((name) => ({ value: name, label: typeWords(name) })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change({ type: value === "" ? undefined : value } as Filters);
        }}
      />
      <NativeSelect
        size="xs"
        aria-label={t("people.order")}
        value={filters.order ?? "newest"}
        data={[
          { value: "newest", label: t("people.newest") },
          { value: "oldest", label: t("people.oldest") },
        ]}
        onChange={(event) =>
          change({ order: event.currentTarget.value === "oldest" ? "oldest" : undefined } as Filters)
        }
      />
      <Switch
        size="xs"
        label={t("people.unfold")}
        checked={filters.unfold ?? false}
        onChange={(event) =>
          change({ unfold: event.currentTarget.checked ? true : undefined } as Filters)
        }
      />
    </div>
  );
}
