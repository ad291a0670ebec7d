"""Which account stands for an influencer, and who is left out (pure)."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from uuid import UUID

from service.discovery.reach.schemas import AccountRow, Asked, LeftOut


def eligible(
    keys: Sequence[UUID], rows: Sequence[AccountRow], asked: Asked
) -> tuple[dict[UUID, list[AccountRow]], list[LeftOut]]:
    """The accounts that may stand for each influencer, in the order asked, and who has none, with the reason.

    rows: those of one influencer stand together.
    """
    stored = {key: list(own) for key, own in groupby(rows, key=lambda row: row.influencer_id)}
    found: dict[UUID, list[AccountRow]] = {}
    left_out: list[LeftOut] = []
    for key in dict.fromkeys(keys):
        own = stored.get(key, [])
        reason = _closed(own)
        fitting = [] if reason else [row for row in own if _fits(row, asked)]
        if fitting:
            found[key] = fitting
        else:
            left_out.append(LeftOut(key, reason or _none(key, asked)))
    return found, left_out


def _closed(own: Sequence[AccountRow]) -> str | None:
    if not own:
        return "unknown"
    if own[0].opted_out:
        return "opted_out"
    return "archived" if own[0].archived else None


def _fits(row: AccountRow, asked: Asked) -> bool:
    if row.account_id is None:
        return False
    wanted = asked.accounts.get(row.influencer_id)
    if wanted is not None:
        return row.account_id == wanted
    return not asked.platforms or row.platform in asked.platforms


def _none(key: UUID, asked: Asked) -> str:
    return "unknown_account" if key in asked.accounts else "no_account"


def standing(own: Sequence[AccountRow], sizes: Mapping[UUID, int]) -> AccountRow:
    """Of the accounts with a known audience set the one with the largest audience, else the largest account.

    sizes: of the audiences by account, where a set or a sample is known.
    """

    def weight(row: AccountRow) -> tuple[bool, int, int]:
        size = sizes.get(row.account_id) if row.account_id else None
        return size is not None, size or 0, -1 if row.followers is None else row.followers

    return max(own, key=weight)
