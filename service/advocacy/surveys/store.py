"""All SQL of surveys."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.accounts.labels.registry import Language
from service.advocacy.problems import UnknownSurvey
from service.advocacy.surveys.schemas import (
    AskedRow,
    Band,
    Invited,
    InviteRow,
    ResponseRow,
    SurveyRow,
    SurveyStatus,
    TallyRow,
)
from service.kit.db import Connection, sql

_SURVEY = """
    select s.id, s.name, s.brand, s.language, s.question_tr, s.question_en, s.days, s.status,
        (select count(*) from nps_invites i where i.workspace_id = $1 and i.survey_id = s.id)::integer
            as invited,
        (select count(*) from nps_answers a where a.workspace_id = $1 and a.survey_id = s.id)::integer
            as answered,
        s.created_at, s.updated_at
    from nps_surveys s where s.workspace_id = $1
"""


@sql("""
    insert into nps_surveys (workspace_id, id, name, brand, language, question_tr, question_en, days,
        created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
""")
async def add_survey(
    db: Connection,
    workspace_id: UUID,
    survey_id: UUID,
    name: str,
    brand: str | None,
    language: Language,
    question_tr: str | None,
    question_en: str | None,
    days: int,
    created_by: str,
) -> None: ...


@sql(_SURVEY + " and s.id = $2", missing=UnknownSurvey)
async def get_survey(db: Connection, workspace_id: UUID, survey_id: UUID) -> SurveyRow: ...


@sql(_SURVEY + " and ($2::uuid is null or s.id < $2) order by s.id desc limit $3")
async def list_surveys(
    db: Connection, workspace_id: UUID, before: UUID | None, limit: int
) -> list[SurveyRow]: ...


@sql("""
    update nps_surveys set name = $3, brand = $4, question_tr = $5, question_en = $6, days = $7, status = $8,
        updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def change_survey(
    db: Connection,
    workspace_id: UUID,
    survey_id: UUID,
    name: str,
    brand: str | None,
    question_tr: str | None,
    question_en: str | None,
    days: int,
    status: SurveyStatus,
) -> None: ...


# None: the address or the customer was asked before.
@sql("""
    insert into nps_invites (workspace_id, id, survey_id, address_key, sealed, person_key, segment, language,
        sent_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, case when $9 then elci_now() end,
        elci_now() + make_interval(days => $10))
    on conflict do nothing
    returning id, expires_at
""")
async def add_invite(
    db: Connection,
    workspace_id: UUID,
    invite_id: UUID,
    survey_id: UUID,
    address_key: bytes | None,
    sealed: bytes | None,
    person_key: bytes | None,
    segment: str | None,
    language: Language,
    sent: bool,
    days: int,
) -> InviteRow | None: ...


@sql("""
    select id, expires_at from nps_invites
    where workspace_id = $1 and survey_id = $2 and (address_key = $3 or person_key = $4)
    order by id limit 1
""")
async def find_invite(
    db: Connection,
    workspace_id: UUID,
    survey_id: UUID,
    address_key: bytes | None,
    person_key: bytes | None,
) -> InviteRow | None: ...


@sql("""
    select i.survey_id, i.address_key, i.sealed, i.segment, i.language, i.expires_at, s.status,
        coalesce(s.brand, w.name) as brand, s.question_tr, s.question_en, a.score::integer as score,
        elci_now() as now
    from nps_invites i
    join nps_surveys s on s.workspace_id = i.workspace_id and s.id = i.survey_id
    join workspaces w on w.id = i.workspace_id
    left join nps_answers a on a.workspace_id = i.workspace_id and a.invite_id = i.id
    where i.workspace_id = $1 and i.id = $2
""")
async def find_invited(db: Connection, workspace_id: UUID, invite_id: UUID) -> Invited | None: ...


# False: it was answered before, maybe this very moment.
@sql("""
    with made as (
        insert into nps_answers (workspace_id, invite_id, survey_id, score, comment, segment, language)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing returning 1
    )
    select exists (select from made)
""")
async def answer(
    db: Connection,
    workspace_id: UUID,
    invite_id: UUID,
    survey_id: UUID,
    score: int,
    comment: str | None,
    segment: str | None,
    language: Language,
) -> bool: ...


@sql("""
    select invite_id, score::integer as score, comment, segment, language, answered_at
    from nps_answers
    where workspace_id = $1 and survey_id = $2
        and ($3::text is null or $3 = case when score >= 9 then 'promoter' when score >= 7 then 'passive'
            else 'detractor' end)
        and ($4::text is null or segment = $4)
        and ($5::boolean is null or $5 = (comment is not null))
        and ($6::timestamptz is null or (answered_at, invite_id) < ($6, $7::uuid))
    order by answered_at desc, invite_id desc limit $8
""")
async def list_responses(
    db: Connection,
    workspace_id: UUID,
    survey_id: UUID,
    band: Band | None,
    segment: str | None,
    commented: bool | None,
    before_at: datetime | None,
    before_id: UUID | None,
    limit: int,
) -> list[ResponseRow]: ...


@sql("""
    select case when $3 = 'month' then date_trunc('month', answered_at at time zone $4)::date end as month,
        case $3 when 'segment' then segment when 'language' then language end as name,
        count(*) filter (where score >= 9)::integer as promoters,
        count(*) filter (where score between 7 and 8)::integer as passives,
        count(*) filter (where score <= 6)::integer as detractors,
        count(comment)::integer as comments
    from nps_answers
    where workspace_id = $1 and survey_id = $2
        and ($5::timestamptz is null or answered_at >= $5) and ($6::timestamptz is null or answered_at < $6)
    group by 1, 2 order by 1, 2 nulls last
""")
async def tally(
    db: Connection,
    workspace_id: UUID,
    survey_id: UUID,
    group_by: str,
    tz: str,
    since: datetime | None,
    until: datetime | None,
) -> list[TallyRow]: ...


@sql("""
    select count(*)::integer as invited, count(a.invite_id)::integer as answered
    from nps_invites i
    left join nps_answers a on a.workspace_id = i.workspace_id and a.invite_id = i.id
    where i.workspace_id = $1 and i.survey_id = $2
        and ($3::timestamptz is null or i.created_at >= $3) and ($4::timestamptz is null or i.created_at < $4)
""")
async def asked(
    db: Connection, workspace_id: UUID, survey_id: UUID, since: datetime | None, until: datetime | None
) -> AskedRow: ...


# Scores stay, so that totals do; what was written and whose it was goes, and open links end.
@sql("""
    with theirs as (
        select id, address_key, person_key from nps_invites
        where workspace_id = $1 and (address_key = any($2::bytea[]) or person_key = any($2::bytea[]))
    ), words as (
        update nps_answers set comment = null
        where workspace_id = $1 and invite_id in (select id from theirs)
    ), links as (
        update nps_invites
        set address_key = null, sealed = null, person_key = null, expires_at = least(expires_at, elci_now())
        where workspace_id = $1 and id in (select id from theirs)
    )
    select address_key from theirs where address_key is not null
    union
    select person_key from theirs where person_key is not null
""")
async def forget(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[bytes]:
    """Gives what those were known by to whom these keyed hashes belong."""
    ...
