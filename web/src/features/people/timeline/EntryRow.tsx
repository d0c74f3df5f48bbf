import {
  IconArrowsSplit,
  IconDeviceMobile,
  IconEye,
  IconMail,
  IconMessage,
  IconPaperclip,
  IconPhone,
  IconPoint,
  IconShoppingBag,
  type TablerIcon,
} from "@tabler/icons-react";
import { createElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../../app/formats.ts";
import type { Attached, Entry } from "../queries.ts";
import { endsOf, isWebAddress, saysOf, typeWords } from "./entry_words.ts";
import styles from "./timeline.module.css";

const CHANNELS: Record<string, TablerIcon> = {
  app: IconDeviceMobile,
  chat: IconMessage,
  "e-mail": IconMail,
  email: IconMail,
  phone: IconPhone,
  store: IconShoppingBag,
};
/** So many of what an event says stand on its line; the rest when it is opened. */
const SHOWN = 3;

/** The picture of where it happened. */
function Sign({ entry }: { entry: Entry }) {
  const style = { size: 16, stroke: 1.6, "aria-hidden": true, className: styles.icon ?? "" } as const;
  if (entry.what === "visit") return <IconEye {...style} />;
  if (entry.what === "link") return <IconArrowsSplit {...style} />;
  return createElement(CHANNELS[entry.channel ?? ""] ?? IconPoint, style);
}

/** One entry: when, what, where, and what it says of itself. */
export function EntryRow({ entry, clock }: { entry: Entry; clock: Intl.DateTimeFormat }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const where = [entry.channel, entry.department === "" ? "" : t(`people.${entry.department ?? "marketing"}`)];
  return (
    <li data-what={entry.what} className={styles.entry}>
      <time className="num" dateTime={entry.at} data-tip={formats.moment(entry.at)}>
        {clock.format(new Date(entry.at))}
      </time>
      <Sign entry={entry} />
      <div className={styles.what}>
        <Title entry={entry} />
        <Says entry={entry} />
      </div>
      <span className={styles.where}>{where.filter(Boolean).join(" · ")}</span>
    </li>
  );
}

function Title({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (entry.what === "visit") {
    const count = entry.count ?? 0;
    const looks = t("people.looks", { n: formats.count(count), count });
    const took = entry.duration_seconds ?? 0;
    return (
      <b className="num">
        {t("people.visit")}
        <span>{took > 0 ? `${looks}, ${formats.duration(took)}` : looks}</span>
      </b>
    );
  }
  const { value, currency } = entry;
  return (
    <b className="num">
      {entry.what === "link" ? t(`people.link_${entry.type}`) : typeWords(entry.type)}
      {value !== null && value !== undefined && (
        <span>{formats.money(value, currency)}</span>
      )}
      {entry.direction === "outbound" && <span>{t("people.to_person")}</span>}
    </b>
  );
}

function Says({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  if (entry.what === "link") return <p>{[endsOf(entry), entry.evidence].filter(Boolean).join(", ")}</p>;
  if (entry.what === "visit") {
    const seen = entry.seen ?? [];
    if (seen.length === 0) return null;
    return <p className="num">{seen.map(({ what, n }) => (n > 1 ? `${what} (${n})` : what)).join(", ")}</p>;
  }
  const says = saysOf(entry);
  const rest = says.slice(SHOWN);
  return (
    <>
      {(entry.by ?? []).length > 1 && <p>{endsOf(entry)}</p>}
      {says.length > 0 && <p>{says.slice(0, SHOWN).map(pair).join(" · ")}</p>}
      {rest.length > 0 && (
        <details>
          <summary>{t("people.says_more", { count: rest.length, n: rest.length })}</summary>
          <p>{rest.map(pair).join(" · ")}</p>
        </details>
      )}
      {(entry.attachments ?? []).map((one) => (
        <DocumentLine key={`${one.name} ${one.sha256 ?? one.url ?? ""}`} document={one} />
      ))}
    </>
  );
}

function DocumentLine({ document }: { document: Attached }) {
  const formats = useFormats();
  const { name, url, bytes } = document;
  return (
    <p>
      <IconPaperclip size={13} stroke={1.6} aria-hidden />{" "}
      {isWebAddress(url) ? (
        <a href={url} target="_blank" rel="noreferrer">
          {name}
        </a>
      ) : (
        name
      )}
      {typeof bytes === "number" && <span className="num">, {formats.size(bytes)}</span>}
    </p>
  );
}

const pair = ([name, value]: [string, string]): string => `${name}: ${value}`;
