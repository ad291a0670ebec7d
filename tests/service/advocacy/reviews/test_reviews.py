"""Reviews over HTTP and through the jobs: taken in once, verified, moderated, rewarded, shown, forgotten."""

import asyncio
import csv
from collections.abc import AsyncIterator, Awaitable, Callable
from io import StringIO
from typing import Any

import httpx
import pytest
from litestar import Litestar

from service.kit import clock
from service.kit.db import Connection

Json = dict[str, Any]
Drain = Callable[[], Awaitable[None]]
AT = "2026-03-01T10:00:00Z"
TEXT = "Kumaşı çok yumuşak, çok beğendim, tavsiye ederim."


def review(external_id: str = "r1", rating: float = 5, **more: Any) -> Json:
    body = {"external_id": external_id, "rating": rating, "text": TEXT, "occurred_at": AT}
    return body | {name: value for name, value in more.items() if value is not None}


async def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


async def told(client: httpx.AsyncClient, external_id: str = "r1", rating: float = 5, **more: Any) -> Json:
    found: Json = await ok(await client.post("/v1/reviews", json=review(external_id, rating, **more)))
    return found


async def sold(client: httpx.AsyncClient, external_id: str, email: str | None = None, **more: Any) -> Json:
    body = {
        "external_id": external_id,
        "amount": {"amount": 5_000, "currency": "TRY"},
        "occurred_at": "2026-02-20T10:00:00Z",
        **({} if email is None else {"customer": {"email": email, "external_id": f"c-{email}"}}),
    }
    found: Json = await ok(await client.post("/v1/conversions", json=body | more))
    return found


async def listed(client: httpx.AsyncClient, **params: Any) -> list[str]:
    found = await ok(await client.get("/v1/reviews", params=params))
    return [row["external_id"] for row in found["data"]]


