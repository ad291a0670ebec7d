"""Making and changing brands."""

from uuid import UUID

import msgspec

from service.influencers.accounts import actions as accounts
from service.influencers.brands import store
from service.influencers.brands.schemas import BrandPatch, BrandRow, NewBrand
from service.influencers.profiles.actions import given_fields, unique
from service.influencers.tables import BRANDS
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.text import fold_tr

SOURCE = "api"


async def create(db: Connection, workspace_id: UUID, new: NewBrand) -> BrandRow:
    """A brand with its accounts. Raises AccountTaken, InvalidInput."""
    _check(new.kind, new.relation)
    row = await store.add_brand(
        db,
        workspace_id,
        ids.new(),
        new.name.strip(),
        fold_tr(new.name),
        new.kind,
        new.relation,
        new.proposition,
        unique(new.values),
    )
    now = await clock.now(db)
    for account in new.accounts:
        source = account.source or SOURCE
        await accounts.add(
            db, BRANDS, workspace_id, row.id, account, name=row.name, source=source, now=now, key=b""
        )
    return row


async def change(db: Connection, workspace_id: UUID, row: BrandRow, patch: BrandPatch) -> BrandRow:
    """Writes what a patch changes. Raises InvalidInput."""
    after = msgspec.structs.replace(row, **given_fields(patch))
    _check(after.kind, after.relation)
    return await store.save_brand(
        db,
        workspace_id,
        row.id,
        after.name.strip(),
        fold_tr(after.name),
        after.kind,
        after.relation,
        after.proposition,
        unique(after.values),
    )


def _check(kind: str, relation: str | None) -> None:
    if kind == "own" and relation is not None:
        errors = [{"path": "relation", "message": "only a competitor has one"}]
        raise InvalidInput("an own brand is no competitor", errors=errors)
