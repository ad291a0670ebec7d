"""The key of a payout, by which the same money is never paid twice, and the reference made of it. Pure."""

import base64
import hashlib
from uuid import UUID

from service.kit.ids import show
from service.ledger.payouts.choosing import Chosen


def key(partner_id: UUID, currency: str, so_far: int, chosen: Chosen) -> str:
    """Hexadecimal SHA-256 of who is paid for what: from the same books comes the same key, in whichever
    process, and after a restore. `so_far`: payouts that the partner had before, failed ones too."""
    rows = sorted(str(row.id) for row in chosen.rows)
    parts = [show("prt", partner_id), currency, str(so_far), str(chosen.unallocated), *rows]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def outside_key(partner_id: UUID, name: str) -> str:
    """The key of a payment that was made elsewhere, by what it is called there."""
    return hashlib.sha256(f"outside\n{show('prt', partner_id)}\n{name}".encode()).hexdigest()


def reference(payout_key: str) -> str:
    """12 characters that people can read out, for the bank's file: 60 bits of the key.

    >>> reference("00" * 32)
    'PAAAAAAAAAAAA'
    """
    return "P" + base64.b32encode(bytes.fromhex(payout_key))[:12].decode()
