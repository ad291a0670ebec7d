"""Decisions about alerts: quiet hours, states, statements, hours gone through."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.spikes import Event, Surprise
from service.kit import ids
from service.mentions.alerts import states, walking
from service.mentions.alerts.quiet import QuietHours, never_ends, quiet_until
from service.mentions.alerts.samples import cause, counted, crisis, examples
from service.mentions.alerts.schemas import AlertPatch, CheckPatch, KeptPolarity, SampleRow
from service.mentions.alerts.statements import approving
from service.mentions.alerts.statements.approving import Approver, may_approve
from service.mentions.alerts.statements.schemas import StatementRow
from service.mentions.alerts.states import Handled, checklist
from service.mentions.alerts.walking import Seen, first_hour, walk

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
WHO = ids.new()


def quiet(begin: str, end: str, *days: str, tz: str | None = "UTC") -> QuietHours:
    return QuietHours(from_=begin, to=end, tz=tz, **({"days": list(days)} if days else {}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        (quiet("22:00", "08:00"), "2026-11-02T21:59", None),
        (quiet("22:00", "08:00"), "2026-11-02T22:00", "2026-11-03T08:00"),
        (quiet("22:00", "08:00"), "2026-11-03T07:59", "2026-11-03T08:00"),
        (quiet("22:00", "08:00"), "2026-11-03T08:00", None),
        (quiet("12:00", "13:00"), "2026-11-02T12:30", "2026-11-02T13:00"),
        # Friday's night is quiet, Saturday's is not; what begins on Friday ends on Saturday.
        (quiet("22:00", "08:00", "fri"), "2026-11-07T07:00", "2026-11-07T08:00"),
        (quiet("22:00", "08:00", "fri"), "2026-11-07T23:00", None),
        # A weekend is one.
        (quiet("00:00", "00:00", "sat", "sun"), "2026-11-07T03:00", "2026-11-09T00:00"),
        (quiet("00:00", "00:00", "sat", "sun"), "2026-11-09T00:00", None),
        # On the clocks of the zone, also where they change (25 October, Berlin).
        (quiet("22:00", "08:00", tz="Europe/Istanbul"), "2026-11-02T19:00", "2026-11-03T05:00"),
        (quiet("22:00", "08:00", tz="Europe/Berlin"), "2026-10-24T21:00", "2026-10-25T07:00"),
        (quiet("22:00", "08:00", tz=None), "2026-11-02T19:30", "2026-11-03T05:00"),
    ],
)
def test_quiet_hours(hours: QuietHours, now: str, until: str | None) -> None:
    found = quiet_until(hours, datetime.fromisoformat(now).replace(tzinfo=UTC), "Europe/Istanbul")
    assert found == (None if until is None else datetime.fromisoformat(until).replace(tzinfo=UTC))


def test_hours_that_never_end() -> None:
    assert never_ends(quiet("08:00", "08:00"))
    assert not never_ends(quiet("08:00", "08:00", "mon"))


OPEN = Handled("open", None, "", checklist("crisis", ["Hukuka sor"]), None, None, None, None, None)


def test_states() -> None:
    seen = states.acknowledge(OPEN, "usr_a", NOON)
    assert (seen.status, seen.acknowledged_by, seen.first_response_at) == ("acknowledged", "usr_a", NOON)
    assert states.acknowledge(seen, "usr_b", NOON + HOUR) == seen
    done = states.resolve(seen, "usr_b", NOON + HOUR)
    assert (done.status, done.resolved_by, done.acknowledged_by) == ("resolved", "usr_b", "usr_a")
    assert states.resolve(done, "usr_c", NOON) == states.acknowledge(done, "usr_c", NOON) == done
    at_once = states.resolve(OPEN, "usr_b", NOON)
    assert (at_once.acknowledged_by, at_once.first_response_at) == ("usr_b", NOON)


def test_the_first_change_is_the_first_response() -> None:
    assert states.change(OPEN, AlertPatch(), None, "usr_a", NOON) == OPEN
    owned = states.change(OPEN, AlertPatch(owner="x"), WHO, "usr_a", NOON)
    assert (owned.owner, owned.first_response_at, owned.status) == (WHO, NOON, "open")
    assert [one.key for one in owned.checklist if one.done] == ["owner"]
    noted = states.change(owned, AlertPatch(notes="bakıyoruz"), None, "usr_b", NOON + HOUR)
    assert (noted.owner, noted.first_response_at) == (WHO, NOON)
    free = states.change(owned, AlertPatch(owner=None), None, "usr_b", NOON + HOUR)
    assert not [one for one in free.checklist if one.done]
    ticked = states.change(
        OPEN, AlertPatch(checklist=[CheckPatch("own_1", True)]), None, "usr_a", NOON
    ).checklist[3]
    assert (ticked.done, ticked.done_by, ticked.text) == (True, "usr_a", "Hukuka sor")
    with pytest.raises(KeyError):
        states.change(OPEN, AlertPatch(checklist=[CheckPatch("own_9", True)]), None, "usr_a", NOON)


def test_a_spike_that_becomes_a_crisis_keeps_what_is_done() -> None:
    known = states.tick(
        Handled("open", None, "", checklist("spike", ["a", "b"]), *[None] * 5), "own_2", "usr_a", NOON
    ).checklist
    after = checklist("crisis", ["a", "b"], known)
    assert [(one.key, one.done) for one in after] == [
        *((key, False) for key in ("response", "owner", "statement", "own_1")),
        ("own_2", True),
    ]


def statement(**given: object) -> StatementRow:
    values = {
        **dict.fromkeys(StatementRow.__struct_fields__),
        "channel": "x",
        "text": "Özür dileriz",
        "status": "draft",
        "written_by": "usr_a",
    }
    return StatementRow(**(values | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("by", "approver", "role", "may"),
    [
        ("usr_a", "usr_b", "manager", True),
        ("usr_a", "usr_b", "owner", True),
        ("usr_a", "usr_a", "owner", True),
        ("usr_a", "usr_a", "manager", False),
        ("usr_a", "usr_b", "analyst", False),
        ("key_a", "usr_b", "manager", True),
    ],
)
def test_who_approves(by: str, approver: str, role: str, may: bool) -> None:
    assert may_approve(by, Approver(approver, role)) is may


def test_another_text_is_a_draft_again() -> None:
    ready = approving.approved(statement(), WHO, NOON)
    assert (ready.status, ready.approved_by, ready.approved_at) == ("approved", WHO, NOON)
    assert approving.approved(ready, UUID(int=1), NOON + HOUR) == ready
    assert approving.edited(ready, ready.text, "x", "usr_b") == ready
    again = approving.edited(ready, "Çok üzgünüz", "x", "usr_b")
    assert (again.status, again.approved_by, again.written_by) == ("draft", None, "usr_b")
    out = approving.published(ready, "usr_b", NOON, None)
    assert (out.status, approving.published(out, "usr_c", NOON + HOUR, "u")) == ("published", out)


def hour(after: int, count: int) -> Surprise:
    spike = count > 39
    return Surprise(NOON + after * HOUR, count, 20.0, 12, 29, 1e-9 if spike else 0.5, 40, spike)


def walked(
    counts: list[int], before: list[Seen] | None = None, told: datetime | None = None, first: int = 0
) -> list[Seen]:
    on = next((one.spell for one in before or [] if not one.over), None)
    hours = (hour(first + at, count) for at, count in enumerate(counts))
    return walk(on, told, hours, NOON + (first + len(counts)) * HOUR)


def test_hours_gone_through() -> None:
    assert walked([20, 30, 21]) == []
    (on,) = walked([20, 60, 25])
    assert (on.over, on.spell.opened_at) == (False, NOON + HOUR)
    # The same hours once more, more of them late: the one spike goes on.
    (still,) = walked([70, 90, 25], [on])
    assert still.spell.opened_at == on.spell.opened_at
    (over,) = walked([60, 25, 25, 21], [still], first=1)
    assert (over.over, over.spell.last_at) == (True, NOON + 4 * HOUR)
    # What comes late into a spike that is over alerts nobody; what comes later does.
    assert walked([20, 80, 80, 80, 80], told=over.spell.last_at) == []
    (next_one,) = walked([20, 80, 80, 80, 80, 50], told=over.spell.last_at)
    assert next_one.spell.opened_at == NOON + 5 * HOUR


def test_the_running_hour_alerts_and_calms_nobody() -> None:
    (on,) = walk(None, None, iter([hour(0, 60)]), NOON)
    assert not on.over
    for _ in range(5):
        (on,) = walk(on.spell, None, iter([hour(1, 3)]), NOON + HOUR)
    assert on.spell.calm == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([5, 20, 28, 34, 39, 40, 70]), min_size=1, max_size=60), st.integers(1, 3))
def test_looking_often_finds_what_looking_once_finds(counts: list[int], looks: int) -> None:
    """Hours are looked at while they run, and again for a day: the same spikes, each once."""
    told = [one.spell.opened_at for one in walked(counts)]
    spikes: dict[datetime, Seen] = {}
    for at in range(len(counts)):
        for part in range(looks + 1):
            now = [*counts[:at], counts[at] * part // looks]
            newest = max(spikes.values(), key=lambda one: one.spell.opened_at, default=None)
            first = max(len(now) - 25, 0)
            over = newest is None or newest.over
            for seen in walk(
                None if over or newest is None else newest.spell,
                newest.spell.last_at if newest is not None and over else None,
                (hour(first + after, count) for after, count in enumerate(now[first:])),
                NOON + at * HOUR,
            ):
                opened = seen.spell.opened_at
                assert opened not in spikes or (newest is spikes[opened] and not over)
                spikes[opened] = seen
    assert sorted(spikes) == told


@pytest.mark.parametrize(
    ("watched", "checked", "first"),
    [
        (NOON - timedelta(days=9), NOON, NOON - timedelta(hours=24)),
        (NOON - timedelta(days=9), NOON - timedelta(days=3), NOON - timedelta(days=3)),
        (NOON - timedelta(hours=2), NOON, NOON - timedelta(hours=2)),
        (NOON - timedelta(days=90), NOON - timedelta(days=60), NOON - timedelta(days=31)),
        (NOON - timedelta(days=5), None, NOON - timedelta(days=5)),
    ],
)
def test_from_which_hour_on(watched: datetime, checked: datetime | None, first: datetime) -> None:
    assert first_hour(watched, checked, NOON + timedelta(minutes=20)) == first


def test_events_are_those_of_people_who_live_by_them() -> None:
    span = (datetime(2026, 10, 28, tzinfo=UTC), datetime(2026, 10, 30, tzinfo=UTC))
    assert walking.calendar("Europe/Istanbul", *span)
    assert not walking.calendar("Europe/Berlin", *span)
    (event, *_) = walking.calendar("Europe/Istanbul", *span)
    past = walking.earlier(event, "Europe/Istanbul")
    assert [one.key for one in past] == [event.key] * len(past)
    assert past
    assert all(one.ends_at <= event.starts_at for one in past)
    own = [
        Event("lansman", NOON - at * timedelta(days=30), NOON - at * timedelta(days=30) + HOUR)
        for at in range(6)
    ]
    assert walking.calendar("Europe/Berlin", NOON, NOON + HOUR, own) == own[:1]
    assert walking.earlier(own[0], "Europe/Berlin", own) == own[3:0:-1]


def said(at: int, text: str, label: str | None = None, engagement: int = 0) -> SampleRow:
    return SampleRow(UUID(int=at), None, text, "tr", "x", f"{at % 7:02x}", label, engagement)


def test_cause_and_examples() -> None:
    usual = [said(at, f"Elçi kahvesi güzel, gün {at}", "positive") for at in range(200)]
    angry = [said(1000 + at, f"Kargo İPTAL oldu, elçi? {at % 4}", "negative", at) for at in range(40)]
    now = [*angry, *(said(2000 + at, "Elçi kahvesi güzel", "positive", 999) for at in range(10))]
    total, before = KeptPolarity(50, 10, 40, 0), KeptPolarity(200, 200, 0, 0)
    found = cause(counted(now), counted(usual), total, expected=10)
    assert {"kargo", "iptal"} <= {one.term for one in found.terms}
    assert "kahvesi" not in {one.term for one in found.terms}
    assert (found.net, found.net_before) == (-0.6, 1.0)
    judged = crisis(total, before)
    assert judged.crisis
    assert judged.reasons == ["net_sentiment_fell", "negative_share_doubled"]
    shown = examples(now, found, judged.crisis)
    assert [row.engagement for row in shown[:4]] == [39, 38, 37, 36]
    assert len(shown) == 5
