"""A query tried on stored mentions before it is saved."""

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from service.accounts.workspaces.store import get_workspace
from service.kit import clock
from service.kit.db import Connection, Database
from service.kit.problems import InvalidInput
from service.links.stats.grouping import midnight, zone_of
from service.mentions import store as mentions
from service.mentions.queries.actions import read_expression
from service.mentions.queries.schemas import Trial, TrialDay, TrialResult
from service.mentions.searching import asked, newest, read
from service.mentions.show import mention

LONGEST_SPAN = timedelta(days=366)
USUAL_SPAN = timedelta(days=90)


async def try_out(database: Database, db: Connection, workspace_id: UUID, trial: Trial) -> TrialResult:
    """What a query finds among stored mentions. Raises InvalidInput."""
    tree = read_expression(trial.expression)
    since, until, zone = await _span(db, workspace_id, trial)
    search = asked(workspace_id, tree, since, until)
    at = search.bind(zone.key)
    rows = await read(
        database,
        f""", found as materialized (
            select (s.published_at at time zone {at})::date as day, s.platform, s.author_key
            from mine s where {search.text}
        )
        select day, platform, count(*) from found group by 1, 2
        union all select null, null, count(*)
        from (select from found where author_key is not null group by author_key) a""",
        search.values,
    )
    authors = next(count for day, _, count in rows if day is None)
    found = await newest(database, asked(workspace_id, tree, since, until), None, trial.sample)
    shown = await mentions.mentions_of(db, workspace_id, [one.mention_id for one in found])
    days: Counter[date] = Counter()
    platforms: Counter[str] = Counter()
    for day, platform, count in (row for row in rows if row[0] is not None):
        days[day] += count
        platforms[platform] += count
    return TrialResult(
        mentions=days.total(),
        authors=authors,
        days=[TrialDay(day, midnight(day, zone), zone.key, days[day]) for day in sorted(days)],
        platforms=dict(platforms.most_common()),
        sample=[mention(row) for row in shown],
    )


async def _span(db: Connection, workspace_id: UUID, trial: Trial) -> tuple[datetime, datetime, ZoneInfo]:
    zone = zone_of(trial.tz or (await get_workspace(db, workspace_id)).timezone)
    until = trial.until or await clock.now(db)
    faults = [] if zone else [("tz", "is no time zone of the IANA list")]
    faults += [
        (name, clock.OUTSIDE)
        for name, at in (("since", trial.since), ("until", until))
        if not clock.is_usual(at)
    ]
    since = trial.since or until - USUAL_SPAN
    if not timedelta(0) < until - since <= LONGEST_SPAN:
        faults.append(("since", f"is not before `until`, or more than {LONGEST_SPAN.days} days before it"))
    if faults or zone is None:
        errors = [{"path": path, "message": message} for path, message in faults]
        raise InvalidInput("a span that can't be searched", errors=errors)
    return since, until, zone
