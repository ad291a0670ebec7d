"""All SQL that says what is a partner's own: every row is found behind the partner's wall."""

from uuid import UUID

from msgspec import Struct

from service.conversions.problems import UnknownConversion
from service.kit.db import Connection, sql
from service.links.problems import UnknownCoupon, UnknownLink
from service.programs.problems import UnknownProgram


class OwnRow(Struct):
    id: UUID


@sql("select id from programs where workspace_id = $1 and id = $2", missing=UnknownProgram)
async def own_program(db: Connection, workspace_id: UUID, program_id: UUID) -> OwnRow: ...


@sql(
    "select id from conversions where workspace_id = $1 and id = $2 and not test and merged_into is null",
    missing=UnknownConversion,
)
async def own_conversion(db: Connection, workspace_id: UUID, conversion_id: UUID) -> OwnRow: ...


@sql("select id from links where workspace_id = $1 and id = $2", missing=UnknownLink)
async def own_link(db: Connection, workspace_id: UUID, link_id: UUID) -> OwnRow: ...


@sql("select id from coupons where workspace_id = $1 and id = $2", missing=UnknownCoupon)
async def own_coupon(db: Connection, workspace_id: UUID, coupon_id: UUID) -> OwnRow: ...


# The partner's own record, and those that were merged into it.
@sql("select id from partners where workspace_id = $1 and $2 in (id, merged_into)")
async def records(db: Connection, workspace_id: UUID, partner_id: UUID) -> list[UUID]: ...
