"""QR codes: what a reader reads from them is the short address."""

import re
import zlib
from typing import Any

import httpx
import pytest
import segno

from service.links.catalogue import qr
from service.links.catalogue.qr import Looks
from tests.service.links.conftest import Make


def _png_rows(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


@pytest.mark.parametrize("size", [64, 200, 512, 2_000])
def test_sizes(size: int) -> None:
    text = "https://elci.example/r/bcdfghjkmnpq"
    width, height = _png_rows(qr.png(text, Looks(size=size)))
    modules = segno.make(text, error="M", micro=False).symbol_size(border=4)[0]
    assert width == height == max(1, size // modules) * modules
    drawn = qr.svg(text, Looks(size=size)).decode()
    shown = re.search(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', drawn)
    assert shown is not None
    assert float(shown[1]) == pytest.approx(size, abs=0.01)
    assert "<script" not in drawn


def test_modules_are_those_of_the_short_address() -> None:
    """The picture, read back module by module, is the symbol of the text."""
    text = "https://elci.example/r/yaz-26"
    made = segno.make(text, error="M", micro=False)
    data = qr.png(text, Looks(size=made.symbol_size(border=4)[0]))
    width, _ = _png_rows(data)
    raw = b"".join(
        data[at + 8 : at + 8 + int.from_bytes(data[at : at + 4], "big")]
        for at in (found.start() - 4 for found in re.finditer(b"IDAT", data))
    )
    stride = (width + 7) // 8 + 1
    lines = zlib.decompress(raw)
    bits = [[lines[y * stride + 1 + x // 8] >> (7 - x % 8) & 1 for x in range(width)] for y in range(width)]
    dark = bits[4][4]
    read = [[bit == dark for bit in row[4:-4]] for row in bits[4:-4]]
    assert read == [[bool(bit) for bit in row] for row in made.matrix]


async def test_asked_for_by_an_image_with_a_ticket(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, link: Make
) -> None:
    path = f"/v1/links/{(await link(code='yaz'))['id']}/qr.png"
    ticket = (await client.post("/v1/auth/tickets", json={"path": path, "ttl_s": 60})).json()["ticket"]
    answer = await anonymous.get(path, params={"ticket": ticket, "size": 300})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/png"
    assert answer.content == qr.png("http://127.0.0.1:8000/r/yaz", Looks(size=300))
    assert (await anonymous.get(path)).status_code == 401


async def test_colours(client: httpx.AsyncClient, link: Make) -> None:
    path = f"/v1/links/{(await link())['id']}/qr.svg"
    answer = await client.get(path, params={"dark": "1A2B3C", "light": "FFFFE1", "border": 0, "level": "H"})
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "#1a2b3c" in answer.text
    assert "#ffffe1" in answer.text.lower()


@pytest.mark.parametrize(
    "params",
    [
        {"size": 63},
        {"size": 4_097},
        {"border": 21},
        {"dark": "red"},
        {"dark": "ffffff"},
        {"light": '"><script>'},
        {"level": "Z"},
    ],
)
async def test_what_can_not_be_drawn(client: httpx.AsyncClient, link: Make, params: dict[str, Any]) -> None:
    path = f"/v1/links/{(await link())['id']}/qr.svg"
    assert (await client.get(path, params=params)).status_code == 400
