"""Requests for other hosts are refused where ELCI_ALLOWED_HOSTS says whose this service is."""

import httpx
import msgspec
import pytest
from litestar import Litestar

from service.kit.hosts import is_allowed

OURS = ("elci.example", "*.brand.example")


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("elci.example", True),
        ("ELCI.example:8000", True),
        ("elci.example.", True),
        ("elci.example.:443", True),
        ("a.brand.example", True),
        ("a.b.brand.example", True),
        ("localhost:8000", True),
        ("127.0.0.1", True),
        ("[::1]:8000", True),
        ("brand.example", False),
        ("evilbrand.example", False),
        ("elci.example.evil.example", False),
        ("evil.example", False),
        ("[::2]", False),
        ("", False),
    ],
)
async def test_which_hosts_are_answered(
    app: Litestar,
    client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    answered: bool,
) -> None:
    assert is_allowed(host, OURS) == answered
    settings = msgspec.structs.replace(app.state.settings, allowed_hosts=OURS)
    monkeypatch.setattr(app.state, "settings", settings)
    answer = await client.get("/v1/workspace", headers={"Host": host})
    assert answer.status_code == (200 if answered else 400)
    assert answered or answer.json()["type"] == "/problems/unknown-host"


async def test_any_host_is_answered_where_none_is_named(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/workspace", headers={"Host": "any.example"})).status_code == 200
