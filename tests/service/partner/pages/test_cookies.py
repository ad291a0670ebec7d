"""Cookies of https and http; proofs that are of one browser and one session alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.kit import ids
from service.partner.pages import cookies
from service.partner.pages.cookies import Asked
from service.settings import Settings

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def https(tmp_path: Path) -> Settings:
    return Settings.from_env({"ELCI_HOME": str(tmp_path), "ELCI_PUBLIC_URL": "https://elci.example"})


def test_by_https_alone(https: Settings, tmp_path: Path) -> None:
    shown = cookies.made(https, "session", "x").to_header(header="")
    assert shown.startswith("__Host-elci_session=x")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(shown.split("; "))
    assert "Domain" not in shown
    http = Settings.from_env({"ELCI_HOME": str(tmp_path), "ELCI_PUBLIC_URL": "http://127.0.0.1:8000"})
    assert "Secure" not in cookies.made(http, "session", "x").to_header(header="")


def test_a_proof_is_of_one_browser_and_session(https: Settings) -> None:
    visit, session = cookies.new_visit(), ids.new()
    made = cookies.proof(https, visit, session)
    assert cookies.is_proven(https, visit, session, made)
    for other in ((cookies.new_visit(), session), (visit, ids.new()), (visit, None), (None, session)):
        assert not cookies.is_proven(https, *other, made)
    assert not cookies.is_proven(https, visit, session, "")
    assert not cookies.is_proven(https, visit, session, "ş")


def test_whom_a_code_went_to(https: Settings) -> None:
    asked = Asked("ayse@x.example", NOW + timedelta(minutes=15), "/p/me")
    cookie = cookies.asked(https, asked)
    assert "ayse" not in str(cookie.value)
    given = {str(cookie.key): str(cookie.value)}
    assert cookies.asked_of(https, given, NOW) == asked
    assert cookies.asked_of(https, given, NOW + timedelta(minutes=16)) is None
    altered = {str(cookie.key): str(cookie.value)[:-2] + "00"}
    assert cookies.asked_of(https, altered, NOW) is None
    for value in ("", "zz", "00"):
        assert cookies.asked_of(https, {str(cookie.key): value}, NOW) is None


def test_a_session_cookie_is_signed(https: Settings) -> None:
    assert cookies.session_of(https, {}) is None
    assert cookies.session_of(https, {"__Host-elci_session": "a.b.c"}) is None
