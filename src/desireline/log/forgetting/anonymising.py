"""What is left of an event when nobody is to know whose it was.

Type, kind, time, channel, direction, source, value and currency stay, so that every count stays,
and an actor whom several others met, too. Of properties and context stays what tells nobody:

- truth values, and numbers of less than seven digits that are not called like a number of somebody
  (`order_id`, `zip`, `phone`, `latitude`);
- texts under names of closed vocabularies (VOCABULARIES), as long as they look like a word of one:
  no @, no five digits in a row, at most 60 characters;
- addresses of pages without query and fragment;
- what was declared safe (`properties.plan`), as it is.

All else goes: free text, names, e-mail addresses, telephone numbers, IP addresses, ids. Whatever
holds an identifier of the person goes, wherever it stands, declared or not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from desireline.formats.segment_files.blanking import Said

ANONYMOUS = "anonymised"
"""The kind of the subject that has the events from then on: a random number, linked with nobody."""
MOST_CHARACTERS = 60
MOST_NUMBER = 10**6
SHORT = 4
"""An identifier of fewer characters is looked for as a whole, not inside of other texts."""

_WORDS = """
    currency category categories product product_id product_name products.name product.name sku
    brand variant plan tier size color colour department status state step stage method
    payment_method shipping_method shipping delivery type kind unit interest goal outcome
    reason_code rating_scale label section position placement list campaign.name campaign.source
    campaign.medium campaign.term campaign.content campaign utm_source utm_medium utm_campaign
    utm_term utm_content source medium library.name library.version os os.name os.version device
    device.type device.manufacturer device.model device_type browser browser.name browser.version
    app.name app.version app.build locale language timezone country country_code continent bot
    bot_kind screen_name experiment variation channel theme format mode level bucket
    network.type connection
"""
VOCABULARIES = frozenset(_WORDS.split())
"""Names under which words of closed vocabularies stand; those with a point only there."""
PAGES = frozenset(
    ["url", "path", "referrer", "referring_domain", "host", "hostname", "href", "page"]
)

_PERSONAL = re.compile(
    r"(?:^|[_.])(?:ids?|uid|uuid|no|nr|number|num|phone|tel|telephone|mobile|fax|zip|zipcode|plz"
    r"|postal|postcode|birth\w*|dob|born|card|iban|bic|account|tax|vat|ssn|passport|lat|lon|lng"
    r"|latitude|longitude|altitude|ip|user|customer|member|person|contact|token|serial|imei|pin"
    r"|code)(?:$|[_.])"
)
_WORD = re.compile(r"(?!.*[0-9]{5})[^@\x00-\x1f]{1,60}")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Cutter:
    """Cuts the events of one person who is made anonymous."""

    def __init__(
        self,
        becomes: Mapping[int, int],
        names: Iterable[tuple[str, str]],
        keeps: Collection[str] = (),
        actors: Collection[str] = ("",),
    ) -> None:
        """`becomes` is the new subject of each old one; `keeps` and `actors` are safe."""
        self._becomes, self._keeps, self._actors = becomes, frozenset(keeps), actors
        values = {value.casefold() for _, value in names}
        self._values = frozenset(values)
        inside = sorted(re.escape(value) for value in values if len(value) >= SHORT)
        self._inside = re.compile("|".join(inside) or r"(?!)")

    def __call__(self, said: Said) -> Said:
        """What is left."""
        return Said(
            self._becomes[said.subject],
            said.actor if said.actor in self._actors and not self._names(said.actor) else "",
            self._text("properties", said.properties),
            self._text("context", said.context),
        )

    def _text(self, column: str, text: str | None) -> str | None:
        if text is None:
            return None
        left = self._object(column, msgspec.json.decode(text, type=dict[str, Any]))
        return msgspec.json.encode(left).decode() if left else None

    def _object(self, path: str, held: Mapping[str, Any]) -> dict[str, Any]:
        cut = {
            name: self._value(f"{path}.{name}", value)
            for name, value in held.items()
            if not self._names(name)
        }
        return {name: value for name, value in cut.items() if value is not None}

    def _value(self, path: str, value: Any) -> Any:
        """What stays of a value; None where nothing does."""
        if isinstance(value, dict):
            return self._object(path, value) or None
        if isinstance(value, list):
            return [kept for one in value if (kept := self._value(path, one)) is not None] or None
        if value is None or isinstance(value, bool):
            return value
        left = value if path in self._keeps else _closed(path, value)
        return None if left is None or self._names(str(left)) else left

    def _names(self, text: str) -> bool:
        folded = text.casefold()
        return folded in self._values or self._inside.search(folded) is not None


def _closed(path: str, value: str | float) -> str | float | None:
    return _word(path, value) if isinstance(value, str) else _number(path, value)


def _number(path: str, value: float) -> float | None:
    personal = _PERSONAL.search(_CAMEL.sub("_", path.partition(".")[2]).lower())
    return None if personal or abs(value) >= MOST_NUMBER else value


def _word(path: str, value: str) -> str | None:
    below = _CAMEL.sub("_", path.partition(".")[2]).lower()
    name = below.rpartition(".")[2]
    if name in PAGES:
        value = re.split(r"[?#;]", value, maxsplit=1)[0]
    elif (below not in VOCABULARIES and name not in VOCABULARIES) or len(value) > MOST_CHARACTERS:
        return None
    parts = [part for part in value.split("/") if part]
    return value if parts and all(map(_WORD.fullmatch, parts)) else None
