"""Addresses that a profile may carry, and those that lead into a network of one's own."""

import time

import pytest

from service.influencers.urls import is_public

PUBLIC = [
    "https://www.instagram.com/elci/",
    "http://example.org",
    "https://xn--elci-0oa.com.tr/a?b=c#d",
    "https://8.8.8.8/a",
    "https://[2606:4700::1111]/",
    "https://elçi.com.tr:8443/",
]
PRIVATE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[fe80::1]/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1/",
    "http://localhost/",
    "http://localhost.:80/",
    "http://db.internal/",
    "http://printer.local/",
    "http://intranet/",
    "https://user@example.org/",
    "https://user:pass@example.org/",
    "https://example.org\\@127.0.0.1/",
    "file:///etc/passwd",
    "ftp://example.org/",
    "javascript:alert(1)",
    "//example.org/",
    "https:///a",
    "https://example.org:99999/",
    "https://[::1",
    "",
]


@pytest.mark.parametrize("url", PUBLIC)
def test_the_public_web(url: str) -> None:
    assert is_public(url)


@pytest.mark.parametrize("url", PRIVATE)
def test_what_leads_elsewhere(url: str) -> None:
    assert not is_public(url)


@pytest.mark.parametrize("text", ["http://" + "1." * 25_000, "http://" + "0x" * 25_000, "a" * 50_000])
def test_hostile_text_is_answered_at_once(text: str) -> None:
    began = time.perf_counter()
    is_public(text)
    assert time.perf_counter() - began < 0.05
