"""All SQL of checks and findings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.mentions.disclosure.found.schemas import FindingRow, ListedFindings, ReportRow
from service.mentions.problems import UnknownFinding

_COLUMNS = """
    f.id, c.watch_id, c.post_id, i.id as influencer_id, a.platform, p.url, p.published_at, f.code, f.rule_id,
    f.pack_id, f.pack_version, f.field, f.frame, f.span_start, f.span_end, f.about, f.explanation, f.status,
    f.reason, f.decided_by, f.decided_at, f.cleared_at, f.created_at
"""
# Who opted out, or went, is in no answer.
_POSTS = """
    join influencer_posts p on p.workspace_id = $1 and p.id = c.post_id
    join influencer_accounts a on a.workspace_id = $1 and a.id = p.account_id
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
        and i.opted_out_at is null and i.archived_at is null
"""
_FROM = f"""
    from disclosure_findings f
    join disclosure_checks c on c.workspace_id = $1 and c.id = f.check_id {_POSTS}
"""
_AT = "coalesce(p.published_at, p.created_at)"
_FRAGMENTS = {
    "ids": "f.id = any(${})",
    "influencer_id": "i.id = ${}",
    "watch_id": "c.watch_id = ${}",
    "code": "f.code = ${}",
    "status": "f.status = ${}",
    "verdict": "(f.cleared_at is null) = (${} = 'possible_issue')",
    "since": f"{_AT} >= ${{}}",
    "until": f"{_AT} < ${{}}",
}


@sql("""
    insert into disclosure_checks as c (workspace_id, id, watch_id, post_id, verdict, pack_id, pack_version)
    select $1, n.id, $2, n.post_id, n.verdict, n.pack_id, n.pack_version
    from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int[])
        as n (id, post_id, verdict, pack_id, pack_version)
    order by n.post_id
    on conflict (workspace_id, watch_id, post_id) do update
        set verdict = excluded.verdict, pack_id = excluded.pack_id, pack_version = excluded.pack_version,
            checked_at = elci_now()
""")
async def put_checks(
    db: Connection,
    workspace_id: UUID,
    watch_id: UUID,
    check_ids: Sequence[UUID],
    post_ids: Sequence[UUID],
    verdicts: Sequence[str],
    pack_ids: Sequence[str | None],
    pack_versions: Sequence[int | None],
) -> None: ...


@sql("""
    insert into disclosure_findings as f
        (workspace_id, id, check_id, code, rule_id, pack_id, pack_version, field, frame, span_start, span_end,
         about, explanation)
    select $1, n.id, c.id, n.code, n.rule_id, n.pack_id, n.pack_version, n.field, n.frame, n.span_start,
           n.span_end, n.about, n.explanation
    from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[], $10::int[],
                $11::int[], $12::int[], $13::text[], $14::jsonb[])
        as n (id, post_id, code, rule_id, pack_id, pack_version, field, frame, span_start, span_end, about,
              explanation)
    join disclosure_checks c on c.workspace_id = $1 and c.watch_id = $2 and c.post_id = n.post_id
    order by c.id, n.rule_id, n.frame
    on conflict (workspace_id, check_id, rule_id, frame) do update
        set code = excluded.code, pack_id = excluded.pack_id, pack_version = excluded.pack_version,
            field = excluded.field, span_start = excluded.span_start, span_end = excluded.span_end,
            about = excluded.about, explanation = excluded.explanation, cleared_at = null,
            status = case when f.about = excluded.about then f.status else 'open' end,
            updated_at = elci_now()
""")
async def put_findings(
    db: Connection,
    workspace_id: UUID,
    watch_id: UUID,
    finding_ids: Sequence[UUID],
    post_ids: Sequence[UUID],
    codes: Sequence[str],
    rule_ids: Sequence[str],
    pack_ids: Sequence[str],
    pack_versions: Sequence[int],
    fields: Sequence[str | None],
    frames: Sequence[int],
    starts: Sequence[int | None],
    ends: Sequence[int | None],
    abouts: Sequence[str],
    explanations: Sequence[Any],
) -> None: ...


@sql("""
    update disclosure_findings f set cleared_at = elci_now(), updated_at = elci_now()
    from disclosure_checks c
    where c.workspace_id = $1 and c.watch_id = $2 and c.post_id = any($3)
      and f.workspace_id = $1 and f.check_id = c.id and f.cleared_at is null
      and not exists (
        select from unnest($4::uuid[], $5::text[], $6::int[]) as n (post_id, rule_id, frame)
        where n.post_id = c.post_id and n.rule_id = f.rule_id and n.frame = f.frame)
