"""Enrichment of single values, against published examples: RFCs, the packages' own, the laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.modules.enrichment.facts import Fact
from desireline.modules.enrichment.sources import SOURCES

ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/120.0.0.0 Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0"


def said(kind: str, value: str) -> dict[str, object]:
    return {fact.name: fact.value for fact in SOURCES[kind](value)}


class TestAnything:
    @given(st.sampled_from(sorted(SOURCES)), st.text(max_size=120))
    def test_never_raises_and_says_each_thing_once(self, kind: str, value: str) -> None:
        facts = SOURCES[kind](value)
        assert all(isinstance(fact, Fact) and 0 < fact.confidence <= 1 for fact in facts)
        assert all(fact.value is True or (fact.value and fact.source) for fact in facts)
        assert len({fact.name for fact in facts}) == len(facts)

    @pytest.mark.parametrize("kind", sorted(SOURCES))
    def test_nothing_says_nothing(self, kind: str) -> None:
        assert SOURCES[kind]("") == SOURCES[kind]("  ") == ()

    def test_says_which_data_it_comes_from(self) -> None:
        facts = SOURCES["phone"]("+48221234567")
        assert {fact.source.split()[0] for fact in facts} == {"phonenumbers"}
        assert facts[0].source.split()[1][0].isdigit()


class TestEmail:
    @pytest.mark.parametrize(
        ("address", "kind"),
        [
            ("ann@gmail.com", "free"),
            ("ANN@WP.PL", "free"),
            ("ann@mail.ru", "free"),
            ("ann@yahoo.ro", "free"),
            ("ann@mailinator.com", "disposable"),
            ("ann@guerrillamail.com", "disposable"),
            ("ann@zalando.de", "company"),
        ],
    )
    def test_tells_who_gives_out_such_addresses(self, address: str, kind: str) -> None:
        assert said("email", address)["email_kind"] == kind

    @pytest.mark.parametrize(
        ("host", "domain"),
        [  # of the test vectors of publicsuffix.org
            ("example.com", "example.com"),
            ("a.b.example.com", "example.com"),
            ("a.b.example.co.uk", "example.co.uk"),
            ("www.city.kobe.jp", "city.kobe.jp"),
            ("www.test.k12.ak.us", "test.k12.ak.us"),
            ("a.b.c.kobe.jp", "b.c.kobe.jp"),
            ("www.www.ck", "www.ck"),
            ("xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
            ("www.食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn"),
        ],
    )
    def test_finds_the_firms_domain(self, host: str, domain: str) -> None:
        assert said("email", f"ann@{host}")["company_domain"] == domain

    def test_a_free_address_names_no_firm(self) -> None:
        assert "company_domain" not in said("email", "ann@gmail.com")

    @pytest.mark.parametrize("name", ["info", "SALES", "abuse", "postmaster", "biuro", "sales+x"])
    def test_knows_addresses_of_tasks(self, name: str) -> None:
        """The first are those of RFC 2142."""
        assert said("email", f"{name}@example.com")["email_is_role"] is True
        assert "email_is_role" not in said("email", "ann.sales@example.com")

    @pytest.mark.parametrize("wrong", ["ann", "@example.com", "ann@", "ann@localhost", "a@co.uk"])
    def test_says_nothing_of_what_is_no_address(self, wrong: str) -> None:
        assert said("email", wrong) == {}


class TestPhone:
    def test_knows_the_examples_of_the_package(self) -> None:
        """README of phonenumbers: London, Vodafone."""
        london = said("phone", "+442083661177")
        assert (london["phone_country"], london["phone_region"]) == ("GB", "London")
        mobile = said("phone", "+40721234567")
        assert (mobile["phone_carrier"], mobile["phone_kind"]) == ("Vodafone", "mobile")

    @pytest.mark.parametrize(
        ("number", "country", "region", "zone"),
        [
            ("+48 22 123 45 67", "PL", "Warsaw", "Europe/Warsaw"),
            ("+1 650-253-0000", "US", "Mountain View, CA", "America/Los_Angeles"),
            ("+74951234567", "RU", "Moscow", "Europe/Moscow"),
            ("+34911234567", "ES", "Madrid", "Europe/Madrid"),
            ("+493012345678", "DE", "Berlin", "Europe/Berlin"),
        ],
    )
    def test_tells_where_a_line_is(self, number: str, country: str, region: str, zone: str) -> None:
        facts = said("phone", number)
        assert facts["phone_country"] == country
        assert facts["phone_region"] == region
        assert facts["phone_time_zone"] == zone

    def test_a_free_number_has_no_time_zone_of_its_own(self) -> None:
        assert "phone_time_zone" not in said("phone", "+18002530000")

    @pytest.mark.parametrize("wrong", ["600100200", "+999123", "+48", "+44 7700 900123", "+", "x"])
    def test_says_nothing_of_numbers_that_nobody_can_have(self, wrong: str) -> None:
        """Of the last, Ofcom has set it aside for films."""
        assert said("phone", wrong) == {}

    def test_where_numbers_move_the_carrier_is_a_guess(self) -> None:
        facts = {fact.name: fact for fact in SOURCES["phone"]("+48601234567")}
        assert facts["phone_carrier"].confidence < facts["phone_country"].confidence


class TestAgent:
    def test_tells_browser_system_and_device(self) -> None:
        assert said("agent", ANDROID) == {
            "browser": "Chrome Mobile 120",
            "os": "Android",
            "device": "Google Pixel 8",
        }
        assert said("agent", IPHONE) == {
            "browser": "Mobile Safari 17",
            "os": "iOS",
            "device": "Apple iPhone",
        }
        assert said("agent", FIREFOX) == {"browser": "Firefox 121", "os": "Linux"}


class TestLanguage:
    @pytest.mark.parametrize(
        ("told", "language", "country"),
        [
            ("da, en-gb;q=0.8, en;q=0.7", "da", None),  # RFC 9110, 12.5.4
            ("en;q=0.7, en-GB;q=0.8", "en", "GB"),
            ("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", "fr", "CH"),
            ("zh-Hant-TW", "zh", "TW"),  # RFC 5646, appendix A
            ("sr-Latn-RS", "sr", "RS"),
            ("de-CH-1901", "de", "CH"),
            ("es-419", "es", None),
            ("pl_PL.UTF-8", "pl", "PL"),
            ("iw", "he", None),
            ("*, xx, ro", "ro", None),
            ("en;q=0, pl", "pl", None),
        ],
    )
    def test_takes_what_is_liked_best(self, told: str, language: str, country: str | None) -> None:
        facts = said("language", told)
        assert facts["language"] == language
        assert facts.get("language_country") == country
