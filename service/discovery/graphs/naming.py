"""Whom a node's id can mean: pure.

In an uploaded graph an id is `inf_...`, or `platform:handle`, or, where the graph says of which platform it
is, a handle or the platform's own number. Anything else is nobody of the workspace.
"""

from collections.abc import Sequence
from typing import NamedTuple, get_args
from uuid import UUID

from service.discovery.graphs.schemas import NodeId, OwnAccount
from service.influencers.identity import Identity, clean_handle, fold_handle
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.problems import NotFound

PLATFORMS = frozenset(get_args(Platform))


class Named(NamedTuple):
    """An account, or an influencer, that an id means."""

    platform: str | None
    handle_folded: str | None
    platform_id: str | None
    influencer_id: UUID | None = None

    @property
    def identity(self) -> Identity | None:
        """By what the account is known, and known again after its erasure."""
        if self.platform is None:
            return None
        return Identity(self.platform, self.platform_id, self.handle_folded, None, "")


def named(node: NodeId, platform: str | None) -> Named | None:
    """Whom an id of an uploaded graph means; None where it can mean nobody.

    >>> named("instagram:@Ayse", None)
    Named(platform='instagram', handle_folded='ayse', platform_id='@Ayse', influencer_id=None)
    >>> named(42, "twitch").platform_id, named("ayse", None)
    ('42', None)
    """
    text = str(node)
    if text.startswith("inf_"):
        try:
            return Named(None, None, None, ids.read("inf", text))
        except NotFound:
            pass
    head, colon, rest = text.partition(":")
    if colon and head.lower() in PLATFORMS:
        return _account(head.lower(), rest)
    return _account(platform, text) if platform else None


def _account(platform: str, text: str) -> Named | None:
    folded = fold_handle(clean_handle(text))
    return Named(platform, folded, text.strip()) if folded else None


def spellings(influencer_id: UUID, accounts: Sequence[OwnAccount], platform: str | None) -> list[str]:
    """How an uploaded graph may call an influencer: by its id, and by each account."""
    made = [ids.show("inf", influencer_id)]
    for account in accounts:
        names = [each for each in (account.handle, account.handle_folded, account.platform_id) if each]
        names += [f"@{each}" for each in (account.handle, account.handle_folded) if each]
        made += [f"{account.platform}:{each}" for each in names]
        made += names if account.platform == platform else []
    return list(dict.fromkeys(made))
