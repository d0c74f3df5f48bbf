import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { agoNow, useFormats } from "../../app/formats.ts";
import { Page } from "../../ui/Page.tsx";
import { ProblemNote } from "../../ui/ProblemNote.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { useMay } from "../session/queries.ts";
import styles from "./data.module.css";
import { Drop } from "./Drop.tsx";
import { type Import, importsQuery } from "./queries.ts";

/** Files that were brought, and a place to bring more. */
export function DataPage() {
  const { t } = useTranslation();
  const may = useMay("import_data");
  const navigate = useNavigate();
  const { data, error, isPending } = useQuery(importsQuery);
  return (
    <Page title={t("data.title")} lead={t("data.lead")}>
      {may && (
        <Drop taken={(id) => void navigate({ to: "/data/$id", params: { id: String(id) } })} />
      )}
      <ProblemNote error={error} />
      {isPending && <Rows n={3} />}
      {(data?.length ?? 0) > 0 && (
        <ul className={styles.list}>
          {data?.map((one) => (
            <ImportRow key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function ImportRow({ one }: { one: Import }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const rows = one.report?.rows ?? 0;
  return (
    <li>
      <Link to="/data/$id" params={{ id: String(one.id) }}>
        {one.name === "" ? t("data.nameless", { id: one.id }) : one.name}
      </Link>
      <span className="num">
        {one.report === null ? "" : t("data.rows", { n: formats.count(rows), count: rows })}
      </span>
      <span data-state={one.state}>{t(`data.state_${one.state}`)}</span>
      <time className="num" dateTime={one.made_at} data-tip={formats.moment(one.made_at)}>
        {agoNow(formats, one.made_at)}
      </time>
    </li>
  );
}
