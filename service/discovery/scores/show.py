"""Scores as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from msgspec import UnsetType

from scoring import explain
from scoring.ranking import Ranked
from service.discovery.content.naming import with_names
from service.discovery.scores import store
from service.discovery.scores.loading import Ordered
from service.discovery.scores.schemas import (
    Asked,
    CardRow,
    InfluencerCard,
    Language,
    PersonRow,
    Scored,
    ScoredAccount,
    Scores,
)
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.db import Connection
from service.kit.translation import wants_turkish


def language(asked: Language | UnsetType | None, accept_language: str | None) -> Language:
    """The language of sentences: as asked for, else the client's, else English."""
    if isinstance(asked, str):
        return asked
    return "tr" if wants_turkish(accept_language) else "en"


async def rows(
    db: Connection,
    workspace_id: UUID,
    made: Ordered,
    ranked: Sequence[Ranked[UUID]],
    asked: Asked,
    lang: Language,
    shadow: Mapping[UUID, float | None] | None = None,
) -> list[Scored]:
    """Ranked influencers with what a list shows of them."""
    ranked = await with_names(db, workspace_id, ranked, asked)
    keys = [each.key for each in ranked]
    accounts = made.accounts()
    found = await store.cards(db, workspace_id, keys, [accounts[key] for key in keys])
    cards = {row.id: row for row in found}
    watched = shadow or {}
    return [
        _row(each, cards[each.key], asked, lang, watched.get(each.key))
        for each in ranked
        if each.key in cards
    ]


def _row(ranked: Ranked[UUID], row: CardRow, asked: Asked, lang: Language, shadow: float | None) -> Scored:
    return Scored(
        **parts(ranked, asked, lang),
        rank=ranked.rank,
        shadow=shadow,
        influencer=card(row),
        account=account(row),
    )


def parts(ranked: Ranked[UUID], asked: Asked, lang: Language) -> dict[str, Any]:
    """The fields of Scores."""
    words = explain.sentences(ranked, wanted=asked.audience, language=lang)
    return {"fit": ranked.fit, **ranked.scores, "sentences": words}


def scores(ranked: Ranked[UUID], asked: Asked, lang: Language) -> Scores:
    return Scores(**parts(ranked, asked, lang))


def card(row: PersonRow) -> InfluencerCard:
    """An influencer as lists show one."""
    return InfluencerCard(
        id=ids.show("inf", row.id),
        name=row.name,
        avatar_url=row.avatar_url,
        country=row.country,
        city=row.city,
        languages=row.languages,
        categories=row.categories,
        archived=row.archived,
        opted_out=row.opted_out,
    )


def account(row: CardRow) -> ScoredAccount | None:
    """The account that was scored."""
    if row.account_id is None:
        return None
    return ScoredAccount(
        id=ids.show("acc", row.account_id),
        platform=cast(Platform, row.platform),
        handle=row.handle,
        url=row.url,
        followers=row.followers,
        engagement_rate=row.engagement_rate,
    )
