"""snowplow-tracker: `ADDRESS KEY COUNT`; half by POST, half as pictures."""

import sys
from urllib.parse import urlsplit

from snowplow_tracker import (
    Emitter,
    PagePing,
    PageView,
    SelfDescribing,
    SelfDescribingJson,
    StructuredEvent,
    Subject,
    Tracker,
)

address, key, count = urlsplit(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for method, share in (("post", count - count // 2), ("get", count // 2)):
    emitter = Emitter(
        str(address.hostname), protocol="http", port=address.port, method=method, batch_size=10,
        on_failure=lambda _, failed: sys.exit(f"refused: {failed}"),
    )  # fmt: skip
    subject = Subject().set_user_id("u1").set_platform("web")
    tracker = Tracker(
        "tracker", emitter, app_id=key, subject=subject, encode_base64=method == "get"
    )
    tracker.track(PageView("https://shop.example/", "Home"))
    tracker.track(PagePing("https://shop.example/", "Home"))
    basket = {"sku": "fountain", "price": 39.9}
    schema = "iglu:example.shop/basket_filled/jsonschema/1-0-0"
    tracker.track(SelfDescribing(SelfDescribingJson(schema, basket)))
    for number in range(share - 3):
        tracker.track(StructuredEvent("shop", "Order Completed", value=number))
    tracker.flush()
