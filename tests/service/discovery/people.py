"""Influencers for tests: short to write, stored as the domain stores them, searchable at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from service.discovery.index.actions import reindex
from service.kit import ids
from service.kit.db import Connection
from service.kit.text import fold_tr

NOW = datetime.now(UTC)


async def put(db: Connection, workspace: UUID, people: Mapping[str, Mapping[str, Any]]) -> dict[str, UUID]:
    """Stores people by nickname and indexes them; their ids by nickname."""
    found = {
        nickname: await _person(db, workspace, nickname, **person) for nickname, person in people.items()
    }
    await reindex(db, workspace, list(found.values()))
    return found


async def _person(
    db: Connection,
    workspace: UUID,
    nickname: str,
    *,
    name: str | None = None,
    country: str | None = None,
    city: str | None = None,
    languages: Sequence[str] = (),
    categories: Sequence[str] = (),
    tags: Sequence[str] = (),
    bio: str | None = None,
    email: str | None = None,
    archived: bool = False,
    opted_out: bool = False,
    accounts: Iterable[Mapping[str, Any]] = (),
    rates: Mapping[str, tuple[int, str]] | None = None,
) -> UUID:
    """`rates`: a platform's price and currency."""
    made = ids.new()
    shown = name or nickname
    await db.execute(
        """insert into influencers (workspace_id, id, name, name_folded, country, city, languages, categories,
               tags, bio, source, legal_basis, collected_at, archived_at, opted_out_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'test', 'consent', $11, $12, $13)""",
        *(workspace, made, shown, fold_tr(shown), country, city, list(languages), list(categories)),
        *(list(tags), bio, NOW, NOW if archived else None, NOW if opted_out else None),
    )
    if email:
        await db.execute(
            "insert into influencer_contacts (workspace_id, id, influencer_id, role, email) "
            "values ($1, $2, $3, 'self', $4)",
            *(workspace, ids.new(), made, email),
        )
    for account in accounts:
        await _account(db, workspace, made, **account)
    for platform, (amount, currency) in (rates or {}).items():
        await db.execute(
            """insert into influencer_rates (workspace_id, id, influencer_id, platform, format, amount,
                   currency, valid_from, source) values ($1, $2, $3, $4, 'post', $5, $6, $7, 'test')""",
            *(workspace, ids.new(), made, platform, amount, currency, NOW.date() - timedelta(days=30)),
        )
    return made


async def _account(
    db: Connection,
    workspace: UUID,
    owner: UUID,
    *,
    platform: str,
    handle: str,
    followers: int | None = None,
    er: float | None = None,
    views: float | None = None,
    verified: bool | None = None,
    posted: int | None = None,
    before: int | None = None,
    audience: Mapping[str, float] | None = None,
    posts: Sequence[str] = (),
) -> None:
    """`posted`: days since the last post; `before`: followers 30 days ago; `audience`: {"country:TR": .8}."""
    made = ids.new()
    await db.execute(
        """insert into influencer_accounts (workspace_id, id, influencer_id, platform, handle, handle_folded,
               verified, followers, avg_views, er_value, er_basis, last_post_at, observed_at, source)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'followers', $11, $12, 'test')""",
        *(workspace, made, owner, platform, handle, fold_tr(handle), verified, followers, views, er),
        *(None if posted is None else NOW - timedelta(days=posted), NOW),
    )
    if before is not None:
        for days, count in ((0, followers), (30, before)):
            await db.execute(
                "insert into influencer_snapshots (workspace_id, account_id, as_of, source, followers) "
                "values ($1, $2, $3, 'test', $4)",
                *(workspace, made, NOW - timedelta(days=days), count),
            )
    for number, caption in enumerate(posts):
        await db.execute(
            """insert into influencer_posts (workspace_id, id, account_id, post_key, caption, hashtags,
                   published_at, observed_at, source) values ($1, $2, $3, $4, $5, $6, $7, $7, 'test')""",
            *(
                workspace,
                ids.new(),
                made,
                str(number),
                caption,
                _hashtags(caption),
                NOW - timedelta(days=number),
            ),
        )
    if audience:
        await _audience(db, workspace, made, audience)


def _hashtags(caption: str) -> list[str]:
    return [word.lstrip("#") for word in caption.split() if word.startswith("#")]


async def _audience(db: Connection, workspace: UUID, account: UUID, audience: Mapping[str, float]) -> None:
    codes = []
    for key in audience:
        dimension, _, code = key.partition(":")
        codes.append(
            await db.fetchval(
                """insert into audience_codes (workspace_id, dimension, code, code_folded)
                   values ($1, $2, $3, $4)
                   on conflict on constraint audience_codes_code_key do update set code = excluded.code
                   returning id""",
                *(workspace, dimension, code, fold_tr(code)),
            )
        )
    await db.execute(
        """insert into influencer_audiences (workspace_id, account_id, as_of, source, codes, shares, latest)
           values ($1, $2, $3, 'test', $4, $5, true)""",
        *(workspace, account, NOW, codes, list(audience.values())),
    )
