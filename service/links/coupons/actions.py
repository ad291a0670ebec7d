"""Making and changing coupons: what holds between a coupon, its partner and its link."""

from uuid import UUID

from msgspec import UNSET, structs

from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.links.catalogue import store as links
from service.links.coupons import codes, store
from service.links.coupons.schemas import CouponPatch, CouponRow, NewCoupon
from service.links.problems import CouponTaken
from service.programs import store as partners
from service.programs.problems import UnknownPartner

Fault = dict[str, str]


async def add(db: Connection, workspace_id: UUID, data: NewCoupon) -> CouponRow:
    """A new coupon. Raises InvalidInput, UnknownPartner, UnknownLink, CouponTaken."""
    folded = codes.folded(data.code)
    faults = _faults(data)
    if folded is None:
        faults.insert(0, {"path": "code", "message": "holds more than letters, digits, . _ and -"})
    if faults or folded is None:
        raise InvalidInput("a coupon that can't be", errors=faults)
    partner_id, link_id = await _of(db, workspace_id, data)
    if await store.by_code(db, workspace_id, folded) is not None:
        raise CouponTaken(f"there is a coupon {data.code!r} in some spelling")
    return await store.add_coupon(
        db,
        workspace_id,
        ids.new(),
        data.code.strip(),
        folded,
        data.kind,
        partner_id,
        link_id,
        data.starts_at,
        data.ends_at,
        data.limit,
    )


async def change(db: Connection, workspace_id: UUID, row: CouponRow, data: CouponPatch) -> CouponRow:
    """The coupon with what was sent. Raises as `add`."""
    given = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    whole = structs.replace(sent(row), **given)
    if faults := _faults(whole):
        raise InvalidInput("a coupon that can't be", errors=faults)
    partner_id, link_id = await _of(db, workspace_id, whole)
    return await store.save_coupon(
        db,
        workspace_id,
        row.id,
        whole.kind,
        partner_id,
        link_id,
        whole.starts_at,
        whole.ends_at,
        whole.limit,
    )


def sent(row: CouponRow) -> NewCoupon:
    """A coupon as if it were sent anew."""
    return NewCoupon(
        code=row.code,
        kind=row.kind,
        partner_id=ids.show_or_none("prt", row.partner_id),
        link_id=ids.show_or_none("lnk", row.link_id),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        limit=row.limit,
    )


def _faults(data: NewCoupon) -> list[Fault]:
    found = []
    if data.kind == "exclusive" and data.partner_id is None:
        found.append({"path": "partner_id", "message": "is required for an exclusive coupon"})
    if data.starts_at and data.ends_at and data.starts_at >= data.ends_at:
        found.append({"path": "ends_at", "message": "has to lie after starts_at"})
    return found


async def _of(db: Connection, workspace_id: UUID, data: NewCoupon) -> tuple[UUID | None, UUID | None]:
    """Partner and link, which are there and belong together."""
    partner_id = None if data.partner_id is None else ids.read("prt", data.partner_id)
    if partner_id is not None and not await partners.known_partners(db, workspace_id, [partner_id]):
        raise UnknownPartner(f"there is no {data.partner_id!r}")
    link_id = None if data.link_id is None else ids.read("lnk", data.link_id)
    if link_id is not None:
        link = await links.get_link(db, workspace_id, link_id)
        if None not in (partner_id, link.partner_id) and partner_id != link.partner_id:
            errors = [{"path": "link_id", "message": "is another partner's link"}]
            raise InvalidInput("a coupon and its link are one partner's", errors=errors)
    return partner_id, link_id
