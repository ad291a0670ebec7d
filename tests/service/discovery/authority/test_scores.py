"""Authority as the API scores it."""

from datetime import UTC, datetime, timedelta

import pytest

from service.discovery.scores.parts import authority as parts
from tests.service.discovery.api import brief, influencer, scores
from tests.service.discovery.desk import Desk

NOW = datetime.now(UTC)
NAMES = ("Star", "Known", "Fan", "Reader", "Quiet", "Giant")
FOLLOWERS = {"Giant": 9_000_000, "Star": 20_000}


def ago(days: int) -> str:
    return (NOW - timedelta(days=days)).isoformat().replace("+00:00", "Z")


def mentions(*pairs: tuple[str, str, int]) -> str:
    """A file of mentions: who, whom, how many days ago."""
    lines = [f"{src.lower()},{dst.lower()},mention,{ago(days)},instagram" for src, dst, days in pairs]
    return "\n".join(["src,dst,kind,at,platform", *lines]) + "\n"


@pytest.fixture
async def people(desk: Desk) -> dict[str, str]:
    return {
        name: await influencer(desk.client, name, followers=FOLLOWERS.get(name, 5_000), categories=["beauty"])
        for name in NAMES
    }


async def authority(desk: Desk, people: dict[str, str], brief_id: str | None = None) -> dict[str, dict]:
    """Everybody's authority by name."""
    page = await scores(desk.client, brief_id or await brief(desk.client))
    found = {row["influencer"]["id"]: row["authority"] for row in page["data"]}
    return {name: found[made] for name, made in people.items()}


LOOKED_TO = mentions(
    *(("Known", "Star", 1), ("Fan", "Star", 2), ("Reader", "Star", 3), ("Fan", "Known", 4)),
    *(("Outside", "Star", 5), ("Fan", "Star", 6), ("Star", "Known", 7)),
)


async def test_nothing_is_known_without_edges(desk: Desk, people: dict[str, str]):
    found = await authority(desk, people)
    assert {one["reason"] for one in found.values()} == {"no_edges"}


async def test_whom_the_field_looks_to_stands_first(desk: Desk, people: dict[str, str]):
    await desk.take_in(LOOKED_TO)
    found = await authority(desk, people)
    ranked = sorted(NAMES, key=lambda name: -found[name]["score"])
    assert ranked[:2] == ["Star", "Known"]
    assert found["Giant"]["score"] < found["Known"]["score"]
    terms = {term["name"]: term for term in found["Star"]["terms"]}
    # Four accounts, one of them twice, one of them nobody's here; creators are those who have followers.
    assert (terms["mentioners"]["raw"], terms["creators"]["raw"]) == (4, 3)
    assert terms["pagerank"]["raw"] > 1
    assert terms["mentioners"]["place"] == {
        "percentile": pytest.approx(11 / 12, abs=1e-6),
        "platform": "instagram",
        "category": None,
        "n": 6,
    }
    assert "tenure" not in terms
    assert found["Star"]["confidence"] == pytest.approx(0.9)
    for one in found.values():
        assert sum(term["points"] for term in one["terms"]) == pytest.approx(one["score"], abs=0.01)


async def test_the_reasons_are_said_in_words(desk: Desk, people: dict[str, str]):
    await desk.take_in(LOOKED_TO)
    page = await scores(desk.client, await brief(desk.client), language="tr")
    said = {row["influencer"]["id"]: row["sentences"] for row in page["data"]}
    assert (
        "otorite: 4 hesabın anmasıyla instagram hesapları arasında yüzdelik dilim %92" in said[people["Star"]]
    )


async def test_only_the_90_days_before_the_newest_mention_count(desk: Desk, people: dict[str, str]):
    await desk.take_in(mentions(("Fan", "Star", 400), ("Reader", "Star", 330), ("Known", "Star", 300)))
    terms = {term["name"]: term for term in (await authority(desk, people))["Star"]["terms"]}
    assert terms["mentioners"]["raw"] == 2
    assert terms["creators"]["raw"] == 3


