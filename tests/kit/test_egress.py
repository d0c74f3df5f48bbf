"""Egress, S-SSRF: requests go where they may, within limits, whatever leads elsewhere."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.web_server import LOOPBACK, Server, serving, write_certificate

from desireline.kit.egress import (
    AddressForbidden,
    AnswerTooLarge,
    AnswerTooSlow,
    AnswerUnreadable,
    Egress,
    HostUnknown,
    HostUnreachable,
    RedirectsTooMany,
    RequestUnusable,
)
from desireline.kit.egress.addresses import is_allowed
from desireline.kit.egress.client import Limits


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    running.seen.clear()
    return running


@pytest.fixture
def here(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"


def egress(**told: float) -> Egress:
    return Egress([LOOPBACK], Limits(**{"seconds": 20.0, **told}))  # type: ignore[arg-type]


class Names:
    """A resolver that gives one list of addresses after the other, and counts."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = answers, 0

    def __call__(self, _host: str, _port: int) -> list[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


class TestFetch:
    def test_gives_the_answer(self, here: str) -> None:
        answer = egress().fetch("GET", f"{here}/hello")
        assert (answer.status, answer.body, answer.url) == (200, b"hello", f"{here}/hello")

    def test_sends_content_and_headers(self, here: str) -> None:
        assert egress().fetch("POST", here, content=b"x" * 300_000).body == b"x" * 300_000
        said = egress().fetch("GET", f"{here}/headers", headers={"X-Key": "a"}).body.decode()
        assert "X-Key: a" in said
        assert "User-Agent: Desireline" in said
        assert "Accept-Encoding: identity" in said

    def test_any_status_is_an_answer(self, here: str) -> None:
        assert egress().fetch("GET", f"{here}/nowhere").status == 404

    def test_follows_redirects(self, here: str) -> None:
        answer = egress().fetch("GET", f"{here}/redirect?to=/redirect?to=/hello")
        assert (answer.body, answer.url) == (b"hello", f"{here}/hello")

    def test_uses_no_proxy_of_the_environment(
        self, here: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        assert egress().fetch("GET", f"{here}/hello").status == 200

    def test_speaks_tls_for_the_name(self, tmp_path: Path) -> None:
        certificate = tmp_path / "shop.pem"
        write_certificate(certificate, "shop.example")
        tls = ssl.create_default_context(cafile=certificate)
        with serving(certificate) as server:
            client = Egress([LOOPBACK], resolver=Names(["127.0.0.1"]), tls=tls)
            assert client.fetch("GET", f"https://shop.example:{server.port}/hello").status == 200
            with pytest.raises(HostUnreachable, match="certificate"):
                client.fetch("GET", f"https://other.example:{server.port}/hello")


class TestForbid:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "localhost",
            "127.1",
            "0x7f.1",
            "2130706433",
            "0177.0.0.1",
            "0.0.0.0",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "127.0.0.1.",
        ],
    )
    def test_every_way_to_this_machine(self, server: Server, host: str) -> None:
        with pytest.raises((AddressForbidden, HostUnknown, RequestUnusable)):
            Egress().fetch("GET", f"http://{host}:{server.port}/hello")
        assert server.seen == []

    @pytest.mark.parametrize(
        "address",
        [
            "10.0.0.1",
            "172.16.3.4",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "0.1.2.3",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "2002:a9fe:a9fe::1",
            "2001:db8::1",
            "2001:0:7f00:1::",
        ],
    )
    def test_private_addresses(self, address: str) -> None:
        assert not is_allowed(address, ())
        with pytest.raises(AddressForbidden, match=r"shop\.example") as caught:
            Egress(resolver=Names([address])).fetch("GET", "http://shop.example/")
        assert "DESIRELINE_EGRESS_ALLOW" in caught.value.hint
        assert address not in str(caught.value), "who may name a host may not map the network"

    @pytest.mark.parametrize(
        "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101"]
    )
    def test_not_the_open_internet(self, address: str) -> None:
        assert is_allowed(address, ())

    @given(st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7"))
    def test_no_address_of_a_private_network(self, address: object) -> None:
        assert not is_allowed(str(address), ())
        assert is_allowed(str(address), (ip_network("10.0.0.0/8"), ip_network("fc00::/7")))

    def test_a_name_with_one_private_address_among_others(self, server: Server) -> None:
        names = Names(["1.1.1.1", "127.0.0.1"])
        with pytest.raises(AddressForbidden):
            Egress(resolver=names).fetch("GET", f"http://shop.example:{server.port}/")
        assert server.seen == []

    def test_a_name_that_leads_elsewhere_a_moment_later(self, server: Server) -> None:
        """DNS rebinding: what was judged is what is connected to, and nobody asks again."""
        names = Names(["127.0.0.2"], ["127.0.0.1"])
        client = Egress([ip_network("127.0.0.2/32")], resolver=names)
        url = f"http://shop.example:{server.port}/hello"
        assert client.fetch("GET", url).status == 200
        assert names.asked == 1
        assert server.seen == [("127.0.0.2", "/hello")]
        with pytest.raises(AddressForbidden):
            client.fetch("GET", url)
        assert len(server.seen) == 1

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_redirect_to_a_private_address(self, server: Server, status: int) -> None:
        client = Egress([ip_network("127.0.0.2/32")])
        to = f"http://127.0.0.1:{server.port}/hello"
        with pytest.raises(AddressForbidden):
            client.fetch("POST", f"http://127.0.0.2:{server.port}/redirect?status={status}&to={to}")
        assert all(address == "127.0.0.2" for address, _ in server.seen)
        assert len(server.seen) == 1

    @pytest.mark.parametrize("to", ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://x/"])
    def test_a_redirect_to_another_scheme(self, here: str, to: str) -> None:
        with pytest.raises(RequestUnusable):
            egress().fetch("GET", f"{here}/redirect?to={to}")

    def test_a_key_is_not_handed_on_to_another_host(self, server: Server) -> None:
        client = Egress([LOOPBACK])
        to = f"http://127.0.0.1:{server.port}/headers"
        url = f"http://127.0.0.2:{server.port}/redirect?to={to}"
        assert b"s3cr3t" not in client.fetch("GET", url, headers={"Authorization": "s3cr3t"}).body


class TestLimit:
    def test_bytes(self, here: str) -> None:
        with pytest.raises(AnswerTooLarge, match="1,000,000 bytes"):
            egress(answer_bytes=1_000_000).fetch("GET", f"{here}/endless")
        assert len(egress(answer_bytes=5).fetch("GET", f"{here}/hello").body) == 5

    def test_packed_bytes(self, here: str) -> None:
        with pytest.raises(AnswerUnreadable, match="gzip"):
            egress().fetch("GET", f"{here}/bomb")

    def test_bytes_of_headers(self, here: str) -> None:
        with pytest.raises(HostUnreachable):
            egress().fetch("GET", f"{here}/huge-header")

    @pytest.mark.parametrize("page", ["slow-headers", "slow-body"])
    def test_seconds_of_the_whole(self, here: str, page: str) -> None:
        """Each byte comes soon; the page would take 50 s."""
        start = time.monotonic()
        with pytest.raises(AnswerTooSlow, match=r"within 0\.5 s"):
            egress(seconds=0.5).fetch("GET", f"{here}/{page}")
        assert time.monotonic() - start < 25

    def test_seconds_of_looking_up(self) -> None:
        def sleep(host: str, port: int) -> list[str]:
            time.sleep(1)
            return ["1.1.1.1"]

        with pytest.raises(AnswerTooSlow):
            Egress(limits=Limits(seconds=0.1), resolver=sleep).fetch("GET", "http://shop.example/")

    def test_redirects(self, here: str) -> None:
        with pytest.raises(RedirectsTooMany, match="more than 3 times"):
            egress(redirects=3).fetch("GET", here + "/redirect?to=" * 5 + "/hello")


class TestSay:
    @pytest.mark.parametrize("url", ["", "shop", "//x", "ftp://x/", "http://", "http://[::1/"])
    def test_what_is_no_url(self, url: str) -> None:
        with pytest.raises(RequestUnusable) as caught:
            Egress().fetch("GET", url)
        assert "https://" in caught.value.hint

    @pytest.mark.parametrize("value", ["a\r\nX-Evil: b", "a\nb", "a\0b"])
    def test_what_is_no_header(self, here: str, value: str) -> None:
        with pytest.raises(RequestUnusable, match="cannot be sent"):
            egress().fetch("GET", f"{here}/headers", headers={"X-Key": value})

    @pytest.mark.parametrize("host", ["no-such-host.invalid", "x" * 64 + ".example", "a..b"])
    def test_who_is_not_known(self, host: str) -> None:
        with pytest.raises((HostUnknown, RequestUnusable)):
            Egress().fetch("GET", f"http://{host}/")

    @pytest.mark.parametrize("page", ["hang-up", "nonsense"])
    def test_who_does_not_speak_http(self, here: str, page: str) -> None:
        with pytest.raises(HostUnreachable, match="cannot be reached"):
            egress().fetch("GET", f"{here}/{page}")

    def test_who_does_not_listen(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            with pytest.raises(HostUnreachable):
                egress().fetch("GET", f"http://127.0.0.1:{taken.getsockname()[1]}/")

    def test_a_second_address_is_tried(self, server: Server) -> None:
        names = Names(["::1", "127.0.0.1"])
        client = Egress([LOOPBACK, ip_network("::1/128")], resolver=names)
        assert client.fetch("GET", f"http://shop.example:{server.port}/hello").status == 200
