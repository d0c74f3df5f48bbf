import { describe, expect, it } from "vitest";
import { campaignOf, placeOf, referrerOf } from "../src/places.ts";

const SHOP = "https://shop.example";

describe("placeOf", () => {
  it("keeps the path, and cuts parameters off", () => {
    const place = placeOf(`${SHOP}/fountains?token=secret&email=ann%40example.com#top`);
    expect(place).toEqual({ path: "/fountains", url: `${SHOP}/fountains` });
  });

  it("keeps the parameters that the site names", () => {
    expect(placeOf(`${SHOP}/s?q=cat+water&token=1&q=2`, ["q"]).path).toBe("/s?q=cat+water&q=2");
  });

  it("keeps a fragment that is a route, without what follows in it", () => {
    expect(placeOf(`${SHOP}/#/cart?token=1`).path).toBe("/#/cart");
    expect(placeOf(`${SHOP}/#!/cart`).path).toBe("/#!/cart");
    expect(placeOf(`${SHOP}/#access_token=secret`).path).toBe("/");
  });

  it("forgets user and password", () => {
    expect(placeOf("https://ann:secret@shop.example/x").url).toBe(`${SHOP}/x`);
  });

  it("is never so long that the log would refuse it", () => {
    expect(placeOf(`${SHOP}/${"x".repeat(50_000)}`).path).toHaveLength(1000);
  });
});

describe("referrerOf", () => {
  it("is the page before without its parameters", () => {
    expect(referrerOf("https://search.example/find?q=private")).toBe("https://search.example/find");
  });

  it("is empty where there is none", () => {
    expect(referrerOf("")).toBe("");
    expect(referrerOf("about")).toBe("");
  });
});

describe("campaignOf", () => {
  it("reads what advertisements add", () => {
    const address = `${SHOP}/?utm_source=news&utm_medium=email&utm_campaign=Spring%20cats&utm_id=7&gclid=abc&x=1`;
    expect(campaignOf(address)).toEqual({
      source: "news",
      medium: "email",
      campaign: "Spring cats",
      campaign_id: "7",
      gclid: "abc",
    });
  });

  it("invents nothing", () => {
    expect(campaignOf(`${SHOP}/?utm_source=&utm_other=1&agclid=2`)).toEqual({});
  });
});
