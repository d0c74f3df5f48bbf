"""matomo: `ADDRESS KEY COUNT`; half of them each by itself, half many at once."""

import sys

from matomo import Matomo
from matomo.request import Request

address, key, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
tracker = Matomo(Request({"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64)"}), key, address)
tracker.set_user_id("u1")
tracker.set_url("https://shop.example/")
for _ in range(count // 2 - 2):
    tracker.do_track_page_view("Home")
tracker.do_track_event("shop", "Fountain Seen", "blue", 3)
tracker.add_ecommerce_item("sku", "Fountain", "shop", 39.9, 1)
tracker.do_track_ecommerce_order("o1", 39.9)

# In bulk this version fails in its own code where it knows a user agent.
many = Matomo(Request({}), key, address)
many.set_user_id("u1")
many.set_url("https://shop.example/")
many.enable_bulk_tracking()
for _ in range(count - count // 2):
    many.do_track_page_view("Again")
many.do_bulk_track()
