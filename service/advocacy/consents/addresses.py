"""Addresses that messages go to: one form for all spellings, known by keyed hashes. Pure, but for the key of
the installation."""

import hmac
import re
from uuid import UUID

from service.advocacy.consents.schemas import Channel
from service.conversions.customers import email_key
from service.kit import keys, mail

_SEPARATORS = re.compile(r"[\s()./-]")
_DIGITS = re.compile(r"[1-9][0-9]{6,14}")


def normal(channel: Channel, address: str) -> str | None:
    """The address as it is written to; None where it is none of the channel's.

    Numbers without a country are Turkish ones: mobile and fixed numbers have ten digits after +90.

    >>> normal("sms", "0532 111 22 33"), normal("call", "00 90 (212) 111-22-33"), normal("sms", "12")
    ('+905321112233', '+902121112233', None)
    >>> normal("email", " Ayse@Shop.example "), normal("email", "ayse@"), normal("sms", "+49 151 23456789")
    ('Ayse@Shop.example', None, '+4915123456789')
    """
    if channel == "email":
        return _email(address.strip())
    number = _SEPARATORS.sub("", address.strip())
    international = number.startswith(("+", "00"))
    number = number.removeprefix("+") if number.startswith("+") else number.removeprefix("00")
    if not international:
        number = number.removeprefix("0")
        number = number if len(number) == 12 and number.startswith("90") else f"90{number}"
    if number.startswith("90") and len(number) != 12:
        return None
    return f"+{number}" if _DIGITS.fullmatch(number) else None


def address_key(workspace_id: UUID, channel: Channel, address: str) -> bytes | None:
    """32 bytes that two spellings of an address share, in this workspace only. An e-mail address has the one
    that customers are known by, so that erasing a customer finds it."""
    found = normal(channel, address)
    if found is None:
        return None
    if channel == "email":
        return email_key(workspace_id, found)
    return hmac.digest(keys.key(f"numbers {workspace_id}"), found.encode(), "sha256")


def _email(address: str) -> str | None:
    try:
        mail.check(address)
    except mail.BadAddress:
        return None
    return address
