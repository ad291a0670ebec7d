"""What a second start finds again."""

from pathlib import Path

import httpx
import msgspec
import pytest
from litestar import Litestar

from service.demo import keeping, sample
from service.imports import client
from service.imports.by_name import by_name
from service.kit.db import Database
from service.settings import Settings


def test_the_sample_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "influencers", lambda today: sample.influencers(today, size=20))
    first = keeping.sample(tmp_path)
    assert [file.kind for file in first] == ["influencers"] * 4 + ["audiences", "posts"]
    times = [file.path.stat().st_mtime_ns for file in first]
    assert keeping.sample(tmp_path) == first
    assert [file.path.stat().st_mtime_ns for file in first] == times
    assert [path.name for path in (tmp_path / "demo").iterdir()] == ["sample"]


@pytest.fixture
def served(app: Litestar, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever connects to the API comes to the application of the test."""
    app.state.database = database

    def connect(url: str, key: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app)
        return httpx.AsyncClient(
            transport=transport, base_url=url, headers={"Authorization": f"Bearer {key}"}
        )

    monkeypatch.setattr(client, "connect", connect)


async def key(settings: Settings, *files: Path) -> str:
    return await keeping.key_for(settings, "http://elci.test", "Demo", files)


async def test_each_set_of_files_has_a_workspace_of_its_own(
    served: None, settings: Settings, tmp_path: Path
) -> None:
    settings = msgspec.structs.replace(settings, home=tmp_path)
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    keys = [await key(settings), await key(settings, one), await key(settings, one, other)]
    assert len(set(keys)) == 3
    assert [await key(settings), await key(settings, one), await key(settings, other, one)] == keys
    assert (tmp_path / "demo" / "keys.json").stat().st_mode & 0o777 == 0o600


async def test_a_key_that_no_longer_works_is_replaced(
    served: None, settings: Settings, tmp_path: Path
) -> None:
    settings = msgspec.structs.replace(settings, home=tmp_path)
    first = await key(settings)
    place = tmp_path / "demo" / "keys.json"
    place.write_bytes(place.read_bytes().replace(first.encode(), b"sk_" + b"0" * 44))
    second = await key(settings)
    assert second not in (first, "sk_" + "0" * 44)
    place.write_text("{broken")
    assert await key(settings) not in (first, second)


def test_audiences_and_posts_come_after_those_they_are_of() -> None:
    files = [Path("posts.ndjson"), Path("kitle.csv"), Path("b.xlsx"), Path("a.csv")]
    assert [(file.kind, file.path.name) for file in by_name(files)] == [
        ("influencers", "b.xlsx"),
        ("influencers", "a.csv"),
        ("audiences", "kitle.csv"),
        ("posts", "posts.ndjson"),
    ]
