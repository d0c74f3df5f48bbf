"""Access logs: what their lines become."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.formats.envelopes.cases import envelopes
from tests.formats.reading_cases import written

from desireline.formats import errors
from desireline.formats.envelopes.access_log import is_access_line
from desireline.formats.reading import read
from desireline.kit.networks import without_addresses

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
COMMON = '192.0.2.17 - - [10/Oct/2025:13:55:36 +0200] "GET /a?x=1 HTTP/1.1" 200 2326'
COMBINED = COMMON + f' "https://example.com/from" "{FIREFOX}"'
BOT = COMMON.replace("/a", "/b") + ' "-" "Mozilla/5.0 (compatible; Googlebot/2.1; +http://g.co)"'
IPV6 = '2001:db8::17 - ann [10/Oct/2025:23:30:00 -0100] "POST /buy HTTP/2.0" 302 - "-" "-"'
HOSTED = 'shop.example:443 192.0.2.17 - - [10/Oct/2025:13:55:40 +0200] "GET /x.css HTTP/1.1" 304 0'
NGINX = {
    "time_iso8601": "2025-10-10T13:55:36+02:00",
    "remote_addr": "192.0.2.17",
    "request": "GET /a?x=1 HTTP/1.1",
    "status": "404",
    "body_bytes_sent": 12,
    "http_user_agent": FIREFOX,
    "request_time": "0.020",
}


class TestAccessLog:
    LINES = "\n".join((COMBINED, BOT, IPV6, HOSTED, COMMON, json.dumps(NGINX)))

    def test_lines_become_requests(self, tmp_path: Path) -> None:
        found = envelopes(written(tmp_path, self.LINES, "access.log"), salt="s")
        assert [e["type"] for e in found] == [
            *("page_viewed", "page_viewed", "form_sent", "file_requested", "page_viewed"),
            "request_failed",
        ]
        assert found[0]["at"] == found[5]["at"] == "2025-10-10T11:55:36Z"
        assert found[2]["at"] == "2025-10-11T00:30:00Z"
        assert found[0]["properties"] == {
            "path": "/a",
            "status": 200,
            "bytes": 2326,
            "query": "x=1",
            "referrer": "https://example.com/from",
        }
        assert (found[0]["kind"], found[2]["kind"]) == ("page", "track")
        assert found[2]["identifiers"]["user_id"] == "ann"
        assert found[3]["properties"]["host"] == "shop.example:443"
        assert found[5]["properties"]["seconds"] == 0.02

    def test_visitors_are_of_a_day_an_address_and_an_agent(self, tmp_path: Path) -> None:
        later = COMBINED.replace("10/Oct", "11/Oct")
        elsewhere = COMBINED.replace("2.17", "2.18")
        text = "\n".join((COMBINED, COMBINED, BOT, later, elsewhere))
        path = written(tmp_path, text, "access.log")
        ids = [e["identifiers"]["anonymous_id"] for e in envelopes(path, salt="s")]
        assert ids[0] == ids[1]
        assert len(set(ids)) == 4
        again = [e["identifiers"]["anonymous_id"] for e in envelopes(path, salt="s")]
        other = [e["identifiers"]["anonymous_id"] for e in envelopes(path, salt="t")]
        assert again == ids
        assert not set(other) & set(ids)

    def test_bots_are_marked(self, tmp_path: Path) -> None:
        found = envelopes(written(tmp_path, self.LINES, "access.log"))
        assert [e["context"].get("bot") for e in found[:2]] == [None, "Googlebot"]

    def test_no_address_is_kept(self, tmp_path: Path) -> None:
        bad = "192.0.2.17 said 2001:db8:1:2::17 nothing at 13:55:36"
        path = written(tmp_path, self.LINES + "\n" + bad, "access.log")
        told = json.dumps(envelopes(path)) + str(read(path).provenance)
        assert "2.17" not in told
        assert "::17" not in told
        assert without_addresses(bad) == "192.0.2.0 said 2001:db8:1:: nothing at 13:55:36"

    def test_what_is_none_is_set_aside(self, tmp_path: Path) -> None:
        lines = [COMBINED, "hello", COMMON.replace("Oct", "Foo"), COMMON.replace("GET /a?x=1 ", "")]
        lines.append("x" * (1 << 21))
        path = written(tmp_path, "\n".join([*lines, COMBINED[:70], BOT]), "access.log")
        journeys = read(path)
        assert len(journeys.code) == 2
        assert [e.row for e in journeys.provenance.examples] == [2, 3, 4, 5, 6]

    @pytest.mark.parametrize("name", ["access.log", "access.log.1", "access_log", "access.log.gz"])
    def test_is_known_by_its_content(self, tmp_path: Path, name: str) -> None:
        text = self.LINES.encode()
        path = written(tmp_path, gzip.compress(text) if name.endswith("gz") else text, name)
        assert len(envelopes(path)) == 6

    def test_json_lines_are_known_too(self, tmp_path: Path) -> None:
        path = written(tmp_path, json.dumps(NGINX) + "\n", "access.jsonl")
        assert [e["type"] for e in envelopes(path)] == ["request_failed"]
        assert not is_access_line(b'{"user_id": 1}\n')

    def test_another_file(self, tmp_path: Path) -> None:
        with pytest.raises(errors.FileBroken, match=r"none of its 2 lines can be read as access"):
            read(written(tmp_path, "a\nb\n", "server.log"))

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        raw = COMBINED.encode().replace(b"/a", b"/caf\xe9")
        assert envelopes(written(tmp_path, raw, "a.log"))[0]["properties"]["path"] == "/caf\\xe9"
