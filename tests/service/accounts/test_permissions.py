"""Who may do what: the table of roles, and that each route asks for its own scope."""

import httpx
import pytest

from service.accounts.callers import May
from service.accounts.roles import READS, ROLES, SCOPES

UNKNOWN = "00000000000000000000000000"
# Role by role, what an operation answers to: 403, or anything else.
TABLE = [
    ("GET", "/v1/workspace", {"owner", "manager", "analyst"}),
    ("PATCH", "/v1/workspace", {"owner"}),
    ("GET", "/v1/members", {"owner", "manager", "analyst"}),
    ("PATCH", f"/v1/members/usr_{UNKNOWN}", {"owner"}),
    ("DELETE", f"/v1/members/usr_{UNKNOWN}", {"owner"}),
    ("POST", "/v1/invitations", {"owner"}),
    ("GET", "/v1/invitations", {"owner", "manager", "analyst"}),
    ("DELETE", f"/v1/invitations/inv_{UNKNOWN}", {"owner"}),
    ("POST", "/v1/api-keys", {"owner"}),
    ("GET", "/v1/api-keys", {"owner", "manager", "analyst"}),
    ("DELETE", f"/v1/api-keys/key_{UNKNOWN}", {"owner"}),
    ("POST", "/v1/files", {"owner", "manager"}),
    ("GET", "/v1/files", {"owner", "manager", "analyst"}),
    ("DELETE", f"/v1/files/fil_{UNKNOWN}", {"owner", "manager"}),
    ("GET", "/v1/audit-log", {"owner", "manager", "analyst"}),
    ("GET", "/v1/jobs", {"owner", "manager", "analyst"}),
    ("DELETE", f"/v1/jobs/job_{UNKNOWN}", {"owner", "manager"}),
    ("GET", "/v1/me", {"owner", "manager", "analyst"}),
    ("GET", "/v1/labels", {"owner", "manager", "analyst"}),
]


@pytest.mark.parametrize("role", ["owner", "manager", "analyst"])
async def test_roles_are_kept_by_every_route(join, role: str) -> None:
    person = await join(role)
    for method, path, allowed in TABLE:
        answer = await person.client.request(method, path)
        assert (answer.status_code != 403) == (role in allowed), (method, path, answer.text)
        assert answer.status_code < 500


def test_roles_are_what_the_house_says() -> None:
    assert ROLES["owner"] == SCOPES
    assert SCOPES - ROLES["manager"] == {"workspace:write", "members:write", "keys:write"}
    assert ROLES["analyst"] == READS | {"discovery:write"}


def test_a_scope_that_does_not_exist_can_not_be_asked_for() -> None:
    with pytest.raises(ValueError, match="no scope"):
        May("influencers:delete")


async def test_a_refusal_names_the_scope(client: httpx.AsyncClient, clients) -> None:
    key = await client.post("/v1/api-keys", json={"name": "files", "scopes": ["files:read"]})
    limited = await clients(key.json()["secret"])
    refused = await limited.get("/v1/members")
    assert refused.status_code == 403
    assert refused.json()["scope"] == "members:read"
    assert "members:read" in refused.json()["detail"]
    assert (await limited.get("/v1/files")).status_code == 200


async def test_without_a_key_the_answer_says_how(anonymous: httpx.AsyncClient) -> None:
    for method, path, _ in TABLE:
        answer = await anonymous.request(method, path)
        assert answer.status_code == 401, (method, path)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.headers["Content-Type"] == "application/problem+json"


async def test_permission_comes_before_the_body(client: httpx.AsyncClient, anonymous, clients) -> None:
    """A stranger learns nothing of what a body should look like."""
    assert (await anonymous.post("/v1/api-keys", content=b"[" * 5000)).status_code == 401
    key = await client.post("/v1/api-keys", json={"name": "reader", "scopes": ["keys:read"]})
    reader = await clients(key.json()["secret"])
    assert (await reader.post("/v1/api-keys", json={"nonsense": 1})).status_code == 403


@pytest.mark.parametrize(
    "header", ["Basic c2s6", "Bearer", "Bearer ", "sk_abc", "Bearer sk_", "Bearer x.y.z"]
)
async def test_other_headers_are_refused(anonymous: httpx.AsyncClient, header: str) -> None:
    answer = await anonymous.get("/v1/me", headers={"Authorization": header})
    assert answer.status_code == 401
