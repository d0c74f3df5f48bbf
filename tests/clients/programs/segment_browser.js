// @segment/analytics-next in a page: what is typed here stands in docs/collecting.md.
window.run = async (address, writeKey, count) => {
  const { AnalyticsBrowser } = window.AnalyticsNext;
  const [analytics] = await AnalyticsBrowser.load({ writeKey, cdnURL: address });
  await analytics.page("Home");
  await analytics.identify("u1", { email: "ann@example.org" });
  await analytics.group("firm", { size: 7 });
  await analytics.alias("u2", "u1");
  for (let total = 0; total < count - 4; total++)
    await analytics.track("Order Completed", { total, currency: "EUR" });
};
