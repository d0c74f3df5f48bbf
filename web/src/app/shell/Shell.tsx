import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type KeyRow, type Offer, useOffer } from "../palette/store.ts";
import { doorQuery } from "../../features/session/queries.ts";
import { Rail } from "./Rail.tsx";
import { PLACES } from "./places.ts";
import styles from "./shell.module.css";
import { useGoKeys } from "./use_go_keys.ts";

/** Lets in whom the door lets in, and sends others to sign in and back again. */
export function Shell() {
  const { data: door, isPending } = useQuery(doorQuery);
  if (door !== undefined && !door.open && !door.signed_in)
    return <ToSignIn />;
  if (isPending)
    return (
      <div className={styles.shell} aria-busy>
        <Rail />
      </div>
    );
  return <Frame />;
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
  useGoKeys();
  const offer = useMemo<Offer>(
    () => ({
      groups: [
        {
          group: t("shell.go"),
          actions: PLACES.map((place) => ({
            id: `go-${place.name}`,
            label: t(`shell.${place.name}`),
            description: `G ${place.key.toUpperCase()}`,
            onClick: () => void navigate({ to: place.to }),
          })),
        },
      ],
      keys: PLACES.map((place): KeyRow => [["G", place.key.toUpperCase()], `shell.go_${place.name}`]),
    }),
    [t, navigate],
  );
  useOffer(offer);
  return (
    <div className={styles.shell}>
      <a href="#page" className={styles.skip}>
        {t("shell.skip")}
      </a>
      <Rail />
      <div className={styles.page} id="page">
        <Outlet />
      </div>
    </div>
  );
}
