// @rudderstack/rudder-sdk-node: `ADDRESS KEY COUNT`.
import RudderAnalytics from "@rudderstack/rudder-sdk-node";

const [address, writeKey, count] = process.argv.slice(2);
const client = new RudderAnalytics(writeKey, {
  dataPlaneUrl: address,
  flushAt: 20,
  errorHandler: (error) => {
    console.error(error);
    process.exit(1);
  },
});
client.identify({ userId: "u1", traits: { email: "ann@example.org" } });
client.page({ userId: "u1", name: "Home", properties: { url: "https://shop.example/" } });
client.screen({ userId: "u1", name: "Home" });
client.group({ userId: "u1", groupId: "firm", traits: { size: 7 } });
client.alias({ userId: "u1", previousId: "a1" });
for (let total = 0; total < count - 5; total++)
  client.track({ userId: "u1", event: "Order Completed", properties: { total, currency: "EUR" } });
await client.flush();
