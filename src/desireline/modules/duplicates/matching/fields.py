"""The fields of a record that say who somebody is, and the column names they are found by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Sort = Literal["name", "place", "line", "firm", "email", "phone", "date", "code", "number"]
"""How values of a field are cleaned and compared."""
Group = Literal["person", "address"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what a person calls it, how it is compared, and what it can prove."""

    name: str
    words: str
    """As it stands in a sentence: `family name`."""
    sort: Sort
    group: Group = "person"
    personal: bool = False
    """Two persons of one household agree in it by chance alone."""
    spellings: tuple[str, ...] = ()
    """Names of columns and traits, in small letters, without anything but letters and digits."""


FIELDS: tuple[Field, ...] = (
    Field(
        "given_name",
        "given name",
        "name",
        personal=True,
        spellings=("givenname", "firstname", "forename", "fname", "imie", "prenume", "vorname"),
    ),
    Field(
        "family_name",
        "family name",
        "name",
        spellings=("familyname", "lastname", "surname", "lname", "nazwisko", "nume", "nachname"),
    ),
    Field(
        "email",
        "e-mail",
        "email",
        personal=True,
        spellings=("email", "emailaddress", "mail", "mailaddress"),
    ),
    Field(
        "phone",
        "phone number",
        "phone",
        spellings=("phone", "phonenumber", "mobile", "mobilephone", "telephone", "tel", "telefon"),
    ),
    Field(
        "birth_date",
        "birth date",
        "date",
        personal=True,
        spellings=("birthdate", "birthday", "dateofbirth", "dob", "born", "dataurodzenia"),
    ),
    Field(
        "identifier",
        "personal number",
        "code",
        personal=True,
        spellings=(
            *("identifier", "socsecid", "ssn", "nationalid", "taxid", "passport", "pesel", "cnp"),
            *("customernumber", "customerno", "cardnumber", "loyaltynumber", "nhsnumber"),
        ),
    ),
    Field(
        "street",
        "street",
        "line",
        "address",
        spellings=("street", "address", "address1", "addressline1", "streetaddress", "line1"),
    ),
    Field(
        "address_extra",
        "second address line",
        "line",
        "address",
        spellings=("addressextra", "address2", "addressline2", "line2"),
    ),
    Field(
        "house_number",
        "house number",
        "number",
        "address",
        spellings=("housenumber", "streetnumber", "houseno", "number", "building"),
    ),
    Field(
        "city",
        "town",
        "place",
        "address",
        spellings=("city", "town", "suburb", "locality", "miasto", "oras", "placename"),
    ),
    Field(
        "postcode",
        "postcode",
        "code",
        "address",
        spellings=("postcode", "postalcode", "zip", "zipcode", "plz", "kodpocztowy"),
    ),
    Field(
        "region",
        "region",
        "place",
        "address",
        spellings=("region", "state", "province", "county", "voivodeship", "judet"),
    ),
    Field(
        "company",
        "company",
        "firm",
        spellings=("company", "companyname", "organisation", "organization", "firm", "employer"),
    ),
)
"""In the order in which an explanation names them."""

BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
EXCHANGED: tuple[tuple[str, str], ...] = (
    ("given_name", "family_name"),
    ("street", "address_extra"),
)
"""Fields that people fill in the wrong way round."""

FULL_NAME = "name"
"""A given and a family name in one; it is taken apart."""
_FULL_NAMES = ("name", "fullname", "displayname", "contactname")
_SPELLED = dict.fromkeys(_FULL_NAMES, FULL_NAME) | {
    spelling: field.name for field in FIELDS for spelling in field.spellings
}


def field_of(column: str) -> str | None:
    """The field that a column or trait of this name means; None where it means none."""
    return _SPELLED.get("".join(c for c in column.casefold() if c.isalnum()))


def fields_of(columns: Iterable[str]) -> dict[str, str]:
    """By field the first column that means it."""
    found: dict[str, str] = {}
    for column in columns:
        name = field_of(column)
        if name is not None:
            found.setdefault(name, column)
    return found