async def test_ones_own_accounts_do_not_count(desk: Desk, people: dict[str, str]):
    body = {"platform": "instagram", "handle": "star.two", "followers": 5_000}
    answer = await desk.client.post(f"/v1/influencers/{people['Star']}/accounts", json=body)
    assert answer.status_code == 201, answer.text
    await desk.take_in(LOOKED_TO)
    before = await authority(desk, people)
    await desk.take_in(mentions(("star.two", "Star", 1)))
    after = await authority(desk, people)
    assert after["Star"]["score"] == before["Star"]["score"]


async def test_who_opts_out_takes_the_voice_along(desk: Desk, people: dict[str, str]):
    await desk.take_in(LOOKED_TO)
    await desk.client.post(f"/v1/influencers/{people.pop('Fan')}/opt-out", json={"reason": "asked"})
    await desk.work()
    terms = {term["name"]: term for term in (await authority(desk, people))["Star"]["terms"]}
    assert terms["mentioners"]["raw"] == 3
    assert terms["mentioners"]["place"]["n"] == 5


async def test_follows_alone_say_nothing_of_mentions(desk: Desk, people: dict[str, str]):
    await desk.take_in("src,dst,kind,platform\nfan,star,follow,instagram\nknown,star,follow,instagram\n")
    terms = [term["name"] for term in (await authority(desk, people))["Star"]["terms"]]
    assert terms == ["pagerank", "creators", "followers"]


async def test_one_alone_a_later_page_and_the_page_agree(desk: Desk, people: dict[str, str]):
    await desk.take_in(LOOKED_TO)
    brief_id = await brief(desk.client)
    every = await authority(desk, people, brief_id)
    alone = await desk.client.get(f"/v1/influencers/{people['Known']}/scores?brief_id={brief_id}")
    assert alone.json()["authority"]["score"] == every["Known"]["score"]
    first = await scores(desk.client, brief_id, limit=2)
    later = await scores(desk.client, brief_id, limit=5, cursor=first["next_cursor"])
    names = {made: name for name, made in people.items()}
    for row in (*first["data"], *later["data"]):
        assert row["authority"]["score"] == every[names[row["influencer"]["id"]]]["score"]


async def test_posts_tell_tenure_and_irregular_posting(desk: Desk, people: dict[str, str]):
    async def post(name: str, days: list[int]) -> None:
        posts = [{"platform_id": f"{name}{day}", "published_at": ago(day)} for day in days]
        await desk.client.post(f"/v1/influencers/{people[name]}/posts", json={"posts": posts})

    await post("Star", [*range(1, 60, 3), 800])
    await post("Known", [*range(50, 80, 2), 400])
    await desk.take_in(LOOKED_TO)
    found = await authority(desk, people)
    assert (found["Star"].get("flags"), found["Known"]["flags"]) == (None, ["irregular_posting"])
    terms = {term["name"]: term for term in found["Star"]["terms"]}
    assert terms["tenure"]["raw"] == pytest.approx(800 / 365.25, abs=0.02)


async def test_only_what_matters_to_the_graph_ranks_anew(desk: Desk, people: dict[str, str]):
    await desk.take_in(LOOKED_TO)

    async def version() -> int:
        await desk.work()
        made: int = (await desk.summary())["graph"]["version"]
        return made

    async def change(**fields: object) -> None:
        answer = await desk.client.patch(f"/v1/influencers/{people['Star']}", json=fields)
        assert answer.status_code == 200, answer.text

    before = await version()
    await change(notes="call in May", name="The star")
    assert await version() == before
    await change(categories=["food"])
    assert await version() == before + 1
    await influencer(desk.client, "New")
    assert await version() == before + 2


async def test_many_are_looked_up_as_few_are(
    desk: Desk, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """Above some number candidates are found in the catalogue that is read anyway."""
    await influencer(desk.client, "Nobody", platform="tiktok")
    await desk.client.post("/v1/influencers", json={"name": "Without an account"})
    await desk.take_in(LOOKED_TO)
    brief_id = await brief(desk.client)
    few = await scores(desk.client, brief_id)
    monkeypatch.setattr(parts, "FEW", 0)
    many = await scores(desk.client, brief_id)
    assert len(many["data"]) == len(people) + 2
    for one, other in zip(few["data"], many["data"], strict=True):
        assert one["influencer"]["id"] == other["influencer"]["id"]
        assert one["authority"] | {"as_of": None} == other["authority"] | {"as_of": None}
