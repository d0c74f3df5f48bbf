import type { MapChange, Part } from "@desireline/map-core";
import { useCallback } from "react";
import { useActions, useEditor } from "../draft/use_draft.ts";

export type Put = (field: string, value: unknown, group?: string) => void;

/** Sets fields of a part; what is typed into one field is undone as one step. */
export function useSet(part: Part | "map", key?: string): { put: Put; may: boolean } {
  const { edit } = useActions();
  const { may } = useEditor();
  const put = useCallback<Put>(
    (field, value, group) => {
      const change: MapChange = {
        type: "set",
        part,
        field,
        value,
        ...(key === undefined ? {} : { key }),
      };
      edit(change, group ?? null);
    },
    [edit, part, key],
  );
  return { put, may };
}
