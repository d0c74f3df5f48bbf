import { type Actor, type Cell, type Evidence, type Lane, LANE_KINDS } from "@desireline/map-core";
import { Button, NumberInput, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./cells.module.css";
import { EvidencePicker } from "./EvidencePicker.tsx";
import { type CellFieldProps, FIELDS } from "./fields.tsx";
import { isEmpty, withField } from "./cell.ts";
import { MarkdownField } from "./MarkdownField.tsx";

interface Props {
  lane: Lane;
  cell: Cell | null;
  actors: Actor[];
  onChange: (cell: Cell | null) => void;
  /** Makes an actor of the map, and gives its key. */
  makeActor: (name: string) => string;
  readOnly?: boolean;
}

const NOTHING: Cell = { text: "", evidence: "declared", n: null };

/** One square of a lane: its words, what its kind of lane holds besides, and where it comes from. */
export function CellEditor({ lane, cell, actors, onChange, makeActor, readOnly = false }: Props) {
  const { t } = useTranslation();
  const form = LANE_KINDS[lane.kind];
  if (form === undefined) return null;
  const held = cell ?? NOTHING;
  const put = (field: keyof Cell, value: unknown): void => {
    const next = withField(held, field, value);
    onChange(isEmpty(next) ? null : next);
  };
  const common: Omit<CellFieldProps, "field"> = { lane, form, cell: held, actors, makeActor, put };
  // A pain or a quote is its words; a feeling or a picture is itself, and words say more.
  const wordsFirst = form.group === "experience" && (form.lowest ?? 1) > 0;
  const words = form.marked_up ? (
    <MarkdownField value={held.text} onChange={(text) => put("text", text)} />
  ) : (
    <Textarea
      size="xs"
      autosize
      minRows={2}
      maxRows={14}
      label={t(lane.kind === "quote" ? "cells.quote" : "cells.text")}
      value={held.text}
      onChange={(event) => put("text", event.currentTarget.value)}
    />
  );
  return (
    <fieldset className={styles.cell} disabled={readOnly} aria-label={lane.name}>
      {wordsFirst && words}
      {form.takes.map((field) => (
        <FieldOf key={field} field={field} {...common} />
      ))}
      {!wordsFirst && words}
      <EvidencePicker value={held.evidence} onChange={(one: Evidence) => put("evidence", one)} />
      <NumberInput
        size="xs"
        label={t("cells.n")}
        description={t("cells.n_means")}
        min={0}
        max={1e12}
        allowDecimal={false}
        value={held.n ?? ""}
        onChange={(n) => put("n", n === "" ? null : Number(n))}
      />
      {cell !== null && (
        <Button variant="default" size="compact-sm" onClick={() => onChange(null)}>
          {t("cells.empty")}
        </Button>
      )}
    </fieldset>
  );
}

function FieldOf(props: CellFieldProps) {
  const Field = FIELDS[props.field];
  return Field === undefined ? null : <Field {...props} />;
}
