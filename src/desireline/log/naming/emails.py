"""E-mail addresses: in the one spelling that the log knows, and those that belong to no person."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

import idna

ROLES = frozenset(
    """
    abuse accounting accounts admin administration administrator anfrage biuro billing bookings
    buchhaltung careers compliance contact contacto contato customerservice dataprotection
    datenschutz do-not-reply do_not_reply donotreply dpo einkauf enquiries events faktury feedback
    finance ftp hallo hello help helpdesk hostmaster hr info information inquiries invoice invoices
    it jobs kadry kontakt kundenservice ksiegowosc legal list list-request mail mailer-daemon
    marketing media news newsletter no-reply no_reply nobody noc noreply office operations order
    orders personal postmaster praca press presse privacy purchasing rechnung recruiting reception
    rekrutacja reservations returns rodo root sales security sekretariat service serwis shop
    sklep spam staff subscribe support sysadmin team tech usenet unsubscribe uucp vertrieb
    verkauf webmaster welcome www zamowienia
    """.split()  # noqa: SIM905 - a line for each word would hide the rest
)
"""What stands before the @ of an address that several people read. The first are those of RFC 2142,
the others what firms use; docs/identity.md lists them."""

_EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s.]+(?:\.[^@\s.]+)*\.?")
_LATIN = re.compile(r"[!-?A-~]+@[!-?A-~]+")


def spelled(text: str) -> str:
    """Small letters, composed (NFC), and the domain as people read it, not in Punycode.

    The part before the @ counts with all its dots and plus signs: most servers tell them apart.
    What is no e-mail address stays, but for its letters.
    """
    small = text.lower()
    if small.isascii() and "xn--" not in small and not small.endswith("."):
        return small
    return _spelled_with_care(small)


def is_email(text: str) -> bool:
    """Whether somebody could be written to: something, an @, a domain; no spaces."""
    return _EMAIL.fullmatch(text) is not None


def is_role(text: str) -> bool:
    """Whether an address belongs to a role, as info@ and noreply@, and so to no single person."""
    return text.partition("@")[0] in ROLES


@lru_cache(16_384)
def _spelled_with_care(small: str) -> str:
    composed = normalize("NFC", small)
    local, at, domain = composed.rpartition("@")
    if not at:
        return composed
    return f"{local}@{_domain(domain.rstrip('.'))}"


def _domain(domain: str) -> str:
    try:
        return idna.decode(idna.encode(domain, uts46=True))
    except (idna.IDNAError, UnicodeError):
        return domain
