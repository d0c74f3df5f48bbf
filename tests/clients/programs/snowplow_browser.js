// @snowplow/browser-tracker in a page.
window.run = async (address, appId, count) => {
  const { newTracker, setUserId, trackPageView, trackSelfDescribingEvent, trackStructEvent } =
    window.snowplowBrowserTracking;
  newTracker("sp", address, { appId });
  setUserId("u1");
  trackPageView();
  const schema = "iglu:example.shop/basket_filled/jsonschema/1-0-0";
  trackSelfDescribingEvent({ event: { schema, data: { sku: "fountain" } } });
  for (let value = 0; value < count - 2; value++)
    trackStructEvent({ category: "shop", action: "Order Completed", value });
};
