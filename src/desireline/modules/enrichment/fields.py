"""What can be derived: every field by its name, what it follows from, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Derived:
    """A field that is derived."""

    follows_from: str
    """`email`, `phone`, `address`, `agent`, `language`, `company` or `name`."""
    says: str


def _of(source: str, **says: str) -> dict[str, Derived]:
    return {name: Derived(source, sentence) for name, sentence in says.items()}


FIELDS: Mapping[str, Derived] = {
    **_of(
        "email",
        email_domain="The domain of the address.",
        email_kind="free, disposable or company: who gives out such addresses.",
        email_is_role="True of addresses of a task, such as info@ and sales@.",
        company_domain="The firm's own domain, of an address that is neither free nor disposable.",
    ),
    **_of(
        "phone",
        phone_country="The country that gives out the number.",
        phone_kind="mobile, fixed_line, toll_free and the like.",
        phone_region="Town or province of a fixed line, in English.",
        phone_carrier="To whom the number was given; it may have been taken along since.",
        phone_time_zone="The time zone, where the number has just one.",
    ),
    **_of(
        "address",
        country="The country of the IP address, by the registries of the internet.",
        datacenter="The cloud whose rented server the IP address is. It marks events.",
    ),
    **_of(
        "agent",
        browser="Name and major version.",
        os="The system, without its version: browsers freeze that.",
        device="Maker and model, where the browser still tells it.",
    ),
    **_of(
        "language",
        language="The language that the browser or the program is set to.",
        language_country="The variety of the language: en-GB is GB.",
    ),
    **_of(
        "company",
        company_name="The name without its legal form, quotes and odd spaces.",
        company_form="The legal form as it was written.",
        company_country="The country that has this legal form, where only one has.",
    ),
    **_of(
        "name",
        title="Titles before the name.",
        first_name="The first given name.",
        middle_name="Further given names, or the father's name.",
        last_name="The surname with its particles.",
        name_suffix="What stands behind: Jr., PhD.",
    ),
}
"""By name, as the trait is called."""
EVENTS_ONLY = frozenset({"datacenter"})
"""Fields that are said of an event, and of no person."""
