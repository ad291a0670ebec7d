"""The outbox: with the transaction or not at all, retried, given up; a slow receiver slows only itself."""

import asyncio
from datetime import timedelta

import pytest
from msgspec import Struct

from service.kit import ids, jobs, outbox
from service.kit.jobs.entrypoints import OTHERS
from service.kit.outbox import topics
from service.kit.outbox.topics import TOPICS, Topic


class Body(Struct):
    text: str


@pytest.fixture
def workspace():
    return ids.new()


@pytest.fixture
def carrier(monkeypatch):
    """A topic whose carrier notes what it gets, and fails as often as the test wants."""

    class Carrier:
        def __init__(self):
            self.got, self.fail = [], []

        async def deliver(self, message):
            self.got.append(message)
            if self.fail:
                raise self.fail.pop(0)

        def register(self, **options):
            for name in list(TOPICS):
                monkeypatch.setitem(TOPICS, name, TOPICS[name])
            monkeypatch.setitem(TOPICS, "test", None)
            outbox.topic("test", self.deliver, **options)

    made = Carrier()
    made.register()
    return made


async def put(database, workspace, body="hello", **options):
    async with database.transaction(workspace) as db:
        return await outbox.put(db, workspace, "test", Body(body), **options)


async def row(owner):
    return await owner.fetchrow("select *, next_attempt_at - elci_now() as wait from outbox")


async def test_a_message_is_delivered_once_and_its_body_forgotten(
    settings, database, workspace, carrier, owner
):
    message_id = await put(database, workspace, subject="ayse@example.com")
    await jobs.run_queued(settings, database)
    await jobs.run_queued(settings, database, ahead=True)
    (message,) = carrier.got
    assert (message.id, message.body, message.attempt) == (message_id, {"text": "hello"}, 1)
    kept = await row(owner)
    assert (kept["status"], kept["body"], kept["subject"]) == ("delivered", None, None)


