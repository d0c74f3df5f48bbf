import { ActionIcon, Button, Menu, Modal } from "@mantine/core";
import { IconDots, IconMaximize, IconMinimize, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sayProblem, sayUndo } from "../../../ui/say.tsx";
import { useBoard } from "../context.ts";
import { asNew, useDropBoard, useMakeBoard } from "../queries.ts";
import { Rename } from "./Rename.tsx";

interface Props {
  add: () => void;
  toggle: () => void;
  isFull: boolean;
}

/** What one can do with a dashboard. */
export function BoardMenu({ add, toggle, isFull }: Props) {
  const { t } = useTranslation();
  const { board, mayChange } = useBoard();
  const [naming, setNaming] = useState(false);
  const Icon = isFull ? IconMinimize : IconMaximize;
  const full = t(isFull ? "boards.full_leave" : "boards.full");
  return (
    <>
      <ActionIcon variant="default" size={30} aria-label={full} data-tip={full} onClick={toggle}>
        <Icon size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
      {mayChange && (
        <>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={add}
          >
            {t("boards.add")}
          </Button>
          <More rename={() => setNaming(true)} />
          <Modal
            opened={naming}
            onClose={() => setNaming(false)}
            title={t("boards.rename")}
            closeButtonProps={{ "aria-label": t("boards.close") }}
          >
            <Rename key={board.version} close={() => setNaming(false)} />
          </Modal>
        </>
      )}
    </>
  );
}

function More({ rename }: { rename: () => void }) {
  const { t } = useTranslation();
  const { board } = useBoard();
  const navigate = useNavigate();
  const drop = useDropBoard();
  const make = useMakeBoard();
  // By then this menu is gone, and callbacks of its own would not be called.
  const again = (): void =>
    void make
      .mutateAsync(asNew(board))
      .then(({ id }) => navigate({ to: "/dashboards/$number", params: { number: String(id) }, search: {} }))
      .catch(sayProblem);
  const away = (): void =>
    drop.mutate(board.id, {
      onSuccess: () => {
        sayUndo(t("boards.dropped", { name: board.name }), again);
        void navigate({ to: "/dashboards" });
      },
      onError: sayProblem,
    });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t("boards.more")}>
          <IconDots size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={rename}>{t("boards.rename")}</Menu.Item>
        <Menu.Item onClick={away}>{t("boards.drop")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
