import type { Share } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../api/client.ts";
import { useFormats } from "../../app/formats.ts";
import { PersonsDoor } from "../explore/PersonsDoor.tsx";
import styles from "./personas.module.css";

interface Props {
  share: Shapes["ShareFound"];
  earlier?: Shapes["ShareFound"] | null | undefined;
  open: () => void;
}

/** How much of the base a persona describes, with its interval; the number is a door. */
export function ShareLine({ share, earlier, open }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const range = formats.interval(share as Share);
  return (
    <div className={styles.share}>
      <span className={styles.bar} aria-hidden>
        <i style={{ width: `${(share.share ?? 0) * 100}%` }} />
        <em style={{ left: `${(share.low ?? 0) * 100}%`, width: `${((share.high ?? 0) - (share.low ?? 0)) * 100}%` }} />
      </span>
      <p className="num">
        <PersonsDoor className={styles.door ?? ""} open={open}>
          {t("personas.persons", { n: formats.count(share.count), count: share.count })}
        </PersonsDoor>{" "}
        {t("personas.share", {
          share: formats.share(share.share),
          range: range === "" ? "" : ` (${range})`,
          n: formats.count(share.n),
        })}
      </p>
      {earlier && <Drift now={share} then={earlier} />}
    </div>
  );
}

/** How the share has moved; whether the intervals are apart says if one may speak of it. */
function Drift({ now, then }: { now: Shapes["ShareFound"]; then: Shapes["ShareFound"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (now.share === null || then.share === null) return null;
  const points = (now.share - then.share) * 100;
  const apart = now.low! > then.high! || now.high! < then.low!;
  const values = { before: formats.share(then.share), n: formats.count(then.n), points: formats.signed(points) };
  return (
    <p className={`${styles.soft} num`} data-apart={apart || undefined}>
      {apart ? t("personas.drifted", values) : t("personas.steady", values)}
    </p>
  );
}
