import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useMatches, useNavigate, useRouter } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type KeyRow, type Offer, useOffer } from "../palette/store.ts";
import { doorQuery, sessionQuery } from "../../features/session/queries.ts";
import { Broken } from "./Broken.tsx";
import { NotAllowed } from "./NotAllowed.tsx";
import { Rail } from "./Rail.tsx";
import styles from "./shell.module.css";
import { useGoKeys } from "./use_go_keys.ts";
import { usePlaces } from "./use_places.ts";

/** Lets in whom the door lets in, and sends others to sign in and back again. */
export function Shell() {
  const { data: door, error, isPending } = useQuery(doorQuery);
  if (door !== undefined && !door.open && !door.signed_in)
    return <ToSignIn />;
  if (isPending)
    return (
      <div className={styles.shell} aria-busy>
        <Rail />
      </div>
    );
  if (door === undefined) return <Away error={error} />;
  return <Frame />;
}

/** The application is at hand, and its server does not answer. */
function Away({ error }: { error: unknown }) {
  return (
    <div className={styles.shell}>
      <Rail />
      <div className={styles.page}>
        <Broken error={error} />
      </div>
    </div>
  );
}

/** Where one was going is taken down once: the address changes while the way leads elsewhere. */
function ToSignIn() {
  const router = useRouter();
  const [to] = useState(() => router.state.location.href);
  return <Navigate to="/sign-in" search={to === "/" ? {} : { to }} replace />;
}

/** The rail and the page beside it; at 400 px the rail lies at the bottom. */
function Frame() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const places = usePlaces();
  useGoKeys(places);
  const offer = useMemo<Offer>(
    () => ({
      groups: [
        {
          group: t("shell.go"),
          actions: places.map((place) => ({
            id: `go-${place.name}`,
            label: t(`shell.${place.name}`),
            description: `G ${place.key.toUpperCase()}`,
            onClick: () => void navigate({ to: place.to }),
          })),
        },
      ],
      keys: places.map((place): KeyRow => [["G", place.key.toUpperCase()], `shell.go_${place.name}`]),
    }),
    [t, navigate, places],
  );
  useOffer(offer);
  return (
    <div className={styles.shell}>
      <a href="#page" className={styles.skip}>
        {t("shell.skip")}
      </a>
      <Rail />
      <div className={styles.page} id="page">
        <Opened />
      </div>
    </div>
  );
}

/** The page, if the role of the one who is here opens it: nothing is asked that would be refused. */
function Opened() {
  const needs = useMatches({ select: (all) => all.at(-1)?.staticData.needs });
  const { data: session, isPending } = useQuery(sessionQuery);
  if (needs === undefined) return <Outlet />;
  if (isPending) return null;
  return session?.permissions.includes(needs) ? <Outlet /> : <NotAllowed />;
}
