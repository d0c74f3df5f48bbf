import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/Empty.tsx";
import { FindingsPage } from "../findings/FindingsPage.tsx";
import { useMay } from "../session/queries.ts";
import { Board } from "./Board.tsx";
import { cardsOf } from "./board.ts";
import { BoardContext } from "./context.ts";
import { Dropped } from "./Dropped.tsx";
import { GreyBoard } from "./GreyBoard.tsx";
import { NoteDialog } from "./NoteDialog.tsx";
import { OpenCard } from "./OpenCard.tsx";
import { Picture } from "./Picture.tsx";
import { improvementsQuery, opportunitiesQuery } from "./queries.ts";

const route = getRouteApi("/shell/maps/$key/improvements");

/** What is done about a map: from weak points to what has changed, as a board. */
export function ImprovementsPage() {
  const { key } = route.useParams();
  const { card } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const may = useMay("edit_maps");
  const noted = useQuery(opportunitiesQuery(key));
  const done = useQuery(improvementsQuery(key));
  const [noting, setNoting] = useState(false);
  const opportunities = noted.data;
  const improvements = done.data;
  const cards = useMemo(
    () => cardsOf(opportunities ?? [], improvements ?? []),
    [opportunities, improvements],
  );
  const open = (id: string | null): void =>
    void navigate({ search: id === null ? {} : { card: id }, resetScroll: false });
  return (
    <FindingsPage
      wide
      mapKey={key}
      title={t("improve.title")}
      lead={(name) => t("improve.lead", { name })}
      error={noted.error ?? done.error}
      actions={
        <>
          <Button variant="subtle" renderRoot={(props) => <Link to="/hypotheses" {...props} />}>
            {t("shell.hypotheses")}
          </Button>
          {may && <Button onClick={() => setNoting(true)}>{t("improve.note")}</Button>}
        </>
      }
    >
      {(map) =>
        opportunities !== undefined &&
        improvements !== undefined && (
          <BoardContext value={{ map, may, cards, opportunities, improvements, open }}>
            {cards.length === 0 ? (
              <Empty picture={<GreyBoard />} title={t("improve.none")} text={t("improve.none_text")}>
                <Button variant="default" renderRoot={(props) => <Link to="/maps/$key/pains" params={{ key }} {...props} />}>
                  {t("improve.find")}
                </Button>
              </Empty>
            ) : (
              <>
                <Board />
                <Picture />
              </>
            )}
            <Dropped />
            <OpenCard card={card} />
            <NoteDialog map={map} opened={noting} close={() => setNoting(false)} />
          </BoardContext>
        )
      }
    </FindingsPage>
  );
}
