import { Autocomplete } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { departmentsQuery } from "../../settings/team/queries.ts";
import { useDraft } from "../draft/use_draft.ts";
import { departmentsOf } from "./parts_of.ts";

interface Props {
  label: string;
  value: string;
  onChange: (department: string) => void;
}

/** A department: one of the team's or the map's, or another that is named. */
export function DepartmentField({ label, value, onChange }: Props) {
  const data = useDepartments();
  return <Autocomplete size="xs" label={label} data={data} value={value} onChange={onChange} />;
}

/** The names of departments that one may mean, each once. */
export function useDepartments(): string[] {
  const { map } = useDraft();
  const { data = [] } = useQuery(departmentsQuery);
  return [...new Set([...data.map((one) => one.name), ...departmentsOf(map)])];
}
