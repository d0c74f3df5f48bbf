// posthog-node: `ADDRESS KEY COUNT`.
import { PostHog } from "posthog-node";

const [address, key, count] = process.argv.slice(2);
const client = new PostHog(key, { host: address, flushAt: 20 });
client.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
client.identify({ distinctId: "u1", properties: { email: "ann@example.org" } });
client.alias({ distinctId: "u1", alias: "a1" });
client.groupIdentify({ groupType: "company", groupKey: "firm", properties: { size: 7 } });
for (let total = 0; total < count - 3; total++)
  client.capture({ distinctId: "u1", event: "Order Completed", properties: { total, currency: "EUR" } });
await client.shutdown();
