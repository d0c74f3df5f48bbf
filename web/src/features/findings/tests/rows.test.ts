import { expect, it } from "vitest";
import { placeOf, rowOf } from "../rows.ts";

it("names a row by its finding, without spaces", () => {
  expect(rowOf("deviation", "late", "Parcel shipped")).toBe("deviation-late-Parcel_shipped");
  expect(rowOf("moment", "quick", "reply")).toBe("moment-reply");
});

it("leads to the row on the page that found it", () => {
  const found_in = { kind: "unanswered", name: "mail reply" };
  expect(placeOf({ found_by: "ending", found_in })).toEqual({
    to: "/maps/$key/endings",
    hash: "ending-unanswered-mail_reply",
  });
});

it("leads nowhere from what was noted by hand", () => {
  expect(placeOf({ found_by: "hand", found_in: {} })).toBeNull();
  expect(placeOf({ found_by: "toString", found_in: {} })).toBeNull();
});
