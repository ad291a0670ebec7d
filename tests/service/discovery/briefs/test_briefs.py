"""Briefs through the API: what is written is read, what can't be is refused, what is another's is unknown."""

from typing import Any

import httpx

from service.kit import ids
from tests.service.discovery.api import brief, influencer, made

WHOLE = {
    "name": "Spring launch",
    "goal": "500 sign-ups",
    "stage": "awareness",
    "platforms": ["instagram", "tiktok"],
    "audience": {
        "country": {"TR": 0.8},
        "city": {"TR-34": 0.3},
        "age": {"18-24": 0.3, "25-34": 0.4},
        "gender": {"female": 0.6},
        "interests": {"Güzellik": 0.2},
        "mode": "exact",
    },
    "description": "Vegan make-up",
    "keywords": ["vegan", "makyaj"],
    "hashtags": ["#vegan", "temizguzellik"],
    "budget": {"amount": 1_000_000, "currency": "TRY"},
    "weights": {"audience": 2, "engagement": 1},
}
UNKNOWN = {
    name: ids.show(prefix, ids.new()) for name, prefix in (("per", "per"), ("brd", "brd"), ("inf", "inf"))
}


async def test_what_is_written_is_read(client: httpx.AsyncClient) -> None:
    own = await made(client, "/v1/brands", {"name": "Own"})
    rival = await made(client, "/v1/brands", {"name": "Rival", "kind": "competitor"})
    persona = await made(client, "/v1/personas", {"name": "Elif"})
    vetoed = await influencer(client, "Vetoed")
    asked = WHOLE | {
        "brand_id": own["id"],
        "competitors": [rival["id"]],
        "persona_ids": [persona["id"]],
        "vetoes": {"influencer_ids": [vetoed, vetoed], "categories": ["Bahis"]},
    }
    answer = await client.post("/v1/briefs", json=asked)
    assert answer.status_code == 201, answer.text
    shown = answer.json()
    expected = asked | {
        "hashtags": ["vegan", "temizguzellik"],
        "vetoes": {
            "influencer_ids": [vetoed],
            "categories": ["Bahis"],
            "exclusivity_days": 90,
            "safety": None,
        },
    }
    assert {name: shown[name] for name in expected} == expected
    assert shown["archived_at"] is None
    again = await client.get(f"/v1/briefs/{shown['id']}")
    assert again.json() == shown
    assert again.headers["etag"] == answer.headers["etag"] == '"1"'


async def test_only_a_name_is_needed(client: httpx.AsyncClient) -> None:
    shown = await made(client, "/v1/briefs", {"name": "Bare"})
    assert shown["audience"] == {"mode": "minimum"}
    assert shown["weights"] == {}
    assert shown["vetoes"] == {"influencer_ids": [], "categories": [], "exclusivity_days": 90, "safety": None}
    assert shown["platforms"] == shown["competitors"] == shown["persona_ids"] == []


async def test_a_patch_replaces_what_it_names(client: httpx.AsyncClient) -> None:
    brief_id = await brief(client, **WHOLE)
    answer = await client.patch(
        f"/v1/briefs/{brief_id}", json={"audience": {"gender": {"male": 0.5}}, "budget": None, "stage": None}
    )
    shown = answer.json()
    assert shown["audience"] == {"gender": {"male": 0.5}, "mode": "minimum"}
    assert shown["budget"] is None
    assert shown["stage"] is None
    kept = ("goal", "platforms", "description", "keywords", "weights")
    assert {name: shown[name] for name in kept} == {name: WHOLE[name] for name in kept}
    assert shown["name"] == "Spring launch"
    assert answer.headers["etag"] == '"2"'


async def test_an_empty_patch_makes_no_version(client: httpx.AsyncClient) -> None:
    brief_id = await brief(client)
    assert (await client.patch(f"/v1/briefs/{brief_id}", json={})).headers["etag"] == '"1"'


async def test_a_lost_update_is_refused(client: httpx.AsyncClient) -> None:
    brief_id = await brief(client)
    path, seen = f"/v1/briefs/{brief_id}", {"If-Match": '"1"'}
    assert (await client.patch(path, json={"goal": "a"}, headers=seen)).status_code == 200
    late = await client.patch(path, json={"goal": "b"}, headers=seen)
    assert late.status_code == 412
    assert late.json()["etag"] == '"2"'
    assert (await client.get(path)).json()["goal"] == "a"


IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name"),
    ({"stage": "desire"}, "stage"),
    ({"platforms": ["myspace"]}, "platforms[0]"),
    ({"colour": "red"}, "colour"),
    ({"audience": {"zodiac": {"leo": 0.5}}}, "audience.zodiac"),
    ({"audience": {"active_hour": {"mon-20": 0.5}}}, "audience.active_hour"),
    ({"audience": {"country": {}}}, "audience.country"),
    ({"audience": {"country": {"TR": 0}}}, "audience.country[...]"),
    ({"audience": {"country": {"TR": 1.2}}}, "audience.country[...]"),
    ({"audience": {"country": {"Turkey": 0.5}}}, "audience.country.Turkey"),
    ({"audience": {"city": {"Istanbul": 0.5}}}, "audience.city.Istanbul"),
    ({"audience": {"age": {"18-25": 0.5}}}, "audience.age.18-25"),
    ({"audience": {"gender": {"women": 0.5}}}, "audience.gender.women"),
    ({"audience": {"gender": {"female": 0.7, "male": 0.6}}}, "audience.gender"),
    ({"audience": {"interests": {"Moda": 0.2, "MODA": 0.3}}}, "audience.interests.MODA"),
    ({"audience": {"interests": {"a": 0.7, "b": 0.7}, "mode": "exact"}}, "audience.interests"),
    ({"audience": {"mode": "about"}}, "audience.mode"),
    ({"budget": {"amount": -1, "currency": "TRY"}}, "budget.amount"),
    ({"budget": {"amount": 10.5, "currency": "TRY"}}, "budget.amount"),
    ({"weights": {"audience": -1}}, "weights.audience"),
    ({"weights": {"luck": 1}}, "weights.luck"),
    (
        {"weights": dict.fromkeys(("audience", "engagement", "authority", "authenticity", "content"), 0)},
        "weights",
    ),
]


async def test_what_cannot_be_is_refused(client: httpx.AsyncClient) -> None:
    present = f"/v1/briefs/{await brief(client)}"
    for wishes, path in IMPOSSIBLE:
        for answer in (
            await client.post("/v1/briefs", json={"name": "Brief", **wishes}),
            await client.patch(present, json=wishes),
        ):
            assert answer.status_code == 400, (wishes, answer.text)
            assert path in [error["path"] for error in answer.json()["errors"]], wishes
    assert (await client.get(present)).headers["etag"] == '"1"'


async def test_every_fault_is_named(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/v1/briefs",
        json={
            "name": "x",
            "audience": {"age": {"18-25": 0.5, "0-99": 0.1}, "gender": {"female": 1, "male": 1}},
        },
    )
    paths = {error["path"] for error in answer.json()["errors"]}
    assert paths == {"audience.age.18-25", "audience.age.0-99", "audience.gender"}
    assert answer.json()["type"] == "/problems/impossible-wishes"


async def test_several_interests_may_be_one_person_s(client: httpx.AsyncClient) -> None:
    wishes = {"audience": {"interests": {"moda": 0.7, "spor": 0.7}, "language": {"tr": 0.9, "en": 0.6}}}
    assert (await client.post("/v1/briefs", json={"name": "x", **wishes})).status_code == 201


async def test_what_is_named_must_be_there(client: httpx.AsyncClient) -> None:
    for wishes, slug in (
        ({"brand_id": UNKNOWN["brd"]}, "brand-not-found"),
        ({"competitors": [UNKNOWN["brd"]]}, "brand-not-found"),
        ({"persona_ids": [UNKNOWN["per"]]}, "persona-not-found"),
        ({"vetoes": {"influencer_ids": [UNKNOWN["inf"]]}}, "influencer-not-found"),
        ({"persona_ids": ["per_nonsense"]}, "not-found"),
    ):
        answer = await client.post("/v1/briefs", json={"name": "x", **wishes})
        assert answer.status_code == 404, answer.text
        assert answer.json()["type"] == f"/problems/{slug}"