""")
async def clear_others(
    db: Connection,
    workspace_id: UUID,
    watch_id: UUID,
    looked_at: Sequence[UUID],
    post_ids: Sequence[UUID],
    rule_ids: Sequence[str],
    frames: Sequence[int],
) -> None: ...


@sql("""
    delete from disclosure_checks
    where workspace_id = $1 and watch_id = $2 and post_id = any($3)
""")
async def drop_checks(
    db: Connection, workspace_id: UUID, watch_id: UUID, post_ids: Sequence[UUID]
) -> None: ...


@sql("""
    delete from disclosure_checks c using influencer_posts p
    where c.workspace_id = $1 and c.watch_id = $2 and p.workspace_id = $1 and p.id = c.post_id
      and not (coalesce(p.published_at, p.created_at) >= $3
               and ($4::timestamptz is null or coalesce(p.published_at, p.created_at) < $4))
""")
async def drop_outside(
    db: Connection, workspace_id: UUID, watch_id: UUID, since: datetime, until: datetime | None
) -> None: ...


@sql(f"select {_COLUMNS} {_FROM} where f.workspace_id = $1 and f.id = $2", missing=UnknownFinding)
async def get_finding(db: Connection, workspace_id: UUID, finding_id: UUID) -> FindingRow: ...


@sql("""
    update disclosure_findings
    set status = $3, reason = $4, decided_by = $5, decided_at = elci_now(), updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def decide(
    db: Connection, workspace_id: UUID, finding_id: UUID, status: str, reason: str, by: str
) -> None: ...


def _narrowed(wanted: ListedFindings, values: list[Any], names: Sequence[str]) -> list[str]:
    conditions = []
    for name in names:
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(_FRAGMENTS[name].format(len(values)))
    return conditions


async def list_findings(
    db: Connection, workspace_id: UUID, wanted: ListedFindings, before: UUID | None, limit: int
) -> list[FindingRow]:
    """The newest first, older than `before`; cleared ones where ids or the verdict ask for them."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["f.workspace_id = $1", *_narrowed(wanted, values, list(_FRAGMENTS))]
    if wanted.ids is None and wanted.verdict is None:
        conditions.append("f.cleared_at is null")
    if before is not None:
        values.append(before)
        conditions.append(f"f.id < ${len(values)}")
    text = f"select {_COLUMNS} {_FROM} where {' and '.join(conditions)} order by f.id desc limit $2"
    return await fetch(db, FindingRow, text, *values)


_GROUPS = {"influencer": "i.id", "watch": "c.watch_id", "code": "f.code"}
_KINDS = {"influencer": "uuid", "watch": "uuid", "code": "text"}


async def report(
    db: Connection, workspace_id: UUID, wanted: ListedFindings, groups: Sequence[str], limit: int
) -> list[ReportRow]:
    """Checked posts and what is still found in them, by `groups` of influencer, watch and code."""
    values: list[Any] = [workspace_id, limit]
    names = ("influencer_id", "watch_id", "code", "since", "until")
    conditions = ["c.workspace_id = $1", *_narrowed(wanted, values, names)]
    # By code, a post without findings stands in no group.
    joined = "join" if "code" in groups else "left join"
    columns = [
        f"{_GROUPS[name] if name in groups else f'null::{_KINDS[name]}'} as {title}"
        for name, title in (("influencer", "influencer_id"), ("watch", "watch_id"), ("code", "code"))
    ]
    grouped = f"group by {', '.join(_GROUPS[name] for name in groups)}" if groups else ""
    text = f"""
        select {", ".join(columns)}, count(distinct c.post_id) as posts,
               count(distinct c.post_id) filter (where f.status <> 'dismissed') as posts_with_issues,
               count(f.id) as findings, count(f.id) filter (where f.status = 'open') as open,
               count(f.id) filter (where f.status = 'confirmed') as confirmed,
               count(f.id) filter (where f.status = 'dismissed') as dismissed
        from disclosure_checks c {_POSTS}
        {joined} disclosure_findings f
            on f.workspace_id = $1 and f.check_id = c.id and f.cleared_at is null
        where {" and ".join(conditions)} {grouped}
        order by 5 desc, 4 desc, 1, 2, 3 limit $2
    """
    return await fetch(db, ReportRow, text, *values)
