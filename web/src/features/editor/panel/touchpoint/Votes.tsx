import type { Touchpoint } from "@desireline/map-core";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shapes, told } from "../../../../api/client.ts";
import { useFormats } from "../../../../app/formats.ts";
import { ProblemNote } from "../../../../ui/ProblemNote.tsx";
import { sayUndo } from "../../../../ui/say.tsx";
import { useMay, useMember } from "../../../session/queries.ts";
import { ScoreField } from "../../cells/ScoreField.tsx";
import { useSaying, votesQuery } from "../../discussion/queries.ts";
import { useEditor } from "../../draft/use_draft.ts";
import { DepartmentField } from "../DepartmentField.tsx";
import styles from "../panel.module.css";
import { Part } from "../Part.tsx";
import { importancesOf, together } from "../votes.ts";

interface Props {
  point: Touchpoint;
  /** Takes the importances that the votes come to over into the map. */
  onTake: (scores: { to_customer: number; to_company: number }) => void;
}

/** How important people find the touchpoint, by department; and one's own vote. */
export function Votes({ point, onTake }: Props) {
  const { t } = useTranslation();
  const { key, may } = useEditor();
  const mayVote = useMay("comment");
  const { data, error } = useQuery(votesQuery(key));
  const tallies = data?.tallies.filter((one) => one.touchpoint === point.key) ?? [];
  const own = data?.own.find((one) => one.touchpoint === point.key) ?? null;
  const all = together(tallies);
  const note = all === null ? undefined : t("fields.votes_n", { count: all.n });
  return (
    <Part name={t("fields.votes")} note={note}>
      <ProblemNote error={error} />
      {all !== null && <Tallies tallies={tallies} all={all} />}
      {all !== null && may && (
        <Button variant="default" size="compact-sm" onClick={() => onTake(importancesOf(all))}>
          {t("fields.take_votes", importancesOf(all))}
        </Button>
      )}
      {data !== undefined && mayVote && (
        <OwnVote key={own === null ? "none" : "voted"} map={key} touchpoint={point.key} own={own} />
      )}
    </Part>
  );
}

function Tallies({ tallies, all }: { tallies: Shapes["Tally"][]; all: Omit<Shapes["Tally"], "touchpoint" | "department"> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const rows = tallies.length > 1 ? [...tallies, { ...all, department: null }] : tallies;
  return (
    <table className={styles.tallies}>
      <thead>
        <tr>
          <th scope="col">{t("fields.department")}</th>
          <th scope="col">{t("fields.customer")}</th>
          <th scope="col">{t("fields.company")}</th>
          <th scope="col">n</th>
        </tr>
      </thead>
      <tbody className="num">
        {rows.map((row) => (
          <tr key={row.department ?? "\u0000"}>
            <th scope="row">
              {row.department === null ? t("fields.together") : row.department || t("fields.no_department")}
            </th>
            <td>{formats.number(row.to_customer)}</td>
            <td>{formats.number(row.to_company)}</td>
            <td>{formats.count(row.n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface OwnProps {
  map: string;
  touchpoint: string;
  own: Shapes["OwnVote"] | null;
}

function OwnVote({ map, touchpoint, own }: OwnProps) {
  const { t } = useTranslation();
  const member = useMember();
  const [customer, setCustomer] = useState<number | null>(own?.to_customer ?? null);
  const [company, setCompany] = useState<number | null>(own?.to_company ?? null);
  const [department, setDepartment] = useState(own?.department ?? member?.departments[0]?.name ?? "");
  const path = { params: { path: { key: map, touchpoint } } };
  const vote = useSaying((body: Shapes["Vote"]) =>
    told(api.PUT("/v1/maps/{key}/votes/{touchpoint}", { ...path, body })),
  );
  const takeBack = useSaying(() => told(api.DELETE("/v1/maps/{key}/votes/{touchpoint}", path)));
  const changed =
    own === null || own.to_customer !== customer || own.to_company !== company || own.department !== department;
  const back = (was: Shapes["OwnVote"]): void => {
    const { touchpoint: _, ...body } = was;
    takeBack.mutate(undefined, {
      onSuccess: () => sayUndo(t("fields.vote_gone"), () => vote.mutate(body)),
    });
  };
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (customer !== null && company !== null)
          vote.mutate({ to_customer: customer, to_company: company, department });
      }}
    >
      <p className={styles.hint}>{t(own === null ? "fields.vote_means" : "fields.voted")}</p>
      <ScoreField label={t("fields.vote_customer")} value={customer} onChange={setCustomer} />
      <ScoreField label={t("fields.vote_company")} value={company} onChange={setCompany} />
      <DepartmentField label={t("fields.vote_department")} value={department} onChange={setDepartment} />
      <div className={styles.buttons}>
        <Button
          type="submit"
          size="compact-sm"
          loading={vote.isPending}
          disabled={!changed || customer === null || company === null}
        >
          {t(own === null ? "fields.vote" : "fields.vote_again")}
        </Button>
        {own !== null && (
          <Button variant="default" size="compact-sm" onClick={() => back(own)}>
            {t("fields.vote_back")}
          </Button>
        )}
      </div>
      <ProblemNote error={vote.error ?? takeBack.error} />
    </form>
  );
}
