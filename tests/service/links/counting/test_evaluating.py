"""Verdicts: tables of cases, and that they do not depend on what was said before."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.kit import ids
from service.links.counting.evaluating import Judge
from service.links.counting.schemas import Stored, Verdict
from service.links.rules.schemas import Rules, Velocity
from tests.service.links.agent_cases import BROWSERS

LINK = UUID(int=7)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
CHROME = BROWSERS[0][0]


def _click(second: float = 0, **fields: object) -> Stored:
    values: dict[str, object] = {
        "visitor": b"v" * 16,
        "unique": False,
        "counted": True,
        "reasons": [],
        "user_agent": CHROME,
        "referrer_host": None,
        "network_class": None,
    }
    at = NOON + timedelta(seconds=second)
    return Stored(ids.new(), at, LINK, **{**values, **fields})  # type: ignore[arg-type]


def _verdicts(clicks: list[Stored], rules: Rules = Rules(), since: datetime = NOON) -> list[Verdict]:
    return list(Judge(rules).verdicts(clicks, since))


@pytest.mark.parametrize(
    ("fields", "rules", "reasons"),
    [
        ({}, Rules(), []),
        ({"reasons": ["prefetch"]}, Rules(), ["prefetch"]),
        ({"reasons": ["over_cap"]}, Rules(), ["over_cap"]),
        # What a rule or an agent said before is found anew, or not at all.
        ({"reasons": ["velocity", "referrer", "agent", "datacenter", "bot"]}, Rules(), []),
        ({"reasons": ["bot"], "user_agent": None}, Rules(), ["bot"]),
        ({"user_agent": "curl/8.5.0"}, Rules(), ["bot"]),
        ({"user_agent": "curl/8.5.0", "reasons": ["head"]}, Rules(), ["bot", "head"]),
        ({"user_agent": ""}, Rules(), ["no_agent"]),
        ({"reasons": ["not_a_browser"]}, Rules(), ["not_a_browser"]),
        ({"network_class": "datacenter"}, Rules(), ["datacenter"]),
        ({"network_class": "datacenter"}, Rules(datacenter=False), []),
        ({"referrer_host": "spam.example"}, Rules(banned_referrers=["spam.example"]), ["referrer"]),
        ({"referrer_host": "a.spam.example"}, Rules(banned_referrers=["Spam.Example"]), ["referrer"]),
        ({"referrer_host": "nospam.example"}, Rules(banned_referrers=["spam.example"]), []),
        ({"referrer_host": None}, Rules(banned_referrers=["spam.example"]), []),
        ({}, Rules(banned_agents=["chrome/125"]), ["agent"]),
        ({}, Rules(banned_agents=["chrome/9"]), []),
    ],
)
def test_reasons(fields: dict[str, object], rules: Rules, reasons: list[str]) -> None:
    [verdict] = _verdicts([_click(**fields)], rules)
    assert verdict.reasons == reasons
    assert verdict.counted == (not reasons)


def test_clicks_beyond_the_velocity_do_not_count() -> None:
    rules = Rules(velocity=Velocity(clicks=2, seconds=10))
    clicks = [_click(second) for second in (0, 1, 2, 11, 11.5, 30)]
    assert [verdict.reasons for verdict in _verdicts(clicks, rules)] == [
        [],
        [],
        ["velocity"],
        [],
        ["velocity"],
        [],
    ]
    assert all(verdict.counted for verdict in _verdicts(clicks, Rules(velocity=None)))


def test_the_hour_before_belongs_to_the_window() -> None:
    rules = Rules(velocity=Velocity(clicks=2, seconds=10))
    clicks = [_click(-2), _click(-1), _click(1)]
    [verdict] = _verdicts(clicks, rules)
    assert (verdict.id, verdict.reasons) == (clicks[2].id, ["velocity"])


def test_nobody_is_neither_fast_nor_unique() -> None:
    clicks = [_click(n / 10, visitor=None) for n in range(50)]
    for verdict in _verdicts(clicks, Rules(velocity=Velocity(clicks=1, seconds=60))):
        assert verdict.counted
        assert not verdict.unique


def test_the_first_that_counts_is_unique() -> None:
    clicks = [_click(0, reasons=["prefetch"], unique=True), _click(1), _click(2), _click(3600)]
    assert [verdict.unique for verdict in _verdicts(clicks)] == [False, True, False, True]
    alone = [_click(0, reasons=["prefetch"]), _click(1, reasons=["head"])]
    assert [verdict.unique for verdict in _verdicts(alone)] == [True, False]


RULES = st.builds(
    Rules,
    velocity=st.none() | st.builds(Velocity, clicks=st.integers(1, 5), seconds=st.integers(1, 3600)),
    banned_referrers=st.sampled_from([[], ["spam.example"]]),
    banned_agents=st.sampled_from([[], ["chrome"]]),
    datacenter=st.booleans(),
)
CLICKS = st.lists(
    st.builds(
        _click,
        st.integers(-3600, 3599),
        reasons=st.sampled_from([[], ["prefetch"], ["bot"], ["head", "velocity"]]),
        user_agent=st.sampled_from([CHROME, "curl/8.5.0", None]),
        referrer_host=st.sampled_from([None, "spam.example"]),
        network_class=st.sampled_from([None, "datacenter"]),
    ),
    max_size=30,
)


@given(CLICKS, RULES, RULES)
def test_rules_put_back_bring_back_every_verdict(clicks: list[Stored], rules: Rules, others: Rules) -> None:
    clicks.sort(key=lambda click: (click.clicked_at, click.id))
    first = _verdicts(clicks, rules)
    changed = _verdicts(_written(clicks, first), others)
    assert _verdicts(_written(clicks, changed), rules) == first


def _written(clicks: list[Stored], verdicts: list[Verdict]) -> list[Stored]:
    by_id = {verdict.id: verdict for verdict in verdicts}
    return [
        Stored(
            click.id,
            click.clicked_at,
            click.link_id,
            click.visitor,
            found.unique,
            found.counted,
            found.reasons,
            click.user_agent,
            click.referrer_host,
            click.network_class,
        )
        if (found := by_id.get(click.id))
        else click
        for click in clicks
    ]
