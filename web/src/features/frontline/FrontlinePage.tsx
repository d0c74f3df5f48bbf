import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/Page.tsx";
import { useMay } from "../session/queries.ts";
import styles from "./frontline.module.css";
import { NominationForm } from "./NominationForm.tsx";
import { NominationList } from "./NominationList.tsx";

const route = getRouteApi("/shell/nominate");

/** Where somebody who meets customers says what annoys them; and what became of it. */
export function FrontlinePage() {
  const { t } = useTranslation();
  const place = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay("comment");
  const [sent, setSent] = useState(0);
  const [thanks, setThanks] = useState(false);
  return (
    <Page title={t("frontline.title")} lead={t("frontline.lead")}>
      {may && !thanks && (
        <NominationForm
          key={sent}
          begin={place}
          sent={() => {
            setSent(sent + 1);
            setThanks(true);
          }}
        />
      )}
      {thanks && <Thanks again={() => setThanks(false)} />}
      <NominationList
        show={place.show ?? "open"}
        choose={(show) => {
          const { show: _, ...rest } = place;
          void navigate({ search: show === "open" ? rest : { ...rest, show }, replace: true });
        }}
      />
    </Page>
  );
}

function Thanks({ again }: { again: () => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} className={styles.thanks} role="status" tabIndex={-1}>
      <IconCheck size={28} stroke={1.6} aria-hidden />
      <div>
        <h2>{t("frontline.thanks")}</h2>
        <p>{t("frontline.thanks_text")}</p>
        <Button variant="default" onClick={again}>
          {t("frontline.again")}
        </Button>
      </div>
    </div>
  );
}
