from contextlib import asynccontextmanager

import msgspec
import pytest

from service.kit.presence import Presence, claim, publish
from service.serve import attach
from service.serve.attach import attached
from service.serve.tree import ServeError
from service.settings import Settings

DSN = "postgresql://owner@h/d"


@pytest.fixture
def settings(tmp_path):
    return Settings.from_env({"ELCI_HOME": str(tmp_path / "home"), "ELCI_SECRET_KEY": "k" * 32})


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """What was started, instead of starting it."""
    calls = []

    @asynccontextmanager
    async def database(settings):
        calls.append("database")
        yield msgspec.structs.replace(settings, database_url=settings.database_url or DSN)
        calls.append("ended")

    @asynccontextmanager
    async def serving(settings, env):
        calls.append("server")
        with claim(settings.home):
            yield Presence(pid=1, url="http://127.0.0.1:1", database_url=DSN)
        calls.append("ended")

    monkeypatch.setattr(attach, "database", database)
    monkeypatch.setattr(attach, "serving", serving)
    monkeypatch.setattr(attach, "answers", lambda url: True)
    return calls


@pytest.fixture
def running(settings):
    """A server that runs on the home."""
    with claim(settings.home):
        publish(settings.home, Presence(pid=7, url="http://127.0.0.1:7", database_url=DSN))
        yield


@pytest.mark.parametrize(("api", "what"), [(False, "database"), (True, "server")])
async def test_where_nothing_runs_it_is_started_for_the_time(settings, started, api, what):
    async with attached(settings, {}, api=api) as there:
        assert (there.ours, there.settings.database_url) == (True, DSN)
        assert (there.url is not None) == api
        assert started == [what]
    assert started == [what, "ended"]


@pytest.mark.parametrize("api", [False, True])
async def test_what_runs_is_used_and_left_running(settings, started, running, api):
    async with attached(settings, {}, api=api) as there:
        assert (there.ours, there.url, there.settings.database_url) == (False, "http://127.0.0.1:7", DSN)
    assert started == []


async def test_an_external_database_needs_no_server(settings, started, running):
    settings = msgspec.structs.replace(settings, database_url="postgresql://owner@other/d")
    async with attached(settings, {}) as there:
        assert there.settings == settings
    assert started == ["database", "ended"]


async def test_a_server_on_another_database_is_not_the_one(settings, running):
    settings = msgspec.structs.replace(settings, database_url="postgresql://owner@other/d")
    with pytest.raises(ServeError, match="works on another database"):
        async with attached(settings, {}, api=True):
            pass


async def test_a_verb_that_runs_for_long_lets_others_attach(settings, started):
    async with attached(settings, {}, announce=True), attached(settings, {}) as second:
        assert (second.ours, second.url, second.settings.database_url) == (False, None, DSN)
        with pytest.raises(ServeError, match="without a server"):
            async with attached(settings, {}, api=True):
                pass
    assert started == ["database", "ended"]


async def test_a_verb_waits_for_one_that_will_not_be_long(settings, started, monkeypatch):
    monkeypatch.setattr(attach, "PATIENCE_S", 0)
    async with attached(settings, {}):
        with pytest.raises(ServeError, match="in use by process"):
            async with attached(settings, {}):
                pass
    async with attached(settings, {}) as there:
        assert there.ours
