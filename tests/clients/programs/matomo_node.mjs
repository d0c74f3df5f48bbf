// matomo-tracker: `ADDRESS KEY COUNT`; half of them each by itself, half many at once.
import MatomoTracker from "matomo-tracker";

const [address, key, count] = process.argv.slice(2);
const tracker = new MatomoTracker(key, `${address}/matomo.php`);
tracker.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
const url = "https://shop.example/";
const single = Math.floor(count / 2);
for (let n = 0; n < single - 1; n++) tracker.track({ url, action_name: "Home", uid: "u1" });
tracker.track({ url, uid: "u1", e_c: "shop", e_a: "Fountain Seen", e_v: 3 });
tracker.trackBulk(
  Array.from({ length: count - single }, () => ({ url, action_name: "Again", uid: "u1" })),
);
