import { useEffect, useRef, useState } from "react";
import styles from "./tip.module.css";

interface Shown {
  text: string;
  x: number;
  y: number;
}

const tipOf = (target: EventTarget | null): string | null =>
  target instanceof Element
    ? (target.closest("[data-tip]")?.getAttribute("data-tip") ?? null)
    : null;

/**
 * One floating word for the whole page: whatever carries `data-tip` shows it under the pointer.
 * Screen readers have the same words in labels, so this is hidden from them.
 */
export function Tip() {
  const [shown, setShown] = useState<Shown | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = (event: PointerEvent): void => {
      const text = event.pointerType === "touch" ? null : tipOf(event.target);
      setShown(text === null ? null : { text, x: event.clientX, y: event.clientY });
    };
    const hide = (): void => setShown(null);
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("keydown", hide);
    return () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("keydown", hide);
    };
  }, []);
  if (shown === null) return null;
  const right = shown.x > window.innerWidth - 340;
  const low = shown.y > window.innerHeight - 120;
  return (
    <div
      ref={box}
      aria-hidden
      className={styles.tip}
      style={{
        left: right ? undefined : shown.x + 14,
        right: right ? window.innerWidth - shown.x + 10 : undefined,
        top: low ? undefined : shown.y + 16,
        bottom: low ? window.innerHeight - shown.y + 10 : undefined,
      }}
    >
      {shown.text}
    </div>
  );
}
