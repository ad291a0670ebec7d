"""Short ways to say who follows whom."""

from collections.abc import Iterable, Mapping

import httpx

from tests.service.discovery.api import Json, influencer
from tests.service.discovery.shortlists.lists import shortlist


async def followers(
    client: httpx.AsyncClient, person: str, people: Iterable[object], **params: object
) -> Json:
    """Puts a list of followers (or likers) of an influencer."""
    body = "".join(f"{one}\n" for one in people).encode()
    answer = await client.put(
        f"/v1/influencers/{person}/followers",
        params=params,  # type: ignore[arg-type]
        content=body,
    )
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def known(client: httpx.AsyncClient, audiences: Mapping[str, Iterable[object]]) -> dict[str, str]:
    """Influencers by name with everybody who follows them; their ids by name."""
    made = {}
    for name, people in audiences.items():
        listed = list(people)
        made[name] = await influencer(client, name, followers=len(listed))
        await followers(client, made[name], listed)
    return made


async def listed(
    client: httpx.AsyncClient, audiences: Mapping[str, Iterable[object]]
) -> tuple[str, dict[str, str]]:
    """A list of such influencers, in their order, and their ids by name."""
    made = await known(client, audiences)
    list_id = await shortlist(client)
    for person in made.values():
        answer = await client.post(f"/v1/shortlists/{list_id}/items", json={"influencer_ids": [person]})
        assert answer.status_code == 200, answer.text
    return list_id, made


async def asked(client: httpx.AsyncClient, path: str, **params: object) -> Json:
    """The answer to a GET that has to work."""
    answer = await client.get(path, params=params)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found
