"""What a post is expected to bring, and what a plan's posts bring together, decided without a database."""

from uuid import UUID

import pytest

from graph.estimates import Estimate, exactly
from service.discovery.forecasts.asking import Query, asked, budgets
from service.discovery.forecasts.expecting import averaged, expected, orders_per_engagement, per_post
from service.discovery.forecasts.figuring import figures
from service.discovery.forecasts.schemas import AverageRow, Past, Publishing
from service.discovery.plans.problems import ImpossibleDemands
from service.influencers.engagement import PostFigures
from service.kit.problems import InvalidInput

ONE = UUID(int=1)


def post(
    views: int | None,
    likes: int | None,
    comments: int | None = 0,
    *,
    age: float = 100.0,
    form: str = "reel",
    sponsored: bool = False,
) -> PostFigures:
    return PostFigures(
        ONE, "instagram", form, sponsored, age, likes, comments, None, None, None, views, None, 1000
    )


def test_a_post_is_the_median_of_the_newest_twelve() -> None:
    old = [post(1_000_000, 9_000, age=900.0 + at) for at in range(5)]
    new = [post(1_000 + at, 100, age=100.0 + at) for at in range(11)] + [post(50_000, 5_000, age=150.0)]
    found = per_post([*old, *new])[ONE, "reel"]
    assert found.views.value == 1_005.5
    assert (found.views.low, found.views.high) == (1_002.0, 1_009.0)
    assert (found.views.n, found.views.basis) == (12.0, "own_history")
    assert found.engagements.value == 100.0
    assert found.rate.value == pytest.approx(
        (11 * 100 + 5_000) / (sum(1_000 + at for at in range(11)) + 50_000)
    )


def test_sponsored_posts_count_where_no_organic_one_shows_the_figure() -> None:
    found = per_post([post(None, 10), post(500, 20, sponsored=True), post(700, 40, sponsored=True)])[
        ONE, "reel"
    ]
    assert (found.views.value, found.engagements.value) == (600.0, 10.0)
    assert found.rate.value == pytest.approx(60 / 1_200)


def test_what_hides_a_part_of_its_engagement_shows_none() -> None:
    found = per_post([post(500, 20, None), post(600, None, 3)])[ONE, "reel"]
    assert found.engagements.reason == found.rate.reason == "no_history"
    assert found.views.value == 550.0
    assert found.views.reason == "too_few_samples"


def test_a_story_s_interactions_are_whatever_is_known() -> None:
    assert per_post([post(80, None, 3, form="story")])[ONE, "story"].engagements.value == 3.0


def test_averages_stand_in_figure_by_figure() -> None:
    average = AverageRow(ONE, 900.0, 40.0, 5.0, None)
    measured = per_post([post(None, 20, 4, form="post")])
    found = expected(measured, average, ONE, "post")
    assert (found.views.value, found.views.basis, found.views.reason) == (
        900.0,
        "account_average",
        "no_interval",
    )
    assert (found.engagements.value, found.engagements.basis) == (24.0, "own_history")
    assert found.rate.value == pytest.approx(45 / 900)
    assert expected(measured, average, ONE, "story").views.reason == "no_history"
    assert averaged(None).views.reason == "no_history"


def publishing(*posts: tuple[str, int]) -> Publishing:
    return Publishing(ONE, ONE, "instagram", posts)


def test_a_plan_s_posts_add_up() -> None:
    measured = per_post([post(1_000, 50) for _ in range(6)] + [post(None, 30, form="post") for _ in range(6)])
    orders = Estimate(0.01, 0.005, 0.02, 9.0, "own_history")
    found, [each] = figures(60_000, exactly(2_000.0), [publishing(("reel", 3))], measured, {}, orders)
    assert (found.views.value, found.engagements.value) == (3_000.0, 150.0)
    assert (found.cpm.value, found.cpe.value) == (20_000, 400)
    assert (found.orders.value, found.orders.low, found.orders.high) == (
        pytest.approx(1.5),
        pytest.approx(0.75),
        pytest.approx(3.0),
    )
    assert (found.clicks.value, found.clicks.reason) == (None, "no_history")
    assert (found.revenue.value, found.revenue.reason) == (None, "no_history")
    assert (found.reach.value, found.spend) == (2_000.0, 60_000)
    assert (each.views.value, each.engagements.value) == (3_000.0, 150.0)


def test_engagements_are_known_where_views_are_not() -> None:
    measured = per_post([post(1_000, 50) for _ in range(6)] + [post(None, 30, form="post") for _ in range(6)])
    plan = [publishing(("reel", 1), ("post", 2))]
    found, _ = figures(1_100, exactly(1.0), plan, measured, {}, orders_per_engagement([]))
    assert (found.views.value, found.views.reason) == (None, "no_history")
    assert (found.cpm.value, found.orders.reason) == (None, "no_history")
    assert found.engagements.value == pytest.approx(110.0)
    assert found.cpe.value == 10


def test_nobody_brings_nothing() -> None:
    found, each = figures(0, exactly(0.0), [], {}, {}, orders_per_engagement([]))
    assert (found.views.value, found.engagements.value, each) == (0.0, 0.0, [])


def test_orders_come_from_the_workspace_s_own_collaborations() -> None:
    found = orders_per_engagement([Past(2, 100), Past(4, 200), Past(3, 100)])
    assert found.value == pytest.approx(9 / 400)
    assert found.low < found.value < found.high  # type: ignore[operator]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        (Query(1, "XQX", None, None, None, None), "currency"),
        (Query(1, None, "reel:x", None, None, None), "posts[0]"),
        (Query(1, None, None, "myspace", None, None), "platforms"),
        (Query(1, None, None, None, "loved", None), "status"),
    ],
)
def test_what_can_not_be_asked(query: Query, path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        asked("sho_" + "0" * 26, query, "TRY")
    assert [error["path"] for error in refused.value.members["errors"]] == [path]


def test_budgets_of_a_curve() -> None:
    assert budgets(None) == []
    with pytest.raises(ImpossibleDemands) as refused:
        budgets(",".join(["-5", "1.5", *(str(at) for at in range(20))]))
    assert [error["path"] for error in refused.value.members["errors"]] == [
        "budgets[0]",
        "budgets[1]",
        "budgets",
    ]
