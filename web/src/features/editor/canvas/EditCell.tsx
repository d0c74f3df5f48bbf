import { type Cell, wholeCell } from "@desireline/map-core";
import { type KeyboardEvent, memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import { EvidenceMark } from "../../maps/marks/EvidenceMark.tsx";
import { isOwnPicture } from "../cells/cell.ts";
import { useActions, useEditor } from "../draft/use_draft.ts";
import styles from "./canvas.module.css";
import { useCanvas, useUi } from "./canvas_ui.ts";
import { cellWords } from "./cell_words.ts";
import { InPlace } from "./InPlace.tsx";

interface Props {
  lane: string;
  laneName: string;
  kind: string;
  /** null: the stage here has no touchpoint yet. */
  touchpoint: string | null;
  at: number;
  cell: Cell | null;
  /** It is computed, and not for anybody to write. */
  filled: boolean;
  actors: Map<string, string>;
}

/** One square of a lane: its words with the mark of their evidence, changed in place. */
export const EditCell = memo(function EditCell(props: Props) {
  const { lane, laneName, kind, touchpoint, at, cell, filled, actors } = props;
  const { t } = useTranslation();
  const { ui, may, goTo } = useCanvas();
  const { edit } = useActions();
  const { selection } = useEditor();
  const box = useRef<HTMLDivElement>(null);
  // For the test that an edit draws one cell anew, and not the whole map.
  useEffect(() => {
    if (box.current !== null) box.current.dataset["drawn"] = String(Number(box.current.dataset["drawn"] ?? 0) + 1);
  });
  const place = `lane-${lane}:${touchpoint ?? ""}`;
  const editing = useUi((state) => touchpoint !== null && state.editing === place);
  const open = may && !filled && touchpoint !== null;
  if (touchpoint === null)
    return (
      // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- nothing is in it
      <div role="gridcell" aria-colindex={at + 2} className={styles.gone} style={{ gridColumn: at + 2 }} />
    );
  const put = (text: string | null): void => {
    ui.set({ editing: null });
    if (text !== null) {
      const next = { ...wholeCell(cell ?? {}), text };
      const empty = text === "" && Object.keys(next).length === EMPTY_FIELDS;
      edit({ type: "set_cell", lane, touchpoint, cell: empty ? null : next });
    }
    goTo(place);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || !open) return;
    if (event.key === "Enter" || event.key === "F2") ui.set({ editing: place });
    else if (event.key === "Delete" || event.key === "Backspace") {
      if (cell !== null) edit({ type: "set_cell", lane, touchpoint });
    } else return;
    event.preventDefault();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is below
    <div
      role="gridcell"
      aria-colindex={at + 2}
      aria-label={cell === null && !editing ? t("grid.empty") : undefined}
      data-fixed={!open || undefined}
      data-cell={place}
      ref={box}
      tabIndex={-1}
      className={styles.cell}
      style={{ gridColumn: at + 2 }}
      onFocus={() => selection.select({ kind: "cell", lane, touchpoint })}
      onDoubleClick={() => open && ui.set({ editing: place })}
      onKeyDown={onKeyDown}
    >
      {editing ? (
        <CellInPlace value={cell?.text ?? ""} lane={laneName} onDone={put} />
      ) : (
        cell !== null && <Held kind={kind} cell={cell} actors={actors} />
      )}
    </div>
  );
}, sameCell);

/** What a cell holds. */
function Held({ kind, cell, actors }: { kind: string; cell: Cell; actors: Map<string, string> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const more = cellWords(kind, cell, actors, formats);
  return (
    <>
      <EvidenceMark evidence={cell.evidence} n={cell.n ?? null} />
      <span className={styles.held}>
        {more.length > 0 && <b className="num">{more.join(" · ")}</b>}
        {isOwnPicture(cell.image ?? "") && <img src={cell.image} alt="" loading="lazy" />}
        {cell.text !== "" && <span className={styles.text}>{cell.text}</span>}
        {cell.n !== null && cell.n !== undefined && (
          <small className="num">{t("canvas.n", { n: formats.count(cell.n) })}</small>
        )}
      </span>
    </>
  );
}

function CellInPlace({ value, lane, onDone }: { value: string; lane: string; onDone: (text: string | null) => void }) {
  const { t } = useTranslation();
  return <InPlace value={value} label={t("canvas.words_of", { name: lane })} lines onDone={onDone} />;
}

/** Text, evidence and n: what every cell has. */
const EMPTY_FIELDS = 3;

function sameCell(before: Props, after: Props): boolean {
  const { cell: a, ...rest } = before;
  const { cell: b, ...others } = after;
  const same = (Object.keys(rest) as (keyof typeof rest)[]).every((name) => rest[name] === others[name]);
  // The cell that came back from the server is another object with the same words.
  return same && (a === b || JSON.stringify(a) === JSON.stringify(b));
}
