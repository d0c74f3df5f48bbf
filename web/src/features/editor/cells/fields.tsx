import type { Actor, Cell, Lane, LaneForm } from "@desireline/map-core";
import { NumberInput, TagsInput, TextInput } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { ActorField } from "./ActorField.tsx";
import { dayOf } from "./cell.ts";
import { EmotionField } from "./EmotionField.tsx";
import { PictureField } from "./PictureField.tsx";
import { ScoreField } from "./ScoreField.tsx";

export interface CellFieldProps {
  field: keyof Cell;
  lane: Lane;
  form: LaneForm;
  cell: Cell;
  actors: Actor[];
  makeActor: (name: string) => string;
  put: (field: keyof Cell, value: unknown) => void;
}

/** The editor of each field that a kind of lane may take. */
export const FIELDS: Partial<Record<keyof Cell, ComponentType<CellFieldProps>>> = {
  value: ValueOf,
  unit: TextOf,
  source: TextOf,
  image: PictureOf,
  channels: ChannelsOf,
  said_at: DayOf,
  actor: ActorOf,
  effort: ScoreOf,
  customer_value: ScoreOf,
  business_value: ScoreOf,
};

/** A number: from -2 to 2 a feeling, from 1 to 5 a strength, else what it is. */
function ValueOf(props: CellFieldProps) {
  const { t } = useTranslation();
  const { form, lane, cell, put } = props;
  const change = (value: number | null): void => put("value", value);
  if (form.lowest !== null && form.lowest < 0)
    return <EmotionField value={cell.value ?? null} onChange={change} />;
  if (form.lowest !== null)
    return (
      <ScoreField
        label={t(`cells.strength_${lane.kind}`)}
        value={cell.value ?? null}
        onChange={change}
      />
    );
  return (
    <NumberInput
      size="xs"
      label={t("cells.value")}
      value={cell.value ?? ""}
      onChange={(value) => change(value === "" ? null : Number(value))}
    />
  );
}

function TextOf({ field, cell, put }: CellFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      size="xs"
      label={t(`cells.${field}`)}
      value={String(cell[field] ?? "")}
      onChange={(event) => put(field, event.currentTarget.value)}
    />
  );
}

function PictureOf({ cell, put }: CellFieldProps) {
  return (
    <PictureField
      address={cell.image ?? ""}
      says={cell.text}
      onChange={(address) => put("image", address)}
    />
  );
}

function ChannelsOf({ lane, cell, put }: CellFieldProps) {
  const { t } = useTranslation();
  const used = Object.values(lane.cells).flatMap((one) => one.channels ?? []);
  return (
    <TagsInput
      size="xs"
      label={t("cells.channels")}
      placeholder={(cell.channels ?? []).length === 0 ? t("cells.channels_example") : undefined}
      data={[...new Set(used)]}
      value={cell.channels ?? []}
      onChange={(channels) => put("channels", channels)}
    />
  );
}

function DayOf({ cell, put }: CellFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      size="xs"
      type="date"
      label={t("cells.said_at")}
      value={dayOf(cell.said_at ?? "")}
      onChange={(event) => put("said_at", event.currentTarget.value)}
    />
  );
}

function ActorOf({ cell, actors, makeActor, put }: CellFieldProps) {
  return (
    <ActorField
      value={cell.actor ?? null}
      actors={actors}
      make={makeActor}
      onChange={(actor) => put("actor", actor)}
    />
  );
}

function ScoreOf({ field, cell, put }: CellFieldProps) {
  const { t } = useTranslation();
  return (
    <ScoreField
      label={t(`cells.${field}`)}
      value={(cell[field] as number | undefined) ?? null}
      onChange={(value) => put(field, value)}
    />
  );
}
