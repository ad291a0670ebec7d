"""Batches of files of posts."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from service.influencers.bulk.posts import put_posts
from service.influencers.bulk.profiles import put_influencers
from service.kit.db import Connection
from tests.service.influencers.files import NOVEMBER, intake, post, profile

DAY = datetime(2026, 10, 20, tzinfo=UTC)


async def put(db: Connection, workspace: UUID, *rows, as_of: datetime = NOVEMBER) -> list[str]:
    return [one.why or one.status for one in await put_posts(db, intake(workspace, as_of), rows)]


@pytest.fixture
async def known(db: Connection, workspace: UUID) -> None:
    rows = [profile("a", followers=1000), profile("a", row=2, platform="x", followers=500)]
    await put_influencers(db, intake(workspace), rows)


@pytest.mark.usefixtures("known")
async def test_posts_are_added_once(db: Connection, workspace: UUID) -> None:
    rows = [
        post("A", post_id="1", published_at=DAY, likes=90, comments=10, caption="#moda @elci"),
        post("a", post_id="1", published_at=DAY, likes=95, row=2),
        post("a", post_url="https://instagram.com/p/2", likes=1, row=3),
        post("a", published_at=DAY, caption="yalnız", row=4),
        post("a", likes=3, row=5),
        post("nobody", post_id="1", row=6),
    ]
    expected = ["created", "unchanged", "created", "created", "missing_value", "unknown_account"]
    assert await put(db, workspace, *rows) == expected
    again = ["unchanged"] * 4 + ["missing_value", "unknown_account"]
    assert await put(db, workspace, *rows) == again
    stored = await db.fetchrow("select * from influencer_posts where platform_id = '1'")
    assert (stored["likes"], stored["comments"]) == (95, 10)
    assert (stored["hashtags"], stored["mentions"]) == (["moda"], ["elci"])


@pytest.mark.usefixtures("known")
async def test_x_answers_and_passes_on(db: Connection, workspace: UUID) -> None:
    row = post("a", platform="x", post_id="1", published_at=DAY, likes=10, replies=4, reposts=6)
    assert await put(db, workspace, row) == ["created"]
    stored = await db.fetchrow("select comments, shares from influencer_posts")
    assert tuple(stored) == (4, 6)
    rate = await db.fetchrow("select er_value, er_origin from influencer_accounts where platform = 'x'")
    assert (rate["er_value"], rate["er_origin"]) == (pytest.approx(0.04), "posts")


@pytest.mark.usefixtures("known")
async def test_a_link_into_the_house_s_own_network_is_left_out(db: Connection, workspace: UUID) -> None:
    rows = [
        post("a", post_id="1", post_url="http://169.254.169.254/x"),
        post("a", post_url="http://[::1]/", row=2),
    ]
    assert await put(db, workspace, *rows) == ["created", "missing_value"]
    assert await db.fetchval("select url from influencer_posts") is None


@pytest.mark.usefixtures("known")
async def test_a_later_file_moves_figures_on(db: Connection, workspace: UUID) -> None:
    row = post("a", post_id="1", published_at=DAY, likes=90, comments=10)
    later = datetime(2026, 11, 10, tzinfo=UTC)
    await put(db, workspace, row)
    assert await put(db, workspace, row, as_of=later) == ["unchanged"]
    assert await db.fetchval("select observed_at from influencer_posts") == later
    more = post("a", post_id="1", published_at=DAY, likes=190, comments=10)
    assert await put(db, workspace, more, as_of=later) == ["updated"]
    assert await db.fetchval(
        "select er_value from influencer_accounts where platform <> 'x'"
    ) == pytest.approx(0.2)
