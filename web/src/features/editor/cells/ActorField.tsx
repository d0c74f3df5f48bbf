import type { Actor } from "@desireline/map-core";
import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** Key of an actor, or the name of somebody who is none of the map's. */
  value: string | null;
  actors: Actor[];
  make: (name: string) => string;
  onChange: (actor: string | null) => void;
}

const NEW = "\u0000new";

/** Who acts: one of the map's actors, or somebody who becomes one by being named. */
export function ActorField({ value, actors, make, onChange }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const typed = words.trim();
  const known = actors.map((actor) => ({
    value: actor.key,
    label: `${actor.name} · ${t(`cells.actor_${actor.kind}`)}`,
  }));
  const stranger =
    value !== null && !actors.some((actor) => actor.key === value) ? [{ value, label: value }] : [];
  const isNew =
    typed !== "" &&
    ![...known, ...stranger].some((one) => one.label.toLowerCase() === typed.toLowerCase()) &&
    !actors.some((actor) => actor.name.toLowerCase() === typed.toLowerCase());
  const data = [
    ...stranger,
    ...known,
    ...(isNew ? [{ value: NEW, label: t("cells.actor_new", { name: typed }) }] : []),
  ];
  return (
    <Select
      size="xs"
      label={t("cells.actor")}
      placeholder={t("cells.actor_example")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("cells.unsay", { name: t("cells.actor") }) }}
      data={data}
      value={value}
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options, search }) =>
        options.filter(
          (one) =>
            "value" in one &&
            (one.value === NEW || one.label.toLowerCase().includes(search.trim().toLowerCase())),
        )
      }
      nothingFoundMessage={t("cells.actor_none")}
      onChange={(picked) => onChange(picked === NEW ? make(typed) : picked)}
    />
  );
}
