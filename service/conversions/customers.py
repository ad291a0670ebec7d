"""Customers, known by keyed hashes alone. Pure, but for the key of the installation."""

import hmac
from uuid import UUID

from service.conversions.reports import Buyer
from service.kit import keys

# Gmail delivers to one mailbox however it is dotted: support.google.com/mail/answer/7436150.
_DOTS = str.maketrans("İı", "ii")
_DOTLESS = {"gmail.com", "googlemail.com"}


def normal_email(email: str) -> str | None:
    """The one form of a mailbox's spellings; None where it is no address. Turkish keyboards write İ and ı
    where i is meant.

    >>> normal_email(" Ayse.Oz+x@GoogleMail.com "), normal_email("ayse.oz+x@shop.example"), normal_email("?")
    ('ayseoz@gmail.com', 'ayse.oz@shop.example', None)
    >>> normal_email("İSIL@shop.example") == normal_email("ısil@shop.example") == "isil@shop.example"
    True
    """
    local, at, domain = email.strip().translate(_DOTS).casefold().rpartition("@")
    local = local.partition("+")[0]
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local and at and domain else None


def email_key(workspace_id: UUID, email: str | None) -> bytes | None:
    """32 bytes that two spellings of an address share, in this workspace only."""
    normal = None if email is None else normal_email(email)
    return None if normal is None else _hashed(workspace_id, "email", normal)


def external_key(workspace_id: UUID, shop: str, external_id: str | None) -> bytes | None:
    """32 bytes of a customer's id in a shop. A guest's 0 or nothing is nobody's."""
    if external_id is None or external_id.strip() in ("", "0"):
        return None
    return _hashed(workspace_id, "external", f"{shop}\0{external_id.strip()}")


def keys_of(workspace_id: UUID, shop: str, buyer: Buyer | None) -> dict[bytes, str]:
    """What a buyer is known by: keyed hashes with their kinds, in the order in which they are locked."""
    if buyer is None:
        return {}
    found = {
        external_key(workspace_id, shop, buyer.external_id): "external",
        email_key(workspace_id, buyer.email): "email",
    }
    return {key: found[key] for key in sorted(key for key in found if key is not None)}


def _hashed(workspace_id: UUID, kind: str, value: str) -> bytes:
    key = keys.key(f"customers {workspace_id}")
    return hmac.digest(key, f"{kind}\0{value}".encode(), "sha256")
