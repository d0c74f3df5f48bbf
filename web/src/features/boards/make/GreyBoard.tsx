import type { Ready } from "./ready_made.ts";

const BARS: Record<Ready, number[]> = { sales: [96, 60, 26], back: [], hurts: [70, 52, 38, 22] };
const CURVE = "M12,18C30,44 44,52 66,56S120,62 148,63";

/** A dashboard in grey: what comes of it at a glance. */
export function GreyBoard({ ready }: { ready: Ready }) {
  return (
    <svg viewBox="0 0 160 76" width="160" height="76" aria-hidden>
      <rect x="0.5" y="0.5" width="159" height="75" rx="6" fill="var(--dl-sunken)" stroke="var(--dl-line)" />
      {BARS[ready].map((width, at) => (
        <rect key={at} x="12" y={14 + at * 15} width={width} height="9" rx="2" fill="var(--dl-line-strong)" />
      ))}
      {ready === "back" && <path d={CURVE} fill="none" stroke="var(--dl-line-strong)" strokeWidth="3" />}
      {ready === "sales" && <path d="M122 12V60" stroke="var(--dl-paved)" strokeDasharray="3 3" />}
    </svg>
  );
}
