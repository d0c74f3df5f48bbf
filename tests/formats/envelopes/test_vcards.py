"""vCards: what they become."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.formats.envelopes.cases import envelopes
from tests.formats.reading_cases import written

from desireline.formats import errors
from desireline.formats.reading import read

CARDS = """BEGIN:VCARD\r
VERSION:3.0\r
FN:Ann Berg\r
N:Berg;Ann;;;\r
item1.EMAIL;TYPE=work:ann@firm.example\r
EMAIL;TYPE=home,PREF:ann@mail\r
 .example\r
TEL;TYPE=cell:+49 (30) 123-456\r
ORG:Berg\\; Sons;Sales\r
ADR;TYPE=home:;;Main St 1;Berlin;;10115;Germany\r
NOTE:one\\ntwo\\, three\r
PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r
UID:u-1\r
REV:2025-01-02T03:04:05Z\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:Bob\r
TEL;VALUE=uri;PREF=1:tel:+1-555-0100;ext=5\r
CATEGORIES:vip,b\\,c\r
REV:20250102T030405Z\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:2.1\r
FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F6rg\r
EMAIL:joerg@mail.example\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
FN:Nobody\r
END:VCARD\r
BEGIN:VCARD\r
FN:Cut\r
EMAIL:cut@mail.example\r
"""


class TestVcard:
    def test_cards_become_people_with_traits(self, tmp_path: Path) -> None:
        found = envelopes(written(tmp_path, CARDS, "people.vcf"))
        assert [e["identifiers"] for e in found] == [
            {"email": "ann@mail.example", "phone": "+4930123456", "vcard_uid": "u-1"},
            {"phone": "+15550100"},
            {"email": "joerg@mail.example"},
        ]
        assert {e["type"] for e in found} == {"identified"}
        assert {e["kind"] for e in found} == {"identify"}
        assert found[0]["at"] == found[1]["at"] == "2025-01-02T03:04:05Z"
        assert found[0]["properties"] == {
            "name": "Ann Berg",
            "last_name": "Berg",
            "first_name": "Ann",
            "company": "Berg; Sons",
            "department": "Sales",
            "address": {
                "street": "Main St 1",
                "city": "Berlin",
                "postal_code": "10115",
                "country": "Germany",
            },
            "note": "one\ntwo, three",
            "emails": ["ann@mail.example", "ann@firm.example"],
        }
        assert found[1]["properties"]["tags"] == ["vip", "b,c"]
        assert found[2]["properties"]["name"] == "Jörg"

    def test_what_is_left_out_is_told(self, tmp_path: Path) -> None:
        told = read(written(tmp_path, CARDS, "people.vcf")).provenance
        assert [e.row for e in told.examples] == [28, 32]
        assert told.notes[0] == "1 pictures, sounds and keys were left out."
        assert told.notes[1].startswith("1 cards do not say when")

    def test_no_card(self, tmp_path: Path) -> None:
        with pytest.raises(errors.FileEmpty, match="holds no event"):
            read(written(tmp_path, "hello\n", "people.vcf"))
