import { tableForm } from "@desireline/map-core";
import { VisuallyHidden } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLook, useMap } from "../state/map_context.ts";

/** The whole map as a plain table for screen readers, whatever part of it is drawn. */
export function MapTable() {
  const { file, formats } = useMap();
  const { shown } = useLook();
  const { t } = useTranslation();
  const table = useMemo(
    () => tableForm(shown, file.map.lanes, formats, (key, values) => t(key, values ?? {})),
    [shown, file, formats, t],
  );
  return (
    <VisuallyHidden>
      <table>
        <caption>{t("grid.table", { name: file.map.name })}</caption>
        <thead>
          <tr>
            {table.head.map((name, at) => (
              <th key={at} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, at) =>
                at === 1 ? (
                  <th key={at} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={at}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}
