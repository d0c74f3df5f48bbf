import { NativeSelect, SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../api/client.ts";
import type { Asked } from "./queries.ts";
import type { Compared, Named } from "./sides.ts";
import styles from "./versions.module.css";

const route = getRouteApi("/shell/maps/$key/versions");
const OTHER = "map:";

interface Props {
  mapKey: string;
  sides: Named[];
  maps: Shapes["MapState"][];
  asked: Asked | null;
}

/** Which two states are compared, and how they are shown. */
export function SidePicker({ mapKey, sides, maps, asked }: Props) {
  const { t } = useTranslation();
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const look = (part: Compared): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const named = (side: Named): string =>
    side === "draft" ? t("versions.draft") : t("bar.version", { version: side });
  const own = sides.map((side) => ({ value: String(side), label: named(side) }));
  const others = maps
    .filter((map) => map.key !== mapKey)
    .map((map) => ({
      value: `${OTHER}${map.key}`,
      label: `${map.name} (${t(`kind.${map.kind}`)})`,
    }));
  const side = (value: string): Named => (value === "draft" ? value : Number(value));
  const choose = (value: string): void => {
    if (!value.startsWith(OTHER)) return look({ to: side(value), other: undefined });
    const other = value.slice(OTHER.length);
    const to = maps.find((map) => map.key === other)?.version === null ? "draft" : undefined;
    return look({ other, to, from: asked?.from ?? sides[0] });
  };
  const second =
    asked === null ? "" : asked.other === undefined ? String(asked.to) : `${OTHER}${asked.other}`;
  return (
    <div className={styles.picker}>
      <NativeSelect
        size="xs"
        label={t("versions.from")}
        value={asked === null ? "" : String(asked.from)}
        data={own}
        onChange={(event) => look({ from: side(event.currentTarget.value) })}
      />
      <NativeSelect
        size="xs"
        label={t("versions.to")}
        value={second}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {asked === null && <option value="">{t("versions.choose")}</option>}
        <optgroup label={t("versions.this_map")}>
          {own.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </optgroup>
        {others.length > 0 && (
          <optgroup label={t("versions.other_maps")}>
            {others.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </optgroup>
        )}
      </NativeSelect>
      {asked !== null && (
        <SegmentedControl
          size="xs"
          aria-label={t("versions.view")}
          value={view ?? "side"}
          onChange={(to) => look({ view: to === "parts" ? "parts" : undefined })}
          data={[
            { value: "side", label: t("versions.side_by_side") },
            { value: "parts", label: t("versions.part_by_part") },
          ]}
        />
      )}
    </div>
  );
}
