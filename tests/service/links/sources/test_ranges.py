"""Ranges of addresses: read, flattened, packed, found."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.links.sources.ranges import BadRanges, Ranges, pack, read_ranges, unpack

FILE = [
    "network,country",
    "192.0.2.0/24,TR",
    '"198.51.100.0","198.51.100.127","Germany","DE"',
    "3405803776,3405804031,US",
    "2001:db8::/32;TR",
    "2001:db8:1::/48,NL",
    "203.0.114.0/24,ZZ",
    "# a comment",
    "",
]


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("192.0.2.0", "TR"),
        ("192.0.2.255", "TR"),
        ("192.0.3.0", None),
        ("192.0.1.255", None),
        ("198.51.100.127", "DE"),
        ("198.51.100.128", None),
        ("203.0.113.9", "US"),
        ("203.0.114.9", None),
        ("2001:db8:5::1", "TR"),
        ("2001:db8:1:2::/64", "NL"),
        ("2001:db8:2::", "TR"),
        ("2001:db9::1", None),
        ("unknown", None),
        ("", None),
        ("0.0.0.0", None),
        ("255.255.255.255", None),
    ],
)
def test_countries_of_addresses(address: str, country: str | None) -> None:
    ranges = read_ranges(FILE)
    assert ranges.find(address) == country
    assert unpack(pack(ranges)).find(address) == country


def test_one_code_for_a_whole_file() -> None:
    ranges = read_ranges(["192.0.2.0/25", "192.0.2.128/25,Some cloud", "198.51.100.7"], "DC")
    assert [ranges.find(a) for a in ("192.0.2.200", "198.51.100.7", "198.51.100.8")] == ["DC", "DC", None]
    assert ranges.count == 3


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "no range"),
        (["cidr,country"], "no range"),
        (["192.0.2.0/33,TR"], "line 1"),
        (["192.0.2.0/24,TR", "nonsense,TR"], "line 2"),
        (["192.0.2.9,192.0.2.1,TR"], "ends before"),
        (["192.0.2.0/24,Turkey"], "no country"),
        (["192.0.2.1,2001:db8::1,TR"], "ends before"),
    ],
)
def test_what_is_no_list_says_where(lines: list[str], message: str) -> None:
    with pytest.raises(BadRanges, match=message):
        read_ranges(lines)


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20), st.sampled_from(["TR", "DE", "US"])), min_size=1
)


def _narrowest(spans: list[tuple[int, int, str]], number: int) -> set[str]:
    around = [(size, code) for low, size, code in spans if low <= number <= low + size]
    least = min((size for size, _ in around), default=None)
    return {code for size, code in around if size == least}


def _nested(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Lists of networks lie in each other or apart, and say one thing of each."""
    kept: dict[tuple[int, int], str] = {}
    for low, size, code in spans:
        crossing = any(a < low <= b < low + size or low < a <= low + size < b for a, b in kept)
        if not crossing:
            kept[low, low + size] = code
    return [(low, high - low, code) for (low, high), code in kept.items()]


@given(SPANS)
def test_the_narrowest_range_holds(spans: list[tuple[int, int, str]]) -> None:
    nested = _nested(spans)
    four = read_ranges([f"{IPv4Address(a)},{IPv4Address(a + n)},{code}" for a, n, code in nested])
    six = read_ranges([f"{IPv6Address(a << 64)},{IPv6Address(a + n << 64)},{code}" for a, n, code in nested])
    for number in range(85):
        wanted = _narrowest(nested, number)
        for found in (four.find(str(IPv4Address(number))), six.find(str(IPv6Address(number << 64)))):
            assert {found} == wanted or (found is None and not wanted)


@given(SPANS)
def test_packing_changes_nothing(spans: list[tuple[int, int, str]]) -> None:
    made = read_ranges([f"{IPv4Address(a)},{IPv4Address(a + n)},{code}" for a, n, code in spans])
    again: Ranges = unpack(pack(made))
    assert (again.v4, again.count) == (made.v4, made.count)
    starts = list(made.v4.starts)
    assert starts == sorted(set(starts))


def test_the_last_addresses() -> None:
    ranges = read_ranges(["255.255.255.0/24,TR", "ffff::/16,DE", "0.0.0.0/8,US"])
    assert ranges.find("255.255.255.255") == "TR"
    assert ranges.find("ffff:ffff:ffff:ffff::1") == "DE"
    assert ranges.find("0.0.0.0") == "US"
