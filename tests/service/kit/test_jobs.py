"""Jobs: queued with a transaction, run, watched, cancelled; and how they fail."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest
from msgspec import Struct

from service.kit import ids, jobs
from service.kit.jobs import attempt as working
from service.kit.jobs import queue, runner, store
from service.kit.jobs.queue import Tools
from service.kit.jobs.registry import KINDS, Kind, job, scheduled
from service.kit.jobs.stop import Stop
from service.kit.problems import Conflict


class Numbers(Struct):
    numbers: list[int]


class Sum(Struct):
    sum: int


@pytest.fixture(autouse=True)
def _registry(monkeypatch):
    """What a test registers is gone after it."""
    for registry in (KINDS, jobs.registry.SCHEDULES):
        for name in list(registry):
            monkeypatch.setitem(registry, name, registry[name])
    before = dict(KINDS), dict(jobs.registry.SCHEDULES)
    yield
    for registry, kept in zip((KINDS, jobs.registry.SCHEDULES), before, strict=True):
        registry.clear()
        registry.update(kept)


@pytest.fixture
def workspace():
    return ids.new()


@pytest.fixture
def tools(settings, database):
    return Tools(settings, database, Stop())


async def ask(database, workspace, kind, payload=None, **options):
    async with database.transaction(workspace) as db:
        return await jobs.enqueue(db, workspace, kind, payload, **options)


async def look(database, workspace, job_id):
    async with database.transaction(workspace) as db:
        return await jobs.get(db, workspace, job_id)


def adding(name="test.add"):
    @job(name)
    async def add(work: jobs.Work, payload: Numbers) -> Sum:
        for done, _ in enumerate(payload.numbers, 1):
            await work.progress(done, len(payload.numbers))
        return Sum(sum(payload.numbers))

    return add


async def test_a_job_runs_and_keeps_its_result(settings, database, workspace):
    adding()
    job_id = await ask(database, workspace, "test.add", Numbers([1, 2, 3]))
    assert (await look(database, workspace, job_id)).status == "queued"
    assert await jobs.run_queued(settings, database) == 1
    done = await look(database, workspace, job_id)
    assert (done.status, done.result, done.done, done.total) == ("succeeded", {"sum": 6}, 3, 3)
    assert done.final
    assert done.created_at <= done.started_at <= done.finished_at
    shown = jobs.show(done)
    assert shown.id == ids.show("job", job_id)
    assert (shown.progress.done, shown.error) == (3, None)


async def test_without_a_commit_there_is_no_job(settings, database, workspace):
    adding()

    async def ask_and_fail():
        async with database.transaction(workspace) as db:
            await jobs.enqueue(db, workspace, "test.add", Numbers([]))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await ask_and_fail()
    assert await jobs.run_queued(settings, database) == 0


async def test_an_unknown_kind_is_refused_when_it_is_asked_for(database, workspace):
    with pytest.raises(ValueError, match=r"test\.typo"):
        await ask(database, workspace, "test.typo")


async def test_the_queue_holds_ids_and_nothing_else(database, workspace, owner):
    adding()
    job_id = await ask(database, workspace, "test.add", Numbers([4711]))
    row = await owner.fetchrow("select payload, headers, dedupe_key, entrypoint from pgqueuer")
    assert queue.ids(row["payload"]) == (workspace, job_id)
    assert (row["headers"], row["dedupe_key"], row["entrypoint"]) == (None, None, "test.add")


async def test_another_workspace_does_not_find_the_job(database, workspace):
    adding()
    job_id = await ask(database, workspace, "test.add", Numbers([]))
    other = ids.new()
    async with database.transaction(other) as db:
        assert await jobs.find(db, other, job_id) is None
        # Row-level security holds where a statement names the wrong workspace.
        assert await jobs.find(db, workspace, job_id) is None
        with pytest.raises(jobs.UnknownJob):
            await jobs.cancel(db, other, job_id)


class TestDedupe:
    async def test_a_queued_job_of_the_same_key_is_enough(self, settings, database, workspace):
        adding()
        first = await ask(database, workspace, "test.add", Numbers([1]), dedupe="brief 7")
        second = await ask(database, workspace, "test.add", Numbers([1]), dedupe="brief 7")
        other = await ask(database, workspace, "test.add", Numbers([1]), dedupe="brief 8")
        assert first == second != other
        assert await jobs.run_queued(settings, database) == 2

    async def test_a_running_job_is_no_duplicate(self, database, workspace):
        adding()
        first = await ask(database, workspace, "test.add", Numbers([1]), dedupe="brief 7")
        async with database.transaction(workspace) as db:
            await store.start(db, workspace, first)
        assert await ask(database, workspace, "test.add", Numbers([1]), dedupe="brief 7") != first

    async def test_many_at_once_make_one(self, settings, database, workspace):
        """Seen red without the conflict on jobs_dedupe: then there are 20."""
        adding()
        asked = [ask(database, workspace, "test.add", Numbers([1]), dedupe="k") for _ in range(20)]
        assert len(set(await asyncio.gather(*asked))) == 1
        assert await jobs.run_queued(settings, database) == 1

    async def test_workspaces_do_not_share_keys(self, database, workspace):
        adding()
        mine = await ask(database, workspace, "test.add", Numbers([1]), dedupe="k")
        theirs = await ask(database, ids.new(), "test.add", Numbers([1]), dedupe="k")
        assert mine != theirs


async def test_a_delayed_job_waits(settings, database, workspace):
    adding()
    await ask(database, workspace, "test.add", Numbers([1]), delay=timedelta(hours=1))
    assert await jobs.run_queued(settings, database) == 0
    assert await jobs.run_queued(settings, database, ahead=True) == 1


async def test_the_more_urgent_job_comes_first(settings, database, workspace):
    order = []

    @job("test.order")
    async def note(work: jobs.Work, payload: int) -> None:
        order.append(payload)

    for number, priority in ((1, 0), (2, 0), (3, 5)):
        await ask(database, workspace, "test.order", number, priority=priority)
    await jobs.run_queued(settings, database)
    assert order == [3, 1, 2]


class TestFailing:
    async def test_a_problem_is_kept_for_people_to_read(self, settings, database, workspace):
        class NoRows(Conflict):
            title = "No rows"
            slug = "no-rows"

        @job("test.fail")
        async def fail(work: jobs.Work, payload: None) -> None:
            await work.progress(2, 9)
            raise NoRows("the file has no rows", row=3)

        job_id = await ask(database, workspace, "test.fail")
        await jobs.run_queued(settings, database)
        failed = await look(database, workspace, job_id)
        assert (failed.status, failed.done, failed.total) == ("failed", 2, 9)
        assert failed.error == {
            "type": "/problems/no-rows",
            "title": "No rows",
            "status": 409,
            "detail": "the file has no rows",
            "row": 3,
        }

    async def test_an_unexpected_error_keeps_no_values(self, settings, database, workspace, owner):
        @job("test.crash")
        async def crash(work: jobs.Work, payload: None) -> None:
            raise ValueError("could not read ayse.canary@example.com")

        job_id = await ask(database, workspace, "test.crash")
        await jobs.run_queued(settings, database)
        failed = await look(database, workspace, job_id)
        assert failed.error["detail"] == "an unexpected ValueError"
        for table in ("jobs", "pgqueuer_log"):
            assert "canary" not in str(await owner.fetch(f"select row_to_json(t)::text from {table} t"))

    async def test_a_payload_of_another_form_fails(self, settings, database, workspace):
        adding()
        job_id = await ask(database, workspace, "test.add", {"numbers": "none"})
        await jobs.run_queued(settings, database)
        assert (await look(database, workspace, job_id)).status == "failed"

    async def test_a_broken_connection_is_no_failure(self, settings, database, workspace):
        seen = []

        @job("test.flaky")
        async def flaky(work: jobs.Work, payload: None) -> None:
            seen.append(work.attempt)
            async with work.transaction() as db:
                if len(seen) == 1:
                    await db.execute("select pg_terminate_backend(pg_backend_pid())")

        job_id = await ask(database, workspace, "test.flaky")
        assert await jobs.run_queued(settings, database) == 1
        assert (await look(database, workspace, job_id)).status == "running"
        await jobs.run_queued(settings, database, ahead=True)
        assert (await look(database, workspace, job_id)).status == "succeeded"
        assert seen == [1, 2]

    async def test_a_job_that_never_ends_is_given_up(self, tools, database, workspace):
        adding()
        job_id = await ask(database, workspace, "test.add", Numbers([1]))
        async with database.transaction(workspace) as db:
            for _ in range(runner.MOST_ATTEMPTS):
                await store.start(db, workspace, job_id)
        await runner.run_job(tools, workspace, job_id)
        failed = await look(database, workspace, job_id)
        assert (failed.status, failed.error["type"]) == ("failed", "/problems/job-never-ended")


class TestCancelling:
    async def test_a_queued_job_is_cancelled_at_once(self, settings, database, workspace, owner):
        adding()
        job_id = await ask(database, workspace, "test.add", Numbers([1]))
        async with database.transaction(workspace) as db:
            cancelled = await jobs.cancel(db, workspace, job_id)
        assert (cancelled.status, cancelled.final) == ("cancelled", True)
        assert await owner.fetchval("select payload from jobs") is None
        await jobs.run_queued(settings, database)
        assert (await look(database, workspace, job_id)).status == "cancelled"

    async def test_a_running_job_stops_at_its_next_step(self, settings, database, workspace):
        """... and leaves nothing of what it did."""
        begun = asyncio.Event()

        @job("test.slow")
        async def slow(work: jobs.Work, payload: None) -> None:
            async with work.transaction() as db:
                await jobs.enqueue(db, work.workspace_id, "test.add", Numbers([1]))
                for done in range(1000):
                    begun.set()
                    await work.progress(done, 1000)
                    await asyncio.sleep(0.02)

        adding()
        job_id = await ask(database, workspace, "test.slow")
        running = asyncio.create_task(jobs.run_queued(settings, database))
        await begun.wait()
        async with database.transaction(workspace) as db:
            asked = await jobs.cancel(db, workspace, job_id)
        assert (asked.status, asked.cancel_requested) == ("running", True)
        assert await asyncio.wait_for(running, 3) == 1
        ended = await look(database, workspace, job_id)
        assert ended.status == "cancelled"
        assert ended.done < 1000
        async with database.transaction(workspace) as db:
            assert len(await jobs.list_jobs(db, workspace)) == 1

    async def test_a_finished_job_stays_as_it_is(self, settings, database, workspace):
        adding()
        job_id = await ask(database, workspace, "test.add", Numbers([1]))
        await jobs.run_queued(settings, database)
        async with database.transaction(workspace) as db:
            assert (await jobs.cancel(db, workspace, job_id)).status == "succeeded"


class TestTransactions:
    async def test_effect_and_status_are_one(self, settings, database, workspace):
        """`finish` commits with the effect: where the handler fails afterwards, the job has succeeded."""
        adding()

        @job("test.whole")
        async def whole(work: jobs.Work, payload: None) -> Sum:
            async with work.transaction() as db:
                await jobs.enqueue(db, work.workspace_id, "test.add", Numbers([1]))
                await work.finish(db, Sum(5))
            raise RuntimeError("after the end")

        job_id = await ask(database, workspace, "test.whole")
        assert await jobs.run_queued(settings, database) == 2
        done = await look(database, workspace, job_id)
        assert (done.status, done.result) == ("succeeded", {"sum": 5})

    async def test_a_finish_that_is_rolled_back_is_none(self, settings, database, workspace):
        @job("test.undone")
        async def undone(work: jobs.Work, payload: None) -> None:
            async with work.transaction() as db:
                await work.finish(db)
                raise Conflict("not after all")

        job_id = await ask(database, workspace, "test.undone")
        await jobs.run_queued(settings, database)
        assert (await look(database, workspace, job_id)).status == "failed"

    async def test_an_older_attempt_can_not_write(self, tools, database, workspace):
        """Seen red without the check of the attempt in Work.transaction."""
        adding()
        job_id = await ask(database, workspace, "test.add", Numbers([1]))
        async with database.transaction(workspace) as db:
            first = await store.start(db, workspace, job_id)
            await store.start(db, workspace, job_id)
        old = working.Work(tools, workspace, job_id, first.attempts, False)
        with pytest.raises(jobs.Superseded):
            async with old.transaction():
                raise AssertionError
        async with database.transaction(workspace) as db:
            with pytest.raises(jobs.Superseded):
                await old.close(db, "succeeded")

    async def test_the_next_attempt_waits_until_the_older_one_has_let_go(self, tools, database, workspace):
        """Seen red without the lock: the newer one writes into the older one's work."""
        adding()
        job_id = await ask(database, workspace, "test.add", Numbers([1]))
        async with database.transaction(workspace) as db:
            first = await store.start(db, workspace, job_id)
        old = working.Work(tools, workspace, job_id, first.attempts, False)
        order = []

        async def newer():
            async with database.transaction(workspace) as db:
                second = await store.start(db, workspace, job_id)
            new = working.Work(tools, workspace, job_id, second.attempts, False)
            async with new.transaction():
                order.append("new")

        async with old.transaction():
            waiting = asyncio.create_task(newer())
            await asyncio.sleep(0.2)
            order.append("old")
        await waiting
        assert order == ["old", "new"]


