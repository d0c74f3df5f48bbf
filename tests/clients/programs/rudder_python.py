"""rudder-sdk-python: `ADDRESS KEY COUNT`."""

import sys

from rudderstack import analytics

address, key, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
analytics.dataPlaneUrl = address
analytics.write_key = key
analytics.gzip = True
analytics.on_error = lambda error, _: sys.exit(f"refused: {error}")
analytics.identify("u1", {"email": "ann@example.org"})
analytics.page("u1", "Docs", "Home", {"url": "https://shop.example/"})
analytics.screen("u1", "Docs", "Home")
analytics.group("u1", "firm", {"size": 7})
analytics.alias("a1", "u1")
for number in range(count - 5):
    analytics.track("u1", "Order Completed", {"total": number, "currency": "EUR"})
analytics.flush()
