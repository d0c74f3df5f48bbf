"""Names of persons and firms: examples in the languages of our users, and what always holds."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.modules.enrichment.sources import SOURCES, company, names
from desireline.modules.enrichment.sources.legal_forms import FORMS
from desireline.modules.enrichment.sources.names import Parts

WORDS = (
    "Jan Maria Kowalski Nowak-Kowalska dr hab. Иван Петрович Иванова García Pérez y de la van der"
    " von Müller Popescu Jr. PhD , - Sra. KOWALSKI O'Brien d'Artagnan 李"
).split()
FIRMS = ('Acme Ромашка Müller & Sons ( ) « » " , . - 3M ' + " ".join(FORMS["PL"])).split()
ENDINGS = [form for forms in FORMS.values() for form in forms]


class TestPerson:
    @pytest.mark.parametrize(
        ("written", "parts"),
        [
            ("Jan Kowalski", Parts(first="Jan", last="Kowalski")),
            ("Kowalski Jan", Parts(first="Jan", last="Kowalski")),
            ("KOWALSKI Jan Maria", Parts(first="Jan", middle="Maria", last="KOWALSKI")),
            (
                "dr hab. Jan Maria Kowalski-Nowak",
                Parts("dr hab.", "Jan", "Maria", "Kowalski-Nowak"),
            ),
            ("Kowalska - Nowak Anna", Parts(first="Anna", last="Kowalska - Nowak")),
            ("Иванов Иван Петрович", Parts("", "Иван", "Петрович", "Иванов")),
            ("Иван Петрович Иванов", Parts("", "Иван", "Петрович", "Иванов")),
            ("Иванова Ирина", Parts(first="Ирина", last="Иванова")),
            ("Ирина Иванова", Parts(first="Ирина", last="Иванова")),
            ("Лев Толстой", Parts(first="Лев", last="Толстой")),
            ("Ivanov Ivan Petrovich", Parts("", "Ivan", "Petrovich", "Ivanov")),
            ("Roman Abramovich", Parts(first="Roman", last="Abramovich")),
            ("Gabriel García Márquez", Parts(first="Gabriel", last="García Márquez")),
            ("José Ortega y Gasset", Parts(first="José", last="Ortega y Gasset")),
            (
                "María de los Ángeles Pérez Gómez",
                Parts("", "María", "de los Ángeles", "Pérez Gómez"),
            ),
            ("Sra. Ana de la Cruz", Parts("Sra.", "Ana", "", "de la Cruz")),
            ("Popescu Ion", Parts(first="Ion", last="Popescu")),
            ("Ana Maria Ionescu", Parts("", "Ana", "Maria", "Ionescu")),
            ("Martin Luther King Jr.", Parts("", "Martin", "Luther", "King", "Jr.")),
            ("John Smith, PhD", Parts("", "John", "", "Smith", "PhD")),
            ("King, Martin Luther, Jr.", Parts("", "Martin", "Luther", "King", "Jr.")),
            ("Van Morrison", Parts(first="Van", last="Morrison")),
            ("Prof. Dr. Hans von der Leyen", Parts("Prof. Dr.", "Hans", "", "von der Leyen")),
            ("Ludwig van Beethoven", Parts(first="Ludwig", last="van Beethoven")),
            ("Frau Müller", Parts("Frau", last="Müller")),
        ],
    )
    def test_is_split(self, written: str, parts: Parts) -> None:
        assert names.split(written) == parts

    @given(st.one_of(st.lists(st.sampled_from(WORDS)).map(" ".join), st.text(max_size=60)))
    def test_no_letter_is_lost(self, written: str) -> None:
        parts = names.split(written)
        found = " ".join((parts.title, parts.first, parts.middle, parts.last, parts.suffix))
        normal = unicodedata.normalize("NFC", written)
        assert Counter(found.split()) == Counter(normal.replace(",", " ").split())

    @pytest.mark.parametrize("other", ["Madonna", "ann@example.com", "Room 12", "a" * 101, "<b> x"])
    def test_what_may_be_no_name_gives_no_facts(self, other: str) -> None:
        assert SOURCES["name"](other) == ()


class TestFirm:
    @pytest.mark.parametrize(
        ("written", "clean", "form", "country"),
        [
            ("ACME  Sp. z o.o.", "ACME", "Sp. z o.o.", "PL"),
            ("ACME SP Z OO", "ACME", "SP Z OO", "PL"),
            ("Kowalski Sp. z o.o. Sp. k.", "Kowalski", "Sp. z o.o. Sp. k.", "PL"),
            ("ООО «Ромашка»", "Ромашка", "ООО", "RU"),
            ("Ромашка, ООО", "Ромашка", "ООО", "RU"),
            ("ТОВ «Нова Пошта»", "Нова Пошта", "ТОВ", "UA"),
            ("Müller GmbH & Co. KG", "Müller", "GmbH & Co. KG", "DE"),
            ("Siemens AG", "Siemens", "AG", ""),
            ("S.C. DEDEMAN SRL", "DEDEMAN", "S.C. SRL", "RO"),
            ("Daddy & Sons, Ltd.", "Daddy & Sons", "Ltd.", ""),  # the example of cleanco
            ("Telefónica, S.A.", "Telefónica", "S.A.", ""),
            ("Barilla S.p.A.", "Barilla", "S.p.A.", "IT"),
            ("Grupo Bimbo S.A. de C.V.", "Grupo Bimbo", "S.A. de C.V.", "MX"),
            ("UAB Kesko", "Kesko", "UAB", "LT"),
            ('"Acme" s.r.o.', "Acme", "s.r.o.", ""),
            ("Thermal Spa", "Thermal Spa", "", ""),
            ("Sia", "Sia", "", ""),
            ("Saks Incorporated Holdings", "Saks Incorporated Holdings", "", ""),
            ("GmbH", "GmbH", "", ""),
        ],
    )
    def test_is_cleaned(self, written: str, clean: str, form: str, country: str) -> None:
        assert company.split(written) == (clean, form, country)

    @given(st.lists(st.sampled_from(FIRMS + ENDINGS), min_size=1, max_size=8).map(" ".join))
    def test_a_clean_name_stays(self, written: str) -> None:
        clean, _, _ = company.split(written)
        assert company.split(clean)[0] == clean

    @given(st.text(max_size=80))
    def test_any_text_once_cleaned_stays(self, written: str) -> None:
        clean, _, _ = company.split(written)
        assert company.split(clean)[0] == clean
        assert any(s.isalnum() for s in clean) or not any(
            s.isalnum() for s in unicodedata.normalize("NFC", written)
        )

    @given(st.sampled_from(ENDINGS), st.sampled_from(["Acme", "Ромашка", "Żabka", "3M"]))
    def test_every_form_is_known(self, form: str, stem: str) -> None:
        assert company.split(f"{stem} {form}")[0] == stem
