"""Mail: what its messages become."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.formats.envelopes.cases import envelopes
from tests.formats.reading_cases import said, written

from desireline.formats import errors
from desireline.formats.reading import Mapping, read

MBOX = """From ann@mail.example Thu Jan  1 10:00:00 2026
From: =?utf-8?q?Ann_=C3=9Cnal?= <Ann@Mail.example>
To: Shop <shop@firm.example>, other@else.example
Date: Thu, 1 Jan 2026 10:00:00 +0100
Subject: =?iso-8859-1?q?Gr=F6=DFe?=
Message-ID: <1@mail.example>
Content-Type: text/plain; charset=utf-8

Which size do I need?
From what I see, two.
> quoted

From - Thu Jan  1 11:00:00 2026
From: shop@help.firm.example
To: "Unal, Ann" <ann@mail.example>,
 bob@else.example
Cc: boss@firm.example
Date: Thu, 1 Jan 2026 12:00:00 GMT
Subject: Re: size
Message-ID: <2@firm.example>
In-Reply-To: <1@mail.example>
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<style>p {}</style><p>Gr=F6=DFe 40</p>
--b--

From x Thu Jan  1 11:00:00 2026
From: a@firm.example
To: b@firm.example
Date: Thu, 1 Jan 2026 12:00:00 GMT

inside

From x Thu Jan  1 11:00:00 2026
From: ann@mail.example
To: b@firm.example

no date
"""


class TestMail:
    OWN = ("firm.example",)

    def test_messages_become_events_by_direction(self, tmp_path: Path) -> None:
        found = envelopes(written(tmp_path, MBOX, "in.mbox"), own=self.OWN)
        assert [(e["type"], e["direction"], e["identifiers"]["email"]) for e in found] == [
            ("email_received", "inbound", "ann@mail.example"),
            ("email_sent", "outbound", "ann@mail.example"),
            ("email_sent", "outbound", "bob@else.example"),
        ]
        assert found[0]["at"] == "2026-01-01T09:00:00Z"
        assert found[0]["properties"] == {
            "subject": "Größe",
            "text": "Which size do I need? From what I see, two.",
            "mail_id": "<1@mail.example>",
            "from_name": "Ann Ünal",
            "to": ["shop@firm.example"],
        }
        assert found[1]["properties"]["in_reply_to"] == "<1@mail.example>"
        assert found[1]["properties"]["text"] == "Größe 40"
        assert len({e["id"] for e in found}) == 3

    def test_text_is_short_or_left_out(self, tmp_path: Path) -> None:
        path = written(tmp_path, MBOX, "in.mbox")
        assert envelopes(path, own=self.OWN, body_signs=5)[0]["properties"]["text"] == "Which"
        assert "text" not in envelopes(path, own=self.OWN, body_signs=0)[0]["properties"]

    def test_what_is_no_event_is_set_aside(self, tmp_path: Path) -> None:
        journeys = read(written(tmp_path, MBOX, "in.mbox"), Mapping(own=self.OWN))
        reasons = [(e.row, e.reason) for e in journeys.provenance.examples]
        assert reasons == [
            (31, "it went from the firm to nobody outside"),
            (38, "it has no date"),
        ]

    @pytest.mark.parametrize("name", ["one.eml", "Inbox", "one.mbox"])
    def test_a_single_message(self, tmp_path: Path, name: str) -> None:
        text = MBOX.split("\n", 1)[1].split("\nFrom -", maxsplit=1)[0].replace("\n", "\r\n")
        (event,) = envelopes(written(tmp_path, text, name), own=self.OWN)
        assert event["type"] == "email_received"

    def test_the_firm_must_be_told(self, tmp_path: Path) -> None:
        with pytest.raises(errors.ChoiceMissing) as error:
            read(written(tmp_path, MBOX, "in.mbox"))
        assert "firm.example" in said(error)
        assert "--own" in said(error)

    def test_cut_off_in_a_part(self, tmp_path: Path) -> None:
        path = written(tmp_path, MBOX[: MBOX.index("Gr=F6=DFe 40") + 4], "in.mbox")
        assert len(envelopes(path, own=self.OWN)) == 3

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        raw = MBOX.encode().replace(b"Which", b"Wh\xff\xfech")
        assert len(envelopes(written(tmp_path, raw, "in.mbox"), own=self.OWN)) == 3

    def test_a_huge_message(self, tmp_path: Path) -> None:
        text = MBOX.replace("Which size", "Which size" + " y" * 3_000_000)
        found = envelopes(written(tmp_path, text, "in.mbox"), own=self.OWN)
        assert len(found) == 3
        assert len(found[0]["properties"]["text"]) == 200
