import { Modal, TextInput, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { keptQuery } from "../../explore/kept/queries.ts";
import styles from "../boards.module.css";
import { useBoard } from "../context.ts";
import type { ShownTile } from "../queries.ts";

/** Adds the answer of a kept question to the dashboard. */
export function AddTile({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("boards.add")}
      closeButtonProps={{ "aria-label": t("boards.close") }}
    >
      <Questions close={close} />
    </Modal>
  );
}

function Questions({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { board, change } = useBoard();
  const { data } = useQuery(keptQuery);
  const [sought, setSought] = useState("");
  const every = data?.questions ?? [];
  const found = every.filter((one) => one.name.toLowerCase().includes(sought.trim().toLowerCase()));
  const add = (one: Shapes["KeptQuestion"]): void => {
    change({ tiles: [...board.tiles, tileOf(one, board.tiles.length)] });
    close();
  };
  return (
    <>
      {every.length > 0 && (
        <TextInput
          data-autofocus
          label={t("boards.seek")}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      )}
      <ul className={styles.questions}>
        {found.map((one) => (
          <li key={one.id}>
            <UnstyledButton onClick={() => add(one)}>
              <b>{one.name}</b>
              <small>{t(`explore.${one.query.analysis}_lead`)}</small>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {data !== undefined && (
        <p className={styles.soft}>
          {t(every.length === 0 ? "boards.no_questions" : "boards.another")}{" "}
          <Link to="/explore">{t("boards.ask")}</Link>
        </p>
      )}
    </>
  );
}

function tileOf(one: Shapes["KeptQuestion"], at: number): ShownTile {
  const place = { x: 0, y: at, w: 6, h: 4 };
  return { question: one.id, query: one.query, name: one.name, title: "", view: "chart", place, targets: [] };
}