async def test_lists_page_and_narrow(client: httpx.AsyncClient) -> None:
    brand = await made(client, "/v1/brands", {"name": "Own"})
    made_ids = [await brief(client, brand_id=brand["id"] if at % 2 else None) for at in range(5)]
    found, cursor = [], None
    while True:
        page = (
            await client.get("/v1/briefs", params={"limit": 2, **({"cursor": cursor} if cursor else {})})
        ).json()
        found += [row["id"] for row in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert found == made_ids[::-1]
    of_brand = (await client.get("/v1/briefs", params={"brand_id": brand["id"]})).json()
    assert [row["id"] for row in of_brand["data"]] == [made_ids[3], made_ids[1]]


async def test_archived_ones_are_hidden_unless_asked_for(client: httpx.AsyncClient) -> None:
    gone, kept = await brief(client), await brief(client)
    assert (await client.delete(f"/v1/briefs/{gone}")).status_code == 204
    assert (await client.delete(f"/v1/briefs/{gone}")).status_code == 204

    async def listed(**params: Any) -> list[str]:
        return [row["id"] for row in (await client.get("/v1/briefs", params=params)).json()["data"]]

    assert await listed() == [kept]
    assert await listed(archived=True) == [gone]
    assert await listed(ids=f"{gone},{kept}") == [kept, gone]
    assert (await client.get(f"/v1/briefs/{gone}")).json()["archived_at"] is not None
    restored = await client.post(f"/v1/briefs/{gone}/restore")
    assert restored.json()["archived_at"] is None
    assert await listed() == [kept, gone]


async def test_an_archived_brief_is_not_ranked_by(client: httpx.AsyncClient) -> None:
    brief_id = await brief(client)
    await client.delete(f"/v1/briefs/{brief_id}")
    answer = await client.post(f"/v1/briefs/{brief_id}/scores", json={})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/brief-archived"


async def test_another_workspace_s_brief_is_unknown(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    path = f"/v1/briefs/{await brief(client)}"
    for answer in (
        await other_client.get(path),
        await other_client.patch(path, json={"name": "y"}),
        await other_client.delete(path),
        await other_client.post(f"{path}/restore"),
        await other_client.post(f"{path}/scores", json={}),
    ):
        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/brief-not-found"
    assert (await other_client.get("/v1/briefs")).json()["data"] == []


async def test_another_workspace_s_things_cannot_be_named(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    brand = await made(other_client, "/v1/brands", {"name": "Theirs"})
    persona = await made(other_client, "/v1/personas", {"name": "Theirs"})
    person = await influencer(other_client, "Theirs")
    for wishes in (
        {"brand_id": brand["id"]},
        {"competitors": [brand["id"]]},
        {"persona_ids": [persona["id"]]},
        {"vetoes": {"influencer_ids": [person]}},
    ):
        assert (await client.post("/v1/briefs", json={"name": "x", **wishes})).status_code == 404


async def test_vetoes_follow_merges_and_erasures(client: httpx.AsyncClient) -> None:
    kept, merged, erased = [await influencer(client, name) for name in ("Kept", "Merged", "Erased")]
    brief_id = await brief(client, vetoes={"influencer_ids": [merged, erased]})
    await made(client, "/v1/influencers/merge", {"keep": kept, "merge": [merged]}, status=200)
    assert (await client.get(f"/v1/briefs/{brief_id}")).json()["vetoes"]["influencer_ids"] == [kept, erased]
    answer = await client.post(f"/v1/influencers/{erased}/erase", json={})
    assert answer.status_code < 300, answer.text
    assert (await client.get(f"/v1/briefs/{brief_id}")).json()["vetoes"]["influencer_ids"] == [kept]


async def test_changes_are_in_the_audit_log(client: httpx.AsyncClient) -> None:
    brief_id = await brief(client)
    await client.patch(f"/v1/briefs/{brief_id}", json={"goal": "x"})
    await client.delete(f"/v1/briefs/{brief_id}")
    await client.post(f"/v1/briefs/{brief_id}/restore")
    log = (await client.get("/v1/audit-log", params={"subject": brief_id})).json()["data"]
    assert sorted(entry["action"] for entry in log) == [
        "brief.archived",
        "brief.changed",
        "brief.created",
        "brief.restored",
    ]
