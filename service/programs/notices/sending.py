"""Notices by mail: promised once, with a link that ends them."""

import hmac
import re
from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct, structs, to_builtins

from service.kit import keys, mail
from service.kit.db import Connection
from service.programs.notices import store, tokens, wording
from service.programs.notices.schemas import Place, Told, WaitingRow
from service.programs.preferences.schemas import Notice
from service.settings import Settings, derive_key, public_url

KEY = "links that end notices"
PATH = "/unsubscribe/"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


async def promise(
    db: Connection,
    workspace_id: UUID,
    notice: Notice,
    subject: UUID,
    partner_id: UUID,
    facts: Struct,
    key: str = "",
) -> None:
    """A job tells the partner once this transaction has committed: once, however often it is promised."""
    await store.add_notice(db, workspace_id, notice, subject, key, partner_id, to_builtins(facts), "waiting")


async def mark(
    db: Connection, workspace_id: UUID, notice: Notice, subject: UUID, partner_id: UUID | None, *, sent: bool
) -> None:
    """Notes what the caller mails in this transaction, or doesn't as nobody wants it."""
    state = "sent" if sent else "unwanted"
    await store.add_notice(db, workspace_id, notice, subject, "", partner_id, {}, state)


async def tell_some(db: Connection, settings: Settings, workspace_id: UUID, limit: int) -> Told | None:
    """Mails notices that wait; None where there are none."""
    rows = await store.waiting(db, workspace_id, limit)
    told = Told()
    for row in rows:
        sent = await _tell(db, settings, workspace_id, row)
        state = "sent" if sent else "unwanted"
        await store.settle(db, workspace_id, row.notice, row.subject, row.key, state)
        told.sent += sent
        told.unwanted += not sent
    return told if rows else None


async def _tell(db: Connection, settings: Settings, workspace_id: UUID, row: WaitingRow) -> bool:
    if row.email is None or row.status == "archived" or row.notice in row.notices_off:
        return False
    language = "en" if row.locale == "en" else "tr"
    filled = {"brand": row.brand, **wording.values(row.notice, row.facts, language, row.timezone)}
    try:
        written = mail.compose(row.email.strip(), wording.WORDS[row.notice], language, **lines(filled))
    except mail.BadAddress:
        return False
    place = Place(workspace_id, "partner", row.partner_id, row.notice)
    await mail.send(db, workspace_id, stoppable(written, link(settings, place)))
    return True


def link(settings: Settings, place: Place) -> str:
    """The address that ends notices of a kind, without a log-in."""
    return public_url(settings) + PATH + tokens.write(derive_key(settings, KEY), place)


def stoppable(written: mail.Mail, address: str) -> mail.Mail:
    """The mail with the address that ends its kind: in its text, and for the mailbox's own button."""
    foot = wording.FOOT[written.lang].format(link=address)
    return structs.replace(written, text=written.text + foot, unsubscribe=address)


def lines(values: Mapping[str, str]) -> dict[str, str]:
    """Values as they can stand in a mail's subject: each one line.

    >>> lines({"brand": "Kahve\\nDurağı"})
    {'brand': 'Kahve Durağı'}
    """
    return {name: " ".join(_CONTROL.sub(" ", value).split()) for name, value in values.items()}


async def is_stopped(db: Connection, workspace_id: UUID, email_key: str, notice: Notice) -> bool:
    """Whether an address wants no notices of a kind; of partners, their preferences say so too."""
    return await store.is_stopped(db, workspace_id, address(workspace_id, email_key), notice)


def address(workspace_id: UUID, email_key: str) -> bytes:
    """What is stored of an address that wants no mail: a keyed hash, so that the table is no list."""
    return hmac.digest(
        keys.key("addresses without notices"), workspace_id.bytes + email_key.encode(), "sha256"
    )
