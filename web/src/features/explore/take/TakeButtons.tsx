import { ActionIcon } from "@mantine/core";
import { IconDownload, IconPhotoDown } from "@tabler/icons-react";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLook } from "../../../app/look.ts";
import { sayProblem } from "../../../ui/say.tsx";
import { tableOf } from "../asking.ts";
import { useExplored } from "../context.ts";
import styles from "../explore.module.css";
import type { Analysis } from "../view.ts";
import { handOver, picture } from "./picture.ts";

interface Props {
  analysis: Analysis | "compare";
  question: object;
  /** What the picture shows. */
  box: RefObject<HTMLElement | null>;
}

/** Takes the answer away: as a picture, and as CSV. */
export function TakeButtons({ analysis, question, box }: Props) {
  const { t } = useTranslation();
  const { formats } = useExplored();
  const [busy, setBusy] = useState<"png" | "csv" | null>(null);
  const { name } = useLook();
  const take = async (kind: "png" | "csv"): Promise<void> => {
    setBusy(kind);
    try {
      const file = kind === "csv" ? tableOf(analysis, question) : picture(box.current!, document.querySelector("h1")?.textContent ?? "", name, formats);
      handOver(await file, `${analysis}.${kind}`);
    } catch (error) {
      sayProblem(error);
    }
    setBusy(null);
  };
  return (
    <div className={styles.take} data-no-picture>
      {(["png", "csv"] as const).map((kind) => {
        const Icon = kind === "png" ? IconPhotoDown : IconDownload;
        return (
          <ActionIcon
            key={kind}
            variant="subtle"
            color="var(--dl-ink-soft)"
            loading={busy === kind}
            aria-label={t(`explore.${kind}`)}
            data-tip={t(`explore.${kind}`)}
            onClick={() => void take(kind)}
          >
            <Icon size={17} stroke={1.6} aria-hidden />
          </ActionIcon>
        );
      })}
    </div>
  );
}
