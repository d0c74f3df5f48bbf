/** Why a change cannot be made to the map as it stands. The codes are those of the server. */
export type ImpossibleCode =
  | "part_missing"
  | "key_repeated"
  | "key_unfit"
  | "field_unknown"
  | "map_key_fixed"
  | "merged_into_itself"
  | "touchpoint_unknown"
  | "alternative_unfit"
  | "bounds_reversed"
  | "case_by_incomplete"
  | "cell_unfit";

export class ChangeImpossible extends Error {
  readonly code: ImpossibleCode;
  /** Where: the kind of the part, its key, perhaps a field. */
  readonly place: string[];

  constructor(code: ImpossibleCode, place: string[]) {
    super(`${code}: ${place.join(" ")}`);
    this.code = code;
    this.place = place;
  }
}
