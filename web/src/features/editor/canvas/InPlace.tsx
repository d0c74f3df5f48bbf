import { type KeyboardEvent, useEffect, useRef } from "react";
import styles from "./canvas.module.css";

interface Props {
  value: string;
  label: string;
  /** Several lines: Enter ends, Shift-Enter begins a new one. */
  lines?: boolean;
  /** Called once: the new words, or null where nothing shall change. */
  onDone: (value: string | null) => void;
}

/** Words changed where they stand: Enter or leaving keeps them, Escape leaves them as they were. */
export function InPlace({ value, label, lines = false, onDone }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const over = useRef(false);
  useEffect(() => {
    grow(field.current!);
    field.current!.focus();
    field.current!.select();
  }, []);
  const done = (said: string | null): void => {
    if (over.current) return;
    over.current = true;
    onDone(said === value ? null : said);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape") done(null);
    else if (event.key === "Enter" && !(lines && event.shiftKey)) {
      event.preventDefault();
      done(field.current!.value.trim());
    }
  };
  return (
    <textarea
      ref={field}
      className={styles.inPlace}
      aria-label={label}
      defaultValue={value}
      rows={1}
      maxLength={lines ? 10_000 : 200}
      onInput={(event) => grow(event.currentTarget)}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
      onBlur={() => done(field.current!.value.trim())}
    />
  );
}

/** As high as its words need. */
function grow(element: HTMLElement): void {
  element.style.height = "0";
  element.style.height = `${element.scrollHeight}px`;
}
