import { ActionIcon, Button, CopyButton, Slider } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight, IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { useFormats } from "../../../app/formats.ts";
import { DAY_MS, dayOf, daysBetween } from "./moment.ts";
import styles from "./time.module.css";

interface Props {
  at: string;
  /** From here on there is something to see. */
  first: string;
  versions: Shapes["Version"][];
  /** The version that is shown. */
  version: number;
  busy: boolean;
  look: (at: string | undefined) => void;
}

/** The day that one looks back to, and the days on which versions were published. */
export function TimeBar({ at, first, versions, version, busy, look }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [today] = useState(() => new Date().toISOString());
  const { begin, count } = daysBetween(first, today);
  const chosen = Math.min(count - 1, Math.max(0, Math.floor(Date.parse(at) / DAY_MS) - begin));
  const [dragged, setDragged] = useState<number | null>(null);
  const place = dragged ?? chosen;
  const day = (number: number): string => dayOf((begin + number) * DAY_MS);
  const said = (number: number): string => formats.period(day(number), day(number));
  const go = (number: number): void => {
    setDragged(null);
    look(day(Math.min(count - 1, Math.max(0, number))));
  };
  useHotkeys([
    [
      "Escape",
      () => {
        // What is open closes first.
        if (document.querySelector("[data-panel], [role=dialog], [role=menu]") === null) look(undefined);
      },
    ],
  ]);
  const marks = versions
    .map((one) => Math.floor(Date.parse(one.published_at) / DAY_MS) - begin)
    .filter((value) => value >= 0 && value < count)
    .map((value) => ({ value }));
  return (
    <section className={styles.bar} aria-label={t("then.label")} aria-busy={busy || undefined}>
      <IconHistory size={18} stroke={1.8} aria-hidden />
      <p role="status" className="num">
        <b>{t("then.as_of", { day: said(place) })}</b>{" "}
        <span>{t("then.means", { version })}</span>
      </p>
      <div className={styles.days}>
        <ActionIcon
          variant="subtle"
          color="var(--dl-ink)"
          aria-label={t("then.day_before")}
          disabled={place === 0}
          onClick={() => go(place - 1)}
        >
          <IconChevronLeft size={16} stroke={2} aria-hidden />
        </ActionIcon>
        <Slider
          className={styles.slider ?? ""}
          size="sm"
          min={0}
          max={count - 1}
          marks={marks}
          label={said}
          thumbLabel={t("then.day")}
          thumbProps={{ "aria-valuetext": said(place) }}
          value={place}
          onChange={setDragged}
          onChangeEnd={go}
        />
        <ActionIcon
          variant="subtle"
          color="var(--dl-ink)"
          aria-label={t("then.day_after")}
          disabled={place === count - 1}
          onClick={() => go(place + 1)}
        >
          <IconChevronRight size={16} stroke={2} aria-hidden />
        </ActionIcon>
      </div>
      <CopyButton value={window.location.href} timeout={2000}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy}>
            {t(copied ? "then.copied" : "then.copy")}
          </Button>
        )}
      </CopyButton>
      <Button size="compact-sm" data-tip={t("then.now_key")} onClick={() => look(undefined)}>
        {t("then.now")}
      </Button>
    </section>
  );
}
