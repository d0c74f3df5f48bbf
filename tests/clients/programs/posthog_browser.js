// posthog-js in a page. A headless browser says so in its name, and is left out unless told.
window.run = async (address, key, count) => {
  await new Promise((loaded) =>
    window.posthog.init(key, {
      api_host: address,
      disable_external_dependency_loading: true,
      opt_out_useragent_filter: true,
      capture_pageview: false,
      capture_pageleave: false,
      autocapture: false,
      loaded,
    }),
  );
  window.posthog.capture("$pageview");
  window.posthog.identify("u1", { email: "ann@example.org" });
  window.posthog.group("company", "firm", { size: 7 });
  for (let total = 0; total < count - 3; total++)
    window.posthog.capture("Order Completed", { total, currency: "EUR" });
};
