"""Addresses of clusters, and a machine without Ray."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.cluster import ClusterAddress, ClusterAddressUnreadable
from desireline.settings import RAY, SettingUnreadable, read_settings


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ray", ClusterAddress("auto")),
        ("ray://auto", ClusterAddress("auto")),
        ("ray://10.0.0.5:6379/", ClusterAddress("10.0.0.5:6379")),
        ("ray://auto?shards=8", ClusterAddress("auto", 8)),
        ("ray://h:1?shards=8&threads=4", ClusterAddress("h:1", 8, 4)),
        ("ray://h:1/?threads=4&shards=8", ClusterAddress("h:1", 8, 4)),
        ("ray://[::1]:6379", ClusterAddress("[::1]:6379")),
    ],
)
def test_an_address_is_read(text: str, address: ClusterAddress) -> None:
    assert ClusterAddress.of(text) == address
    assert read_settings({}, compute=text).compute == text


@pytest.mark.parametrize(
    "text",
    [
        "http://auto",
        "ray://",
        "ray://auto/there",
        "ray://auto?",
        "ray://auto?shard=8",
        "ray://auto?shards=0",
        "ray://auto?shards=08",
        "ray://auto?threads=two",
        "ray://auto?shards=1&shards=2",
        "ray://head",
        "ray://10.0.0.5:",
        "ray://[::1",
        "ray://ann@head:6379",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ClusterAddressUnreadable, match=re.escape(repr(text))) as caught:
        ClusterAddress.of(text)
    assert "ray://auto" in caught.value.hint
    with pytest.raises(SettingUnreadable) as refused:
        read_settings({}, compute=text)
    assert "ray://auto" in refused.value.hint


@given(st.from_regex(RAY, fullmatch=True))
def test_what_the_settings_take_is_an_address(text: str) -> None:
    address = ClusterAddress.of(text)
    assert (address.host if "://" in text else "ray") in text
    for name, number in (("shards", address.shards), ("threads", address.threads)):
        assert f"{name}={number}" in text or name not in text


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
