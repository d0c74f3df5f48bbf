import { describe, expect, it } from "vitest";
import { type Mapping, rolesOf, withRole } from "../roles.ts";

const SHOP: Mapping = { who: "customer", identifier: "email", event: "activity", time: "at" };

describe("roles of columns", () => {
  it("are read from a mapping", () => {
    expect(Object.fromEntries(rolesOf(SHOP))).toEqual({ customer: "email", activity: "event", at: "time" });
    const kinds = { who: { user_id: "id", phone: "tel" } };
    expect(Object.fromEntries(rolesOf(kinds))).toEqual({ id: "user_id", tel: "phone" });
  });

  it("go over when another column takes them", () => {
    const changed = withRole(SHOP, "what", "event");
    expect(rolesOf(changed).get("what")).toBe("event");
    expect(rolesOf(changed).get("activity")).toBeUndefined();
  });

  it("add kinds of identifiers and keep those that are there", () => {
    expect(withRole(SHOP, "number", "user_id").who).toEqual({ email: "customer", user_id: "number" });
  });

  it("can be taken away", () => {
    const bare = withRole(withRole(SHOP, "customer", ""), "at", "");
    expect(bare).toEqual({ event: "activity" });
  });

  it("leave everything else as it is", () => {
    const more = { ...SHOP, time_zone: "Europe/Berlin", types: { heartbeat: null } };
    expect(withRole(more, "sum", "value")).toMatchObject({
      time_zone: "Europe/Berlin",
      types: { heartbeat: null },
      value: "sum",
    });
  });
});
