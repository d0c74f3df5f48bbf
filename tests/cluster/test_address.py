"""Addresses of clusters, and a machine without Ray."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desireline.cluster import ClusterAddress, ClusterAddressUnreadable


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ray", ClusterAddress("auto")),
        ("ray://auto", ClusterAddress("auto")),
        ("ray://10.0.0.5:6379/", ClusterAddress("10.0.0.5:6379")),
        ("ray://auto?shards=8", ClusterAddress("auto", 8)),
        ("ray://h:1?shards=8&threads=4", ClusterAddress("h:1", 8, 4)),
    ],
)
def test_an_address_is_read(text: str, address: ClusterAddress) -> None:
    assert ClusterAddress.of(text) == address


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("http://auto", "'http://auto' is not the address of a Ray cluster"),
        ("ray://", "'ray://' is not the address"),
        ("ray://auto/there", "is not the address"),
        ("ray://auto?shard=8", "has no option 'shard'"),
        ("ray://auto?shards=0", "shards is a whole number above 0, not '0'"),
        ("ray://auto?threads=two", "threads is a whole number above 0, not 'two'"),
        ("ray://auto?shards=1&shards=2", "not '1, 2'"),
    ],
)
def test_what_is_no_address_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ClusterAddressUnreadable, match=problem.replace("?", "[?]")) as caught:
        ClusterAddress.of(text)
    assert "ray://auto" in caught.value.hint


def test_without_ray_the_hint_says_what_to_install() -> None:
    program = (
        "import sys\n"
        "sys.modules['ray'] = None\n"  # as where it is not installed
        "from desireline.cluster import LogLoader, RayMissing, connect\n"
        "try:\n"
        "    connect('ray', LogLoader('sqlite://', 'file:///segments'))\n"
        "except RayMissing as error:\n"
        "    print(error, error.hint)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert "Ray is not installed here. pip install 'desireline[cluster]'" in done.stdout, (
        done.stderr
    )
