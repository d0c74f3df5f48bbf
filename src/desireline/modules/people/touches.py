"""Where a person came from: first and last touch, by a list of search engines and networks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from desireline.modules.people.happenings import Happening

SEARCH = (
    *("google", "bing", "duckduckgo", "yahoo", "ecosia", "qwant", "startpage", "yandex", "baidu"),
    *("seznam", "naver", "ask", "brave", "kagi", "mojeek", "swisscows", "metager", "sogou"),
)
SOCIAL = (
    *("facebook", "instagram", "linkedin", "lnkd", "twitter", "x", "t", "pinterest", "reddit"),
    *("tiktok", "youtube", "youtu", "xing", "vk", "whatsapp", "telegram", "threads", "snapchat"),
    *("mastodon", "bsky", "tumblr", "quora", "weibo", "discord"),
)
"""A site's own name, as in `www.google.de`; the two of one letter count only as `x.com`, `t.co`."""
ONE_LETTER = {"x": "x.com", "t": "t.co"}
PAID = ("cpc", "ppc", "paid", "paidsearch", "paid_search", "paidsocial", "paid_social", "display")
CLICK_IDS = {"gclid": "google", "msclkid": "bing", "fbclid": "facebook", "ttclid": "tiktok"}
SAID: Mapping[str, str] = {
    **{name: name for name in ("search", "social", "email", "referral", "direct")},
    "ad": "paid",
    "e-mail": "email",
    "friend": "word of mouth",
    "word of mouth": "word of mouth",
}
"""What an event may say by itself under `source`, and what it is called here."""
EMAIL = ("email", "e-mail", "newsletter", "mail")
MAIL_SITES = ("mail.google.com", "outlook.live.com", "outlook.office.com", "mail.yahoo.com")


@dataclass(frozen=True, slots=True)
class Touch:
    """How somebody came, and the event that tells."""

    at: int
    position: int
    source: str
    """`search`, `social`, `email`, `paid`, `campaign`, `referral`, `word of mouth` or `direct`."""
    campaign: str = ""
    referrer: str = ""
    medium: str = ""
    landing: str = ""


def touches_of(events: Iterable[Happening]) -> tuple[Touch, Touch] | None:
    """The first and the last time that somebody came from somewhere; None where nothing tells.

    Who came first by typing the address came first directly. The last touch is the last one that
    was not direct: a known campaign is not forgotten because of a bookmark.
    """
    found = [touch for one in events if (touch := touch_of(one)) is not None]
    if not found:
        return None
    told = [touch for touch in found if touch.source != "direct"]
    return found[0], (told or found)[-1]


def touch_of(one: Happening) -> Touch | None:
    """Where the person of an event came from; None for one that is no arrival.

    An arrival is a page without a referrer or with one of another site, or anything that the person
    did and that names a campaign or a source.
    """
    page = _inner(one.context, "page")
    url = _text(one.properties.get("url")) or _text(page.get("url"))
    referrer = _text(one.properties.get("referrer")) or _text(page.get("referrer"))
    query = dict(parse_qsl(_split(url).query))
    campaign = _campaign(one, query)
    said = SAID.get(_text(one.properties.get("source")).lower(), "")
    is_page = one.row.kind == "page" or one.row.type == "page_viewed"
    if not one.is_own or not (is_page or campaign or said):
        return None
    if _is_same_site(url, referrer) and not campaign:
        return None
    paid = next((site for name, site in CLICK_IDS.items() if query.get(name)), "")
    medium = campaign.get("medium", "").lower()
    return Touch(
        at=one.row.at,
        position=one.row.position,
        source=said or _source(campaign, medium, referrer, paid),
        campaign=campaign.get("name", ""),
        referrer=_split(referrer).hostname or campaign.get("source", "") or paid,
        medium=medium,
        landing=_split(url).path if url else "",
    )


def site_class(referrer: str) -> str:
    """`search`, `social`, `email`, `referral`, or `direct` where there is none."""
    host = (_split(referrer).hostname or "").removeprefix("www.")
    if not host:
        return "direct"
    if host in MAIL_SITES:
        return "email"
    parts = host.split(".")[:-1]
    for name in parts:
        known = ONE_LETTER.get(name, host) == host
        if known and name in SEARCH:
            return "search"
        if known and name in SOCIAL:
            return "social"
    return "referral"


def _source(campaign: Mapping[str, str], medium: str, referrer: str, paid: str) -> str:
    if paid or medium in PAID:
        return "paid"
    if medium in EMAIL or campaign.get("source", "").lower() in EMAIL:
        return "email"
    if medium == "social":
        return "social"
    return "campaign" if campaign else site_class(referrer)


def _campaign(one: Happening, query: Mapping[str, str]) -> dict[str, str]:
    """As Segment and our tracker write it, or from the address: name, source, medium."""
    told = _inner(one.context, "campaign") or _inner(one.properties, "campaign")
    plain = _text(one.properties.get("campaign"))
    found = {
        "name": _text(told.get("name")) or plain or query.get("utm_campaign", ""),
        "source": _text(told.get("source")) or query.get("utm_source", ""),
        "medium": _text(told.get("medium")) or query.get("utm_medium", ""),
    }
    return found if any(found.values()) else {}


def _is_same_site(url: str, referrer: str) -> bool:
    here, there = _split(url).hostname, _split(referrer).hostname
    return bool(here and there and here.removeprefix("www.") == there.removeprefix("www."))


def _inner(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = found.get(name)
    return inner if isinstance(inner, dict) else {}


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _split(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError:  # "http://[": people type anything
        return urlsplit("")
