"""The demo's month of mentions: rhythm, voices, one bad day that is found whatever the day; posts."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest

from scoring.spikes import fit
from service.demo import disclosing, hearing
from service.demo.listening import CRISIS, CRISIS_FROM, ZONE, Known, Mention, crisis_day, mentions
from service.mentions.alerts.walking import (
    HOUR,
    WEEKS,
    Limits,
    Seen,
    calendar,
    fitted_at,
    judged,
    series,
    walk,
)
from service.mentions.disclosure import packs
from service.mentions.disclosure.checking import check
from service.mentions.disclosure.schemas import PostCheck
from service.mentions.schemas import NewMention

UNTIL = datetime(2026, 3, 12, 12, 20, tzinfo=UTC)
ECE = Known("instagram", "ece.su", 90_000)


def of_brand(month: list[Mention], at: int) -> list[Mention]:
    return [each for each in month if each["native_id"].split("-")[1] == str(at)]


def by_hour(month: list[Mention]) -> Counter[datetime]:
    at = (datetime.fromisoformat(each["published_at"]) for each in month)
    return Counter(each.replace(minute=0, second=0, microsecond=0) for each in at)


def test_a_month_as_the_api_takes_it() -> None:
    month = mentions(UNTIL, [ECE, Known("tiktok", "nobody.there", 5)])
    taken = msgspec.convert(month, list[NewMention])
    assert len({each.native_id for each in taken}) == len(taken)
    assert all(UNTIL - timedelta(days=31) < each.published_at < UNTIL for each in taken)
    assert {each.platform for each in taken} == {"x", "instagram", "forum", "review", "web"}
    assert 0.1 < sum(each.language == "en" for each in taken) / len(taken) < 0.25
    assert 0.4 < sum(each.sentiment is not None for each in taken) / len(taken) < 0.6
    assert "{" not in "".join(each.text for each in taken)
    assert len({each.text for each in taken}) > 0.6 * len(taken)
    by = Counter(each.author_handle for each in taken)
    assert 5 < by["ece.su"] < 60
    assert "nobody.there" not in by
    ours = [len(of_brand(month, at)) for at in range(3)]
    assert ours == sorted(ours, reverse=True)


def test_a_later_moment_only_adds() -> None:
    month = mentions(UNTIL)
    assert mentions(UNTIL + timedelta(hours=7))[: len(month)] == month
    # The next day begins a day later; what both have is the same but for the day that was bad.
    known = {each["native_id"]: each for each in month}
    later = [each for each in mentions(UNTIL + timedelta(days=1)) if each["native_id"] in known]
    assert len(later) > 0.9 * len(month)
    assert all(known[each["native_id"]] == each for each in later)


def test_nights_are_quiet() -> None:
    of_day = Counter(hour.astimezone(ZONE).hour for hour in by_hour(mentions(UNTIL)).elements())
    assert of_day[4] * 3 < of_day[21]


@pytest.mark.parametrize(
    "today",
    # Days like others, after the sales of November, in both feasts, behind New Year.
    ["2026-03-12", "2026-10-23", "2026-11-13", "2026-03-21", "2026-05-29", "2027-01-02"],
)
def test_the_bad_day_is_the_only_spike(today: str) -> None:
    """As the rule looks: at the own brand's hours from that day on, with the calendar's patience."""
    until = datetime.combine(date.fromisoformat(today), time(15, 30), ZONE).astimezone(UTC)
    bad = crisis_day(until.date())
    first = datetime.combine(bad, time(), ZONE).astimezone(UTC)
    counts = dict(by_hour(of_brand(mentions(until), 0)))
    running = until.replace(minute=0)
    known_from = min(counts)

    def baseline(hour: datetime):  # type: ignore[no-untyped-def]
        as_of = fitted_at(hour, ZONE.key)
        if as_of not in fits:
            since = as_of - WEEKS
            row = series(counts, since, as_of, known_from)
            fits[as_of] = fit(row, since, ZONE.key, calendar(ZONE.key, since, as_of))
        return fits[as_of]

    fits: dict[datetime, object] = {}
    events = calendar(ZONE.key, first, running + HOUR)
    limits = Limits(2e-4, hearing.LEAST)
    hours = judged(counts, (first, running), baseline, (events, []), limits)
    found: list[Seen] = walk(None, None, hours, running)
    began = datetime.combine(bad, time(CRISIS_FROM), ZONE)
    assert [(each.spell.opened_at, each.over) for each in found] == [(began, True)]
    assert max(counts.values()) >= max(CRISIS)


def test_two_of_three_parcels_may_be_an_issue() -> None:
    """One without a label, one whose label nobody sees, one as it should be."""
    watch = disclosing.WATCH
    asked = [
        PostCheck(
            platform="instagram",
            market=watch["market"],
            text=caption,
            advertiser=watch["advertiser"],
            other_names=[*watch["handles"], *watch["hashtags"]],
        )
        for caption in disclosing.CAPTIONS
    ]
    told = [check(each, packs.built_in(), UNTIL) for each in asked]
    assert [[one.code for one in each.findings] for each in told] == [["MISSING"], ["BELOW_FOLD"], []]
