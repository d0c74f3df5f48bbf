// @rudderstack/analytics-js/bundled in a page.
window.run = async (address, writeKey, count) => {
  const analytics = new window.rudderanalytics.RudderAnalytics();
  await new Promise((done) => {
    analytics.load(writeKey, address, { configUrl: address });
    analytics.ready(done);
  });
  analytics.page("Home");
  analytics.identify("u1", { email: "ann@example.org" });
  analytics.group("firm", { size: 7 });
  analytics.alias("u2", "u1");
  for (let total = 0; total < count - 4; total++)
    analytics.track("Order Completed", { total, currency: "EUR" });
};
