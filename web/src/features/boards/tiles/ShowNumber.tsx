import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AnyAnswer } from "../../explore/asking.ts";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";
import { figuresOf, spelled } from "../figures.ts";
import type { ShownTile } from "../queries.ts";
import { FigureField } from "../targets/FigureField.tsx";
import { withTile } from "./order.ts";

interface Props {
  tile: ShownTile;
  at: number;
  answer: AnyAnswer;
  close: () => void;
}

/** Which number of the answer the tile shows. */
export function ShowNumber({ tile, at, answer, close }: Props) {
  const { t } = useTranslation();
  const { board, change } = useBoard();
  const figures = figuresOf(answer);
  const [chosen, setChosen] = useState(tile.figure ? spelled(tile.figure) : "");
  const figure = figures.find((one) => spelled(one.address) === chosen) ?? figures[0];
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (figure !== undefined) change({ tiles: withTile(board.tiles, at, { view: "number", figure: figure.address }) });
    close();
  };
  return (
    <form onSubmit={send} className={styles.form}>
      <FigureField figures={figures} chosen={figure} choose={setChosen} />
      <Button type="submit" disabled={figure === undefined}>
        {t("boards.save")}
      </Button>
    </form>
  );
}
