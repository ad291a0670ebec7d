"""Which share of each account's audience is in a target."""

from collections.abc import Mapping, Sequence
from typing import Annotated, get_args
from uuid import UUID

import numpy as np
from litestar.params import QueryParameter

from service.discovery.briefs import store as briefs
from service.discovery.reach.schemas import Candidate
from service.discovery.reach.targeting import in_target
from service.discovery.scores import store as scores
from service.discovery.scores.columns import shares_of
from service.discovery.scores.loading import asked_of
from service.influencers.audiences.dimensions import wrong_code
from service.influencers.audiences.schemas import Dimension
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput

Wanted = Mapping[str, Mapping[str, float]]
Shares = Mapping[UUID, float | None]
MOST_CODES = 50
TargetOf = Annotated[
    str | None,
    QueryParameter(
        max_length=2_000,
        description="who counts: `country:TR,gender:female`; codes of one dimension are any of them",
    ),
]
OfBrief = Annotated[
    str | None, QueryParameter(max_length=40, description="who counts: the audience that this brief asks for")
]


def read(text: str | None) -> Wanted:
    """A target as it stands in a query. Raises InvalidInput with every part that is wrong.

    >>> read("country:TR, gender:female")
    {'country': {'TR': 1.0}, 'gender': {'female': 1.0}}
    """
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    wanted: dict[str, dict[str, float]] = {}
    errors = []
    for at, part in enumerate(parts[:MOST_CODES]):
        dimension, _, code = (piece.strip() for piece in part.partition(":"))
        wrong = _wrong(dimension, code)
        if wrong:
            errors.append({"path": f"target[{at}]", "message": wrong})
        else:
            wanted.setdefault(dimension, {})[code] = 1.0
    if len(parts) > MOST_CODES:
        errors.append({"path": "target", "message": f"holds more than {MOST_CODES} codes"})
    if errors:
        raise InvalidInput("the target can't be read", errors=errors)
    return wanted


def _wrong(dimension: str, code: str) -> str | None:
    if dimension not in get_args(Dimension):
        return f"{dimension[:40]!r} is no dimension of an audience"
    return wrong_code(dimension, code)


async def wanted_of(
    db: Connection, workspace_id: UUID, brief_id: str | None, target: str | None
) -> Wanted | None:
    """The target that is asked for; None where none is. Raises UnknownBrief and InvalidInput."""
    if brief_id is None:
        return read(target) or None
    if target is not None:
        told = [{"path": "target", "message": "stands beside brief_id: only one of both can be meant"}]
        raise InvalidInput("a target and a brief", errors=told)
    brief = await briefs.get_brief(db, workspace_id, ids.read("bri", brief_id))
    wanted = (await asked_of(db, workspace_id, brief)).audience
    if not wanted:
        told = [{"path": "brief_id", "message": "the brief asks for no audience"}]
        raise InvalidInput("there is no target", errors=told)
    return wanted


async def target_shares(
    db: Connection, workspace_id: UUID, candidates: Sequence[Candidate], wanted: Wanted
) -> Shares:
    """By influencer the share of the audience that is in the target, None where that is not known.

    Of the account's newest distributions, else of those of the influencer's other accounts.
    """
    keys = [each.influencer_id for each in candidates]
    own = await scores.audiences(db, workspace_id, [each.account_id for each in candidates])
    having = set(own.places)
    missing = [None if place in having else key for place, key in enumerate(keys, 1)]
    others = await scores.other_audiences(db, workspace_id, missing)
    codes = await scores.codes(db, workspace_id, list(wanted))
    shares = in_target(shares_of(wanted, len(keys), [own, others], codes))
    return {key: None if np.isnan(share) else share for key, share in zip(keys, shares.tolist(), strict=True)}
