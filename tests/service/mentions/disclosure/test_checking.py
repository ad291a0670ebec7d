"""POST /v1/disclosure/check, /checks and GET /rules."""

from typing import Any

import httpx
import pytest

CHECK = "/v1/disclosure/check"
POST: dict[str, Any] = {"platform": "instagram", "market": "TR", "advertiser": "Lunova"}


async def test_a_verdict_says_what_where_and_by_which_rule(client: httpx.AsyncClient) -> None:
    answer = await client.post(CHECK, json=POST | {"text": "☕ #Reklam günaydın"})
    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "verdict": "possible_issue",
        "findings": [
            {
                "code": "ADVERTISER_NOT_NAMED",
                "rule_id": "tr-2021/advertiser",
                "span": {"field": "text", "index": None, "start": 2, "end": 9},
                "explanation": {
                    "tr": "Olası sorun: “#Reklam” var, ama reklam verenin adı (Lunova) görülmedi.",
                    "en": "Possible issue: “#Reklam” is there, but the advertiser (Lunova) is not named.",
                },
            }
        ],
        "explanation": {
            "tr": "Olası sorun: “#Reklam” var, ama reklam verenin adı (Lunova) görülmedi.",
            "en": "Possible issue: “#Reklam” is there, but the advertiser (Lunova) is not named.",
        },
        "pack": "tr-2021",
        "pack_version": 1,
    }


async def test_no_finding_when_ok(client: httpx.AsyncClient) -> None:
    answer = (await client.post(CHECK, json=POST | {"text": "#reklam @lunova"})).json()
    assert (answer["verdict"], answer["findings"]) == ("ok", [])


async def test_before_the_rules_nothing_is_found(client: httpx.AsyncClient) -> None:
    old = POST | {"text": "@lunova", "published_at": "2020-01-01T00:00:00Z"}
    answer = (await client.post(CHECK, json=old)).json()
    assert (answer["verdict"], answer["findings"], answer["pack"]) == ("ok", [], None)
    assert "in force" in answer["explanation"]["en"]


async def test_a_draft_can_be_tried(client: httpx.AsyncClient) -> None:
    sent = POST | {"text": "#hediye @lunova"}
    codes = [
        [finding["code"] for finding in (await client.post(CHECK, json=sent | more)).json()["findings"]]
        for more in ({}, {"pack": "tr-draft-2025"})
    ]
    assert codes == [["MISSING"], []]
    unknown = await client.post(CHECK, json=sent | {"pack": "tr-2031"})
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/rule-pack-not-found")
    other = await client.post(CHECK, json=sent | {"pack": "us-ftc"})
    assert other.status_code == 400


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"market": "JP"}, "market"),
        ({"market": "tr"}, "market"),
        ({"platform": "myspace"}, "platform"),
        ({"text": "x" * 50_001}, "text"),
        ({"frames": ["x"] * 101}, "frames"),
        ({"frames": ["x" * 5_001]}, "frames[0]"),
        ({"advertiser": " "}, "advertiser"),
        ({"published_at": "2024-01-01"}, "published_at"),
        ({"brand": "x"}, "brand"),
    ],
)
async def test_bad_fields_are_named(client: httpx.AsyncClient, more: dict[str, Any], path: str) -> None:
    answer = await client.post(CHECK, json=POST | more)
    assert answer.status_code == 400, answer.text
    assert [error["path"] for error in answer.json()["errors"]] == [path]


async def test_many_at_once(client: httpx.AsyncClient) -> None:
    posts = [
        POST | {"text": "#reklam @lunova"},
        POST | {"market": "JP"},
        POST | {"frames": ["#reklam lunova", ""]},
        {"platform": "x"},
        POST | {"pack": "none"},
    ]
    answer = (await client.post("/v1/disclosure/checks", json={"posts": posts})).json()
    assert (answer["ok"], answer["possible_issues"], answer["rejected"]) == (1, 1, 3)
    found = answer["results"]
    assert [one["index"] for one in found] == [0, 1, 2, 3, 4]
    assert found[2]["result"]["findings"][0]["span"] == {"field": "frames", "index": 1, "start": 0, "end": 0}
    assert [[error["path"] for error in one["errors"]] for one in found] == [
        [],
        ["market"],
        [],
        ["market"],
        ["pack"],
    ]
    long = {"posts": [POST | {"text": "x" * 50_000}] * 41}
    refused = await client.post("/v1/disclosure/checks", json=long)
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, "posts")


async def test_rules_are_listed_by_market_and_day(client: httpx.AsyncClient) -> None:
    path = "/v1/disclosure/rules"
    everything = (await client.get(path)).json()
    assert [pack["id"] for pack in everything["data"]] == ["eu-general", "tr-2021", "tr-draft-2025", "us-ftc"]
    assert everything["visible_characters"]["instagram"]["text"] == 125
    turkish = (await client.get(path, params={"market": "TR"})).json()["data"]
    assert [(pack["id"], pack["version"], pack["in_force"]) for pack in turkish] == [
        ("tr-2021", 1, True),
        ("tr-draft-2025", 1, False),
    ]
    assert {rule["code"] for rule in turkish[0]["rules"]} == {
        "MISSING",
        "ADVERTISER_NOT_NAMED",
        "BELOW_FOLD",
        "BURIED_IN_HASHTAGS",
        "FRAME_UNLABELLED",
        "FORBIDDEN_CLAIM",
    }
    early = {"market": "TR", "in_force": "true", "at": "2021-05-03T20:00:00Z"}
    assert (await client.get(path, params=early)).json()["data"] == []


async def test_scopes(client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    made = await client.post("/v1/api-keys", json={"name": "x", "scopes": ["links:read"]})
    headers = {"Authorization": f"Bearer {made.json()['secret']}"}
    answer = await anonymous.post(CHECK, json=POST, headers=headers)
    assert answer.status_code == 403
    assert (await anonymous.post(CHECK, json=POST)).status_code == 401
