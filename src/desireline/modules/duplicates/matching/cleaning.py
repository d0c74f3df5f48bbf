"""Values in the one spelling in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from desireline.modules.duplicates.matching.fields import Sort

PHONE_DIGITS = 9
"""The end of a number that is the same with and without the country: 601 234 567."""
LEAST_PHONE_DIGITS = 6
SAYS_NOTHING = frozenset(
    ("", "none", "null", "nan", "na", "n a", "unknown", "nieznany", "necunoscut", "x", "xx", "xxx")
)
LEGAL_FORMS = frozenset(
    (
        *("ltd", "limited", "llc", "inc", "plc", "gmbh", "ag", "sa", "srl", "sp", "z", "o", "oo"),
        *("zoo", "spolka", "bv", "nv", "oy", "ab", "kft", "sro", "co", "corp", "company", "pfa"),
        *("ooo", "zao", "oao", "ip", "doo", "ug", "kg"),
    )
)
CYRILLIC = {
    **dict(zip("абвгдежз", ("a", "b", "v", "g", "d", "e", "zh", "z"), strict=True)),
    **dict(zip("ийклмнопрс", ("i", "y", "k", "l", "m", "n", "o", "p", "r", "s"), strict=True)),
    **dict(zip("туфхцчшщ", ("t", "u", "f", "kh", "ts", "ch", "sh", "shch"), strict=True)),
    **dict(zip("ъыьэюя", ("", "y", "", "e", "yu", "ya"), strict=True)),
    **dict(zip("єіїґў", ("e", "i", "i", "g", "u"), strict=True)),
}
OTHERS = {"ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "þ": "th"}
LETTERS = str.maketrans(CYRILLIC | OTHERS)

_NO_WORD = re.compile(r"[^a-z0-9]+")
_PARTS = re.compile(r"\d+")


def folded(text: str) -> str:
    """Small Latin letters and digits, words apart by one space: `Łódź-Bałuty` is `lodz baluty`."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return _NO_WORD.sub(" ", plain.encode("ascii", "ignore").decode()).strip()


def name_of(text: str) -> str:
    """A name: only letters and spaces."""
    return " ".join("".join(c if c.isalpha() else " " for c in folded(text)).split())


def joined(text: str) -> str:
    """A place without the spaces that one writes or not."""
    return folded(text).replace(" ", "")


def firm_of(text: str) -> str:
    """The name of a firm without its legal form."""
    words = folded(text).split()
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)


def email_of(text: str) -> str:
    """The mailbox: without `+tag`, and without the dots that Gmail does not see."""
    mail = text.strip().casefold()
    local, at, domain = mail.rpartition("@")
    if not at:
        return mail
    local = local.partition("+")[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        return local.replace(".", "") + "@gmail.com"
    return f"{local}@{domain}"


def phone_of(text: str) -> str:
    """The last digits, which are the same with and without the code of the country."""
    digits = "".join(c for c in text if c.isdecimal() and c.isascii())
    return digits[-PHONE_DIGITS:] if len(digits) >= LEAST_PHONE_DIGITS else ""


def date_of(text: str) -> str:
    """Eight digits, year first; a date that no calendar knows is kept as it was typed.

    `24.06.1971` and `24/06/1971` are read day first, unless the second number can be no month.
    """
    parts = _PARTS.findall(text.partition("T")[0])
    if len(parts) == 3 and len(parts[0]) == 4:
        year, month, day = parts
    elif len(parts) == 3 and len(parts[2]) == 4:
        day, month, year = parts
        if int(month) > 12 >= int(day):
            day, month = month, day
    else:
        return "".join(parts)[:8]
    return f"{year}{month:0>2}{day:0>2}"


def code_of(text: str) -> str:
    """Letters and digits alone."""
    return folded(text).replace(" ", "")


CLEANED_BY: Mapping[Sort, Callable[[str], str]] = {
    "name": name_of,
    "place": joined,
    "line": folded,
    "firm": firm_of,
    "email": email_of,
    "phone": phone_of,
    "date": date_of,
    "code": code_of,
    "number": code_of,
}


def cleaned(sort: Sort, text: str) -> str | None:
    """The value as it is compared; None where it says nothing."""
    found = CLEANED_BY[sort](text)
    return None if found in SAYS_NOTHING else found
