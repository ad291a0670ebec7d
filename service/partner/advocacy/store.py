"""All SQL of an advocate's own view: everything but the leaderboard is found behind the partner's wall."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.advocacy.problems import UnknownReward
from service.advocacy.referrals.schemas import ReferralRow
from service.advocacy.referrals.store import COLUMNS as REFERRAL
from service.advocacy.rewards.schemas import RewardRow
from service.advocacy.rewards.store import COLUMNS as REWARD
from service.kit.db import Connection, sql
from service.partner.advocacy.schemas import OwnAdvocateRow, PlaceRow


# A partner's record and its duplicates: an advocate each, the newest first.
@sql("""
    select a.id, a.program_id, g.name as program from advocates a
    join programs g on g.workspace_id = $1 and g.id = a.program_id
    where a.workspace_id = $1 and a.partner_id = any($2)
    order by a.id desc
""")
async def own_advocates(
    db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]
) -> list[OwnAdvocateRow]: ...


@sql(f"""
    select {REFERRAL} from referrals
    where workspace_id = $1 and advocate_id = any($2) and ($3::text is null or state = $3)
        and ($4::uuid is null or id < $4)
    order by id desc limit $5
""")
async def list_referrals(
    db: Connection,
    workspace_id: UUID,
    advocate_ids: Sequence[UUID],
    state: str | None,
    before: UUID | None,
    limit: int,
) -> list[ReferralRow]: ...


@sql(f"""
    select {REWARD} from rewards
    where workspace_id = $1 and advocate_id = any($2) and ($3::text is null or status = $3)
        and ($4::text is null or kind = $4) and ($5::uuid is null or id < $5)
    order by id desc limit $6
""")
async def list_rewards(
    db: Connection,
    workspace_id: UUID,
    advocate_ids: Sequence[UUID],
    status: str | None,
    kind: str | None,
    before: UUID | None,
    limit: int,
) -> list[RewardRow]: ...


@sql(
    f"select {REWARD} from rewards where workspace_id = $1 and advocate_id = any($2) and id = $3",
    missing=UnknownReward,
)
async def get_reward(
    db: Connection, workspace_id: UUID, advocate_ids: Sequence[UUID], reward_id: UUID
) -> RewardRow: ...


# Those who chose a name and the asker, ranked together: the asker's rank is the one that they would have.
@sql("""
    with brought as (
        select a.id, a.board_name as name, a.tier, a.id = any($3) as own, count(r.id)::integer as qualified
        from advocates a
        left join referrals r on r.workspace_id = $1 and r.advocate_id = a.id and r.held is null
            and r.state in ('qualified', 'rewarded')
            and ($4::timestamptz is null or r.qualified_at >= $4)
            and ($5::timestamptz is null or r.qualified_at < $5)
        where a.workspace_id = $1 and a.program_id = $2
            and (a.status = 'active' and a.board_name is not null or a.id = any($3))
        group by a.id, a.board_name, a.tier
    ), ranked as (
        select b.*, rank() over (order by qualified desc)::integer as rank,
            row_number() over (order by qualified desc, id) as place
        from brought b
    )
    select rank, name, tier, qualified, own from ranked where place <= $6 or own order by rank, id
""")
async def board(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    own: Sequence[UUID],
    since: datetime | None,
    until: datetime | None,
    limit: int,
) -> list[PlaceRow]: ...
