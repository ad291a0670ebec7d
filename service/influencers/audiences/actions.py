"""Audiences as they come in, by hand or from files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from service.influencers.audiences import store
from service.influencers.audiences.dimensions import Share, fold_code, wrong_code, wrong_sums
from service.influencers.audiences.schemas import NewAudience
from service.influencers.audiences.values import AudienceValues, Written, decide, replacing, together
from service.influencers.problems import NotShares
from service.kit.db import Connection

Numbers = dict[tuple[str, str], int]


async def replace(
    db: Connection, workspace_id: UUID, account_id: UUID, new: NewAudience, as_of: datetime
) -> None:
    """Makes this the distribution of its source and day. Raises NotShares, with every wrong share."""
    shares = [(each.dimension, each.code, each.share) for each in new.distributions]
    _check(shares)
    numbers = await number(db, workspace_id, shares)
    by_number = {numbers[dimension, fold_code(dimension, code)]: share for dimension, code, share in shares}
    await store.lock_accounts(db, workspace_id, [account_id])
    row = replacing((account_id, as_of, new.source), new.sample_size, by_number)
    await _write(db, workspace_id, [row])


async def put(db: Connection, workspace_id: UUID, rows: Sequence[AudienceValues]) -> list[str]:
    """Adds or completes distributions of accounts that exist: created, updated or unchanged for each row.

    Rows of one distribution count once: the others of it are unchanged.
    """
    known = together((at, _folded(row)) for at, row in enumerate(rows))
    await store.lock_accounts(db, workspace_id, sorted({key[0] for key in known}))
    accounts, days, sources = (list(column) for column in zip(*known, strict=True))
    held = {
        (row.account_id, row.as_of, row.source): row
        for row in await store.held(db, workspace_id, accounts, days, sources)
    }
    numbers = await number(db, workspace_id, (share for row in rows for share in row.shares))
    outcomes, written = ["unchanged"] * len(rows), []
    for key, one in known.items():
        outcomes[one.places[0]], row = decide(key, one, held.get(key), numbers)
        if row is not None:
            written.append(row)
    await _write(db, workspace_id, written)
    return outcomes


async def number(db: Connection, workspace_id: UUID, shares: Iterable[Share]) -> Numbers:
    """The number of each folded code; new ones are made."""
    shown = {(dimension, fold_code(dimension, code)): code for dimension, code, _ in shares}
    dimensions, folded = [key[0] for key in shown], [key[1] for key in shown]
    found = await store.codes(db, workspace_id, dimensions, folded)
    if len(found) < len(shown):
        await store.add_codes(db, workspace_id, dimensions, list(shown.values()), folded)
        found = await store.codes(db, workspace_id, dimensions, folded)
    return {(row.dimension, row.code_folded): row.id for row in found}


async def _write(db: Connection, workspace_id: UUID, rows: Sequence[Written]) -> None:
    if rows:
        await store.stage(db, rows)
        await store.store_staged(db, workspace_id)


def _folded(row: AudienceValues) -> AudienceValues:
    shares = tuple((name, fold_code(name, code), share) for name, code, share in row.shares)
    return AudienceValues(row.account_id, row.as_of, row.source, row.sample_size, shares)


def _check(shares: Sequence[Share]) -> None:
    errors = [
        {"path": "distributions", "message": f"the shares of {name} are more than the whole"}
        for name in wrong_sums(shares)
    ]
    seen: set[tuple[str, str]] = set()
    for at, (dimension, code, _) in enumerate(shares):
        key = dimension, fold_code(dimension, code)
        wrong = "stands twice" if key in seen else wrong_code(dimension, code)
        seen.add(key)
        if wrong:
            errors.append({"path": f"distributions[{at}].code", "message": wrong})
    if errors:
        raise NotShares("the distributions can't be right", errors=errors[:100])
