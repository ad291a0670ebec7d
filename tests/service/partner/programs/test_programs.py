"""/v1/partner/programs: a partner's own rates and the terms in words, and nobody else's rates."""

import httpx

from tests.service.conversions.orders.conftest import lira
from tests.service.links.conftest import Json, made
from tests.service.partner.conftest import AsPartner, file_of, rows_of

PATH = "/v1/partner/programs"


async def program_with_rates(client: httpx.AsyncClient, star: str) -> Json:
    """Rates for one partner by name, for a group, and for everybody."""
    rules: list[Json] = [
        {"kind": "sale", "rate": "0.33", "partner_ids": [star], "name": "yildiz"},
        {"kind": "sale", "rate": "0.21", "groups": ["Gizli Grup"]},
        {"kind": "sale", "rate": "0.15", "categories": ["Ayakkabı"], "customers": "new"},
        {
            "kind": "sale",
            "rate": "0.10",
            "tiers": [{"from_sales": 10, "rate": "0.12"}],
            "cap": {"amount": lira(100_000), "per": "month"},
        },
        {"kind": "sale", "rate": "0.01"},
        {"kind": "lead", "flat": lira(500)},
    ]
    bonuses = [
        {"amount": lira(50_000), "from_sales": 10},
        {"amount": lira(77_700), "from_sales": 5, "groups": ["Gizli Grup"]},
    ]
    body = {
        "name": "Elçiler",
        "rules": rules,
        "bonuses": bonuses,
        "overrides": [{"partner_id": star, "rate": "0.05"}],
        "hold": {"days": 14, "from": "delivered", "unknown_days": 7},
        "attribution": {"window_days": 45, "report_models": ["markov"]},
        "min_payout": lira(20_000),
    }
    return await made(client, "/v1/programs", body)


async def test_rates_are_the_partner_s_own_and_in_words(
    client: httpx.AsyncClient, as_partner: AsPartner
) -> None:
    star = await made(client, "/v1/partners", {"name": "Yıldız"})
    program = await program_with_rates(client, star["id"])
    body = {"name": "Ayşe", "program_id": program["id"], "email": "ayse@ortak.example"}
    ayse = await made(client, "/v1/partners", body)
    partner = await as_partner(ayse["id"])
    (one,) = await rows_of(partner, PATH)
    assert (one["id"], one["name"], one["current"], one["membership"]) == (
        program["id"],
        "Elçiler",
        True,
        "active",
    )
    terms = one["terms"]
    assert (terms["terms_version"], terms["valid_from"], terms["in_force"]) == (1, None, True)
    assert [(rate["rule"], rate["kind"], rate["rate"]) for rate in terms["rates"]] == [
        (3, "sale", "0.15"),
        (4, "sale", "0.10"),
        (6, "lead", None),
    ]
    assert [rate["text"]["tr"] for rate in terms["rates"]] == [
        "Her satış: net tutarın %15 kadarı; kategoriler: Ayakkabı; yalnızca yeni müşteriler",
        "Her satış: net tutarın %10 kadarı; ayda 10 satış olunca net tutarın %12 kadarı; "
        "ayda en çok 1.000,00 TRY",
        "Her potansiyel müşteri: 5,00 TRY",
    ]
    assert [bonus["text"]["en"] for bonus in terms["bonuses"]] == ["Bonus: 500.00 TRY for 10 sales a month"]
    assert terms["agency"] == []
    assert [text["tr"] for text in terms["text"]] == [
        "Kazancınız teslimattan 14 gün sonra ödenebilir olur; teslimat bilinmiyorsa satıştan 21 gün sonra",
        "Bir tıklama 45 gün sayılır; öncelik sırası: kupon, tıklama, müşteri bağı; ödenen: son tıklama",
        "Ödeme en az 200,00 TRY birikince yapılır",
    ]
    for path in (PATH, f"{PATH}/{program['id']}", f"{PATH}/{program['id']}/terms", f"{PATH}.csv"):
        text = (await partner.get(path)).text
        assert program["id"] in text or "rates" in text
        for word in ("0.33", "%33", "0.21", "%21", "Gizli", "yildiz", star["id"], "777", "markov", "usr_"):
            assert word not in text, (path, word)