async def test_without_a_commit_nothing_leaves(settings, database, workspace, carrier):
    async def put_and_fail():
        async with database.transaction(workspace) as db:
            await outbox.put(db, workspace, "test", Body("never"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await put_and_fail()
    await jobs.run_queued(settings, database)
    assert carrier.got == []


async def test_five_failures_then_success(settings, database, workspace, carrier, owner):
    """C1: the same id, rising waits with jitter, delivered in the end."""
    carrier.fail = [ValueError("canary")] * 5
    message_id = await put(database, workspace)
    waits = []
    for _ in range(6):
        await jobs.run_queued(settings, database, ahead=True)
        kept = await row(owner)
        if kept["status"] == "waiting":
            waits.append(kept["wait"].total_seconds())
            assert kept["last_error"] == "ValueError"
    assert {message.id for message in carrier.got} == {message_id}
    assert [message.attempt for message in carrier.got] == [1, 2, 3, 4, 5, 6]
    assert (await row(owner))["status"] == "delivered"
    assert waits == sorted(waits)
    assert all(
        expected <= wait + 1 <= expected * 1.25 + 2
        for wait, expected in zip(waits, (5, 20, 80, 320, 1280), strict=True)
    )


async def test_what_is_not_due_is_not_tried(settings, database, workspace, carrier):
    carrier.fail = [ValueError()]
    await put(database, workspace)
    await put(database, workspace, delay=timedelta(minutes=5))
    for _ in range(3):
        await jobs.run_queued(settings, database)
    assert len(carrier.got) == 1


async def test_after_the_last_attempt_it_is_dead(settings, database, workspace, carrier, owner):
    carrier.register(attempts=3)
    carrier.fail = [ValueError("x")] * 9
    await put(database, workspace)
    for _ in range(5):
        await jobs.run_queued(settings, database, ahead=True)
    kept = await row(owner)
    assert (len(carrier.got), kept["status"], kept["attempts"]) == (3, "dead", 3)


async def test_a_carrier_that_knows_better_ends_it_at_once(settings, database, workspace, carrier, owner):
    carrier.fail = [outbox.Dead("410 Gone")]
    await put(database, workspace)
    await jobs.run_queued(settings, database, ahead=True)
    kept = await row(owner)
    assert (kept["status"], kept["last_error"]) == ("dead", "410 Gone")


@pytest.mark.parametrize(("after_s", "least", "most"), [(600, 599, 601), (0, 4, 8), (10**7, 86_399, 86_401)])
async def test_a_receiver_may_ask_for_patience(
    settings, database, workspace, carrier, owner, after_s, least, most
):
    carrier.fail = [outbox.Again("429", after_s)]
    await put(database, workspace)
    await jobs.run_queued(settings, database)
    kept = await row(owner)
    assert least <= kept["wait"].total_seconds() <= most
    assert kept["last_error"] == "429"


async def test_a_receiver_that_hangs_is_left(settings, database, workspace, carrier, owner):
    async def hang(message):
        await asyncio.sleep(60)

    outbox.topic("test", hang, timeout_s=0.1)
    await put(database, workspace)
    await asyncio.wait_for(jobs.run_queued(settings, database), 5)
    assert (await row(owner))["last_error"] == "TimeoutError"


async def test_a_full_lane_does_not_hold_up_another(settings, database, workspace, carrier):
    """A hanging receiver has `at_once` deliveries under way; its other messages step back, uncounted."""
    release, quick, started = asyncio.Event(), asyncio.Event(), []

    async def slow(message):
        started.append(message.lane)
        await (release.wait() if message.lane == "slow" else asyncio.sleep(0, quick.set()))

    outbox.topic("test", slow, at_once=2)
    for lane in ("slow", "slow", "slow", "slow", "quick"):
        await put(database, workspace, lane=lane)
    drains = [asyncio.create_task(jobs.run_queued(settings, database)) for _ in range(5)]
    await quick.wait()
    await asyncio.sleep(0.3)
    assert started.count("slow") == 2
    release.set()
    await asyncio.gather(*drains)
    await jobs.run_queued(settings, database, ahead=True)
    assert started.count("slow") == 4


async def test_an_unknown_topic_waits_for_a_release_that_knows_it(
    settings, database, workspace, carrier, owner
):
    async with database.transaction(workspace) as db:
        await outbox.put(db, workspace, "later", Body("x"))
    assert await jobs.run_queued(settings, database) == 1
    kept = await row(owner)
    assert (kept["status"], kept["attempts"]) == ("waiting", 0)


async def test_erasure_deletes_what_has_not_been_delivered(settings, database, workspace, carrier, owner):
    await put(database, workspace, subject="a")
    await put(database, workspace, subject="b")
    other = ids.new()
    await put(database, other, subject="a")
    async with database.transaction(workspace) as db:
        await outbox.forget(db, workspace, "a")
    await jobs.run_queued(settings, database)
    assert len(carrier.got) == 2


async def test_a_message_that_lost_its_place_is_queued_again(settings, database, workspace, carrier, owner):
    await put(database, workspace)
    await owner.execute("delete from pgqueuer")
    await jobs.run_scheduled(settings, database, "kit.requeue")
    await jobs.run_scheduled(settings, database, "kit.requeue")
    await jobs.run_queued(settings, database)
    assert len(carrier.got) == 1


async def test_a_broken_database_connection_is_no_answer(settings, database, workspace, carrier, owner):
    """C4, at least once: an outcome that could not be written is tried again, with the same id."""
    original = TOPICS["test"]

    async def deliver_and_cut(message):
        await original.deliver(message)
        if len(carrier.got) == 1:
            await database.app.expire_connections()
            raise ConnectionResetError

    outbox.topic("test", deliver_and_cut)
    message_id = await put(database, workspace)
    await jobs.run_queued(settings, database)
    await jobs.run_queued(settings, database, ahead=True)
    assert [message.id for message in carrier.got] == [message_id, message_id]
    assert (await row(owner))["status"] == "delivered"


def test_waits_grow_to_their_bound():
    topic = Topic("t", None, 12, 5.0, 3600.0, 30.0, 2)
    waits = [topic.wait_s(attempt) for attempt in range(1, 12)]
    assert waits[0] >= 5
    assert max(waits) <= 3600 * 1.25
    assert len({topic.wait_s(3) for _ in range(20)}) > 1
    assert topic.wait_s(1, 10**9) == topics._LONGEST_WAIT_S


def test_messages_have_a_lane_of_their_own():
    """A long import and a hanging receiver must not wait for each other."""
    assert OTHERS["kit.message"].lane == "messages"
