"""Companies that the e-mail addresses of persons suggest; never a domain where anyone can be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from desireline.log.identity.people import People, every_circle
from desireline.modules.accounts.repository import known_keys, list_mails, member_subjects
from desireline.modules.enrichment.facade import company_domain_of

AT_ONCE = 20_000
LEAST_PERSONS = 2
"""One person at a domain may have it for himself."""


@dataclass(frozen=True, slots=True)
class DomainSuggestion:
    """A domain, the account that has it as its key, and persons who are in no account yet."""

    domain: str
    account: int | None
    persons: list[int]


def suggest(look: Connection, limit: int) -> list[DomainSuggestion]:
    """The domains with most persons first.

    A domain is suggested where it has two persons or more, or an account already.
    """
    taken = member_subjects(look)
    people = People.of(every_circle(look))
    ends = np.array(sorted(taken), np.int64)
    inside = set(people.of_subjects(ends).tolist())
    persons: dict[str, set[int]] = {}
    for domain, subjects in _subjects_by_domain(look).items():
        of_domain = set(people.of_subjects(np.array(subjects, np.int64)).tolist()) - inside
        if of_domain:
            persons[domain] = of_domain
    accounts = known_keys(look, persons)
    found = [
        DomainSuggestion(domain, accounts.get(domain), sorted(some))
        for domain, some in persons.items()
        if len(some) >= LEAST_PERSONS or domain in accounts
    ]
    return sorted(found, key=lambda one: (-len(one.persons), one.domain))[:limit]


def _subjects_by_domain(look: Connection) -> dict[str, list[int]]:
    """Subjects of company addresses; each host is looked up once."""
    by_host: dict[str, list[int]] = {}
    after = 0
    while rows := list_mails(look, after, AT_ONCE):
        after = rows[-1][0]
        for number, mail in rows:
            by_host.setdefault(mail.rpartition("@")[2], []).append(number)
    found: dict[str, list[int]] = {}
    for host, numbers in by_host.items():
        domain = company_domain_of(f"someone@{host}")
        if domain:
            found.setdefault(domain, []).extend(numbers)
    return found
