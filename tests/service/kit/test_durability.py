import pytest

from service.kit import durability, embedded
from service.kit.durability import UnfitDatabaseError, examine


async def test_a_database_that_does_not_wait_for_the_disk_is_warned_of():
    async with embedded.temporary() as dsn:
        warnings = await examine(dsn)
    assert [warning.split()[4] for warning in warnings] == [
        "fsync=off:",
        "full_page_writes=off:",
        "synchronous_commit=off:",
    ]


async def test_an_old_database_is_refused(server, monkeypatch):
    monkeypatch.setattr(durability, "OLDEST", 99)
    with pytest.raises(UnfitDatabaseError, match="PostgreSQL 99 or later is needed"):
        await examine(server)


@pytest.mark.parametrize(
    "dsn", ["postgresql://u:canary@127.0.0.1:1/d", "postgresql://u:canary@/d?host=/nowhere"]
)
async def test_a_database_that_does_not_answer(dsn):
    with pytest.raises(UnfitDatabaseError, match="does not answer") as caught:
        await examine(dsn)
    assert "canary" not in str(caught.value)