class TestProgress:
    async def test_progress_is_seen_while_the_job_runs(self, settings, database, workspace, monkeypatch):
        monkeypatch.setattr(working, "PULSE_S", 0.02)
        go_on = asyncio.Event()

        @job("test.steps")
        async def steps(work: jobs.Work, payload: None) -> None:
            async with work.transaction():
                await work.progress(40, 100)
                await go_on.wait()

        job_id = await ask(database, workspace, "test.steps")
        running = asyncio.create_task(jobs.run_queued(settings, database))
        seen = []
        async for job_now in jobs.events(database, workspace, job_id):
            seen.append((job_now.status, job_now.done, job_now.total))
            if job_now.done == 40:
                go_on.set()
        await running
        assert seen[-2:] == [("running", 40, 100), ("succeeded", 40, 100)]

    async def test_fast_steps_are_not_written_one_by_one(self, settings, database, workspace):
        @job("test.fast")
        async def fast(work: jobs.Work, payload: None) -> None:
            for done in range(20_000):
                await work.progress(done, 20_000)

        job_id = await ask(database, workspace, "test.fast")
        await asyncio.wait_for(jobs.run_queued(settings, database), 5)
        assert (await look(database, workspace, job_id)).done == 19_999

    async def test_a_thread_reports_and_is_cancelled(self, settings, database, workspace, monkeypatch):
        monkeypatch.setattr(working, "PULSE_S", 0.02)
        begun = asyncio.Event()

        @job("test.thread")
        async def threaded(work: jobs.Work, payload: None) -> None:
            loop = asyncio.get_running_loop()

            def count():
                import time

                for done in range(10_000):
                    loop.call_soon_threadsafe(begun.set)
                    work.report(done)
                    time.sleep(0.005)

            await asyncio.to_thread(count)

        job_id = await ask(database, workspace, "test.thread")
        running = asyncio.create_task(jobs.run_queued(settings, database))
        await begun.wait()
        async with database.transaction(workspace) as db:
            await jobs.cancel(db, workspace, job_id)
        await asyncio.wait_for(running, 3)
        assert (await look(database, workspace, job_id)).status == "cancelled"

    async def test_watching_an_unknown_job(self, database, workspace):
        with pytest.raises(jobs.UnknownJob):
            await anext(jobs.events(database, workspace, ids.new()))