async def test_a_partner_by_name_sees_what_was_agreed_and_an_agency_its_part(
    client: httpx.AsyncClient, as_partner: AsPartner
) -> None:
    star = await made(client, "/v1/partners", {"name": "Yıldız"})
    program = await program_with_rates(client, star["id"])
    await client.patch(f"/v1/partners/{star['id']}", json={"program_id": program["id"]})
    (one,) = await rows_of(await as_partner(star["id"]), PATH)
    # Nothing behind it comes to its turn.
    assert [rate["rule"] for rate in one["terms"]["rates"]] == [1, 6]
    assert one["terms"]["agency"][0]["text"]["en"] == "5% of what your partners earn"
    assert one["joined_at"] is not None
    group = {"name": "Can", "program_id": program["id"], "group": "gizli grup"}
    can = await made(client, "/v1/partners", group)
    (one,) = await rows_of(await as_partner(can["id"]), PATH)
    assert [rate["rule"] for rate in one["terms"]["rates"]] == [2, 6]
    assert [bonus["bonus"] for bonus in one["terms"]["bonuses"]] == [1, 2]


async def test_what_is_announced_and_what_was_before(
    client: httpx.AsyncClient, ayse: Json, as_ayse: httpx.AsyncClient
) -> None:
    path = f"/v1/programs/{ayse['program_id']}"
    coming = {"rules": [{"kind": "sale", "rate": "0.05"}], "valid_from": "2090-01-01T00:00:00Z"}
    told = await client.patch(path, json=coming)
    assert told.status_code == 200, told.text
    now = {"rules": [{"kind": "sale", "rate": "0.20"}]}
    assert (await client.patch(path, json=now)).status_code == 200
    (one,) = await rows_of(as_ayse, PATH)
    assert (one["terms"]["terms_version"], one["terms"]["rates"][0]["rate"]) == (3, "0.20")
    assert (one["next_terms"]["terms_version"], one["next_terms"]["rates"][0]["rate"]) == (2, "0.05")
    versions = await rows_of(as_ayse, f"{PATH}/{ayse['program_id']}/terms?limit=1")
    assert [(each["terms_version"], each["rates"][0]["rate"]) for each in versions] == [
        (3, "0.20"),
        (2, "0.05"),
        (1, "0.10"),
    ]
    rows = await file_of(as_ayse, f"{PATH}.csv?lang=en")
    assert [(row["terms_version"], row["rate"]) for row in rows if row["what"] == "rule"] == [
        ("3", "0.20"),
        ("2", "0.05"),
    ]


async def test_a_former_program_stays_and_a_stranger_s_is_not_there(
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    ayse: Json,
    as_ayse: httpx.AsyncClient,
) -> None:
    second = await made(client, "/v1/programs", {"name": "Yeni"})
    stranger = await made(client, "/v1/programs", {"name": "Başka"})
    foreign = await made(other_client, "/v1/programs", {"name": "Öteki"})
    await client.patch(f"/v1/partners/{ayse['partner_id']}", json={"program_id": second["id"]})
    found = await rows_of(as_ayse, f"{PATH}?limit=1")
    assert [(one["id"], one["current"]) for one in found] == [
        (second["id"], True),
        (ayse["program_id"], False),
    ]
    for program in (stranger["id"], foreign["id"], f"prg_{'0' * 26}", "x"):
        for path in (f"{PATH}/{program}", f"{PATH}/{program}/terms"):
            answer = await as_ayse.get(path)
            assert answer.status_code == 404, path
    assert await rows_of(as_ayse, f"{PATH}?ids={stranger['id']},{foreign['id']}") == []
    for client_ in (client, other_client):
        assert (await client_.get(PATH)).status_code == 403
