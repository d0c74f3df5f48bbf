"""Telephone numbers as E.164 writes them: the one door to phonenumbers' parser."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache

NUMBERS_KEPT = 65_536
"""Numbers known by heart: some 20 MB at most. One that is not takes 40 us, one that is 0.1."""
FEWEST_DIGITS = 3

_PHONE = re.compile(r"\s*(?:tel:)?\+?[\d\s().,/*#;=~\u2010-\u2015\u00a0xXextEXT:-]+")
_NO_DIGITS = re.compile(r"\D+")


@lru_cache(NUMBERS_KEPT)
def spelled(text: str, country: str) -> str:
    """The number as +48123456789; one without a country's code is dialled in `country`.

    `country` is two letters (ISO 3166), or empty: then only numbers that begin with + or 00 are
    known. An extension stays: +48123456789;ext=12. What is no number that one could dial stays as
    its digits; what holds other letters stays as it is.
    """
    from phonenumbers import (  # noqa: PLC0415 - 0.1 s, and most programs see no phone
        NumberParseException,
        PhoneNumberFormat,
        ValidationResult,
        format_number,
        is_possible_number_with_reason,
        parse,
    )

    if not _PHONE.fullmatch(text):
        return text
    digits = _NO_DIGITS.sub("", text)
    if not digits:
        return text
    international = f"+{text.strip()[2:]}" if text.strip().startswith("00") else text
    for said, at in ((text, country), (international, None)):
        with suppress(NumberParseException):
            number = parse(said, at or None)
            if is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE:
                e164 = str(format_number(number, PhoneNumberFormat.E164))
                return f"{e164};ext={number.extension}" if number.extension else e164
    return _digits(text, digits)


def time_zone_of(country: str) -> str:
    """The time zone of a country, two letters; empty where its calling code has several, or none.

    Source: the data of libphonenumber.
    """
    from phonenumbers import country_code_for_region  # noqa: PLC0415 - as above
    from phonenumbers.tzdata import TIMEZONE_DATA  # noqa: PLC0415

    zones = TIMEZONE_DATA.get(str(country_code_for_region(country.upper())), ())
    return str(zones[0]) if len(zones) == 1 else ""


def is_phone(spelled_text: str) -> bool:
    """Whether it may be somebody's: at least three digits, and not all the same one."""
    digits = _NO_DIGITS.sub("", spelled_text)
    return len(digits) >= FEWEST_DIGITS and len(set(digits)) > 1


def _digits(text: str, digits: str) -> str:
    return f"+{digits}" if text.lstrip().startswith("+") else digits
