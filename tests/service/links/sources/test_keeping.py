"""Salts: shared, a day ahead, dropped; ranges and signals of privacy."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import click
import pytest

from service.kit import db as kit_db
from service.kit import jobs
from service.kit.db import Connection, Database
from service.links.sources import command
from service.links.sources.keeping import Sources
from service.links.traffic import Signals
from service.settings import Settings, app_dsn, search_dsn

BRAND, OTHER = UUID(int=1), UUID(int=2)
ADDRESS, AGENT = "203.0.113.77", "Mozilla/5.0"
NOW = datetime.now(UTC)


def _visitor(sources: Sources, at: datetime = NOW, workspace: UUID = BRAND, **more: str) -> bytes:
    found = sources.visitor(workspace, more.get("address", ADDRESS), Signals(), more.get("agent", AGENT), at)
    assert found is not None
    return found


async def _fetched(database: Database) -> Sources:
    sources = Sources()
    await sources.fetch(database)
    return sources


async def test_processes_share_a_days_salt(database: Database) -> None:
    one, two = await _fetched(database), await _fetched(database)
    assert _visitor(one) == _visitor(two)
    assert _visitor(one, NOW + timedelta(days=1)) == _visitor(two, NOW + timedelta(days=1))


async def test_days_workspaces_addresses_and_agents_are_told_apart(database: Database) -> None:
    sources = await _fetched(database)
    found = {
        _visitor(sources),
        _visitor(sources, NOW + timedelta(days=1)),
        _visitor(sources, workspace=OTHER),
        _visitor(sources, address="203.0.113.78"),
        _visitor(sources, agent="Mozilla/4.0"),
    }
    assert len(found) == 5
    assert {len(each) for each in found} == {16}


async def test_a_night_without_the_database(database: Database, settings: Settings) -> None:
    sources = await _fetched(database)
    tomorrow = NOW + timedelta(days=1)
    ahead = _visitor(sources, tomorrow)
    await database.app.close()
    await sources.fresh(database)
    assert _visitor(sources, tomorrow) == ahead
    async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as back:
        assert _visitor(await _fetched(back), tomorrow) == ahead


async def test_without_any_salt_visitors_are_still_told_apart() -> None:
    sources = Sources()
    assert _visitor(sources) == _visitor(sources)
    assert _visitor(sources) != _visitor(Sources())


async def test_signals_of_privacy_leave_no_visitor(database: Database, owner: Connection) -> None:
    await owner.execute("insert into workspaces (id, name) values ($1, 'Brand'), ($2, 'Other')", BRAND, OTHER)
    await owner.execute(
        """insert into click_rules (workspace_id, version, rules, created_by) values
           ($1, 1, '{"privacy": {}}', 'x'),
           ($1, 2, '{"privacy": {"global_privacy_control": false, "do_not_track": true}}', 'x')""",
        OTHER,
    )
    sources = await _fetched(database)
    private, untracked = Signals(private=True), Signals(untracked=True)
    assert sources.visitor(BRAND, ADDRESS, private, AGENT, NOW) is None
    assert sources.visitor(BRAND, ADDRESS, untracked, AGENT, NOW) is None
    assert sources.visitor(OTHER, ADDRESS, private, AGENT, NOW) is not None
    assert sources.visitor(OTHER, ADDRESS, untracked, AGENT, NOW) is None


@pytest.fixture
async def later(settings: Settings, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """The same database `param` days later."""
    dsn = f"{app_dsn(settings)}&app.clock_offset={request.param}%20days"
    dsn = dsn if "?" in dsn else dsn.replace("&", "?", 1)
    async with kit_db.connect(dsn, search_dsn(settings), settings) as opened:
        yield opened


@pytest.mark.parametrize("later", [1], indirect=True)
async def test_a_salt_ends_with_its_day(
    database: Database, later: Database, owner: Connection, settings: Settings
) -> None:
    today = await _fetched(database)
    salts = {row["day"]: row["salt"] for row in await owner.fetch("select day, salt from salts")}
    assert len(salts) == 2
    await jobs.run_scheduled(settings, later, "links.salts")
    left = {row["day"]: row["salt"] for row in await owner.fetch("select day, salt from salts")}
    assert min(salts) not in left
    assert left[max(salts)] == salts[max(salts)]
    # What a process still holds goes with its next look.
    assert min(salts) in today._salts
    await today.fetch(later)
    assert min(salts) not in today._salts


async def test_countries_and_networks(database: Database, settings: Settings, tmp_path: Path) -> None:
    countries, clouds = tmp_path / "countries.csv", tmp_path / "clouds.txt"
    countries.write_text("network,country\n203.0.113.0/24,TR\n")
    clouds.write_text("198.51.100.0/24\n2001:db8:c::/48\n")
    sources = await _fetched(database)
    assert sources.country(ADDRESS, None) is None
    await command.import_file(settings, countries, "country", None)
    await command.import_file(settings, clouds, "datacenter", "a list")
    await sources.fetch(database)
    assert sources.country(ADDRESS, None) == "TR"
    assert sources.country(ADDRESS, "de") == "DE"
    assert sources.country(ADDRESS, "XX") is None
    assert sources.country(ADDRESS, "nonsense") == "TR"
    assert sources.network_class("198.51.100.9") == "datacenter"
    assert sources.network_class("2001:db8:c:1::/64") == "datacenter"
    assert sources.network_class(ADDRESS) is None
    countries.write_text("203.0.113.0/24,NL\n")
    await command.import_file(settings, countries, "country", None)
    await command.remove(settings, "datacenter")
    await sources.fetch(database)
    assert sources.country(ADDRESS, None) == "NL"
    assert sources.network_class("198.51.100.9") is None


async def test_a_list_that_is_none_changes_nothing(
    settings: Settings, database: Database, owner: Connection, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("203.0.113.0/24,TR\nnonsense,TR\n")
    with pytest.raises(click.ClickException, match="line 2"):
        await command.import_file(settings, wrong, "country", None)
    assert await owner.fetchval("select count(*) from address_ranges") == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.connection() as db:
            await db.execute("delete from address_ranges")
