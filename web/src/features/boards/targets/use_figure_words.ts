import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import type { Figure, Unit } from "../figures.ts";

/** How figures are named, and how their numbers are written. */
export function useFigureWords() {
  const { t } = useTranslation();
  const formats = useFormats();
  const named = ({ kind, of }: Pick<Figure, "kind" | "of">): string => {
    const text = t(`boards.figure_${kind}`, { of });
    return of === "" || text.includes(of) ? text : `${text} · ${of}`;
  };
  const written = (unit: Unit, value: number | null): string => {
    if (unit === "share") return formats.share(value);
    return unit === "seconds" ? formats.duration(value) : formats.number(value);
  };
  return { named, written, formats };
}
