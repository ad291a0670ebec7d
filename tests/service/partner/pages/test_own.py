"""/p/me: what a partner sees, does, and can't."""

import re
from collections.abc import Awaitable, Callable

import httpx

from service.kit.db import Connection
from tests.service.links.conftest import Json, Make, made
from tests.service.partner.pages.conftest import Browser, ids_in

Entered = Callable[[str], Awaitable[Browser]]
OWN = (
    *("", "/links", "/coupons", "/conversions", "/commissions", "/claims", "/payouts"),
    *("/statement?month=2026-11", "/programs", "/settings", "/rewards"),
)
FILES = (
    *("links", "coupons", "conversions", "commissions", "claims", "payouts", "statement", "stats"),
    *("rewards", "referrals"),
)
# What stands in the data of the brand, of another partner, or of a customer.
NEVER = ("Mehmet", "MEHMET10", "musteri@gizli", "markanın-notu", "777", "ortaklar-notu")


async def seen(browser: Browser, details: list[str] | None = None) -> dict[str, str]:
    """Every page and file of a partner, in both languages."""
    paths = [f"/p/me{path}" for path in OWN] + [f"/p/me/files/{name}.csv" for name in FILES]
    found = {}
    for path in (*paths, *(details or [])):
        for lang in ("tr", "en"):
            address = f"{path}{'&' if '?' in path else '?'}lang={lang}"
            found[address] = await browser.open(address)
    return found


async def test_what_a_partner_sees_is_theirs(entered: Entered, in_ayse: Browser, busy: Json) -> None:
    details = [f"/p/me/conversions/{busy['order']['id']}", f"/p/me/payouts/{busy['payout']['id']}"]
    (commission,) = ids_in(await in_ayse.open("/p/me/commissions"), "com")
    details.append(f"/p/me/commissions/{commission}")
    for address, text in (await seen(in_ayse, details)).items():
        assert [word for word in NEVER if word in text] == [], address
        assert in_ayse.last.headers["content-security-policy"].startswith("default-src 'none'")
    assert in_ayse.last.headers["cache-control"] == "no-store"
    # What is Ayşe's is no page of another partner.
    mehmet = await entered(busy["mehmet_id"])
    for path in details:
        assert "prt_" not in await mehmet.open(path, 404)
    theirs = await seen(mehmet)
    assert "MEHMET10" in theirs["/p/me/coupons?lang=tr"]
    assert [address for address, text in theirs.items() if "AYSE10" in text or "Kış" in text] == []


async def test_figures_in_both_languages(in_ayse: Browser, busy: Json) -> None:
    turkish = await in_ayse.open("/p/me?from=2026-11-01&to=2026-11-30&lang=tr")
    assert "₺10,00" in turkish
    assert "<title>2 Kas 2026: ₺10,00</title>" in turkish
    assert "1 Kas 2026 ile 30 Kas 2026 arası, toplam ₺10,00" in turkish
    assert '<th scope="row">2 Kas 2026</th>' in turkish
    english = await in_ayse.open("/p/me?lang=en&from=2026-11-01&to=2026-11-30")
    assert "<title>Nov 2, 2026: TRY\xa010.00</title>" in english
    # The choice is kept.
    assert '<html lang="en">' in await in_ayse.open("/p/me")


async def test_days_that_can_t_be_read(in_ayse: Browser) -> None:
    text = await in_ayse.open("/p/me?from=2026-12-01&to=2026-11-01", 400)
    assert re.search(r'id="from"[^>]*value="2026-12-01"[^>]*aria-describedby="from-fault"', text, re.S)
    assert "Bitişten sonra olamaz." in text
    assert "Geçerli bir tarih değil." in await in_ayse.open("/p/me?from=<x>", 400)
    await in_ayse.open("/p/me/statement?month=x", 400)
    await in_ayse.open("/p/me/links?cursor=%3Cx", 400)
    await in_ayse.open("/p/me?days=9999&basis=x&unknown=1")


async def test_making_a_link(in_ayse: Browser, busy: Json, owner: Connection) -> None:
    await in_ayse.open("/p/me/links")
    wrong = {"url": "http://<evil>.example/", "code": "a b", "title": "<b>Başlık</b>"}
    text = await in_ayse.send("/p/me/links", 400, **wrong)
    for name in ("url", "code"):
        assert f'aria-describedby="{name}-' in text
        assert f'id="{name}-fault"' in text
    assert 'value="&lt;b&gt;Başlık&lt;/b&gt;"' in text
    assert "<b>Başlık" not in text
    right = {"url": "https://shop.example/yeni", "title": "<b>Başlık</b>", "code": "ayse-yeni"}
    text = await in_ayse.send("/p/me/links", **right)
    assert "Bağlantınız hazır:" in text
    assert "&lt;b&gt;Başlık&lt;/b&gt;" in text
    assert await owner.fetchval("select title from links where code = 'ayse-yeni'") == "<b>Başlık</b>"
    # A code that is taken.
    assert "Bu yapılamadı" in await in_ayse.send("/p/me/links", 409, **right)


