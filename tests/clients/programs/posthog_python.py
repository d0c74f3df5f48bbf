"""posthog: `ADDRESS KEY COUNT`."""

import sys

from posthog import Posthog

address, key, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
client = Posthog(
    key, host=address, gzip=True, on_error=lambda error, _: sys.exit(f"refused: {error}")
)
client.set(distinct_id="u1", properties={"email": "ann@example.org"})
client.alias("a1", "u1")
client.group_identify("company", "firm", {"size": 7})
for number in range(count - 3):
    client.capture(
        "Order Completed", distinct_id="u1", properties={"total": number, "currency": "EUR"}
    )
client.flush()
client.shutdown()
