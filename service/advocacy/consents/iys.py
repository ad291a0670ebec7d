"""The files of the İleti Yönetim Sistemi (İYS, Türkiye's register of commercial messages). Pure.

Columns and codes are as recalled from its published integration guide (recipient, type, source, status,
consentDate, recipientType; times are Turkish ones, `YYYY-MM-DD HH:mm:ss`), not checked against the live
system. Its own entries carry sources that begin with IYS_.
"""

import re
from datetime import UTC, datetime
from typing import Final, get_args
from zoneinfo import ZoneInfo

from service.advocacy.consents.schemas import Channel, ConsentStatus, MessageConsent, OwnSource, RecipientType
from service.kit.text import fold_tr

ZONE: Final = ZoneInfo("Europe/Istanbul")
COLUMNS: Final = ("recipient", "type", "source", "status", "consentDate", "recipientType")
TYPES: Final[dict[Channel, str]] = {"email": "EPOSTA", "sms": "MESAJ", "call": "ARAMA"}
STATUSES: Final[dict[ConsentStatus, str]] = {"given": "ONAY", "withdrawn": "RET"}
RECIPIENTS: Final[dict[RecipientType, str]] = {"individual": "BIREYSEL", "merchant": "TACIR"}
OWN: Final[frozenset[str]] = frozenset(get_args(OwnSource))
_TIME = re.compile(
    r"(?:(\d{4})-(\d\d)-(\d\d)|(\d\d)\.(\d\d)\.(\d{4}))(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?"
)
_SOURCE = re.compile(r"(?:HS|IYS)_[A-Z0-9_]{1,36}")


def read_type(text: str) -> Channel | None:
    """
    >>> read_type("EPOSTA"), read_type("e-posta"), read_type("arama"), read_type("faks")
    ('email', 'email', 'call', None)
    """
    folded = fold_tr(text).replace("-", "").replace(" ", "")
    also: dict[str, Channel] = {"email": "email", "sms": "sms", "call": "call"}
    return {fold_tr(code): channel for channel, code in TYPES.items()}.get(folded) or also.get(folded)


def read_status(text: str) -> ConsentStatus | None:
    """
    >>> read_status("ONAY"), read_status("ret"), read_status("withdrawn"), read_status("?")
    ('given', 'withdrawn', 'withdrawn', None)
    """
    also: dict[str, ConsentStatus] = {"given": "given", "withdrawn": "withdrawn"}
    folded = fold_tr(text)
    return {fold_tr(code): status for status, code in STATUSES.items()}.get(folded) or also.get(folded)


def read_recipient_type(text: str) -> RecipientType | None:
    """
    >>> read_recipient_type("BİREYSEL"), read_recipient_type("TACIR"), read_recipient_type("kamu")
    ('individual', 'merchant', None)
    """
    also: dict[str, RecipientType] = {"individual": "individual", "merchant": "merchant"}
    folded = fold_tr(text)
    return {fold_tr(code): kind for kind, code in RECIPIENTS.items()}.get(folded) or also.get(folded)


def read_source(text: str) -> str | None:
    """
    >>> read_source("hs_web"), read_source("İYS_WEB"), read_source("web")
    ('HS_WEB', 'IYS_WEB', None)
    """
    code = text.strip().replace("ı", "I").replace("i", "I").upper().replace("İ", "I")
    return code if _SOURCE.fullmatch(code) else None


def read_time(text: str) -> datetime | None:
    """A moment in Turkish time unless it names its offset.

    >>> str(read_time("2021-09-04 19:46:56")), str(read_time("04.09.2021 19:46")), read_time("2021-13-01")
    ('2021-09-04 16:46:56+00:00', '2021-09-04 16:46:00+00:00', None)
    >>> str(read_time("2021-09-04T16:46:56Z"))
    '2021-09-04 16:46:56+00:00'
    """
    stripped = text.strip()
    found = _TIME.fullmatch(stripped)
    try:
        if found is None:
            moment = datetime.fromisoformat(stripped)
            return None if moment.tzinfo is None else moment.astimezone(UTC)
        year, month, day, day_, month_, year_, hour, minute, second = found.groups()
        ymd = (int(year or year_), int(month or month_), int(day or day_))
        return datetime(*ymd, int(hour or 0), int(minute or 0), int(second or 0), tzinfo=ZONE).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def row(consent: MessageConsent) -> list[str]:
    """A line of the file that the İYS takes. A source that is none of a sender's stands as a record kept
    electronically."""
    return [
        consent.address,
        TYPES[consent.channel],
        consent.source if consent.source in OWN else "HS_EORTAM",
        STATUSES[consent.status],
        consent.occurred_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S"),
        RECIPIENTS[consent.recipient_type],
    ]
