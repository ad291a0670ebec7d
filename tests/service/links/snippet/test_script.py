"""The script as it is served: its size, its headers, and that it is what its source says."""

import httpx
import pytest

from service.links.snippet.build import BUILT, SOURCE, build


def test_what_is_served_is_what_is_built() -> None:
    assert BUILT.read_text(encoding="utf-8") == build(SOURCE.read_text(encoding="utf-8"))


def test_it_is_small_and_plain() -> None:
    made = BUILT.read_bytes()
    assert len(made) < 3000
    assert made.isascii()
    assert b"/*" not in made


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("var one = 1; // no\nvar two = one;", "var a=1,b=a;"),
        ('f("a  //b" + x.one);', 'f("a  //b"+x.one);'),
        ("var re = s.match(/a b\\/[/ ]c/);", "var a=s.match(/a b\\/[/ ]c/);"),
        ("var n = a + +b - -c;", "var d=a+ +b- -c;"),
        ("function long(value) { return value; }", "function b(a){return a}"),
        ("var k = { long: 1 }; k.long = k.long;", "var a={long:1};a.long=a.long;"),
        ("if (x) typeof y;", "if(x)typeof y;"),
    ],
)
def test_building(source: str, made: str) -> None:
    assert build(source).strip() == made


async def test_it_is_served_to_any_page(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/elci.js")
    assert answer.status_code == 200
    assert answer.content == BUILT.read_bytes()
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "max-age=3600" in answer.headers["cache-control"]
    again = await anonymous.get("/elci.js", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]
