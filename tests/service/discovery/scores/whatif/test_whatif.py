"""What would move an influencer past the next: told by the run, and true when it happens."""

import httpx

from tests.service.discovery.api import Json, brief, ids_of, influencer, made, scores


async def ask(client: httpx.AsyncClient, key: str, run_id: str, **more: str) -> Json:
    answer = await client.get(f"/v1/influencers/{key}/what-if", params={"run_id": run_id, **more})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def ranking(client: httpx.AsyncClient) -> tuple[str, Json]:
    for name, rate in (("Ada", 0.06), ("Bora", 0.04), ("Cem", 0.01)):
        await influencer(client, name, er=rate, n=12)
    brief_id = await brief(client)
    return brief_id, await scores(client, brief_id)


async def test_the_change_that_is_told_is_enough(client: httpx.AsyncClient) -> None:
    brief_id, page = await ranking(client)
    first, second, _ = ids_of(page)
    told = await ask(client, second, page["run_id"])
    assert (told["rank"], told["next"]["influencer_id"], told["passed"]) == (2, first, False)
    [rate] = [change for change in told["changes"] if change.get("input") == "rate"]
    assert rate["value_from"] == 0.04
    assert 0.06 < rate["value_to"] < 0.0605
    assert rate["sentence"].startswith("engagement from 4.0% to 6.0%")
    [account] = (await client.get(f"/v1/influencers/{second}")).json()["accounts"]
    given = {"value": rate["value_to"], "n": 12, "statistic": "mean"}
    body = {"account_id": account["id"], "engagement_rate": given}
    await made(client, f"/v1/influencers/{second}/snapshots", body)
    assert ids_of(await scores(client, brief_id))[0] == second
    assert (await ask(client, second, page["run_id"]))["passed"]


async def test_the_first_has_nobody_to_pass(client: httpx.AsyncClient) -> None:
    _, page = await ranking(client)
    told = await ask(client, ids_of(page)[0], page["run_id"])
    assert (told["next"], told["changes"], told["passed"]) == (None, [], False)


async def test_it_speaks_turkish(client: httpx.AsyncClient) -> None:
    _, page = await ranking(client)
    told = await ask(client, ids_of(page)[2], page["run_id"], language="tr")
    assert told["changes"][0]["sentence"].startswith("etkileşim %1,0 yerine")


async def test_a_veto_is_what_holds(client: httpx.AsyncClient) -> None:
    best, other = [await influencer(client, name, er=0.03) for name in ("Ece", "Fuat")]
    brief_id = await brief(client, vetoes={"influencer_ids": [best]})
    page = await scores(client, brief_id)
    assert ids_of(page) == [other, best]
    await client.patch(f"/v1/briefs/{brief_id}", json={"vetoes": {"influencer_ids": [best, other]}})
    page = await scores(client, brief_id)
    told = await ask(client, ids_of(page)[1], page["run_id"])
    assert [change["score"] for change in told["changes"]] == ["veto"]


async def test_only_in_the_run_that_is_named(client: httpx.AsyncClient) -> None:
    _, page = await ranking(client)
    newcomer = await influencer(client, "Gül", er=0.05)
    answer = await client.get(f"/v1/influencers/{newcomer}/what-if", params={"run_id": page["run_id"]})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/run-not-found")
