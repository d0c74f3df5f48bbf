"""Where addresses come from: countries, and networks of data centres."""

from __future__ import annotations

import subprocess
import sys
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.modules.enrichment.sources import SOURCES
from desireline.modules.enrichment.sources.datacenters import (
    Networks,
    NetworksUnreadable,
    network_of,
    read_networks,
)

NETWORKS = st.builds(
    lambda version, number, bits: ip_network(
        (number >> (32 - bits) << (32 - bits) if version == 4 else number << 96, bits)
    ),
    st.sampled_from([4]),
    st.integers(0x0A000000, 0x0A0000FF),
    st.integers(24, 32),
)


def said(address: str) -> dict[str, object]:
    return {fact.name: fact.value for fact in SOURCES["address"](address)}


class TestAddress:
    @pytest.mark.parametrize(
        ("address", "country"),
        [  # blocks that the registries gave whole to one operator of a country
            ("193.0.6.139", "NL"),  # RIPE NCC itself
            ("83.0.0.1", "PL"),  # Orange Polska
            ("2a01:11c0::1", "PL"),
            ("::ffff:83.0.0.1", "PL"),
            ("212.58.244.20", "GB"),  # BBC
        ],
    )
    def test_has_the_country_of_its_registry(self, address: str, country: str) -> None:
        assert said(address)["country"] == country

    @pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "fe80::1%eth0", "192.0.2.1", "x"])
    def test_private_ones_have_none(self, address: str) -> None:
        assert said(address) == {}

    def test_rented_servers_are_known(self) -> None:
        assert said("3.248.0.1")["datacenter"] == "aws"  # EC2 in Ireland
        assert said("83.0.0.1") == {"country": "PL"}
        assert "datacenter" not in said("104.28.0.1")  # persons behind Cloudflare's relay

    def test_the_package_that_would_ask_the_network_is_not_run(self) -> None:
        assert said("3.248.0.1")["datacenter"] == "aws"
        assert not {"cloudip", "requests", "urllib3"} & set(_loaded_by("address"))


def _loaded_by(source: str) -> list[str]:
    """The modules that a new Python has loaded after this source has answered."""
    code = (
        "import sys\n"
        "from desireline.modules.enrichment.sources import SOURCES\n"
        f"SOURCES[{source!r}]('3.248.0.1'); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


class TestNetworks:
    @given(st.lists(NETWORKS, max_size=8), st.integers(0x0A000000, 0x0A0000FF))
    def test_the_smallest_that_holds_an_address_owns_it(self, found: list, number: int) -> None:
        named = [(network_of(str(network)), str(network)) for network in found]
        address = ip_address(number)
        holding = [n for n in found if address in n]
        wanted = str(max(holding, key=lambda n: n.prefixlen)) if holding else ""
        assert Networks(named).owner_of(address) == wanted

    def test_versions_do_not_mix(self) -> None:
        networks = Networks([(network_of("::/8"), "six"), (network_of("255.0.0.0/8"), "four")])
        assert networks.owner_of(ip_address("::1")) == "six"
        assert networks.owner_of(ip_address("0.0.0.1")) == ""
        assert networks.owner_of(ip_address("255.255.255.255")) == "four"
        assert networks.owner_of(ip_address("100::")) == ""

    @given(st.integers(0, 2**32 - 1), st.integers(0, 2**128 - 1), st.integers(0, 32))
    def test_are_read_as_the_standard_library_reads_them(
        self, low: int, high: int, bits: int
    ) -> None:
        for address, kept in ((IPv4Address(low), bits), (IPv6Address(high), bits * 4)):
            wanted = ip_network(f"{address}/{kept}", strict=False)
            first, last = int(wanted.network_address), int(wanted.broadcast_address)
            assert network_of(str(wanted)) == (wanted.version, first, last)

    def test_of_two_alike_the_last_owns_it(self) -> None:
        same = network_of("192.0.2.0/24")
        networks = Networks([(same, "a cloud"), (same, "Z"), (same, "an operator")])
        assert networks.owner_of(ip_address("192.0.2.7")) == "an operator"


class TestFile:
    def test_is_read(self, tmp_path: Path) -> None:
        file = tmp_path / "hosters.txt"
        file.write_text("# ours\n192.0.2.0/24 our hoster\n\n2001:db8::/32 # no name\n")
        networks = Networks(read_networks(file))
        assert networks.owner_of(ip_address("192.0.2.9")) == "our hoster"
        assert networks.owner_of(ip_address("2001:db8::9")) == "hosters"

    @pytest.mark.parametrize("line", ["192.0.2.1/24", "nonsense", "300.0.0.0/8"])
    def test_a_wrong_line_is_named(self, tmp_path: Path, line: str) -> None:
        file = tmp_path / "hosters.txt"
        file.write_text(f"192.0.2.0/24 ok\n{line} bad\n")
        with pytest.raises(NetworksUnreadable, match=r"Line 2 of .*hosters\.txt"):
            read_networks(file)

    def test_a_missing_file_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(NetworksUnreadable, match="cannot be read"):
            read_networks(tmp_path / "none.txt")
