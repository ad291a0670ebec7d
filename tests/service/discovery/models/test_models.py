"""Models in force: promoted, watching, rolled back, refused; and what rankings say of them."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from scoring.learning.card import Card
from scoring.learning.promotion import Decision, Reason
from scoring.model import COLD_START
from service.discovery.models import loading, store
from service.discovery.models.ranker import version_of
from service.kit import ids
from service.kit.db import Connection, Database
from tests.scoring.learning.test_training import trained
from tests.service.discovery.api import Json, brief, ids_of, influencer, made, scores

COLD = COLD_START.version

TURKISH = {"country": {"TR": 0.7, "DE": 0.3}}
WANTED = {"country": {"TR": 0.8}}


@pytest.fixture(autouse=True)
def nothing_kept() -> AsyncIterator[None]:
    """Each test reads models from its own database."""
    loading._kept.clear()


@pytest.fixture
async def workspace_id(client: httpx.AsyncClient) -> UUID:
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


async def _model(database: Database, workspace_id: UUID, **other: Any) -> str:
    """A stored model, as training leaves it."""
    model_id, fitted = ids.new(), trained()
    card = msgspec.structs.replace(fitted.card, version=version_of(model_id), **other)
    async with database.transaction(workspace_id) as db:
        await store.add_model(db, workspace_id, model_id, fitted.data, fitted.card.sha256, card)
    return ids.show("mdl", model_id)


async def _some(client: httpx.AsyncClient) -> list[str]:
    price = {"amount": 90_000, "currency": "TRY"}
    rates = [{"platform": "tiktok", "format": "reel", "price": price}]
    return [
        await influencer(client, "Ayse Oz", er=0.06, audience=TURKISH, sample=400),
        await influencer(client, "Can Su", er=0.02),
        await influencer(client, "Ece Ay", platform="tiktok", followers=2_000, er=0.09, rates=rates),
        await influencer(client, "Nil Er", followers=None),
    ]


def _sums(row: Json) -> None:
    fit = row["fit"]
    if fit["score"] is not None:
        assert sum(term["points"] for term in fit["terms"]) == pytest.approx(fit["score"], abs=0.01)


async def _post(client: httpx.AsyncClient, verb: str, body: Any = None, status: int = 200) -> Json:
    return await made(client, f"/v1/models/fit/{verb}", body, status=status)


async def test_without_models_the_cold_start_ranks(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/models")).json()["data"] == []
    found = (await client.get("/v1/models/fit")).json()
    assert found == {
        "model_id": None,
        "model_version": COLD,
        "shadow_id": None,
        "shadow_version": None,
    }
    refused = await _post(client, "rollback", status=409)
    assert refused["type"] == "/problems/nothing-to-roll-back"


async def test_a_card_is_shown(client: httpx.AsyncClient, database: Database, workspace_id: UUID) -> None:
    first, second = [await _model(database, workspace_id) for _ in range(2)]
    listed = (await client.get("/v1/models?limit=1")).json()
    assert [row["id"] for row in listed["data"]] == [second]
    rest = (await client.get(f"/v1/models?cursor={listed['next_cursor']}")).json()["data"]
    assert [(row["id"], row["state"], row["promotable"]) for row in rest] == [(first, "trained", True)]
    shown = (await client.get(f"/v1/models/{first}")).json()
    assert shown["card"]["sha256"] == trained().card.sha256
    assert shown["gain"] == shown["card"]["evaluation"]["gain"] > 0.02
    assert len(shown["card"]["evaluation"]["folds"]) == 4
    assert (await client.get("/v1/models?state=promoted")).json()["data"] == []


async def test_a_promoted_model_is_blended(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID
) -> None:
    people = await _some(client)
    brief_id = await brief(client, audience=WANTED)
    cold = await scores(client, brief_id)
    model = await _model(database, workspace_id)
    answer = await _post(client, "promote", {"model_id": model})
    assert answer["model_version"] == f"{COLD}+{model}"
    page = await scores(client, brief_id)
    assert page["model_version"] == answer["model_version"]
    assert sorted(ids_of(page)) == sorted(people)
    before = {row["influencer"]["id"]: row["fit"]["score"] for row in cold["data"]}
    for row in page["data"]:
        _sums(row)
        names = {term["name"] for term in row["fit"]["terms"]}
        was = before[row["influencer"]["id"]]
        assert ("learned_base" in names) == (was is not None)
        assert was is None or row["fit"]["score"] != was
    assert [row["fit"]["score"] for row in page["data"]][-1] is None
    priced = next(row for row in page["data"] if row["influencer"]["id"] == people[2])
    term = next(term for term in priced["fit"]["terms"] if term["name"] == "learned_price")
    assert term["raw"] == 90_000
    alone = (await client.get(f"/v1/influencers/{people[0]}/scores?brief_id={brief_id}")).json()
    assert alone["fit"]["model_version"] == page["model_version"]


async def test_a_run_keeps_its_model(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID
) -> None:
    await _some(client)
    brief_id = await brief(client, audience=WANTED)
    cold = await scores(client, brief_id, limit=2)
    await _post(client, "promote", {"model_id": await _model(database, workspace_id)})
    rest = await scores(client, brief_id, cursor=cold["next_cursor"])
    assert rest["model_version"] == COLD
    blended = await scores(client, brief_id, limit=2)
    await _post(client, "rollback")
    later = await scores(client, brief_id, cursor=blended["next_cursor"])
    assert later["model_version"] == blended["model_version"] != COLD
    again = await scores(client, brief_id, run_id=blended["run_id"], limit=2)
    assert [row["fit"]["score"] for row in again["data"]] == [row["fit"]["score"] for row in blended["data"]]


async def test_history_is_replayed_by_the_model_of_its_day(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID
) -> None:
    people = await _some(client)
    brief_id = await brief(client, audience=WANTED)
    await _post(client, "promote", {"model_id": await _model(database, workspace_id)})
    page = await scores(client, brief_id)
    await _post(client, "rollback")
    loading._kept.clear()
    for key in people:
        again = (await client.get(f"/v1/influencers/{key}/scores/history/{page['run_id']}")).json()
        assert (again["equal"], again["differences"]) == (True, [])
        shown = next(row for row in page["data"] if row["influencer"]["id"] == key)
        assert again["replayed"]["fit"] == shown["fit"]


async def test_what_if_of_a_blend_holds(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID
) -> None:
    await _some(client)
    brief_id = await brief(client, audience=WANTED)
    await _post(client, "promote", {"model_id": await _model(database, workspace_id)})
    page = await scores(client, brief_id)
    second = ids_of(page)[1]
    found = (await client.get(f"/v1/influencers/{second}/what-if?run_id={page['run_id']}")).json()
    assert found["changes"]
    target = page["data"][0]["fit"]["score"]
    assert all(change["fit"] > target for change in found["changes"])


async def test_a_shadow_watches_and_orders_nothing(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID
) -> None:
    await _some(client)
    brief_id = await brief(client, audience=WANTED)
    cold = await scores(client, brief_id)
    model = await _model(database, workspace_id)
    answer = await _post(client, "shadow", {"model_id": model})
    assert (answer["model_version"], answer["shadow_id"]) == (COLD, model)
    page = await scores(client, brief_id, limit=2)
    assert page["shadow_version"] == f"{COLD}+{model}"
    rest = await scores(client, brief_id, cursor=page["next_cursor"])
    rows = [*page["data"], *rest["data"]]
    assert [row["influencer"]["id"] for row in rows] == ids_of(cold)
    assert [row["fit"]["score"] for row in rows] == [row["fit"]["score"] for row in cold["data"]]
    watched = {row["influencer"]["id"]: row["shadow"] for row in rows}
    await _post(client, "promote", {"model_id": model})
    blended = await scores(client, brief_id)
    assert (blended["shadow_version"], blended["data"][0]["shadow"]) == (None, None)
    for row in blended["data"]:
        assert watched[row["influencer"]["id"]] == pytest.approx(row["fit"]["score"], abs=1e-4)
    assert (await _post(client, "shadow", {"model_id": model}, status=409))[
        "type"
    ] == "/problems/model-in-force"


async def test_the_shadow_can_be_taken_away(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID
) -> None:
    model = await _model(database, workspace_id)
    await _post(client, "shadow", {"model_id": model})
    assert (await _post(client, "shadow", {"model_id": None}))["shadow_id"] is None
    assert (await client.get(f"/v1/models/{model}")).json()["state"] == "trained"


async def test_a_model_that_does_not_meet_the_rule_is_refused(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID
) -> None:
    reasons = (Reason("no_gain", 0.01, 0.02), Reason("badly_calibrated", 0.09, 0.05))
    model = await _model(database, workspace_id, decision=Decision(False, reasons))
    refused = await _post(client, "promote", {"model_id": model}, status=409)
    assert refused["type"] == "/problems/model-not-promotable"
    assert [reason["code"] for reason in refused["reasons"]] == ["no_gain", "badly_calibrated"]
    assert "0.01 found, 0.02 needed" in refused["detail"]
    forced = await client.post("/v1/models/fit/promote", json={"model_id": model, "force": True})
    assert forced.status_code == 400
    assert (await client.get("/v1/models/fit")).json()["model_id"] is None


async def test_roll_backs_go_one_step_at_a_time(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID
) -> None:
    first, second = [await _model(database, workspace_id) for _ in range(2)]
    await _post(client, "promote", {"model_id": first})
    await _post(client, "promote", {"model_id": second})
    again = await _post(client, "promote", {"model_id": second}, status=409)
    assert again["type"] == "/problems/model-in-force"

    async def states() -> dict[str, str]:
        return {row["id"]: row["state"] for row in (await client.get("/v1/models")).json()["data"]}

    assert await states() == {first: "retired", second: "promoted"}
    assert (await _post(client, "rollback"))["model_id"] == first
    assert await states() == {first: "promoted", second: "retired"}
    assert (await _post(client, "rollback"))["model_id"] is None
    assert await states() == {first: "retired", second: "retired"}
    await _post(client, "rollback", status=409)
    assert (await _post(client, "promote", {"model_id": second}))["model_id"] == second


async def _spoil(owner: Connection, what: str) -> None:
    changes = {
        "bytes": "artefact = set_byte(artefact, 1000, get_byte(artefact, 1000) # 1)",
        "pickle": r"artefact = '\x80049503000000000000004b012e', sha256 = encode(sha256("
        r"'\x80049503000000000000004b012e'::bytea), 'hex'), card = jsonb_set(card, '{sha256}', to_jsonb("
        r"encode(sha256('\x80049503000000000000004b012e'::bytea), 'hex')))",
        "digest": "sha256 = repeat('0', 64)",
        "sklearn": """card = jsonb_set(card, '{sklearn}', '"0.24.2"')""",
        "features": """card = jsonb_set(card, '{features}', '["content"]')""",
    }
    await owner.execute(f"update models set {changes[what]}")


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("bytes", "hash_mismatch"),
        ("pickle", "not_skops"),
        ("digest", "hash_mismatch"),
        ("sklearn", "other_sklearn"),
        ("features", "other_features"),
    ],
)
async def test_a_spoilt_model_is_refused(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID, owner: Connection, what: str, code: str
) -> None:
    await _some(client)
    brief_id = await brief(client)
    model = await _model(database, workspace_id)
    await _post(client, "promote", {"model_id": model})
    await _spoil(owner, what)
    loading._kept.clear()
    answer = await client.post(f"/v1/briefs/{brief_id}/scores", json={})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/model-refused")
    assert answer.json()["code"] == code
    await _post(client, "rollback")
    assert (await scores(client, brief_id))["model_version"] == COLD
    assert (await _post(client, "promote", {"model_id": model}, status=409))["code"] == code


async def test_a_spoilt_shadow_is_left_out(
    client: httpx.AsyncClient, database: Database, workspace_id: UUID, owner: Connection
) -> None:
    await _some(client)
    brief_id = await brief(client)
    await _post(client, "shadow", {"model_id": await _model(database, workspace_id)})
    await _spoil(owner, "bytes")
    loading._kept.clear()
    assert (await scores(client, brief_id))["shadow_version"] is None


def test_a_card_reads_what_it_wrote() -> None:
    card = trained().card
    assert msgspec.json.decode(msgspec.json.encode(card), type=Card) == card
