"""Whether a message may be sent, and what files say: tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from service.advocacy.consents.deciding import verdict
from service.advocacy.consents.intake import entry_of
from service.advocacy.consents.rows import ConsentFileRow
from service.advocacy.consents.schemas import Entry, Standing
from service.imports.outcomes import Outcome
from service.kit import ids

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
GIVEN = Standing("given", "own", "individual", NOW, False)
WITHDRAWN = Standing("withdrawn", "own", "individual", NOW, False)
REFUSED = Standing("withdrawn", "iys", "merchant", NOW, False)
ERASED = Standing("withdrawn", "own", "individual", NOW, True)
MAIL, TURKISH, GERMAN = "a@x.example", "+905321112233", "+4915123456789"


@pytest.mark.parametrize(
    ("newest", "channel", "address", "purpose", "kind", "expected"),
    [
        (None, "email", MAIL, "transactional", "individual", (True, "transactional")),
        (WITHDRAWN, "email", MAIL, "transactional", "individual", (True, "transactional")),
        (None, "email", None, "transactional", "individual", (False, "not_an_address")),
        (None, "email", MAIL, "commercial", "individual", (False, "no_consent")),
        (None, "email", MAIL, "survey", "individual", (False, "no_consent")),
        (None, "email", MAIL, "commercial", "merchant", (True, "merchant_without_refusal")),
        (None, "sms", TURKISH, "survey", "merchant", (True, "merchant_without_refusal")),
        (None, "call", GERMAN, "commercial", "merchant", (False, "no_consent")),
        (GIVEN, "email", MAIL, "commercial", "individual", (True, "consented")),
        (GIVEN, "sms", GERMAN, "survey", "individual", (True, "consented")),
        (WITHDRAWN, "email", MAIL, "commercial", "merchant", (False, "withdrawn")),
        (REFUSED, "email", MAIL, "commercial", "merchant", (False, "iys_refused")),
        (ERASED, "email", MAIL, "commercial", "merchant", (False, "erased")),
    ],
)
def test_what_may_be_sent(newest, channel, address, purpose, kind, expected) -> None:  # type: ignore[no-untyped-def]
    found = verdict(newest, channel, address, purpose, kind)
    assert (found.allowed, found.reason) == expected


def test_abroad_merchants_are_asked_too() -> None:
    assert not verdict(None, "email", MAIL, "commercial", "merchant", turkish=False).allowed


def _read(**changed: str | None) -> Entry | Outcome:
    cells: dict[str, str | None] = {
        "address": "ayse@x.example",
        "channel": "EPOSTA",
        "status": "ONAY",
        "recipient_type": "BIREYSEL",
        "source": "HS_WEB",
        "occurred_at": "2021-09-04 19:46:56",
        "external_id": None,
        "text_version": None,
    }
    return entry_of(ids.new(), "", ConsentFileRow(2, **cells | changed), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "reason", "word"),
    [
        ({"channel": "FAKS", "status": "BELKI"}, "not_a_code", "type, status"),
        ({"source": "web sitesi"}, "not_a_code", "source"),
        ({"recipient_type": "KAMU"}, "not_a_code", "recipientType"),
        ({"occurred_at": "dün"}, "not_a_date", "consentDate"),
        ({"occurred_at": None}, "not_a_date", "consentDate"),
        ({"occurred_at": "2031-01-01 00:00:00"}, "not_a_date", "consentDate"),
        ({"address": "ayse"}, "not_an_email", "recipient"),
        ({"channel": "MESAJ"}, "not_a_phone", "recipient"),
    ],
)
def test_rows_that_are_no_consent(changed: dict[str, str | None], reason: str, word: str) -> None:
    found = _read(**changed)
    assert isinstance(found, Outcome)
    assert (found.status, found.why) == ("rejected", reason)
    assert (found.detail or "").startswith(f"{word}:")


@pytest.mark.parametrize(
    ("changed", "origin"),
    [
        ({}, "own"),
        ({"source": "IYS_WEB", "status": "RET"}, "iys"),
        ({"source": None, "status": "RET"}, "iys"),
        ({"source": "HS_KARAR", "status": "RET"}, "own"),
    ],
)
def test_whose_word_it_is(origin: str, changed: dict[str, str | None]) -> None:
    found = _read(**changed)
    assert isinstance(found, Entry)
    assert found.origin == origin
    assert found.occurred_at == datetime(2021, 9, 4, 16, 46, 56, tzinfo=UTC)


def test_merchants_may_come_without_a_date() -> None:
    found = _read(recipient_type="TACİR", occurred_at=None)
    assert isinstance(found, Entry)
    assert found.occurred_at < NOW - timedelta(days=3650)
