"""What a person said is told without who she is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.modules.house import House

from desireline.modules.people.masking import Mask

ANNA = Mask.of(
    ["anna.kowalska77@example.com", "4711", "+48 600 100 200", "c0ffee-99ab-12"],
    [("name", "Anna Kowalska"), ("plan", "gold"), ("city", "Łódź"), ("company", "Cat House")],
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I am Anna Kowalska.", "I am … …."),
        ("pani Anny Kowalskiej paczka", "pani … … paczka"),
        ("write to ANNA.KOWALSKA77@EXAMPLE.COM", "write to …"),
        ("or to kowalska@work.pl, please", "or to … please"),
        ("call 600 100 200 or 600100200", "call … or …"),
        ("order 1234567 of 2026-03-01", "order … of …"),
        ("parcel AB12-34CD56 is wet", "parcel … is wet"),
        ("see https://shop.example/u/4711?x=1 and www.a.example", "see … and …"),
        ("customer 4711 in łódź", "customer … in …"),
        ("it is the gold plan, 2 cats, 15 days", "it is the gold plan, 2 cats, 15 days"),
        ("from Cat House; a cat and a house", "from …; a cat and a house"),
    ],
)
def test_names_addresses_and_numbers_are_taken_out(said: str, told: str) -> None:
    assert ANNA.free(said) == told


POLISH, ROMANIAN = "abcdefghijklmnoprstuwyząęłóśćżź", "abcdefghijlmnoprstuvzâășțî"
RUSSIAN = "".join(map(chr, range(0x430, 0x450)))
NAMES = st.sampled_from((POLISH, ROMANIAN, RUSSIAN)).flatmap(
    lambda letters: st.text(letters, min_size=3, max_size=12)
)


@settings(max_examples=200, deadline=None)
@given(first=NAMES, last=NAMES, digits=st.integers(10**8, 10**11 - 1), around=st.text(max_size=20))
def test_nothing_that_is_known_of_a_person_is_left(
    first: str, last: str, digits: int, around: str
) -> None:
    name, mail = f"{first.title()} {last.title()}", f"{first}.{last}@mail.example"
    mask = Mask.of([mail, str(digits)], [("name", name)])
    assume(not any(c.isalnum() or c == "_" for c in around))
    told = mask.free(
        f"{around} {name} {around} {mail} {around} +{digits} {last.upper()}"
    ).casefold()
    for secret in (first, last, mail, str(digits)):
        assert secret.casefold() not in told


def test_quotes_are_what_a_person_said_and_no_more(here: House) -> None:
    said = {"user_id": "4711", "email": "ann@example.com", "channel": "chat"}
    here.send(
        [
            {**said, "type": "chat_started", "properties": {"text": "Is Ann's fountain quiet?"}},
            {**said, "type": "chat_answered", "actor": "employee", "properties": {"text": "Yes!"}},
            {
                **said,
                "type": "product_viewed",
                "properties": {"product": "The very quiet fountain"},
            },
            {**said, "type": "order_completed", "properties": {"plan": "gold", "n": 3}},
            {
                **said,
                "type": "complaint_filed",
                "properties": {"what_happened": "It came wet, call me: 600 100 200"},
            },
            {"type": "noted", "user_id": "bob", "properties": {"text": "Bob's own"}},
        ]
    )
    answer = here.client.get("/v1/persons/user_id:4711/quotes").raise_for_status()
    found = [(q["type"], q["property"], q["text"]) for q in answer.json()["quotes"]]
    assert found == [
        ("chat_started", "text", "Is …'s fountain quiet?"),
        ("complaint_filed", "what_happened", "It came wet, call me: …"),
    ]
