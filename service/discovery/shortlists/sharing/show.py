"""What a visitor sees: built from nothing, so that only what is named here can get out."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import UNSET

from service.discovery.shortlists.comparing.schemas import AudienceRow
from service.discovery.shortlists.comparing.show import distributions
from service.discovery.shortlists.items.schemas import ItemRow
from service.discovery.shortlists.items.show import Near
from service.discovery.shortlists.sharing.schemas import (
    CommentRow,
    SharedAccount,
    SharedAudience,
    SharedComment,
    SharedInfluencer,
    SharedItem,
    SharedRate,
    ShareRow,
    ShortlistComment,
    ShortlistShare,
)
from service.influencers.accounts.schemas import Account
from service.influencers.rates.schemas import Rate
from service.kit import ids


def share(row: ShareRow) -> ShortlistShare:
    """A share link as its makers see it."""
    return ShortlistShare(
        id=ids.show("shr", row.id),
        shortlist_id=ids.show("sho", row.shortlist_id),
        name=row.name,
        can=row.can,
        hide=row.hide,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        created_at=row.created_at,
    )


def comment(row: CommentRow) -> ShortlistComment:
    """What was said, as the team sees it."""
    return ShortlistComment(
        id=ids.show("cmt", row.id),
        share_id=ids.show("shr", row.share_id),
        share_name=row.share_name,
        influencer_id=ids.show_or_none("inf", row.influencer_id),
        author=row.author,
        text=row.text,
        decision=row.decision,
        created_at=row.created_at,
    )


def said(row: CommentRow) -> SharedComment:
    """What was said, as those who share the link see it."""
    return SharedComment(
        id=ids.show("cmt", row.id),
        influencer_id=ids.show_or_none("inf", row.influencer_id),
        author=row.author,
        text=row.text,
        decision=row.decision,
        created_at=row.created_at,
    )


def item(
    row: ItemRow,
    near: Near,
    audiences: Mapping[UUID, AudienceRow],
    comments: Sequence[CommentRow],
    hide: Sequence[str],
    today: date,
) -> SharedItem:
    """An influencer of the list without what the link hides."""
    accounts, rates = near.profiles.accounts, near.profiles.rates
    return SharedItem(
        influencer=_influencer(row),
        status=UNSET if "status" in hide else row.status,
        accounts=UNSET if accounts is None else [_account(each) for each in accounts.get(row.id, [])],
        rates=UNSET if rates is None else _rates(rates.get(row.id, []), today),
        audience=UNSET if "audience" in hide else _audience(audiences.get(row.id)),
        scores=UNSET if near.scores is None else near.scores[row.id],
        comments=UNSET if "comments" in hide else [said(each) for each in comments],
    )


def _influencer(row: ItemRow) -> SharedInfluencer:
    return SharedInfluencer(
        id=ids.show("inf", row.id),
        name=row.name,
        avatar_url=row.avatar_url,
        country=row.country,
        city=row.city,
        languages=row.languages,
        categories=row.categories,
    )


def _account(account: Account) -> SharedAccount:
    return SharedAccount(
        platform=account.platform,
        handle=account.handle,
        url=account.url,
        verified=account.verified,
        followers=account.followers,
        avg_views=account.avg_views,
        avg_likes=account.avg_likes,
        avg_comments=account.avg_comments,
        engagement_rate=account.engagement_rate,
    )


def _audience(row: AudienceRow | None) -> SharedAudience | None:
    return None if row is None else SharedAudience(row.as_of, row.sample_size, distributions(row))


def _rates(rates: Sequence[Rate], today: date) -> list[SharedRate]:
    return [
        SharedRate(rate.platform, rate.format, rate.price, rate.tax_included)
        for rate in rates
        if rate.valid_from <= today and (rate.valid_to is None or today <= rate.valid_to)
    ]
