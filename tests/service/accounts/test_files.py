"""Files: in by body or form, out as a download that a browser never runs."""

import asyncio
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.accounts.files import sniff
from service.accounts.files.actions import CHUNK

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 50


async def _upload(client, content: bytes, query: str = "?filename=a.bin") -> dict:
    answer = await client.post(f"/v1/files{query}", content=content)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
async def test_what_goes_in_comes_out(client, owner, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    made = await _upload(client, content)
    assert (made["bytes"], made["sha256"]) == (size, hashlib.sha256(content).hexdigest())
    answer = await client.get(f"/v1/files/{made['id']}/content")
    assert answer.content == content
    assert await owner.fetchval("select max(length(data)) from file_chunks") <= CHUNK
    assert await owner.fetchval("select count(*) from file_chunks") == -(-size // CHUNK)


async def test_a_form(client) -> None:
    answer = await client.post(
        "/v1/files?purpose=avatar",
        files={"note": (None, "plain field"), "file": ("Yüz.png", PNG, "text/html"), "more": ("b", b"x")},
    )
    made = answer.json()
    assert (made["name"], made["purpose"], made["content_type"]) == ("Yüz.png", "avatar", "image/png")
    assert (await client.get(f"/v1/files/{made['id']}/content")).content == PNG


async def test_a_form_in_single_bytes(client) -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        b"one\r\n--not the boundary\r\ntwo\r\n--b--\r\n"
    )

    async def drip():  # type: ignore[no-untyped-def]
        for at in range(len(body)):
            yield body[at : at + 1]

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    made = (await client.post("/v1/files", content=drip(), headers=headers)).json()
    content = (await client.get(f"/v1/files/{made['id']}/content")).content
    assert content == b"one\r\n--not the boundary\r\ntwo"


FORM = {"Content-Type": "multipart/form-data; boundary=b"}


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b""),
        (FORM, b""),
        (FORM, b"no form"),
        (FORM, b"--b--\r\n"),
        (FORM, b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nfield\r\n--b--\r\n'),
        (FORM, b'--b\r\nContent-Disposition: form-data; name="x"; filename="a"\r\n\r\n\r\n--b--\r\n'),
        (FORM, b'--b\r\nContent-Disposition: form-data; name="x"; filename="a"\r\n\r\nhalf a fi'),
        (FORM, b"--b\r\n" + b"X-Long: " + b"y" * 100_000),
        ({"Content-Type": "multipart/form-data"}, b"--b\r\n"),
        ({"Content-Type": "multipart/form-data; boundary=" + "b" * 1000}, b"x"),
        (FORM, b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n' * 50),
    ],
)
async def test_unreadable_bodies_are_400_and_leave_nothing_to_see(client, headers: dict, body: bytes) -> None:
    answer = await client.post("/v1/files", content=body, headers=headers)
    assert answer.status_code == 400, answer.text
    assert (await client.get("/v1/files")).json()["data"] == []


async def test_too_large(client, app, monkeypatch) -> None:
    from msgspec.structs import replace

    monkeypatch.setattr(app.state, "settings", replace(app.state.settings, max_upload=1000))
    assert (await client.post("/v1/files", content=b"x" * 1000)).status_code == 201
    answer = await client.post("/v1/files", content=b"x" * 1001)
    assert answer.status_code == 413
    assert len((await client.get("/v1/files")).json()["data"]) == 1


async def test_larger_than_other_bodies_may_be(client, template) -> None:
    content = b"x" * (template.max_body + 1)
    assert (await _upload(client, content))["bytes"] == len(content)


async def test_the_download_is_no_page(client) -> None:
    page = b"<html><script>alert(document.cookie)</script></html>"
    made = await _upload(client, page, "?filename=%22%0d%0aSet-Cookie:x=1%22.html")
    answer = await client.get(f"/v1/files/{made['id']}/content")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert int(answer.headers["Content-Length"]) == len(page)
    assert "Set-Cookie" not in answer.headers


async def test_listed_by_purpose_and_deleted(client, owner) -> None:
    draft = await _upload(client, b"draft", "?filename=d.txt&purpose=draft")
    other = await _upload(client, b"other")
    listed = (await client.get("/v1/files?purpose=draft")).json()["data"]
    assert [one["id"] for one in listed] == [draft["id"]]
    assert (await client.get(f"/v1/files/{other['id']}")).json() == other
    assert (await client.delete(f"/v1/files/{other['id']}")).status_code == 204
    assert (await client.get(f"/v1/files/{other['id']}/content")).status_code == 404
    assert await owner.fetchval("select count(*) from file_chunks") == 1


async def test_a_broken_off_upload_is_swept(client, owner) -> None:
    await client.post("/v1/files", content=b"whole")
    await owner.execute("update files set completed_at = null, created_at = created_at - interval '7 hours'")
    assert (await client.get("/v1/files")).json()["data"] == []
    await client.post("/v1/files", content=b"next")
    assert await owner.fetchval("select count(*) from files") == 1


async def test_twice_with_one_idempotency_key_is_one_file(client) -> None:
    for _ in range(2):
        answer = await client.post("/v1/files", content=b"once", headers={"Idempotency-Key": "k1"})
        assert answer.status_code == 201
    assert len((await client.get("/v1/files")).json()["data"]) == 1


async def test_a_ticket_downloads(client, anonymous) -> None:
    made = await _upload(client, b"x")
    path = f"/v1/files/{made['id']}/content"
    ticket = (await client.post("/v1/auth/tickets", json={"path": path})).json()["ticket"]
    assert (await anonymous.get(path, params={"ticket": ticket})).content == b"x"


async def test_uploads_share_the_pool(client, template) -> None:
    """More uploads at once than connections: none holds one while it waits for its client."""

    async def slow():  # type: ignore[no-untyped-def]
        for _ in range(3):
            yield b"x" * 1000
            await asyncio.sleep(0.1)

    answers = await asyncio.gather(
        *(client.post("/v1/files", content=slow()) for _ in range(template.pool_size * 2))
    )
    assert {answer.status_code for answer in answers} == {201}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"....ftypisom", "video/mp4"),
        (b"....ftypqt  ", "video/quicktime"),
        (b"PK\x03\x04....[Content_Types].xml", "application/zip"),
        (b"PK\x03\x04....xl/workbook.xml", sniff._OFFICE[0][1]),
        ("başlık;değer\n".encode(), sniff.TEXT),
        ("ş".encode()[:1], sniff.UNKNOWN),
        ("aş".encode()[:2], sniff.TEXT),
        (b"<svg onload=alert(1)>", sniff.TEXT),
        (b"a\x00b", sniff.UNKNOWN),
        (b"", sniff.UNKNOWN),
    ],
)
def test_sniffing(head: bytes, kind: str) -> None:
    assert sniff.content_type(head) == kind


@given(st.binary(max_size=200))
def test_nothing_is_ever_active(head: bytes) -> None:
    kind = sniff.content_type(head)
    assert not any(word in kind for word in ("html", "svg", "xml;", "javascript"))


@given(st.text(max_size=300))
def test_names_are_safe(name: str) -> None:
    safe = sniff.safe_name(name)
    assert safe
    assert len(safe) <= 255
    assert not set(safe) & set("/\\\x00\r\n\u202e")
    assert safe not in (".", "..")
    assert sniff.safe_name(safe) == safe
    safe.encode()
