"""The job that asks destinations whether they are there."""

from collections.abc import Sequence
from uuid import UUID

from service.kit import outgoing
from service.kit.jobs import Work, job
from service.kit.outgoing import Client
from service.links.health import asking, store
from service.links.health.judging import Finding, worst
from service.links.health.schemas import Check, CheckCounts, DestinationsRow

CHECK = "links.check"
BATCH = 50
# Nobody's shop is asked for more than this at the same time.
AT_ONCE = 10


@job(CHECK)
async def check_links(work: Work, payload: Check) -> CheckCounts:
    """Batch by batch: nothing is held while destinations are asked. A second run asks again."""
    counts, after = CheckCounts(), None
    asked = (payload.link_ids, payload.partner_id, payload.campaign_id)
    async with work.transaction() as db:
        total = await store.count_wanted(db, work.workspace_id, *asked)
    async with outgoing.client(work.settings.allow_targets, at_once=AT_ONCE) as client:
        while True:
            async with work.transaction() as db:
                rows = await store.wanted(db, work.workspace_id, *asked, after, BATCH)
            if not rows:
                break
            await _check(work, client, rows, counts)
            after = rows[-1].id
            await work.progress(min(counts.checked, total), total)
    async with work.transaction() as db:
        await work.finish(db, counts)
    return counts


async def _check(work: Work, client: Client, rows: Sequence[DestinationsRow], counts: CheckCounts) -> None:
    addresses = {row.id: destinations_of(row) for row in rows}
    every = dict.fromkeys(url for urls in addresses.values() for url in urls)
    found = await asking.look_all(client, every, AT_ONCE)
    results: dict[UUID, Finding] = {
        link_id: worst([found[url] for url in urls]) for link_id, urls in addresses.items()
    }
    async with work.transaction() as db:
        await store.save_health(
            db,
            work.workspace_id,
            [row.id for row in rows],
            [row.url for row in rows],
            [results[row.id].result for row in rows],
            [results[row.id].status_code for row in rows],
            [results[row.id].reason for row in rows],
        )
    for one in results.values():
        counts.checked += 1
        setattr(counts, one.result, getattr(counts, one.result) + 1)


def destinations_of(row: DestinationsRow) -> list[str]:
    """Every address that the link leads to, each once; a target that rests is none."""
    return list(dict.fromkeys([row.url, *(one.url for one in row.targets if one.weight)]))
