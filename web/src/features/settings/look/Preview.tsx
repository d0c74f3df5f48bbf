import { useTranslation } from "react-i18next";
import type { Shapes } from "../../../api/client.ts";
import { useFormats } from "../../../app/formats.ts";
import { tokens } from "../../../app/tokens.ts";
import styles from "../settings.module.css";

type Schemes = Shapes["SchemesTold"];
const SCHEMES = ["light", "dark"] as const;

/** A colour as buttons and links will show it, and a sentence where it had to be moved. */
export function Preview({ shades, chosen }: { shades: Schemes; chosen: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={styles.previews}>
      {SCHEMES.map((scheme) => {
        const found = shades[scheme];
        const ground = tokens[scheme];
        return (
          <figure key={scheme}>
            <div aria-hidden style={{ background: ground.surface, borderColor: ground.line }}>
              <span style={{ background: found.accent, color: found.on_accent }}>{t("settings.sample_button")}</span>
              <span style={{ background: found.soft, color: found.accent }}>{t("settings.sample_link")}</span>
              <i style={{ background: found.fill }} />
            </div>
            <figcaption className="num">
              {t(found.adapted ? "settings.adapted" : "settings.fits", {
                scheme: t(`settings.scheme_${scheme}`),
                chosen: chosen.toLowerCase(),
                shown: found.accent,
                contrast: formats.number(found.contrast),
                needed: formats.number(shades.needed),
              })}
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
}
