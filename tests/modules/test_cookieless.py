"""An id for visitors without cookies: one a day, and no way back from it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from desireline.kit.clock import SetClock
from desireline.modules.collect.cookieless import DAY, Cookieless

NOON = 20_000 * DAY + DAY // 2
SITE, ADDRESS, BROWSER = "shop", "203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64)"


class TestIdOf:
    def test_one_visitor_has_one_id_a_day(self) -> None:
        clock = SetClock(20_000 * DAY)
        made = Cookieless(clock)
        ids = set()
        for _ in range(24):
            ids.add(made.id_of(SITE, ADDRESS, BROWSER))
            clock.move(DAY // 24)
        assert len(ids) == 1
        assert re.fullmatch(r"day-[0-9a-f]{32}", ids.pop())

    def test_tomorrow_it_is_another(self) -> None:
        clock = SetClock(NOON)
        made = Cookieless(clock)
        ids = []
        for _ in range(5):
            ids.append(made.id_of(SITE, ADDRESS, BROWSER))
            clock.move(DAY)
        assert len(set(ids)) == 5

    def test_the_salt_of_a_day_is_gone_with_it(self) -> None:
        clock = SetClock(NOON)
        made = Cookieless(clock)
        before = made.id_of(SITE, ADDRESS, BROWSER)
        clock.move(DAY)
        made.id_of(SITE, ADDRESS, BROWSER)
        clock.move(-DAY)
        assert made.id_of(SITE, ADDRESS, BROWSER) != before

    def test_no_other_process_makes_the_same(self) -> None:
        clock = SetClock(NOON)
        ids = {Cookieless(clock).id_of(SITE, ADDRESS, BROWSER) for _ in range(3)}
        assert len(ids) == 3

    @given(
        st.tuples(
            st.text(),
            st.ip_addresses(v=4).map(str),
            st.text(
                alphabet=st.characters(exclude_characters="\0", categories=["L", "N", "P", "Zs"])
            ),
        )
    )
    def test_any_header_has_an_id(self, who: tuple[str, str, str]) -> None:
        assert len(Cookieless(SetClock(NOON)).id_of(*who)) == 36

    def test_site_address_and_browser_each_make_a_difference(self) -> None:
        made = Cookieless(SetClock(NOON))
        ids = {
            made.id_of(SITE, ADDRESS, BROWSER),
            made.id_of("blog", ADDRESS, BROWSER),
            made.id_of(SITE, "203.0.113.8", BROWSER),
            made.id_of(SITE, ADDRESS, "curl/8"),
            made.id_of(SITE, ADDRESS, ""),
        }
        assert len(ids) == 5

    def test_a_home_of_ipv6_is_one_place(self) -> None:
        made = Cookieless(SetClock(NOON))
        home = {made.id_of(SITE, f"2001:db8:1:2::{i:x}", BROWSER) for i in range(1, 9)}
        assert len(home) == 1
        assert made.id_of(SITE, "2001:db8:1:3::1", BROWSER) not in home

    def test_ipv4_written_as_ipv6_is_the_same(self) -> None:
        made = Cookieless(SetClock(NOON))
        mapped = made.id_of(SITE, f"::ffff:{ADDRESS}", BROWSER)
        assert mapped == made.id_of(SITE, ADDRESS, BROWSER)
