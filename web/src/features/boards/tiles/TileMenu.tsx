import { ActionIcon, Menu, Modal } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLook } from "../../../app/look.ts";
import { sayProblem, sayUndo } from "../../../ui/say.tsx";
import { type AnyAnswer, type AnyQuestion, tableOf } from "../../explore/asking.ts";
import { viewOfKept } from "../../explore/kept/view_of.ts";
import { handOver, picture } from "../../explore/take/picture.ts";
import { useBoard } from "../context.ts";
import type { ShownTile } from "../queries.ts";
import { TargetForm } from "../targets/TargetForm.tsx";
import { SIDES } from "./bars.ts";
import { WIDTHS, withTile, without } from "./order.ts";
import { ShowNumber } from "./ShowNumber.tsx";

interface Props {
  tile: ShownTile;
  at: number;
  name: string;
  question: AnyQuestion;
  answer: AnyAnswer | undefined;
  box: RefObject<HTMLElement | null>;
  move: (by: number) => void;
}

type Opened = "target" | "number" | null;

/** What one can do with a tile. */
export function TileMenu(props: Props) {
  const { tile, name, question, answer, box } = props;
  const { t } = useTranslation();
  const { mayChange, formats } = useBoard();
  const navigate = useNavigate();
  const { name: from } = useLook();
  const [opened, setOpened] = useState<Opened>(null);
  const take = (work: () => Promise<void>) => (): void => void work().catch(sayProblem);
  const found = viewOfKept(question);
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="var(--dl-ink-soft)"
            size={26}
            aria-label={t("boards.tile_more", { name })}
          >
            <IconDots size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() =>
              void navigate({ to: "/explore/$analysis", params: { analysis: found.analysis }, search: found.view })
            }
          >
            {t("boards.to_explore")}
          </Menu.Item>
          {mayChange && tile.question && (
            <Menu.Item disabled={answer === undefined} onClick={() => setOpened("target")}>
              {t("boards.set_target")}
            </Menu.Item>
          )}
          <Menu.Item
            disabled={answer === undefined}
            onClick={take(async () => {
              if (box.current !== null) handOver(await picture(box.current, name, from, formats), `${name}.png`);
            })}
          >
            {t("explore.png")}
          </Menu.Item>
          <Menu.Item onClick={take(async () => handOver(await tableOf(question.analysis, question), `${name}.csv`))}>
            {t("explore.csv")}
          </Menu.Item>
          {mayChange && <Changes {...props} pick={() => setOpened("number")} />}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={opened !== null}
        onClose={() => setOpened(null)}
        title={t(opened === "number" ? "boards.as_number" : "boards.set_target")}
        closeButtonProps={{ "aria-label": t("boards.close") }}
      >
        {opened === "target" && answer !== undefined && (
          <TargetForm question={tile.question!} answer={answer} name={name} close={() => setOpened(null)} />
        )}
        {opened === "number" && answer !== undefined && (
          <ShowNumber {...props} answer={answer} close={() => setOpened(null)} />
        )}
      </Modal>
    </>
  );
}

function Changes({ tile, at, name, question, move, pick }: Props & { pick: () => void }) {
  const { t } = useTranslation();
  const { board, change } = useBoard();
  const say = (said: Partial<ShownTile>): void => change({ tiles: withTile(board.tiles, at, said) });
  const away = (): void => {
    const before = board.tiles;
    change({ tiles: without(before, at) });
    sayUndo(t("boards.tile_away", { name }), () => change({ tiles: before }));
  };
  const views = ["chart", ...(question.analysis === "touchpoints" ? SIDES.filter((one) => one !== "reach") : []), "words"];
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("boards.shown_as")}</Menu.Label>
      {views.map((view) => (
        <Menu.Item key={view} aria-current={(tile.view ?? "chart") === view || undefined} onClick={() => say({ view })}>
          {t(`boards.view_${view}`)}
        </Menu.Item>
      ))}
      <Menu.Item onClick={pick}>{t("boards.view_number")}</Menu.Item>
      <Menu.Divider />
      <Menu.Label>{t("boards.width")}</Menu.Label>
      {WIDTHS.map((w) => (
        <Menu.Item
          key={w}
          aria-current={(tile.place?.w ?? 6) === w || undefined}
          onClick={() => say({ place: { ...tile.place!, w } })}
        >
          {t(`boards.width_${w}`)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item disabled={at === 0} onClick={() => move(-1)}>
        {t("boards.earlier")}
      </Menu.Item>
      <Menu.Item disabled={at === board.tiles.length - 1} onClick={() => move(1)}>
        {t("boards.later")}
      </Menu.Item>
      <Menu.Item onClick={away}>{t("boards.tile_drop")}</Menu.Item>
    </>
  );
}
