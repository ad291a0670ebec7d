"""Taking files of coupons in, row by row: there are hundreds, not millions."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from service.imports.outcomes import Origin, Outcome
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import Problem
from service.kit.text import fold_tr
from service.kit.validation import field_errors
from service.links.bulk.intake import partners_of
from service.links.coupons import actions, codes, store
from service.links.coupons.rows import CouponFileRow
from service.links.coupons.schemas import NewCoupon

_KINDS = {"exclusive": "exclusive", "ozel": "exclusive", "kisiye ozel": "exclusive"} | {
    "public": "public",
    "genel": "public",
    "herkese acik": "public",
}


async def take_in(db: Connection, origin: Origin, rows: Sequence[CouponFileRow]) -> Sequence[Outcome]:
    """Adds coupons; one that is there with the same values changes nothing. An outcome for each row."""
    who = await partners_of(db, origin.workspace_id, [row.partner for row in rows])
    return [await _take(db, origin.workspace_id, row, who) for row in rows]


async def _take(
    db: Connection, workspace_id: UUID, row: CouponFileRow, who: dict[str, UUID | Outcome]
) -> Outcome:
    partner = who[row.partner] if row.partner else None
    if isinstance(partner, Outcome):
        return partner
    sent = _sent(row, ids.show_or_none("prt", partner))
    if errors := field_errors(NewCoupon, sent):
        return Outcome(
            "rejected", "invalid_coupon", "; ".join(f"{one.path}: {one.message}" for one in errors)
        )
    wanted = msgspec.convert(sent, NewCoupon)
    folded = codes.folded(wanted.code)
    there = await store.by_code(db, workspace_id, folded) if folded else None
    if there is not None:
        same = msgspec.structs.replace(actions.sent(there), code=wanted.code, link_id=None) == wanted
        return (
            Outcome("unchanged") if same else Outcome("rejected", "conflict", "the code is another coupon's")
        )
    try:
        await actions.add(db, workspace_id, wanted)
    except Problem as problem:
        errors_told = problem.members.get("errors") or [{"path": "", "message": problem.detail}]
        told = "; ".join(f"{one['path']} {one['message']}".strip() for one in errors_told)
        return Outcome("rejected", "invalid_coupon", told)
    return Outcome("created")


def _sent(row: CouponFileRow, partner_id: str | None) -> dict[str, object]:
    """The row as a request's body; without a kind, a coupon with a partner is the partner's own."""
    kind = _KINDS.get(fold_tr(row.kind), row.kind) if row.kind else "exclusive" if partner_id else "public"
    body = {
        "code": row.code,
        "kind": kind,
        "partner_id": partner_id,
        "starts_at": row.starts_at and row.starts_at.isoformat(),
        "ends_at": row.ends_at and row.ends_at.isoformat(),
        "limit": row.limit,
    }
    return {name: value for name, value in body.items() if value is not None}
