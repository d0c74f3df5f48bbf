import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { NotFound } from "../../app/shell/NotFound.tsx";
import { useFormats } from "../../app/formats.ts";
import { speaking } from "../../app/spoken/rooms.ts";
import { Page } from "../../ui/Page.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Compared } from "./answers/Compared.tsx";
import { FunnelAnswer } from "./answers/FunnelAnswer.tsx";
import { PathsAnswer } from "./answers/PathsAnswer.tsx";
import { PositionsAnswer } from "./answers/PositionsAnswer.tsx";
import { RetentionAnswer } from "./answers/RetentionAnswer.tsx";
import { TouchpointsAnswer } from "./answers/TouchpointsAnswer.tsx";
import { VariantsAnswer } from "./answers/VariantsAnswer.tsx";
import type { Behind } from "./asking.ts";
import { AnalysisTabs } from "./bar/AnalysisTabs.tsx";
import { CompareBar } from "./bar/CompareBar.tsx";
import { FilterBar } from "./bar/FilterBar.tsx";
import { type Explored, ExploredContext } from "./context.ts";
import styles from "./explore.module.css";
import { AnchorField } from "./fields/AnchorField.tsx";
import { OutcomeField } from "./fields/OutcomeField.tsx";
import { RetentionFields } from "./fields/RetentionFields.tsx";
import { StepFields } from "./fields/StepFields.tsx";
import { KeptMenu } from "./kept/KeptMenu.tsx";
import { Persons } from "./Persons.tsx";
import { comparisonOf, questionOf } from "./question.ts";
import { type Analysis, isAnalysis, kept, type View } from "./view.ts";

// What lays out the graph is needed by this drawing alone.
const loadFlow = speaking(["explore"], () => import("./answers/FlowAnswer.tsx"));
const FlowAnswer = lazy(async () => ({ default: (await loadFlow()).FlowAnswer }));

interface Parts {
  Fields: ComponentType;
  Answer: ComponentType;
}

const PARTS: Record<Analysis, Parts> = {
  transitions: { Fields: OutcomeField, Answer: FlowAnswer },
  funnel: { Fields: StepFields, Answer: FunnelAnswer },
  paths: { Fields: AnchorField, Answer: PathsAnswer },
  variants: { Fields: OutcomeField, Answer: VariantsAnswer },
  touchpoints: { Fields: OutcomeField, Answer: TouchpointsAnswer },
  positions: { Fields: OutcomeField, Answer: PositionsAnswer },
  retention: { Fields: RetentionFields, Answer: RetentionAnswer },
};

/** One question about the journeys: what is asked, the answer in words, the drawing, the people. */
export function ExplorePage() {
  const { analysis = "" } = useParams({ strict: false });
  return isAnalysis(analysis) ? <Asked analysis={analysis} /> : <NotFound />;
}

function Asked({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const view: View = useSearch({ strict: false });
  const [behind, setBehind] = useState<Behind | null>(null);
  const change = useCallback<Explored["change"]>(
    (said) => {
      const search = kept<View>({ ...view, ...said } as View);
      void navigate({ to: "/explore/$analysis", params: { analysis }, search, replace: true });
    },
    [analysis, navigate, view],
  );
  const explored = useMemo<Explored>(
    () => ({ view, change, open: setBehind, formats }),
    [view, change, formats],
  );
  const { Fields, Answer } = PARTS[analysis];
  const comparison = comparisonOf(analysis, view);
  return (
    <ExploredContext value={explored}>
      <Page
        title={t(`explore.${analysis}`)}
        lead={t(`explore.${analysis}_lead`)}
        actions={<KeptMenu question={comparison ?? questionOf(analysis, view)} />}
      >
        <AnalysisTabs analysis={analysis} view={view} />
        <section className={styles.asked} aria-label={t("explore.asked")}>
          <Fields key={analysis} />
          <FilterBar />
          <CompareBar />
        </section>
        <Suspense fallback={<Rows />}>
          {comparison === null ? <Answer /> : <Compared question={comparison} />}
        </Suspense>
      </Page>
      <Persons behind={behind} close={() => setBehind(null)} />
    </ExploredContext>
  );
}