async def test_choosing_notices(in_ayse: Browser, ayse: Json, owner: Connection) -> None:
    await in_ayse.open("/p/me/settings")
    await in_ayse.send("/p/me/settings", language="en", first_sale="")
    off = await owner.fetchval("select notices_off from partner_preferences")
    assert off == ["first_sale"]
    assert "checked" not in re.search(r"<input[^>]*first_sale[^>]*>", in_ayse.last.text)[0]  # type: ignore[index]
    assert await owner.fetchval("select language from partner_preferences") == "en"


async def test_an_account_to_be_paid_to(in_ayse: Browser) -> None:
    await in_ayse.open("/p/me/payouts")
    text = await in_ayse.send("/p/me/account", 400, iban="TR33 0006 1005 1978 6457 8413 27")
    assert 'id="iban-fault"' in text or 'id="payee-fault"' in text
    text = await in_ayse.send("/p/me/account", iban="TR33 0006 1005 1978 6457 8413 26", payee="Ayşe Öz")
    assert "Ayşe Öz" in text
    assert "Kaydedildi." in text


async def test_accepting_terms(
    client: httpx.AsyncClient, in_ayse: Browser, ayse: Json, owner: Connection
) -> None:
    changed = {"rules": [{"kind": "sale", "rate": "0.12"}]}
    assert (await client.patch(f"/v1/programs/{ayse['program_id']}", json=changed)).status_code == 200
    assert "kabulünüzü bekliyor" in await in_ayse.open("/p/me")
    await in_ayse.open("/p/me/programs")
    while 'action="/p/me/terms"' in in_ayse.last.text:
        assert "Koşulları kabul ettiniz." in await in_ayse.send("/p/me/terms")
    assert "kabulünüzü bekliyor" not in await in_ayse.open("/p/me")
    newest = await owner.fetchval("select max(version) from program_terms")
    assert await owner.fetchval("select max(version) from terms_acceptances") == newest


async def test_one_person_with_several_memberships(
    other_client: httpx.AsyncClient, in_ayse: Browser, inviting: Callable[[str], Awaitable[str]]
) -> None:
    partner = await made(other_client, "/v1/partners", {"name": "Ayşe <i>Öteki</i>"})
    path = await inviting(partner["id"])
    assert "Other brand sizi davet ediyor" in await in_ayse.open(path)
    text = await in_ayse.send(path)
    assert "Ayşe &lt;i&gt;Öteki&lt;/i&gt; · Other brand" in text
    assert "<i>Öteki" not in text
    await in_ayse.open("/p/me/settings")
    text = await in_ayse.send("/p/me/switch")
    assert "Ayşe · Brand" in text
    # Nobody becomes somebody whom they don't act for.
    stranger = await made(other_client, "/v1/partners", {"name": "Yabancı"})
    await in_ayse.open("/p/me/settings")
    await in_ayse.send("/p/me/switch", 401, partner_id=stranger["id"])


async def test_lists_go_on(in_ayse: Browser, ayse: Json, sell: Make) -> None:
    for number in range(26):
        await sell(coupon="AYSE10", external_id=f"n{number}")
    first = await in_ayse.open("/p/me/conversions")
    older = re.search(r'href="(\?cursor=[^"]+)"', first)
    assert older is not None
    second = await in_ayse.open("/p/me/conversions" + older[1])
    assert len(ids_in(first, "cnv")) == 25
    assert len(ids_in(second, "cnv")) == 1
    assert "En yenilere dön" in second


async def test_claiming_and_asking(in_ayse: Browser, busy: Json, owner: Connection) -> None:
    await in_ayse.open("/p/me/claims")
    text = await in_ayse.send("/p/me/claims", 400, text="Hikâyemden", amount="x", currency="TRY")
    faults = set(re.findall(r'class="fault" id="(\w+)-fault"', text))
    assert faults == {"amount"}
    sale = {"order_number": "9001", "ordered_on": "2026-11-20", "amount": "1.250,50", "currency": "TRY"}
    proof = re.search(r'name="csrf" value="(\w+)"', text)
    assert proof is not None
    sent = sale | {"text": "Hikâyemden <i>", "csrf": proof[1]}
    file = {"evidence": ("ekran.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png")}
    answer = await in_ayse.http.post("/p/me/claims", data=sent, files=file, follow_redirects=True)
    assert answer.status_code == 200
    assert "₺1.250,50" in answer.text
    assert "ekran.png" in answer.text
    assert "Hikâyemden &lt;i&gt;" in answer.text
    assert await owner.fetchval("select amount from claims") == 125_050
    # Once more, and with something that is no evidence.
    again = await in_ayse.http.post("/p/me/claims", data=sent)
    assert again.status_code == 409
    assert "zaten talepte bulundunuz" in again.text
    file = {"evidence": ("x.exe", b"MZ\x00\x01" + bytes(40), "application/x-dosexec")}
    assert (await in_ayse.http.post("/p/me/claims", data=sent, files=file)).status_code == 415
    # A question about a commission.
    (commission,) = ids_in(await in_ayse.open("/p/me/commissions"), "com")
    await in_ayse.open(f"/p/me/claims?commission_id={commission}")
    assert "Neden bu kadar?" in await in_ayse.send("/p/me/claims", text="Neden bu kadar?")
    assert await owner.fetchval("select count(*) from claims") == 2
    action = re.findall(r'action="(/p/me/claims/clm_\w+/withdraw)"', in_ayse.last.text)[0]
    await in_ayse.send(action)
    assert "Geri çekildi" in in_ayse.last.text
