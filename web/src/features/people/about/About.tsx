import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { accountQuery, accountsQuery, type Profile } from "../queries.ts";
import { Part } from "./Part.tsx";
import styles from "../people.module.css";

/** Who a person is, with who said so, and what follows from what she did. */
export function About({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { first_seen_at: first, last_seen_at: last } = profile;
  return (
    <>
      <Part name={t("people.known_by")}>
        <ul className={styles.plain}>
          {profile.identifiers.map((one) => (
            <li key={one.subject}>
              <span>{one.kind.replaceAll("_", " ")}</span>
              <b>
                {one.value}
                {one.verified && (
                  <IconCircleCheck size={14} aria-label={t("people.verified")} data-tip={t("people.verified")} />
                )}
              </b>
            </li>
          ))}
        </ul>
        {first !== null && last !== null && (
          <p className="num">
            {t("people.seen", {
              period: formats.period(first, last),
              ago: agoNow(formats, last),
              events: t("people.events", { n: formats.count(profile.events), count: profile.events }),
            })}
          </p>
        )}
      </Part>
      {profile.traits.length > 0 && (
        <Part name={t("people.traits")}>
          <ul className={styles.plain}>
            {profile.traits.map((one) => (
              <li key={`${one.name} ${one.subject}`} data-tip={saidBy(t, one)}>
                <span>{one.name.replaceAll("_", " ")}</span>
                <b>{typeof one.value === "string" ? one.value : JSON.stringify(one.value)}</b>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Behaviour profile={profile} />
      <Accounts person={String(profile.person)} />
    </>
  );
}

type Words = ReturnType<typeof useTranslation>["t"];

const saidBy = (t: Words, trait: Profile["traits"][number]): string =>
  t(`people.${trait.said_by}`, { source: trait.source, since: trait.since.slice(0, 10) });

function Behaviour({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const came = (touch: Profile["first_touch"]): string =>
    touch === null
      ? ""
      : [touch.source, touch.campaign, formats.moment(touch.at).slice(0, -4)].filter(Boolean).join(", ");
  const rows: [string, string][] = [
    [t("people.first_touch"), came(profile.first_touch)],
    [t("people.last_touch"), came(profile.last_touch)],
    [t("people.channel"), profile.preferred_channel],
    [t("people.hours"), profile.preferred_hours === "" ? "" : `${profile.preferred_hours} UTC`],
    [
      t("people.value"),
      Object.entries(profile.value)
        .map(([currency, sum]) => formats.money(sum, currency))
        .join(", "),
    ],
    [
      t("people.interests"),
      profile.interests.map((one) => `${one.topic} ${formats.share(one.share)}`).join(", "),
    ],
  ];
  const told = rows.filter(([, value]) => value !== "");
  if (told.length === 0) return null;
  return (
    <Part name={t("people.inferred")}>
      <ul className={`${styles.plain} num`}>
        {told.map(([name, value]) => (
          <li key={name}>
            <span>{name}</span>
            <b>{value}</b>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Accounts({ person }: { person: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(accountsQuery(person));
  if (data === undefined || data.length === 0) return null;
  return (
    <Part name={t("people.accounts")}>
      <ul className={styles.plain}>
        {data.map((one) => (
          <li key={one.id}>
            <span>{one.role}</span>
            <AccountName account={one.account} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function AccountName({ account }: { account: number }) {
  const { data } = useQuery(accountQuery(account));
  return <b>{data?.name}</b>;
}
