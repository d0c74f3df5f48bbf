import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui/Empty.tsx";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";
import { GreyBoard } from "../make/GreyBoard.tsx";
import { moved } from "./order.ts";
import { Tile } from "./Tile.tsx";

/** The tiles in their order. One is moved by dragging its handle, or by the arrows on it. */
export function Tiles({ add }: { add: () => void }) {
  const { t } = useTranslation();
  const { board, change, mayChange } = useBoard();
  const [dragged, setDragged] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const { tiles } = board;
  const move = (from: number, to: number): void => {
    if (from === to || to < 0 || to >= tiles.length) return;
    change({ tiles: moved(tiles, from, to) });
    setSaid(t("boards.moved", { n: to + 1, of: tiles.length }));
  };
  if (tiles.length === 0)
    return (
      <Empty title={t("boards.empty")} text={t("boards.empty_text")} picture={<GreyBoard ready="sales" />}>
        {mayChange && <Button onClick={add}>{t("boards.add")}</Button>}
      </Empty>
    );
  return (
    <>
      <ol className={styles.tiles}>
        {tiles.map((tile, at) => (
          // What is dragged is the handle, a button that takes the arrows too; this is where it lands.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={`${tile.question ?? "own"} ${tiles.slice(0, at).filter((one) => one.question === tile.question).length}`}
            style={{ "--w": tile.place?.w ?? 6 } as React.CSSProperties}
            data-dragged={dragged === at || undefined}
            onDragOver={(event) => {
              if (dragged !== null) event.preventDefault();
            }}
            onDragEnter={() => {
              if (dragged === null || dragged === at) return;
              move(dragged, at);
              setDragged(at);
            }}
            onDrop={(event) => event.preventDefault()}
          >
            <Tile
              tile={tile}
              at={at}
              handle={{ drag: setDragged, move: (by) => move(at, at + by) }}
            />
          </li>
        ))}
      </ol>
      <p aria-live="assertive" className={styles.unseen}>
        {said}
      </p>
    </>
  );
}
