"""Files that are made to break an import (RELIABILITY D13): a clear error or rejected rows, memory bounded.

The bounds of memory were seen broken with the chunks joined before they are read, and with all rows read
before the first are written.
"""

import io
import json
import os
import threading
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from service.bench.files import influencers

MEGABYTE = 2**20
AYSE = "username,followers\nayse,100\n"
WORKBOOK = (
    '<?xml version="1.0"?>{doctype}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
PARTS = {
    "[Content_Types].xml": (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
BILLION = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def _workbook(rows: Iterable[bytes], doctype: str = "", name: str = "s") -> bytes:
    head = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in PARTS.items():
            archive.writestr(part, text)
        archive.writestr("xl/workbook.xml", WORKBOOK.format(doctype=doctype, name=name))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(head + b"<sheetData>")
            for piece in rows:
                sheet.write(piece)
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _bomb() -> bytes:
    """600 MB of rows in less than a megabyte."""
    rows = b"<row><c><v>1</v></c></row>" * 40_000
    return _workbook(rows for _ in range(600 * MEGABYTE // len(rows)))


def _liar() -> bytes:
    """The same, and its directory says that it is small."""
    bomb = bytearray(_bomb())
    at = bomb.rfind(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(bomb)


@pytest.fixture
def take(client, drain):
    async def run(body, **params):
        asked = {"kind": "influencers", "platform": "instagram", **params}
        answer = await client.post("/v1/imports", params=asked, content=body)
        assert answer.status_code == 202, answer.text
        await drain()
        made = (await client.get(f"/v1/imports/{answer.json()['id']}")).json()
        made["rejects"] = (await client.get(f"/v1/imports/{made['id']}/rejects")).json()["data"]
        return made

    return run


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_bomb, "workbook_too_large"),
        (_liar, "not_a_workbook"),
        (lambda: _workbook([], BILLION, "&b;"), "not_a_workbook"),
        (lambda: _workbook([], FILE, "&b;"), "not_a_workbook"),
        (lambda: b"PK\x03\x04 and no more", "not_a_workbook"),
        (lambda: b"[" * 5000, "too_deep"),
        (lambda: b'{"influencers": [{"handle": "ayse"}', "invalid_json"),
        (lambda: b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'b'>]><a>&a;</a>", "unknown_format"),
    ],
)
async def test_files_that_no_row_is_taken_of(take, make, code, owner):
    made = await take(make())
    assert made["status"] == "failed", made
    assert made["error"]["type"] == "/problems/unreadable-file"
    assert made["error"]["code"] == code, made["error"]
    assert "root:" not in str(made)
    assert await owner.fetchval("select count(*) from influencers") == 0


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"username,followers\na_yse,100\nb\x00ad,5\nc_an,6\n", "nul_byte"),
        (
            json.dumps([{"username": "a_yse"}, {"username": "b\ud800ad"}, {"username": "c_an"}]).encode(),
            "lone_surrogate",
        ),
        (b'{"username": "a_yse"}\n{"username": "b\\ud83d"}\n{"username": "c_an"}\n', "lone_surrogate"),
    ],
)
async def test_rows_that_can_t_be_stored_are_rejected_alone(take, body, reason):
    made = await take(body)
    assert made["status"] == "succeeded", made["error"]
    assert (made["counts"]["created"], made["counts"]["rejected"]) == (2, 1)
    assert [one["code"] for one in made["rejects"]] == [reason]


async def test_a_file_of_nothing_but_nul(take):
    made = await take(bytes(5000))
    assert (made["counts"]["created"], made["counts"]["rejected"]) == (0, 1)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1254"])
async def test_encodings(take, client, encoding):
    text = "kullanıcı adı,ad soyad,takipçi\n" + "".join(
        f"kisi_{n},Işıl Çağrı Öğüşlü {n},{n}00\n" for n in range(1, 30)
    )
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    made = await take(marks.get(encoding, b"") + text.encode(encoding))
    assert (made["counts"]["created"], made["counts"]["rejected"]) == (29, 0), made
    names = [one["name"] for one in (await client.get("/v1/influencers")).json()["data"]]
    assert all(name.startswith("Işıl Çağrı Öğüşlü") for name in names)


async def _grown(run) -> float:
    """Megabytes by which this process grows at most while it runs."""
    most, ended = _resident(), threading.Event()
    before = most

    def watch():
        nonlocal most
        while not ended.wait(0.02):
            most = max(most, _resident())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        await run
    finally:
        ended.set()
        watching.join()
    return (most - before) / MEGABYTE


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("piece", [b"x" * MEGABYTE, b'"' * MEGABYTE, b'{"a":' * (MEGABYTE // 5)])
async def test_a_line_without_an_end(take, piece):
    """200 MB of it: refused after some megabytes, and never held as a whole."""

    async def body():
        yield AYSE.encode()
        for _ in range(200):
            yield piece

    result = []

    async def run():
        result.append(await take(body()))

    grown = await _grown(run())
    print(f"{grown:.0f} MB")
    assert grown < 100
    [made] = result
    assert made["status"] == "failed" or made["rejects"], made
    shown = made["error"]["code"] if made["error"] else made["rejects"][0]["code"]
    assert shown in ("line_too_long", "unclosed_quote", "too_long"), made


async def test_many_rows_in_little_memory(take):
    """A first file warms what is kept for good (statements, caches of cells)."""
    content = influencers(60_000, 1)
    await take(content[:1_000_000], dry_run="true")
    result = []

    async def run():
        result.append(await take(content, dry_run="true"))

    grown = await _grown(run())
    print(f"{grown:.0f} MB")
    assert grown < 60
    assert result[0]["counts"]["read"] == 60_000
