"""Imports over HTTP: `await take(body, kind=..., ...)` uploads and runs, and gives the import as it ended."""

import pytest

ROWS = b"username,followers,avg likes\n@ayse,1200,30\nali.k,5.3K,100\n"


@pytest.fixture
def send(client):
    """Uploads, for Instagram where nothing else is said (None: nothing is); the answer."""

    async def run(body=ROWS, **params):
        asked = {"kind": "influencers", "platform": "instagram", **params}
        given = {name: value for name, value in asked.items() if value is not None}
        return await client.post("/v1/imports", params=given, content=body)

    return run


@pytest.fixture
def take(client, send, drain):
    """Uploads and imports; the import as it ended."""

    async def run(body=ROWS, **params):
        answer = await send(body, **params)
        assert answer.status_code == 202, answer.text
        await drain()
        return (await client.get(f"/v1/imports/{answer.json()['id']}")).json()

    return run


@pytest.fixture
def profiles(client):
    """All influencers with their accounts, by name."""

    async def read():
        listed = (await client.get("/v1/influencers?include=accounts&limit=100")).json()["data"]
        return {each["name"]: each for each in listed}

    return read
