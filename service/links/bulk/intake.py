"""Taking files of links in: each row becomes a request's item."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from service.imports.outcomes import Origin, Outcome
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound
from service.kit.text import fold_tr
from service.kit.validation import field_errors
from service.links.bulk import actions
from service.links.bulk.actions import Made
from service.links.bulk.keys import Keys
from service.links.bulk.rows import LinkFileRow
from service.links.catalogue.actions import grounds
from service.links.catalogue.schemas import NewLink
from service.links.coupons import codes as coupon_codes
from service.links.coupons import store as coupons
from service.programs import store as partners
from service.programs.names import email_key

_REASONS = {
    "code-not-available": "code_not_available",
    "partner-not-found": "unknown_partner",
    "coupon-not-found": "unknown_coupon",
    "via-taken": "conflict",
    "link-external-id-taken": "conflict",
}
_UTM = ("source", "medium", "campaign", "term", "content", "id")
SEVERAL = Outcome("rejected", "conflict", "several partners have this name: give an id or an address")
UNKNOWN_PARTNER = Outcome("rejected", "unknown_partner")
UNKNOWN_COUPON = Outcome("rejected", "unknown_coupon")


async def take_in(db: Connection, origin: Origin, rows: Sequence[LinkFileRow]) -> Sequence[Outcome]:
    """Adds links; a row that was taken in before changes nothing. An outcome for each row."""
    kept: dict[str, Any] = origin.kept
    if "links" not in kept:
        kept["links"] = (await grounds(db, origin.workspace_id, origin.settings), Keys())
    found, keys = kept["links"]
    who = await partners_of(db, origin.workspace_id, [row.partner for row in rows])
    which = await _coupons(db, origin.workspace_id, [row.coupon for row in rows])
    wanted = [_wanted(row, who, which) for row in rows]
    links = [one for one in wanted if isinstance(one, NewLink)]
    results = iter(await actions.put(db, origin.workspace_id, found, links, keys))
    return [one if isinstance(one, Outcome) else _outcome(next(results)) for one in wanted]


def _outcome(result: actions.Made | actions.Failed) -> Outcome:
    if isinstance(result, Made):
        return Outcome("created" if result.new else "unchanged")
    slug, fault = result.faults[0]
    address = fault["path"] in ("url", "fallback_url")
    reason = "not_a_destination" if address else _REASONS.get(slug, "invalid_link")
    return Outcome(
        "rejected", reason, "; ".join(f"{one['path']} {one['message']}" for _, one in result.faults)
    )


def _wanted(
    row: LinkFileRow, who: dict[str, UUID | Outcome], which: dict[str, UUID | None]
) -> NewLink | Outcome:
    partner = who[row.partner] if row.partner else None
    if isinstance(partner, Outcome):
        return partner
    coupon = which[row.coupon] if row.coupon else None
    if row.coupon and coupon is None:
        return UNKNOWN_COUPON
    utm = {name: getattr(row, f"utm_{name}") for name in _UTM}
    body = {name: getattr(row, name, None) for name in NewLink.__struct_fields__}
    body |= {
        "utm": {name: template for name, template in utm.items() if template},
        "partner_id": ids.show_or_none("prt", partner),
        "coupon_id": ids.show_or_none("cpn", coupon),
        "mode": fold_tr(row.mode) if row.mode else None,
        "network": fold_tr(row.network) if row.network else None,
        "expires_at": None if row.expires_at is None else row.expires_at.isoformat(),
    }
    sent = {name: value for name, value in body.items() if value is not None and value is not UNSET}
    if errors := field_errors(NewLink, sent):
        return Outcome("rejected", "invalid_link", "; ".join(f"{one.path}: {one.message}" for one in errors))
    return msgspec.convert(sent, NewLink)


async def partners_of(
    db: Connection, workspace_id: UUID, texts: Sequence[str | None]
) -> dict[str, UUID | Outcome]:
    """The partner that each text names: by id, e-mail address, or a name that one partner has."""
    asked = list(dict.fromkeys(text for text in texts if text))
    by_id = {text: _read("prt", text) for text in asked if text.startswith("prt_")}
    known = set(await partners.known_partners(db, workspace_id, [one for one in by_id.values() if one]))
    rest = [text for text in asked if text not in by_id]
    found: dict[str, UUID | Outcome] = {
        text: one if one is not None and one in known else UNKNOWN_PARTNER for text, one in by_id.items()
    }
    keys = [email_key(text) or "" for text in rest]
    rows = await partners.by_words(db, workspace_id, keys, [fold_tr(text) for text in rest]) if rest else []
    named = {row.n: SEVERAL if row.several else row.id for row in rows}
    return found | {text: named.get(at, UNKNOWN_PARTNER) for at, text in enumerate(rest, 1)}


async def _coupons(db: Connection, workspace_id: UUID, texts: Sequence[str | None]) -> dict[str, UUID | None]:
    """The coupon that each text names: by id or code."""
    found: dict[str, UUID | None] = {}
    for text in dict.fromkeys(text for text in texts if text):
        if text.startswith("cpn_"):
            found[text] = _read("cpn", text)
            continue
        folded = coupon_codes.folded(text)
        row = await coupons.by_code(db, workspace_id, folded) if folded else None
        found[text] = None if row is None else row.id
    return found


def _read(prefix: str, text: str) -> UUID | None:
    try:
        return ids.read(prefix, text)
    except NotFound:
        return None
