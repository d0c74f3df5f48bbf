import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Figure, spelled } from "../figures.ts";
import { useFigureWords } from "./use_figure_words.ts";

interface Props {
  figures: Figure[];
  chosen: Figure | undefined;
  choose: (address: string) => void;
}

/** The numbers of an answer, each with where it stands now. */
export function FigureField({ figures, chosen, choose }: Props) {
  const { t } = useTranslation();
  const { named, written } = useFigureWords();
  return (
    <NativeSelect
      label={t("boards.which_number")}
      value={chosen === undefined ? "" : spelled(chosen.address)}
      data={figures.map((one) => ({
        value: spelled(one.address),
        label: `${named(one)} – ${written(one.unit, one.value)}`,
      }))}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
