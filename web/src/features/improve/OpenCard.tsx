import { Drawer } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBoard } from "./context.ts";
import { ImprovementCard } from "./ImprovementCard.tsx";
import { OpportunityCard } from "./OpportunityCard.tsx";

/** The open card beside the board: everything about it. Escape leads back. */
export function OpenCard({ card }: { card: string | undefined }) {
  const { t } = useTranslation();
  const { opportunities, improvements, open } = useBoard();
  const number = Number(card?.slice(1));
  const opportunity = card?.startsWith("o") ? opportunities.find((one) => one.id === number) : undefined;
  const improvement = card?.startsWith("i") ? improvements.find((one) => one.id === number) : undefined;
  const title = (opportunity ?? improvement)?.title ?? "";
  return (
    <Drawer
      opened={opportunity !== undefined || improvement !== undefined}
      onClose={() => open(null)}
      position="right"
      size={560}
      title={title}
      closeButtonProps={{ "aria-label": t("improve.close") }}
      transitionProps={{ duration: 120 }}
    >
      {opportunity && <OpportunityCard key={opportunity.id} one={opportunity} />}
      {improvement && <ImprovementCard key={improvement.id} one={improvement} />}
    </Drawer>
  );
}
