// @segment/analytics-node: `ADDRESS KEY COUNT`.
import { Analytics } from "@segment/analytics-node";

const [address, writeKey, count] = process.argv.slice(2);
const analytics = new Analytics({ writeKey, host: address, path: "/v1/batch", flushAt: 20 });
analytics.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
analytics.identify({ userId: "u1", traits: { email: "ann@example.org" } });
analytics.page({ userId: "u1", name: "Home", properties: { url: "https://shop.example/" } });
analytics.screen({ userId: "u1", name: "Home" });
analytics.group({ userId: "u1", groupId: "firm", traits: { size: 7 } });
analytics.alias({ userId: "u1", previousId: "a1" });
for (let total = 0; total < count - 5; total++)
  analytics.track({ userId: "u1", event: "Order Completed", properties: { total, currency: "EUR" } });
await analytics.closeAndFlush();