@pytest.fixture
async def page(app: Litestar, client: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """The shop's page: it has a publishable key."""
    key = await ok(await client.post("/v1/api-keys", json={"name": "shop", "kind": "publishable"}))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {key['secret']}", "Origin": "https://kahve.example"}
    async with httpx.AsyncClient(transport=transport, base_url="http://elci.test", headers=headers) as one:
        yield one


async def test_a_review_is_one_and_a_mention(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    body = review(
        product={"id": "p1", "name": "Tişört"}, author_name="Ayşe Yılmaz", media=["https://a.example/1.jpg"]
    )
    first = await client.post("/v1/reviews", json=body)
    assert first.status_code == 201, first.text
    made = first.json()
    assert (made["rating"], made["status"], made["verified_purchase"]) == (5, "approved", False)
    assert (made["language"], made["sentiment"]["label"]) == ("tr", "positive")
    again = await client.post("/v1/reviews", json=body)
    assert (again.status_code, again.json()) == (200, made)
    later = await told(client, rating=2, text="Yırtıldı, iade ettim.", product={"id": "p1"})
    assert (later["id"], later["rating"], later["product"]["name"]) == (made["id"], 2, "Tişört")
    assert (later["text"], later["media"]) == ("Yırtıldı, iade ettim.", body["media"])
    mention = await ok(await client.get(f"/v1/mentions/{made['mention_id']}"))
    assert (mention["kind"], mention["stars"], mention["text"]) == ("review", 2, "Yırtıldı, iade ettim.")
    assert len((await ok(await client.get("/v1/mentions")))["data"]) == 1
    loyalty = (await ok(await client.get("/v1/loyalty?from=2026-01-01&to=2026-06-01")))["total"]["reviews"]
    assert (loyalty["reviews"], loyalty["by_stars"]) == (1, [0, 1, 0, 0, 0])
    for path in (f"/v1/reviews/{made['id']}", "/v1/reviews/rev_x"):
        assert (await other_client.get(path)).status_code == 404
    assert await listed(other_client) == []


async def test_what_was_a_mention_becomes_a_review(client: httpx.AsyncClient) -> None:
    told_of = {"source": "reviews", "native_id": "r1", "platform": "review", "kind": "review", "stars": 4}
    mention = {**told_of, "text": TEXT, "published_at": AT}
    await ok(await client.post("/v1/mentions", json={"mentions": [mention]}))
    made = await client.post("/v1/reviews", json=review(rating=4))
    assert made.status_code == 201
    loyalty = (await ok(await client.get("/v1/loyalty?from=2026-01-01&to=2026-06-01")))["total"]
    assert (loyalty["mentions"], loyalty["reviews"]["rated"]) == (1, 1)


async def test_bad_items_keep_no_good_ones_out(client: httpx.AsyncClient) -> None:
    items = [
        review("a", 4),
        review("b", 6),
        {"rating": 3, "unknown": 1},
        review("c", 3, status="rejected"),
        review("d", 3, occurred_at="2099-01-01T00:00:00Z", text="\x00"),
        review("a", 4),
        review("e", 1, text="", product={"id": "p1"}),
    ]
    found = await ok(await client.post("/v1/reviews/bulk", json={"reviews": items}))
    assert [row["status"] for row in found["results"]] == [
        *("created", "rejected", "rejected", "rejected", "rejected", "unchanged", "created")
    ]
    assert [{error["path"] for error in row["errors"]} for row in found["results"][1:5]] == [
        *({"rating"}, {"external_id", "unknown"}, {"reason"}, {"occurred_at", "text"})
    ]
    assert (found["created"], found["unchanged"], found["rejected"]) == (2, 1, 4)
    bad = await client.post("/v1/reviews", json=items[4])
    assert bad.status_code == 400
    assert {error["path"] for error in bad.json()["errors"]} == {"occurred_at", "text"}
    assert (await client.post("/v1/reviews/bulk", json={"reviews": []})).status_code == 400


async def test_purchases_are_known_by_order_and_customer(client: httpx.AsyncClient, drain: Drain) -> None:
    await sold(client, "S-1", "ayse@elci.example", lines=[{"product_id": "p1", "sku": "K-1"}])
    by_order = await told(client, "r1", order_id="#S-1")
    assert (by_order["verified_purchase"], by_order["verified_by"]) == (True, "order")
    mailed = {"customer": {"email": "Ayse@elci.example"}}
    assert (await told(client, "r2", **mailed))["verified_by"] == "customer"
    assert (await told(client, "r3", product={"id": "K-1"}, **mailed))["verified_purchase"]
    assert not (await told(client, "r4", product={"id": "p2"}, **mailed))["verified_purchase"]
    assert not (await told(client, "r5", order_id="S-2"))["verified_purchase"]
    assert not (await told(client, "r6", customer={"email": "can@elci.example"}))["verified_purchase"]
    await sold(client, "S-2")
    called_off = await sold(client, "S-3", "can@elci.example")
    await drain()
    assert sorted(await listed(client, verified=True)) == ["r1", "r2", "r3", "r5", "r6"]
    await ok(
        await client.patch(
            f"/v1/conversions/{called_off['id']}", json={"cancelled_at": "2026-02-25T00:00:00Z"}
        )
    )
    await drain()
    assert sorted(await listed(client, verified=False)) == ["r4", "r6"]
    assert await listed(client, email="ayse@elci.example") == ["r4", "r3", "r2", "r1"]
    assert await listed(client, customer_id="c-ayse@elci.example") == ["r4", "r3", "r2", "r1"]


async def test_lists_are_narrowed_and_paged(client: httpx.AsyncClient) -> None:
    for at in range(5):
        day = f"2026-03-0{at + 1}T10:00:00Z"
        await told(client, f"r{at + 1}", at + 1, occurred_at=day, product={"id": f"p{at % 2}"})
    await told(client, "bare", 5, text="", occurred_at="2026-03-06T10:00:00Z")
    await told(client, "english", 4, text="The fabric is soft and warm.", occurred_at="2026-03-07T10:00:00Z")
    assert await listed(client, min_rating=4) == ["english", "bare", "r5", "r4"]
    assert await listed(client, max_rating=2, product_id="p0") == ["r1"]
    assert await listed(client, has_text=False) == ["bare"]
    assert await listed(client, language="en") == ["english"]
    assert await listed(client, **{"from": "2026-03-02T00:00:00Z", "to": "2026-03-04T00:00:00Z"}) == [
        "r3",
        "r2",
    ]
    assert await listed(client, external_id="r3") == ["r3"]
    assert await listed(client, q="yumuşak NOT fabric", max_rating=3) == ["r3", "r2", "r1"]
    assert await listed(client, q='"soft and warm"') == ["english"]
    assert (await client.get("/v1/reviews", params={"q": "("})).status_code == 400
    seen: list[str] = []
    for params in ({"limit": 2}, {"limit": 2, "q": "yumuşak"}):
        pages, cursor = [], None
        while True:
            found = await ok(
                await client.get("/v1/reviews", params=params | ({"cursor": cursor} if cursor else {}))
            )
            pages += [row["external_id"] for row in found["data"]]
            if not (cursor := found["next_cursor"]):
                break
        seen.append(" ".join(pages))
    assert seen == ["english bare r5 r4 r3 r2 r1", "r5 r4 r3 r2 r1"]


async def test_summaries_add_up(client: httpx.AsyncClient) -> None:
    stars = {"p1": [5, 5, 4, 1], "p2": [3]}
    for product, ratings in stars.items():
        for at, rating in enumerate(ratings):
            # 21:30 UTC of the last day of a month is the next month in Istanbul.
            day = "2026-02-28T21:30:00Z" if at else "2026-02-10T10:00:00Z"
            await told(
                client, f"{product}-{at}", rating, product={"id": product, "name": product}, occurred_at=day
            )
    await told(client, "fake", 1, status="rejected", reason="fake", product={"id": "p1"})
    found = await ok(await client.get("/v1/reviews/summary"))
    assert (found["total"]["reviews"], found["total"]["mean"]) == (5, 3.6)
    assert found["total"]["by_stars"] == [1, 0, 1, 1, 2]
    assert [row["product"]["id"] for row in found["products"]] == ["p1", "p2"]
    assert [row["figures"]["reviews"] for row in found["products"]] == [4, 1]
    months = [(row["month"], row["figures"]["reviews"]) for row in found["months"]]
    assert months == [("2026-02-01", 2), ("2026-03-01", 3)]
    assert found["products"][1]["figures"]["adjusted_mean"] == pytest.approx((3 + 36) / 11, abs=0.005)
    narrowed = await ok(await client.get("/v1/reviews/summary?product_id=p1&from=2026-03-01&to=2026-03-31"))
    assert (narrowed["from"], narrowed["total"]["reviews"]) == ("2026-03-01", 3)
    assert (await ok(await client.get("/v1/reviews/summary?status=rejected")))["total"]["reviews"] == 1
    # A review that was rejected as fake is nobody's voice.
    loyalty = (await ok(await client.get("/v1/loyalty?from=2026-01-01&to=2026-06-01")))["total"]
    assert loyalty["reviews"]["by_stars"] == [1, 0, 1, 1, 2]
    rows = list(csv.DictReader(StringIO((await client.get("/v1/reviews/summary.csv")).text.lstrip("\ufeff"))))
    assert [(row["group"], row["reviews"]) for row in rows] == [
        *(("total", "5"), ("product", "4"), ("product", "1"), ("month", "2"), ("month", "3"))
    ]
    assert (await client.get("/v1/reviews/summary?from=2026-03-02&to=2026-03-01")).status_code == 400


async def test_a_summary_follows_the_mention(client: httpx.AsyncClient, owner: Connection) -> None:
    for at, rating in enumerate((5, 4, 1)):
        await told(client, f"r{at}", rating)

    async def figures() -> tuple[list[int], int]:
        total = (await ok(await client.get("/v1/reviews/summary")))["total"]
        return total["by_stars"], total["with_text"]

    assert await figures() == ([1, 0, 0, 1, 1], 3)
    change = "update mentions set {} where native_id = $1"
    await owner.execute(change.format("stars = 2, text = ''"), "r0")
    await owner.execute(change.format("text = '', title = 'Fena'"), "r1")
    await owner.execute(change.format("stars = null"), "r2")
    assert await figures() == ([0, 1, 0, 1, 0], 1)
    wrong = await owner.fetchval(
        """select count(*) from reviews r join mentions m using (workspace_id, id)
           where r.stars is distinct from m.stars or r.words <> (m.text <> '' or m.title is not null)"""
    )
    assert wrong == 0


async def test_a_person_decides_and_answers(client: httpx.AsyncClient, page: httpx.AsyncClient) -> None:
    assert await ok(await client.get("/v1/reviews/settings")) == {"moderation": "none"}
    await ok(await client.put("/v1/reviews/settings", json={"moderation": "all"}))
    made = await told(client, rating=1, text="=Kötü", title="+1", author_name="Ayşe Nur Yılmaz")
    path = f"/v1/reviews/{made['id']}"
    assert made["status"] == "pending"
    assert (await ok(await page.get("/v1/reviews/public")))["data"] == []
    refused = await client.patch(path, json={"status": "rejected"})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["path"] == "reason"
    assert (await client.patch(path, json={"status": "rejected", "reason": "bad"})).status_code == 400
    await ok(await client.patch(path, json={"status": "rejected", "reason": "offensive", "note": "x"}))
    # What the shop tells again doesn't undo what a person decided.
    assert (await told(client, rating=1, text="=Kötü", author_name="Ayşe Yılmaz"))["status"] == "rejected"
    changed = await ok(await client.patch(path, json={"status": "approved", "answer": "Üzgünüz Ayşe Hanım"}))
    assert (changed["status"], changed["reason"], changed["note"]) == ("approved", None, "x")
    mention = await ok(await client.get(f"/v1/mentions/{made['mention_id']}"))
    assert mention["status"] == "answered"
    assert mention["answered_at"] is not None
    found = await page.get("/v1/reviews/public")
    assert found.headers["access-control-allow-origin"] == "*"
    (shown,) = found.json()["data"]
    assert (shown["author"], shown["rating"], shown["answer"]["text"]) == ("Ayşe Y.", 1, "Üzgünüz Ayşe Hanım")
    assert not {"order_id", "note", "sentiment", "advocate_ids"} & set(shown)
    assert "Yılmaz" not in found.text
    summary = await ok(await page.get("/v1/reviews/public/summary"))
    assert (summary["reviews"], summary["mean"], summary["by_stars"]) == (1, 1.0, [1, 0, 0, 0, 0])
    assert (await page.get("/v1/reviews")).status_code == 403
    assert (await client.get("/v1/reviews/public")).status_code == 403
    text = (await client.get("/v1/reviews.csv")).text
    (line,) = csv.DictReader(StringIO(text.lstrip("\ufeff")))
    assert (line["text"], line["title"], line["status"]) == ("'=Kötü", "+1", "approved")


TERMS: dict[str, list[Json]] = {
    "rewards": [{"name": "reviews", "trigger": "review", "kind": "points", "points": 5, "hold_days": 0}],
}


async def advocate(client: httpx.AsyncClient, who: str) -> Json:
    program = await ok(await client.post("/v1/programs", json={"name": who, "kind": "advocacy"}))
    await ok(await client.post(f"/v1/programs/{program['id']}/advocacy-terms", json={"terms": TERMS}))
    consent = {"at": "2026-01-01T00:00:00Z", "text": "v1"}
    body = {"program_id": program["id"], "consent": consent, "email": f"{who}@elci.example", "name": who}
    found: Json = await ok(await client.post("/v1/advocates", json=body))
    return found


async def test_an_advocates_review_is_rewarded_once_whatever_it_says(
    client: httpx.AsyncClient, page: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    ayse = await advocate(client, "ayse")
    now = (await clock.now(owner)).isoformat()
    customer = {"email": "ayse@elci.example"}
    await ok(await client.put("/v1/reviews/settings", json={"moderation": "all"}))
    for name, stars in (("bad", 1), ("good", 5)):
        product = {"id": name}
        made = await told(client, name, stars, customer=customer, occurred_at=now, product=product)
        assert made["advocate_ids"] == [ayse["id"]]
        await drain()
        path = f"/v1/reviews/{made['id']}"
        assert not (await ok(await client.get(path)))["incentivized"]
        await ok(await client.patch(path, json={"status": "approved"}))
        # Until it is known whether something was given for it, no page shows it.
        shown = (await ok(await page.get("/v1/reviews/public")))["data"]
        assert made["id"] not in [row["id"] for row in shown]
        await drain()
        assert (await ok(await client.get(path)))["incentivized"]
    shown = (await ok(await page.get("/v1/reviews/public")))["data"]
    assert sorted((row["rating"], row["incentivized"]) for row in shown) == [(1, True), (5, True)]
    rewards = (await ok(await client.get("/v1/rewards")))["data"]
    assert [(row["trigger"], row["amount"]["amount"]) for row in rewards] == [("review", 5), ("review", 5)]
    # Told again by the shop as a deed, and approved again, it is the same.
    deed = {"kind": "review", "external_id": "good"}
    await ok(await client.post(f"/v1/advocates/{ayse['id']}/deeds", json=deed))
    await ok(await client.patch(path, json={"status": "rejected", "reason": "spam"}))
    await ok(await client.patch(path, json={"status": "approved"}))
    # What was written before they joined is nobody's deed.
    early = await told(client, "early", 5, customer=customer, status="approved")
    await drain()
    assert len((await ok(await client.get("/v1/rewards")))["data"]) == 2
    assert not (await ok(await client.get(f"/v1/reviews/{early['id']}")))["incentivized"]


async def test_of_one_product_one_review_is_rewarded(
    client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    await advocate(client, "ayse")
    now = (await clock.now(owner)).isoformat()
    by_ayse: dict[str, Any] = {"customer": {"email": "ayse@elci.example"}, "occurred_at": now}
    for name, product in (("a", "p1"), ("b", "p1"), ("c", "p1"), ("d", "p2"), ("e", None), ("f", None)):
        about = {} if product is None else {"product": {"id": product}}
        await told(client, name, 5, **by_ayse, **about, status="approved")
    await drain()
    (someone,) = (await ok(await client.get("/v1/advocates")))["data"]
    deeds = (await ok(await client.get(f"/v1/advocates/{someone['id']}/deeds")))["data"]
    assert sorted(each["external_id"] for each in deeds) == ["a", "d", "e"]
    assert len((await ok(await client.get("/v1/rewards")))["data"]) == 3


async def test_a_good_review_is_no_praise(client: httpx.AsyncClient, drain: Drain, owner: Connection) -> None:
    """Of what is said, the positive is rewarded; not of reviews, or good ones would be bought."""
    accounts = [{"platform": "x", "handle": "ayse.oz"}]
    influencer = await ok(await client.post("/v1/influencers", json={"name": "Ayşe", "accounts": accounts}))
    program = await ok(await client.post("/v1/programs", json={"name": "x", "kind": "advocacy"}))
    rule = TERMS["rewards"][0] | {"name": "said", "trigger": "mention"}
    terms = {"rewards": [rule], "joining": {"members": ["influencer"], "ways": ["api"]}}
    await ok(await client.post(f"/v1/programs/{program['id']}/advocacy-terms", json={"terms": terms}))
    consent = {"at": "2026-01-01T00:00:00Z", "text": "v1"}
    body = {"program_id": program["id"], "consent": consent, "influencer_id": influencer["id"]}
    await ok(await client.post("/v1/advocates", json=body | {"member": "influencer"}))
    at = (await clock.now(owner)).isoformat()
    mention = {"platform": "x", "text": TEXT, "published_at": at, "author_handle": "ayse.oz"}
    kinds = {"post": {}, "review": {"stars": 5}}
    said = [mention | {"native_id": kind, "kind": kind} | more for kind, more in kinds.items()]
    found = await ok(await client.post("/v1/mentions", json={"mentions": said}))
    assert found["created"] == 2
    await drain()
    (reward,) = (await ok(await client.get("/v1/rewards")))["data"]
    post = found["results"][0]["id"]
    (deed,) = (await ok(await client.get(f"/v1/advocates/{reward['advocate_id']}/deeds")))["data"]
    assert (deed["kind"], deed["external_id"]) == ("mention", post)


async def test_told_at_once_it_is_one(client: httpx.AsyncClient, drain: Drain, owner: Connection) -> None:
    await advocate(client, "ayse")
    body = review(customer={"email": "ayse@elci.example"}, occurred_at=(await clock.now(owner)).isoformat())
    answers = await asyncio.gather(*(client.post("/v1/reviews", json=body) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    await drain()
    assert len((await ok(await client.get("/v1/rewards")))["data"]) == 1


async def test_an_erased_customer_is_in_no_review(
    client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    await sold(client, "S-1", "ayse@elci.example")
    # Known by the order alone, and by an address.
    by_order = await told(client, "r1", 2, order_id="S-1", author_name="Ayşe Yılmaz", title="Ayşe yazdı")
    by_mail = await told(client, "r2", 4, customer={"email": "ayse@elci.example"}, author_name="Ayşe Yılmaz")
    await told(client, "r3", 5, customer={"email": "can@elci.example"}, author_name="Can")
    await ok(await client.patch(f"/v1/reviews/{by_mail['id']}", json={"answer": "Sağ olun Ayşe Hanım"}))
    query = {"name": "Yumuşak", "expression": "yumuşak"}
    listening = await ok(await client.post("/v1/listening/queries", json=query))
    await drain()
    before = await ok(await client.get("/v1/reviews/summary"))
    await ok(await client.post("/v1/customers/erase", json={"external_id": "c-ayse@elci.example"}))
    for made, rating in ((by_order, 2), (by_mail, 4)):
        shown = await ok(await client.get(f"/v1/reviews/{made['id']}"))
        assert (shown["rating"], shown["erased"], shown["verified_purchase"]) == (rating, True, True)
        assert (shown["text"], shown["title"], shown["author_name"], shown["order_id"]) == (None,) * 4
        assert shown["answer"] is None or shown["answer"]["text"] is None
    assert await listed(client, email="ayse@elci.example") == []
    after = await ok(await client.get("/v1/reviews/summary"))
    assert after["total"] == before["total"] | {"with_text": 1}
    found = await ok(await client.get("/v1/mentions", params={"query_id": listening["id"]}))
    assert [row["author"]["name"] for row in found["data"]] == ["Can"]
    assert await listed(client, q="yumuşak") == ["r3"]
    # Told again, by whom and as what ever, it stays so.
    await told(client, "r1", 2, text="Ben Ayşe Yılmaz", order_id="S-1", author_name="Ayşe Yılmaz")
    mention = {"source": "reviews", "native_id": "r2", "platform": "review", "kind": "review"}
    body = mention | {"text": "Ben Ayşe Yılmaz", "published_at": AT, "author_name": "Ayşe Yılmaz"}
    await ok(await client.post("/v1/mentions", json={"mentions": [body]}))
    await drain()
    everything = (await client.get("/v1/reviews")).text + (await client.get("/v1/mentions")).text
    assert "Ayşe" not in everything
    counted = (
        """select (select count(*) from review_keys), (select count(distinct review_id) from review_keys)"""
    )
    assert tuple(await owner.fetchrow(counted)) == (1, 1)


FILE = """Yorum No;Puan;Yorum;Ürün Kodu;Ürün;Sipariş No;Müşteri No;Müşteri E-posta;Müşteri Adı;Tarih;Durum
1;5;"Çok beğendim; tavsiye ederim";p1;Tişört;S-1;77;ayse@elci.example;Ayşe Yılmaz;01.03.2026 14:30;Onaylandı
2;4,5;İdare eder;p1;Tişört;;;;Can;02.03.2026;Beklemede
3;iyi;Bu da ne;p1;Tişört;;;;Deniz;03.03.2026;Onaylandı
4;3;Fena değil;p2;Kupa;;;adres;Ece;04.03.2026;Onaylandı
5;;Puansız;p2;Kupa;;;;Ece;04.03.2026;Onaylandı
6;1;Kırık geldi;p2;Kupa;;;;Ece;05.03.2026;belki
7;0;Sıfır;p2;Kupa;;;;Ece;05.03.2026;
"""


async def test_files_come_in_with_turkish_headers(client: httpx.AsyncClient, drain: Drain) -> None:
    await sold(client, "S-1", "ayse@elci.example")
    begun = await client.post("/v1/imports?kind=reviews&filename=yorumlar.csv", content=FILE.encode())
    assert begun.status_code == 202, begun.text
    await drain()
    done = await ok(await client.get(f"/v1/imports/{begun.json()['id']}"))
    fields = {column["header"]: column["field"] for column in done["columns"]}
    assert (fields["Müşteri No"], fields["Müşteri E-posta"]) == ("customer_id", "email")
    rejects = (await ok(await client.get(f"/v1/imports/{begun.json()['id']}/rejects")))["data"]
    told_of = [(row["row"], row["column"], row["value"]) for row in rejects]
    assert told_of == [
        *(
            (4, "Puan", "iyi"),
            (5, "Müşteri E-posta", "adres"),
            (6, "rating", None),
            (7, "Durum", "belki"),
            (8, "rating", "0.0"),
        )
    ], rejects
    assert done["counts"]["created"] == 2, done
    (second, first) = (await ok(await client.get("/v1/reviews")))["data"]
    assert (first["external_id"], first["rating"], first["verified_by"]) == ("1", 5, "order")
    assert (first["occurred_at"], first["product"]["name"]) == ("2026-03-01T14:30:00Z", "Tişört")
    assert (second["rating"], second["status"], second["author_name"]) == (4.5, "pending", "Can")
    # The API's review of the same id is the file's.
    assert (await told(client, "1", 5))["id"] == first["id"]


ENGLISH = """Rating,Review,Product,Customer,Order Number,Date
10,Lovely,Mug,Jane Doe,,2026-03-01
8,,Mug,,,2026-03-02
8,,Mug,,,2026-03-02
2,Broken,Mug,John,,2026-03-03
"""


async def test_a_file_without_ids_is_known_again(client: httpx.AsyncClient, drain: Drain) -> None:
    for _ in range(2):
        answer = await client.post("/v1/imports?kind=reviews&filename=reviews.csv", content=ENGLISH.encode())
        assert answer.status_code == 202, answer.text
        await drain()
    found = (await ok(await client.get("/v1/reviews")))["data"]
    assert [(row["rating"], row["author_name"], row["external_id"]) for row in found] == [
        *((1.0, "John", None), (4.0, None, None), (5.0, "Jane Doe", None))
    ]
    assert {row["product"]["id"] for row in found} == {"Mug"}
