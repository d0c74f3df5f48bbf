import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { BrandMark } from "../../../ui/BrandMark.tsx";
import { pictureOf } from "../../../ui/picture_of.ts";
import { BlueprintGrid } from "../blueprint/BlueprintGrid.tsx";
import { COLUMN } from "../grid/grid_context.ts";
import { MapGrid } from "../grid/MapGrid.tsx";
import { useLook, useMap } from "../state/map_context.ts";
import { useSaid } from "../state/said.ts";
import styles from "./picture.module.css";

/** Twice a frame: what has just been placed is drawn after that. */
const drawn = (): Promise<void> =>
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

/** The charts come later than the rest of the map; the picture waits for them. */
async function taken(element: HTMLElement): Promise<Blob> {
  await Promise.all([import("../charts/Chart.tsx"), document.fonts.ready]);
  await drawn();
  return pictureOf(element);
}

/** Who waits for a picture. */
export interface Picture {
  done: (blob: Blob) => void;
  failed: (error: unknown) => void;
}

const LEAST_WIDTH = 900;

/** The whole map beside the screen, as wide as it is, only to be drawn as a picture. */
export function PictureRoom({ picture }: { picture: Picture }) {
  const { file, formats } = useMap();
  const { shown, view } = useLook();
  const { t } = useTranslation();
  const say = useSaid();
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = room.current;
    if (element !== null) taken(element).then(picture.done, picture.failed);
  }, [picture]);
  const said = file.figures.sentences.filter((one) => one.about === null).slice(0, 2);
  const width = Math.max(LEAST_WIDTH, (shown.length + 1) * COLUMN);
  return createPortal(
    <div ref={room} className={styles.room} style={{ width }} aria-hidden inert>
      <header>
        <BrandMark />
        <h1>{file.map.name}</h1>
        <p className="num">
          {t(`kind.${file.map.kind}`)}, {t("bar.version", { version: file.map.version })},{" "}
          {t("bar.as_of", { moment: formats.moment(file.figures.as_of) })}
        </p>
        <p className="num">{said.map(say).join(" ")}</p>
      </header>
      <div>{view.view === "blueprint" ? <BlueprintGrid /> : <MapGrid />}</div>
    </div>,
    document.body,
  );
}
