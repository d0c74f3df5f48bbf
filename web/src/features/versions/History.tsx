import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Shapes } from "../../api/client.ts";
import { agoNow, useFormats } from "../../app/formats.ts";
import { useMay } from "../session/queries.ts";
import { useBringBack } from "./queries.ts";
import styles from "./versions.module.css";

interface Props {
  mapKey: string;
  versions: Shapes["Version"][];
  draft: Shapes["MapState"] | null;
}

/** The draft and every version: who, when, what was said of it. */
export function History({ mapKey, versions, draft }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay("edit_maps");
  const bringBack = useBringBack(mapKey);
  return (
    <section aria-label={t("versions.history")} className={styles.history}>
      <h2>{t("versions.history")}</h2>
      {draft === null && versions.length === 0 && <p>{t("versions.none")}</p>}
      <ol>
        {draft !== null && (
          <li data-version="draft">
            <div>
              <b>{t("versions.draft")}</b>
              <time className="num" dateTime={draft.drafted_at} data-tip={formats.moment(draft.drafted_at)}>
                {agoNow(formats, draft.drafted_at)}
              </time>
            </div>
            <p>{draft.drafted_by}</p>
            <Link to="/maps/$key/edit" params={{ key: mapKey }}>
              {t("versions.open_draft")}
            </Link>
          </li>
        )}
        {versions.map((one, at) => (
          <li key={one.version} data-version={one.version}>
            <div>
              <b className="num">{t("bar.version", { version: one.version })}</b>
              <time className="num" dateTime={one.published_at} data-tip={formats.moment(one.published_at)}>
                {agoNow(formats, one.published_at)}
              </time>
            </div>
            <p>{one.author}</p>
            {one.message !== "" && <blockquote>{one.message}</blockquote>}
            {at === 0 ? (
              <p>{t("versions.in_force")}</p>
            ) : (
              may && (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={bringBack.isPending && bringBack.variables === one.version}
                  onClick={() => bringBack.mutate(one.version)}
                >
                  {t("versions.bring_back")}
                </Button>
              )
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
