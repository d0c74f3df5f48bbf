"""Of a firm's name as somebody wrote it: the name without its legal form, and what the form tells.

"ACME  Sp. z o.o."  ->  company_name "ACME", company_form "Sp. z o.o.", company_country "PL"
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desireline.modules.enrichment.facts import GUESSED, LIKELY, OWN, Fact
from desireline.modules.enrichment.sources.legal_forms import FORMS, LEADING

MOST_CHARACTERS = 300
SHORT = 4
"""Letters of a form that without its points may be a word."""
QUOTES = "\"'«»„“”‘’‚`"
EDGES = " ,;:-–—/|&+" + QUOTES
"""What means nothing at either end of a name."""
PAIRS = {"(": ")", "[": "]"}


@lru_cache(4096)
def enrich(value: str) -> tuple[Fact, ...]:
    """`company_name`, and with a legal form `company_form` and mostly `company_country`."""
    name, form, country = split(value[:MOST_CHARACTERS])
    facts = [Fact("company_name", name, OWN, LIKELY)] if name else []
    if form:
        facts.append(Fact("company_form", form, OWN, LIKELY))
    if country:
        facts.append(Fact("company_country", country, OWN, GUESSED))
    return tuple(facts)


def split(value: str) -> tuple[str, str, str]:
    """Name, form as it was written, and the form's country; the last two may be empty.

    What is left is never empty unless there was nothing but space and signs. Splitting the name
    once more finds no form in it.
    """
    name = _bare(unicodedata.normalize("NFC", value))
    forms: list[str] = []
    countries: list[str] = []
    while found := _ending(name) or _leading(name):
        name, form, country = found
        forms.append(form)
        countries.append(country)
    known = {country for country in countries if country}
    return name, " ".join(reversed(forms)), known.pop() if len(known) == 1 else ""


def _ending(name: str) -> tuple[str, str, str] | None:
    for found in _ENDING.finditer(name):
        rest = _bare(name[: found.start()])
        if rest and any(sign.isalnum() for sign in rest):
            return rest, found[1], _COUNTRY[_folded(found[1])]
    return None


def _leading(name: str) -> tuple[str, str, str] | None:
    found = _LEADING.match(name)
    rest = _bare(name[found.end() :]) if found else ""
    if found is None or not any(sign.isalnum() for sign in rest):
        return None
    return rest, found[1], _LEADING_COUNTRY[_folded(found[1])]


def _bare(name: str) -> str:
    """Without signs at its ends, and with single spaces."""
    name = " ".join(name.split())
    before = None
    while name != before:
        before = name
        name = name.strip(EDGES)
        if name and name[-1] in PAIRS.values() and not _is_paired(name):
            name = name[:-1]
        if name and name[0] in PAIRS and not _is_paired(name):
            name = name[1:]
    return name


def _is_paired(name: str) -> bool:
    return all(name.count(opens) == name.count(closes) for opens, closes in PAIRS.items())


def _folded(form: str) -> str:
    """How a form is looked up: small letters, no points, no space."""
    return re.sub(r"[\s.,]+", "", form.casefold())


def _pattern(form: str) -> str:
    """The form however it is spaced and pointed: `sp. z o.o.` is also `Sp.z o. o.` and `sp z oo`.

    Short ones keep their points but for the last: `a.s.` is not "as".
    """
    point = r"\.\s?" if len(_folded(form)) <= SHORT else r"\.?\s?"
    signs = {".": point, " ": r"[\s,]*", ",": r"[\s,]*"}
    found = "".join(signs.get(sign) or re.escape(sign) for sign in form.rstrip(".")) + r"\.?"
    return found if form == form.casefold() else f"(?-i:{found})"


def _patterns(forms: dict[str, tuple[str, ...]]) -> str:
    every = {_pattern(form) for listed in forms.values() for form in listed}
    return "|".join(sorted(every, key=len, reverse=True))


def _countries(forms: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """By form: its country; empty where several have it."""
    found: dict[str, set[str]] = {}
    for country, listed in forms.items():
        for form in listed:
            found.setdefault(_folded(form), set()).add(country)
    return {form: min(c) if len(c) == 1 else "" for form, c in found.items()}


_COUNTRY, _LEADING_COUNTRY = _countries(FORMS), _countries(LEADING)
_ENDING = re.compile(rf"(?:(?<=[\s,()\"'«»”“.-])|^)\(?({_patterns(FORMS)})[\s.,)]*$", re.IGNORECASE)
_LEADING = re.compile(rf"({_patterns(LEADING)})(?=[\s\"'«„“.,])[\s.,]*", re.IGNORECASE)
