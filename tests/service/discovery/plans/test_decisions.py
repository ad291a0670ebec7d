"""What a plan is made of, decided without a database: costs, targets, samples, demands, words."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import hypothesis
import msgspec
import numpy as np
import pytest
from hypothesis import strategies as st
from pyroaring import BitMap

from graph.audiences import Audience, Everybody, HashSample, SizeOnly, UniformSample, bottom
from graph.estimates import Estimate, exactly
from graph.intervals import Interval
from graph.spread_plan import SpreadPlan
from service.discovery.computations.actions import ByInfluence
from service.discovery.plans.assembling import begin, whole
from service.discovery.plans.common_people import LEAST_SAMPLED, gather, usable
from service.discovery.plans.costs import Cost, GivenPrice, Per, cost_of
from service.discovery.plans.demands import Known, Named, faults_of_musts, faults_of_names
from service.discovery.plans.facts import Everybody as Everyone
from service.discovery.plans.reading import moved, read, shown, without
from service.discovery.plans.schemas import (
    Asked,
    AskedCost,
    AskedSpread,
    Limits,
    Method,
    PlanRequest,
    Spread,
    Totals,
)
from service.discovery.plans.sorting import Facts, reason_of, sort_out
from service.discovery.plans.spreading import chosen
from service.discovery.plans.wording import notes, sentence, share
from service.discovery.reach.costs import MOST
from service.discovery.reach.schemas import Planned, PlannedPosts
from service.influencers.rates.schemas import RateRow
from service.kit import ids
from service.kit.money import Price

DAY = date(2026, 11, 25)
ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)


def rate(
    amount: int,
    form: str = "post",
    currency: str = "TRY",
    start: date = date(2026, 1, 1),
    end: date | None = None,
    tax: bool | None = None,
    platform: str = "instagram",
) -> RateRow:
    return RateRow(ids.new(), ONE, platform, form, amount, currency, tax, start, end, "api")


def given(amount: int, per: Per, currency: str = "TRY") -> GivenPrice:
    return GivenPrice(Price(amount, currency), per)


@pytest.mark.parametrize(
    ("asked", "card", "posts", "expected"),
    [
        (given(70, "package"), [rate(5)], [("post", 3)], Cost(70, "given")),
        (given(70, "post"), [rate(5)], [("post", 2), ("story", 1)], Cost(210, "given")),
        (given(70, "post", "EUR"), [rate(5)], [("post", 1)], "other_currency"),
        (given(0, "package"), [], [("post", 1)], Cost(0, "given")),
        (None, [], [("post", 1)], "no_cost"),
        (None, [rate(5, tax=True)], [("post", 3)], Cost(15, "rate_card", True)),
        (None, [rate(5, tax=True), rate(7, "reel")], [("post", 1), ("reel", 2)], Cost(19, "rate_card")),
        (None, [rate(5), rate(7, "reel")], [("post", 1), ("story", 1)], "no_cost"),
        (None, [rate(5, currency="EUR")], [("post", 1)], "other_currency"),
        (None, [rate(5, end=date(2026, 11, 24))], [("post", 1)], "no_cost"),
        (None, [rate(5, end=DAY)], [("post", 1)], Cost(5, "rate_card")),
        (None, [rate(5, start=date(2026, 11, 26))], [("post", 1)], "no_cost"),
        (None, [rate(5), rate(9, start=date(2026, 6, 1))], [("post", 1)], Cost(9, "rate_card")),
        (None, [rate(5, platform="tiktok")], [("post", 1)], "no_cost"),
        (given(MOST, "post"), [], [("post", 2)], "cost_too_large"),
        (None, [rate(MOST)], [("post", 1)], Cost(MOST, "rate_card")),
        (None, [rate(MOST)], [("post", 2)], "cost_too_large"),
    ],
)
def test_what_posts_cost(
    asked: GivenPrice | None, card: Sequence[RateRow], posts: Sequence[tuple[str, int]], expected: object
) -> None:
    assert cost_of(asked, card, "instagram", posts, "TRY", DAY) == expected


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (None, "no_audience_set"),
        (SizeOnly(5), "no_audience_set"),
        (UniformSample(BitMap([1]), 10), "uniform_sample"),
        (bottom(BitMap(range(5_000)), LEAST_SAMPLED - 1), "sample_too_small"),
        (bottom(BitMap(range(5)), 10), HashSample),
        (bottom(BitMap(range(5_000)), LEAST_SAMPLED), HashSample),
        (Everybody(BitMap()), Everybody),
    ],
)
def test_which_audiences_can_be_planned_with(audience: Audience | None, expected: object) -> None:
    found = usable(audience)
    assert found == expected or type(found) is expected


@hypothesis.given(st.lists(st.sets(st.integers(0, 40), min_size=1), min_size=1, max_size=5))
def test_samples_that_are_whole_are_everybody(sets: Sequence[set[int]]) -> None:
    whole = gather([Everybody(BitMap(each)) for each in sets])
    mixed = gather(
        [bottom(BitMap(each), 100) for each in sets[:1]] + [Everybody(BitMap(each)) for each in sets[1:]]
    )
    assert (mixed.scale, mixed.sampled) == (1.0, None)
    assert [len(each) for each in mixed.members] == [len(each) for each in whole.members]
    assert len(BitMap.union(*mixed.members)) == len(BitMap.union(*whole.members))


def test_a_common_sample_stands_for_everybody() -> None:
    first, second = BitMap(range(20_000)), BitMap(range(10_000, 30_000))
    found = gather([bottom(first, 2_000), Everybody(second)])
    assert found.sampled == len(BitMap.union(*found.members))
    assert found.scale * sum(len(each) for each in found.members) == pytest.approx(40_000)
    assert found.scale * found.sampled == pytest.approx(30_000, rel=0.05)


FREE = Named((), (), (), ())


@pytest.mark.parametrize(
    ("named", "size", "expected"),
    [
        (FREE, None, []),
        (Named([THREE], (), (), ()), None, ["must_include[0]"]),
        (Named((), [ONE, THREE], (), ()), None, ["exclude[1]"]),
        (Named((), (), [THREE], [None, THREE]), None, ["costs[0].influencer_id", "posts[1].influencer_id"]),
        (Named([ONE], [ONE], (), ()), None, ["must_include[0]"]),
        (Named((), (), [ONE, TWO, ONE], ()), None, ["costs[0].influencer_id", "costs[2].influencer_id"]),
        (Named([ONE, TWO], (), (), ()), 1, ["max_size"]),
        (Named([ONE, ONE], (), (), ()), 1, []),
    ],
)
def test_names_that_contradict(named: Named, size: int | None, expected: Sequence[str]) -> None:
    assert [fault["path"] for fault in faults_of_names(named, [ONE, TWO], size)] == expected


FOOD = Known(6, ("food",), "instagram")


@pytest.mark.parametrize(
    ("known", "limits", "expected"),
    [
        ({ONE: FOOD, TWO: Known(4, ("food",), "tiktok")}, (None, None), []),
        ({ONE: FOOD, TWO: FOOD}, (None, None), ["budget.amount"]),
        (
            {ONE: FOOD, TWO: Known(1, ("food",), "instagram")},
            (1, 1),
            ["limits.per_category", "limits.per_platform"],
        ),
        ({ONE: FOOD, TWO: Known(1, ("food", "art"), "x")}, (2, 1), []),
        ({ONE: FOOD, TWO: Known(None, (), None, "opted_out")}, (None, None), ["must_include[1]"]),
        ({ONE: FOOD}, (None, None), ["must_include[1]"]),
    ],
)
def test_who_can_not_all_be_included(
    known: dict[UUID, Known], limits: tuple[int | None, int | None], expected: Sequence[str]
) -> None:
    assert [fault["path"] for fault in faults_of_musts([ONE, TWO], known, 10, *limits)] == expected


def facts(key: UUID, amount: int, **more: object) -> Facts:
    plain: dict[str, object] = {
        "influencer_id": key,
        "account_id": key,
        "platform": "instagram",
        "categories": (),
        "planned": True,
        "audience": Everybody(BitMap([1])),
        "presence": None,
        "cost": Cost(amount, "given"),
    }
    return Facts(**plain | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "objective", "expected"),
    [
        ({}, "unique_followers", None),
        ({}, "unique_reach", "no_reach_rate"),
        ({"planned": False}, "unique_followers", "no_posts_planned"),
        ({"cost": "no_cost", "audience": None}, "unique_followers", "no_cost"),
        ({"audience": None}, "unique_followers", "no_audience_set"),
    ],
)
def test_why_nobody_can_plan_with_somebody(more: dict[str, object], objective: str, expected: object) -> None:
    assert reason_of(facts(ONE, 5, **more), objective) == expected


def test_who_costs_more_than_is_left_is_out() -> None:
    everybody = [facts(ONE, 6), facts(TWO, 5), facts(THREE, 4)]
    candidates, out = sort_out(everybody, "unique_followers", 10, {ONE}, set())
    assert [each.influencer_id for each in candidates] == [ONE, THREE]
    assert [(each.influencer_id, each.reason) for each in out] == [(TWO, "over_budget")]
    candidates, out = sort_out(everybody, "unique_followers", 10, {ONE}, {THREE})
    assert [(each.influencer_id, each.reason) for each in out] == [(TWO, "over_budget"), (THREE, "excluded")]


def totals(optimality: float, *, exact: bool = False, chosen: int = 3, sampled: int | None = None) -> Totals:
    method: Method = "subsets" if exact else "pairs"
    nobody = exactly(0.0)
    return Totals(
        chosen, 5, 9.0, 10.0, optimality, exact, method, None, None, nobody, nobody, None, None, sampled, []
    )


@pytest.mark.parametrize(
    ("found", "turkish", "english"),
    [
        (totals(0.9399), "En iyi planın en az %93'ü.", "At least 93% of the optimum."),
        (totals(1.0, exact=True), "Bu bütçeyle mümkün olan en iyi plan.", "The best plan for this budget."),
        (totals(1.0, chosen=0), "Bu bütçeyle kimse alınamıyor.", "Nobody can be taken for this budget."),
        (
            totals(0.5, sampled=12_345),
            "En iyi planın en az %50'si (12.345 kişilik örneklemde).",
            "At least 50% of the optimum, among 12,345 sampled people.",
        ),
    ],
)
def test_how_good_a_plan_is_in_words(found: Totals, turkish: str, english: str) -> None:
    assert (sentence(found, "tr"), sentence(found, "en")) == (turkish, english)


@hypothesis.given(st.floats(0, 1))
def test_a_share_in_words_is_never_better_than_it_is(optimality: float) -> None:
    assert share(optimality) / 100 <= optimality < (share(optimality) + 1) / 100 + 1e-12


def test_notes_have_words_in_both_languages() -> None:
    assert notes(["sampled"], "tr")[0].text != notes(["sampled"], "en")[0].text


def test_a_stored_request_is_what_was_asked_and_forgets_whom_it_must() -> None:
    one, two = (ids.show("inf", each) for each in (ONE, TWO))
    data = PlanRequest(
        budget=Price(5, "TRY"),
        influencer_ids=[one, two],
        posts=[PlannedPosts(format="reel", count=2, influencer_id=one), PlannedPosts(format="post")],
        must_include=[one],
        exclude=[two],
        name="x",
    )
    asked = read(data)
    assert shown(asked, "x") == data
    forgotten = without(asked, frozenset([ONE]))
    assert (forgotten.influencer_ids, forgotten.must_include, forgotten.exclude) == ([TWO], [], [TWO])
    assert [line.format for line in forgotten.posts] == ["post"]
    assert shown(asked, "x", frozenset([TWO])).exclude == []


def test_a_request_by_influence_is_kept_whole() -> None:
    data = PlanRequest(
        budget=Price(5, "TRY"),
        influencer_ids=[ids.show("inf", ONE)],
        objective="spread",
        graph_id=ids.show("gra", TWO),
        model="ic",
        p=0.25,
        repeated=True,
        reverse=False,
    )
    asked = read(data)
    assert asked.spread == AskedSpread(TWO, "ic", 0.25, repeated=True, reverse=False)
    assert shown(asked, None) == data
    assert without(asked, frozenset([ONE])).spread == asked.spread
    assert msgspec.json.decode(msgspec.json.encode(asked), type=Asked) == asked


def asked_for(**more: object) -> Asked:
    plain: dict[str, object] = {
        "budget": Price(5, "TRY"),
        "objective": "unique_followers",
        "shortlist_id": None,
        "influencer_ids": None,
        "posts": [],
        "costs": [],
        "must_include": [],
        "exclude": [],
        "max_size": None,
        "limits": Limits(),
        "brief_id": None,
        "statuses": [],
        "platforms": [],
    }
    return Asked(**plain | more)  # type: ignore[arg-type]


def price_of(key: UUID, amount: int) -> AskedCost:
    return AskedCost(key, Price(amount, "TRY"), "package")


def posts_of(key: UUID | None, count: int) -> Planned:
    return Planned("post", count, None, key)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"influencer_ids": [TWO, ONE, THREE]}, {"influencer_ids": [ONE]}),
        ({"must_include": [TWO], "exclude": [THREE]}, {"must_include": [ONE], "exclude": []}),
        ({"exclude": [TWO, ONE]}, {"exclude": [ONE]}),
        ({"costs": [price_of(TWO, 2), price_of(THREE, 3)]}, {"costs": [price_of(ONE, 2)]}),
        ({"costs": [price_of(TWO, 2), price_of(ONE, 1)]}, {"costs": [price_of(ONE, 1)]}),
        (
            {"posts": [posts_of(None, 1), posts_of(TWO, 2), posts_of(TWO, 3)]},
            {"posts": [posts_of(None, 1), posts_of(ONE, 2), posts_of(ONE, 3)]},
        ),
        ({"posts": [posts_of(ONE, 1), posts_of(TWO, 2)]}, {"posts": [posts_of(ONE, 1)]}),
    ],
)
def test_a_request_after_a_merge(before: dict[str, object], after: dict[str, object]) -> None:
    assert moved(asked_for(**before), ONE, frozenset([TWO, THREE])) == asked_for(**after)


def test_by_influence_nobody_s_followers_need_to_be_known() -> None:
    assert reason_of(facts(ONE, 5, audience=None), "spread") is None
    assert reason_of(facts(ONE, 5, audience=None, planned=False), "spread") == "no_posts_planned"
    assert reason_of(facts(ONE, 5, audience=None, cost="no_cost"), "spread") == "no_cost"


def by_influence(optimality: float, confidence: float) -> Totals:
    figure = Estimate(9.0, 8.0, 10.0, 1024, "reverse_reachable_sets:wc")
    found = Spread(figure, ONE, 1, 50, 8.0, confidence, memory_ended=False)
    return msgspec.structs.replace(totals(optimality), spread=found)


def test_a_bound_by_influence_is_said_with_its_probability() -> None:
    found = by_influence(0.9399, 0.999)
    assert sentence(found, "en") == "At least 93% of the optimum, with a probability of 99.9%."
    assert sentence(found, "tr") == "%99,9 olasılıkla en iyi planın en az %93'ü."


def test_where_memory_ended_the_plan_says_so() -> None:
    everybody = Everyone([facts(ONE, 5, audience=None), facts(TWO, 2, audience=None)], [])
    asked = asked_for(objective="spread", must_include=[ONE], budget=Price(9, "TRY"))
    begun = begin(everybody, asked)
    plan = SpreadPlan(
        (0, 1), np.array([0.0, 3.0]), 7, Interval(3.0, 2.0, 4.0), 1.5, 6.0, 0.25, "pairs", 1024, True
    )
    found = chosen(begun.able, ByInfluence(plan, 4, 50, [ONE]), THREE, "wc", 0.01, frozenset())
    made = whole(everybody, asked, begun, found)
    assert made.totals.spread == Spread(
        Estimate(3.0, 2.0, 4.0, 1024, "reverse_reachable_sets:wc"), THREE, 4, 50, 1.5, 0.99, memory_ended=True
    )
    assert {"spread_memory", "spread_estimated", "not_in_graph"} <= set(made.totals.notes)
    assert [(each.place, each.marginal, each.cumulative) for each in made.members] == [(1, 0, 0), (2, 3, 3)]
    assert (made.totals.value, made.totals.upper_bound, made.totals.optimality) == (3.0, 6.0, 0.25)
    assert (made.totals.exact, made.totals.guarantee, made.totals.unique_followers.value) == (
        False,
        None,
        None,
    )
    assert made.totals.unique_followers.reason == "no_audience_set"