async def test_lists_are_filtered_and_paged(settings, database, workspace):
    adding()
    adding("test.other")
    mine = [await ask(database, workspace, "test.add", Numbers([1])) for _ in range(3)]
    await jobs.run_queued(settings, database)
    mine.append(await ask(database, workspace, "test.add", Numbers([1])))
    other = await ask(database, workspace, "test.other", Numbers([1]))
    async with database.transaction(workspace) as db:
        assert [row.id for row in await jobs.list_jobs(db, workspace)] == [other, *reversed(mine)]
        done = await jobs.list_jobs(db, workspace, kind="test.add", status="succeeded", limit=2)
        assert [row.id for row in done] == [mine[2], mine[1], mine[0]]
        after = await jobs.list_jobs(db, workspace, kind="test.add", after=mine[1], limit=2)
        assert [row.id for row in after] == [mine[0]]


class TestHousekeeping:
    async def test_work_that_lost_its_place_is_queued_again(self, settings, database, workspace, owner):
        adding()
        job_id = await ask(database, workspace, "test.add", Numbers([2]))
        await owner.execute("delete from pgqueuer")
        assert await jobs.run_queued(settings, database) == 0
        await jobs.run_scheduled(settings, database, "kit.requeue")
        await jobs.run_scheduled(settings, database, "kit.requeue")
        assert await owner.fetchval("select count(*) from pgqueuer") == 1
        await jobs.run_queued(settings, database)
        assert (await look(database, workspace, job_id)).status == "succeeded"

    @pytest.mark.parametrize(("age", "left"), [("89 days", 1), ("91 days", 0)])
    async def test_old_finished_jobs_go(self, settings, database, workspace, owner, age, left):
        adding()
        await ask(database, workspace, "test.add", Numbers([2]))
        await jobs.run_queued(settings, database)
        await owner.execute(f"update jobs set finished_at = elci_now() - interval '{age}'")
        await jobs.run_scheduled(settings, database, "kit.purge")
        assert await owner.fetchval("select count(*) from jobs") == left

    @pytest.mark.parametrize(("age", "left"), [("6 days 23 hours", True), ("7 days 1 hour", False)])
    async def test_the_queues_log_goes_after_a_week(self, settings, database, workspace, owner, age, left):
        adding()
        await ask(database, workspace, "test.add", Numbers([2]))
        await jobs.run_queued(settings, database)
        await owner.execute(f"update pgqueuer_log set created = now() - interval '{age}'")
        await jobs.run_scheduled(settings, database, "kit.purge")
        assert bool(await owner.fetchval("select count(*) from pgqueuer_log")) is left

    async def test_the_clock_of_the_tests_moves_the_purge(self, settings, database, workspace, owner):
        adding()
        await ask(database, workspace, "test.add", Numbers([2]))
        await jobs.run_queued(settings, database)
        await owner.execute("select set_config('app.clock_offset', '91 days', false)")
        assert await owner.fetchval("select entry.purge_kit(10)") == 1


async def test_registrations_are_checked():
    adding()
    with pytest.raises(ValueError, match="two jobs"):
        adding()
    with pytest.raises(TypeError):
        job("test.untyped")(lambda work: None)

    @scheduled("test.tick", "0 3 * * *")
    async def tick(settings, database):
        pass

    with pytest.raises(ValueError, match="two schedules"):
        scheduled("test.tick", "0 4 * * *")(tick)


async def test_the_queues_tables_are_those_of_the_library(settings, owner):
    """A newer pgqueuer that wants other tables needs a migration: this says which statements."""
    raw = await asyncpg.connect(settings.database_url)
    try:
        plan = await queue.queries(queue.AsyncpgDriver(raw)).plan_upgrade()
    finally:
        await raw.close()
    assert list(plan.statements) == []


async def test_kinds_know_their_payload():
    adding()
    assert KINDS["test.add"] == Kind("test.add", KINDS["test.add"].handler, Numbers, "long")
