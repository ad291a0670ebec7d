"""Share links: what they show and hide, what they allow, how they end; nothing else gets out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from service.accounts.tokens import digest
from service.discovery.shortlists.sharing import visits
from service.kit.db import Connection
from service.kit.limits import Policy
from tests.service.discovery.api import Json, brief, influencer, made
from tests.service.discovery.shortlists.lists import items, shortlist, some, statuses

# What stands in the workspace and may not get out, whatever the link says.
SECRETS = {
    "notes": "profile-note",
    "bio": "a bio",
    "tags": ["tag-inside"],
    "owner": "owner-inside",
    "source": "vendor-inside",
    "contacts": [{"email": "ayse@inside.example", "phone": "+90 555", "name": "Menajer"}],
}
RATE = {"platform": "instagram", "format": "post", "price": {"amount": 777, "currency": "TRY"}}
INSIDE = ("profile-note", "a bio", "tag-inside", "owner-inside", "vendor-inside", "inside.example", "+90 555")
PARTS = ("status", "accounts", "rates", "audience", "scores", "comments")


class Shared:
    """A list with one influencer about whom everything is known."""

    def __init__(self, client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
        self.client = client
        self.anonymous = anonymous
        self.person = self.list_id = ""

    async def fill(self) -> "Shared":
        audience = {"country": {"TR": 0.9}}
        self.person = await influencer(
            self.client, "Ayşe", er=0.03, audience=audience, sample=900, rates=[RATE], **SECRETS
        )
        brief_id = await brief(self.client, audience={"country": {"TR": 0.8}}, goal="goal-inside")
        self.list_id = await shortlist(
            self.client, [self.person], brief_id=brief_id, notes="list-note-inside"
        )
        path = f"/v1/shortlists/{self.list_id}/items/{self.person}"
        await self.client.patch(
            path, json={"status": "contacted", "reason": "reason-inside", "notes": "item-note"}
        )
        return self

    async def link(self, **body: Any) -> Json:
        return await made(self.client, f"/v1/shortlists/{self.list_id}/share", body)

    async def seen(self, token: str, **params: Any) -> Json:
        answer = await self.anonymous.get(f"/v1/shared/{token}", params=params)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found


@pytest.fixture
async def shared(client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> Shared:
    return await Shared(client, anonymous).fill()


async def test_a_link_shows_the_list(shared: Shared) -> None:
    link = await shared.link(can="comment", name="For the client")
    assert link["url"].endswith(f"/v1/shared/{link['token']}")
    answer = await shared.anonymous.get(f"/v1/shared/{link['token']}")
    seen = answer.json()
    assert (seen["name"], seen["can"], seen["comments"]) == ("List", "comment", [])
    [row] = seen["data"]
    assert row["influencer"]["name"] == "Ayşe"
    assert (row["status"], row["comments"]) == ("contacted", [])
    assert row["accounts"][0]["followers"] == 10_000
    assert row["rates"] == [RATE | {"tax_included": None}]
    assert row["audience"]["distributions"] == [{"dimension": "country", "code": "TR", "share": 0.9}]
    assert row["scores"]["audience"]["score"] == pytest.approx(100)
    assert row["scores"]["sentences"][0] == "audience: at least 80% in TR, as wanted"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_what_is_inside_stays_inside(shared: Shared) -> None:
    link = await shared.link(can="approve", name="link-name-inside")
    said = {"author": "A", "influencer_id": shared.person}
    path = f"/v1/shared/{link['token']}"
    texts = [
        (await shared.anonymous.get(path)).text,
        (await shared.anonymous.post(f"{path}/comments", json=said | {"text": "x"})).text,
        (await shared.anonymous.post(f"{path}/decisions", json=said | {"decision": "approved"})).text,
        (await shared.anonymous.get(path)).text,
    ]
    for word in (*INSIDE, "item-note", "reason-inside", "list-note", "goal-inside", "link-name", "Menajer"):
        assert all(word not in text for text in texts), word


async def test_what_is_hidden_is_absent(shared: Shared) -> None:
    for part in PARTS:
        seen = await shared.seen((await shared.link(hide=[part]))["token"])
        [row] = seen["data"]
        assert set(row) == {"influencer", *PARTS} - {part}
        assert ("comments" in seen) == (part != "comments")
    everything = await shared.link(hide=[*PARTS, "notes", "contacts"])
    [row] = (await shared.seen(everything["token"]))["data"]
    assert set(row) == {"influencer"}
    assert everything["hide"] == sorted([*PARTS, "notes", "contacts"])


async def test_the_token_is_shown_once_and_stored_as_a_digest(shared: Shared, owner: Connection) -> None:
    link = await shared.link()
    listed = (await shared.client.get(f"/v1/shortlists/{shared.list_id}/shares")).json()["data"]
    assert listed == [{name: value for name, value in link.items() if name not in ("token", "url")}]
    # 5 bits a character.
    assert len(link["token"]) * 5 >= 128
    assert await owner.fetchval("select token_hash from shortlist_shares") == digest(link["token"])
    assert link["token"] != (await shared.link())["token"]


async def test_unknown_ended_and_revoked_links_look_the_same(shared: Shared, owner: Connection) -> None:
    revoked, expired, archived = [await shared.link(can="approve") for _ in range(3)]
    path = f"/v1/shortlists/{shared.list_id}"
    for _ in range(2):
        assert (await shared.client.delete(f"{path}/shares/{revoked['id']}")).status_code == 204
    await owner.execute(
        "update shortlist_shares set expires_at = now() - interval '1 s' where token_hash = $1",
        digest(expired["token"]),
    )
    unknown = "0" * len(revoked["token"])
    said = {"author": "A", "influencer_id": shared.person}

    async def bodies(token: str) -> list[tuple[int, Any]]:
        target = f"/v1/shared/{token}"
        answers = (
            await shared.anonymous.get(target),
            await shared.anonymous.post(f"{target}/comments", json=said | {"text": "x"}),
            await shared.anonymous.post(f"{target}/decisions", json=said | {"decision": "approved"}),
        )
        return [(answer.status_code, answer.json()) for answer in answers]

    expected = await bodies(unknown)
    assert {(status, body["type"]) for status, body in expected} == {(404, "/problems/not-shared")}
    assert await bodies(revoked["token"]) == expected
    assert await bodies(expired["token"]) == expected
    assert (await bodies(archived["token"])) != expected
    await shared.client.delete(path)
    assert await bodies(archived["token"]) == expected
    await shared.client.post(f"{path}/restore")
    assert (await shared.seen(archived["token"]))["can"] == "approve"


async def test_a_link_ends_in_the_future(shared: Shared) -> None:
    path = f"/v1/shortlists/{shared.list_id}/share"
    now = datetime.now(UTC)
    past = await shared.client.post(path, json={"expires_at": (now - timedelta(days=1)).isoformat()})
    assert (past.status_code, past.json()["type"]) == (400, "/problems/expiry-in-the-past")
    usual = datetime.fromisoformat((await shared.link())["expires_at"])
    assert timedelta(days=29) < usual - now < timedelta(days=31)
    for body in ({"expires_at": "2099-01-01T00:00:00"}, {"can": "edit"}, {"hide": ["name"]}, {"until": 3}):
        assert (await shared.client.post(path, json=body)).status_code == 400, body


@pytest.mark.parametrize(
    ("can", "comments", "decisions"), [("view", 403, 403), ("comment", 201, 403), ("approve", 201, 201)]
)
async def test_what_a_link_allows(shared: Shared, can: str, comments: int, decisions: int) -> None:
    path = f"/v1/shared/{(await shared.link(can=can))['token']}"
    said = {"author": "A", "influencer_id": shared.person}
    commented = await shared.anonymous.post(f"{path}/comments", json=said | {"text": "x"})
    decided = await shared.anonymous.post(f"{path}/decisions", json=said | {"decision": "approved"})
    assert (commented.status_code, decided.status_code) == (comments, decisions)
    for answer in (commented, decided):
        if answer.status_code == 403:
            assert (answer.json()["type"], answer.json()["can"]) == ("/problems/share-forbids", can)
    expected = "approved" if decisions == 201 else "contacted"
    assert statuses(await items(shared.client, shared.list_id)) == {shared.person: expected}


async def test_comments_and_decisions_reach_the_team(shared: Shared) -> None:
    link = await shared.link(can="approve", name="Board")
    path = f"/v1/shared/{link['token']}"
    before = (await shared.client.get(f"/v1/shortlists/{shared.list_id}")).headers["etag"]
    about = {"author": " Zeynep ", "influencer_id": shared.person}
    await made(shared.anonymous, f"{path}/comments", {"author": "Zeynep", "text": "Who made this?"})
    await made(shared.anonymous, f"{path}/comments", about | {"text": "Nice"})
    after_comments = (await shared.client.get(f"/v1/shortlists/{shared.list_id}")).headers["etag"]
    no = about | {"decision": "rejected", "reason": "too dear"}
    decided = await made(shared.anonymous, f"{path}/decisions", no)
    assert (decided["decision"], decided["text"], decided["author"]) == ("rejected", "too dear", "Zeynep")
    said = (await shared.client.get(f"/v1/shortlists/{shared.list_id}/comments")).json()["data"]
    assert [(row["influencer_id"], row["author"], row["text"], row["decision"]) for row in said] == [
        (None, "Zeynep", "Who made this?", None),
        (shared.person, "Zeynep", "Nice", None),
        (shared.person, "Zeynep", "too dear", "rejected"),
    ]
    assert {(row["share_id"], row["share_name"]) for row in said} == {(link["id"], "Board")}
    [row] = await items(shared.client, shared.list_id)
    assert (row["status"], row["reason"], row["notes"]) == ("rejected", "too dear", "item-note")
    after = (await shared.client.get(f"/v1/shortlists/{shared.list_id}")).headers["etag"]
    assert (before == after_comments, before == after) == (True, False)
    # The last decision is in force.
    await made(shared.anonymous, f"{path}/decisions", about | {"decision": "approved"})
    [row] = await items(shared.client, shared.list_id)
    assert (row["status"], row["reason"]) == ("approved", None)


async def test_a_rejection_without_a_reason_says_who(shared: Shared) -> None:
    path = f"/v1/shared/{(await shared.link(can='approve'))['token']}/decisions"
    await made(
        shared.anonymous, path, {"author": "Zeynep", "influencer_id": shared.person, "decision": "rejected"}
    )
    [row] = await items(shared.client, shared.list_id)
    assert (row["status"], row["reason"]) == ("rejected", "Zeynep (share link)")


async def test_one_link_s_visitors_do_not_read_another_s(shared: Shared) -> None:
    mine, theirs = await shared.link(can="comment"), await shared.link(can="comment")
    path = f"/v1/shared/{mine['token']}/comments"
    await made(shared.anonymous, path, {"author": "A", "text": "on the list"})
    about = {"author": "A", "text": "on her", "influencer_id": shared.person}
    await made(shared.anonymous, path, about)
    seen = await shared.seen(mine["token"])
    assert [row["text"] for row in seen["comments"]] == ["on the list"]
    assert [row["text"] for row in seen["data"][0]["comments"]] == ["on her"]
    other = await shared.seen(theirs["token"])
    assert (other["comments"], other["data"][0]["comments"]) == ([], [])


async def test_the_team_reads_comments_in_pages_and_by_influencer(shared: Shared) -> None:
    path = f"/v1/shared/{(await shared.link(can='comment'))['token']}/comments"
    for at in range(5):
        about = {"influencer_id": shared.person} if at % 2 else {}
        await made(shared.anonymous, path, {"author": "A", "text": str(at), **about})
    target = f"/v1/shortlists/{shared.list_id}/comments"
    first = (await shared.client.get(target, params={"limit": 3})).json()
    rest = (await shared.client.get(target, params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert [row["text"] for row in first["data"] + rest["data"]] == ["0", "1", "2", "3", "4"]
    hers = (await shared.client.get(target, params={"influencer_id": shared.person})).json()["data"]
    assert [row["text"] for row in hers] == ["1", "3"]
    # What was said outlives the item.
    await shared.client.delete(f"/v1/shortlists/{shared.list_id}/items/{shared.person}")
    assert len((await shared.client.get(target)).json()["data"]) == 5


async def test_only_who_is_shown_can_be_spoken_of(shared: Shared) -> None:
    ignored, gone, stranger = await some(shared.client, 3)
    list_path = f"/v1/shortlists/{shared.list_id}"
    await made(shared.client, f"{list_path}/items", {"influencer_ids": [ignored, gone]}, status=200)
    await shared.client.patch(f"{list_path}/items/{ignored}", json={"status": "ignored"})
    await shared.client.post(f"/v1/influencers/{gone}/opt-out", json={"reason": "asked"})
    link = await shared.link(can="approve")
    seen = await shared.seen(link["token"])
    assert [row["influencer"]["id"] for row in seen["data"]] == [shared.person]
    path = f"/v1/shared/{link['token']}"
    for person in (ignored, gone, stranger, "inf_nonsense"):
        said = {"author": "A", "influencer_id": person}
        commented = await shared.anonymous.post(f"{path}/comments", json=said | {"text": "x"})
        decided = await shared.anonymous.post(f"{path}/decisions", json=said | {"decision": "approved"})
        assert (commented.status_code, decided.status_code) == (404, 404)


async def test_what_visitors_send_is_checked(shared: Shared) -> None:
    path = f"/v1/shared/{(await shared.link(can='approve'))['token']}"
    about = {"author": "A", "influencer_id": shared.person}
    for suffix, body in (
        ("comments", {"author": "A"}),
        ("comments", {"author": " ", "text": "x"}),
        ("comments", {"author": "A", "text": " "}),
        ("comments", {"author": "A", "text": "x" * 4_001}),
        ("comments", {"author": "A", "text": "x\x00"}),
        ("comments", {"author": "A", "text": "x", "decision": "approved"}),
        ("decisions", about),
        ("decisions", about | {"decision": "starred"}),
        ("decisions", {"author": "A", "decision": "approved"}),
    ):
        assert (await shared.anonymous.post(f"{path}/{suffix}", json=body)).status_code == 400, body
    assert (await shared.anonymous.get(path, params={"hide": "rates"})).status_code == 400


async def test_pages_of_a_shared_list(shared: Shared) -> None:
    people = await some(shared.client, 4)
    body = {"influencer_ids": people}
    await made(shared.client, f"/v1/shortlists/{shared.list_id}/items", body, status=200)
    token = (await shared.link())["token"]
    found, cursor = [], None
    while True:
        page = await shared.seen(token, limit=2, **({"cursor": cursor} if cursor else {}))
        found += [row["influencer"]["id"] for row in page["data"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == [shared.person, *people]


async def test_a_list_without_a_brief_has_no_scores(shared: Shared) -> None:
    path = f"/v1/shortlists/{shared.list_id}"
    await shared.client.patch(path, json={"brief_id": None}, headers={"If-Match": "*"})
    [row] = (await shared.seen((await shared.link())["token"]))["data"]
    assert "scores" not in row


async def test_visitors_are_counted(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    token = (await shared.link(can="comment"))["token"]
    path = f"/v1/shared/{token}"
    monkeypatch.setattr(visits, "WRITES", Policy("share-writes-test", 2, 60))
    said = {"author": "A", "text": "x"}
    answers = [await shared.anonymous.post(f"{path}/comments", json=said) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[-1].headers["retry-after"]
    assert (await shared.anonymous.get(path)).status_code == 200
    # Guesses are counted by address before anything is looked up.
    monkeypatch.setattr(visits, "ADDRESS", Policy("share-address-test", 3, 60))
    guessed = [(await shared.anonymous.get(f"/v1/shared/{'0' * 30}{at}")).status_code for at in range(4)]
    assert guessed == [404, 404, 404, 429]


async def test_another_workspace_s_share_is_unknown(shared: Shared, other_client: httpx.AsyncClient) -> None:
    link = await shared.link()
    theirs = await shortlist(other_client)
    for list_id in (shared.list_id, theirs):
        answer = await other_client.delete(f"/v1/shortlists/{list_id}/shares/{link['id']}")
        assert answer.status_code == 404
    # A link is a link for whoever has it; a key in the same request changes nothing.
    assert (await other_client.get(f"/v1/shared/{link['token']}")).json()["name"] == "List"
