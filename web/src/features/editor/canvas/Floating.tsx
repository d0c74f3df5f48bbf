import { Button, Menu, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActions } from "../draft/use_draft.ts";
import styles from "./canvas.module.css";
import { type Anchor, type Asking, useCanvas, useUi } from "./canvas_ui.ts";

/** Something small that opens at a point of the window; Escape and a click elsewhere close it. */
export function MenuAt({
  anchor,
  label,
  onClose,
  children,
}: {
  anchor: Anchor;
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  // What hangs at a place outside the window is hidden, and a button may stand half below its edge.
  const top = Math.min(anchor.y, window.innerHeight - 1);
  return (
    <Menu
      opened
      onChange={(opened) => !opened && onClose()}
      // Not keys: the one that opens the menu would close it.
      clickOutsideEvents={["mousedown", "touchstart"]}
      position="bottom-start"
      width={260}
      shadow="none"
    >
      <Menu.Target>
        <span className={styles.anchor} style={{ left: anchor.x, top }} aria-label={label} />
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ""}>{children}</Menu.Dropdown>
    </Menu>
  );
}

/** Asks for the name of what is being added. */
export function AddBox() {
  const asking = useUi((state) => state.asking);
  return asking === null ? null : <Ask key={`${asking.label}${asking.anchor.x}`} asking={asking} />;
}

const WIDTH = 280;

function Ask({ asking }: { asking: Asking }) {
  const { t } = useTranslation();
  const { ui, goTo } = useCanvas();
  const { edit, now } = useActions();
  const [name, setName] = useState("");
  const box = useRef<HTMLFormElement>(null);
  const opener = useRef(document.activeElement);
  const close = (): void => {
    ui.set({ asking: null });
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  useEffect(() => {
    const outside = (event: globalThis.PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) ui.set({ asking: null });
    };
    document.addEventListener("pointerdown", outside, true);
    return () => document.removeEventListener("pointerdown", outside, true);
  }, [ui]);
  const make = (event: FormEvent): void => {
    event.preventDefault();
    const [change, cell] = asking.make(now(), name.trim());
    ui.set({ asking: null });
    if (edit(change)) goTo(cell);
  };
  const left = Math.min(asking.anchor.x, window.innerWidth - WIDTH - 12);
  const top = Math.min(asking.anchor.y + 4, window.innerHeight - 120);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of its field
    <form
      ref={box}
      className={styles.ask}
      style={{ left, top, width: WIDTH }}
      onSubmit={make}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") close();
      }}
    >
      <TextInput
        label={t(asking.label)}
        size="sm"
        value={name}
        maxLength={200}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" disabled={name.trim() === ""}>
        {t("canvas.add")}
      </Button>
    </form>
  );
}
