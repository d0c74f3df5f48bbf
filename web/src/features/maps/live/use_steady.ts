import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** The largest value so far, so that a row that needs a little less room does not move the rest. */
export function useLargest(value: number, begin: string): number {
  const [seen, setSeen] = useState({ begin, value });
  const larger = seen.begin !== begin || value > seen.value;
  if (larger) setSeen({ begin, value });
  return larger ? value : seen.value;
}

/** Keeps an element as high as it ever was at its width: a sentence that loses a line moves nothing. */
export function useSteadyHeight(live: boolean): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!live || element === null) return undefined;
    let width = element.offsetWidth;
    const look = (): void => {
      if (element.offsetWidth !== width) {
        width = element.offsetWidth;
        element.style.minHeight = "";
      }
      element.style.minHeight = `${element.offsetHeight}px`;
    };
    const watch = new ResizeObserver(look);
    // Before the font is there, lines break elsewhere.
    void document.fonts.ready.then(() => watch.observe(element));
    return () => watch.disconnect();
  }, [live]);
  return box;
}
