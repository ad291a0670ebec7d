"""The embedded PostgreSQL: made, started, found again after every way to die, and never run as root."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from service.kit import embedded
from service.kit.embedded import place as places

ROOT = Path(__file__).parents[3]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give up root: run as root")

# Holds the database open, with one committed row more at each start, until it is killed.
# A shell's background jobs ignore SIGINT, and hand that on.
HOLDER = """
import asyncio, signal, sys, asyncpg
from pathlib import Path
from service.kit import embedded

signal.signal(signal.SIGINT, signal.default_int_handler)

async def main():
    async with embedded.running(Path(sys.argv[1])) as server:
        db = await asyncpg.connect(server.dsn)
        await db.execute("create table if not exists kept (n int)")
        await db.execute("insert into kept values (1)")
        print(server.process.pid, await db.fetchval("select count(*) from kept"), flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def home():
    # Not tmp_path: pytest's own folder is closed to the user whom root becomes.
    folder = Path(tempfile.mkdtemp(prefix="elci-home-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


class Holder:
    """A process that has the database of a home in use."""

    def __init__(self, home: Path, **identity) -> None:
        python = sys.executable if not identity else "/usr/bin/python3"
        self.process = subprocess.Popen(
            [python, "-c", HOLDER, str(home)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": os.pathsep.join(p for p in [str(ROOT), *sys.path] if p)},
            cwd=ROOT,
            **identity,
        )
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.process.communicate()[1])
        self.postgres, self.rows = map(int, line.split())

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def gone(pid: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True


def wait_until(true) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def socket_folder(dsn: str) -> Path:
    return Path(parse_qs(urlsplit(dsn).query)["host"][0])


def identity(pid: int) -> tuple[int, int]:
    status = Path(f"/proc/{pid}").stat()
    return status.st_uid, status.st_gid


async def query(dsn: str, statement: str):
    db = await asyncpg.connect(dsn)
    try:
        return await db.fetchval(statement)
    finally:
        await db.close()


async def test_what_is_written_is_there_at_the_next_start(home):
    async with embedded.running(home) as server:
        assert (await query(server.dsn, "show server_version")).startswith("18.")
        assert await query(server.dsn, "select rolsuper from pg_roles where rolname = current_user") is False
        await query(server.dsn, "create table kept as select 7 as n")
    async with embedded.running(home) as server:
        assert await query(server.dsn, "select n from kept") == 7
    assert not server.alive


async def test_it_waits_for_the_disk_and_listens_to_nobody_else(home):
    async with embedded.running(home) as server:
        for name, value in {
            "fsync": "on",
            "full_page_writes": "on",
            "synchronous_commit": "on",
            "listen_addresses": "",
        }.items():
            assert await query(server.dsn, f"show {name}") == value
        assert server.place.sockets.stat().st_mode & 0o777 == 0o700
        assert server.place.data.stat().st_mode & 0o777 == 0o700


async def test_roles_other_than_the_owner_show_their_password(home):
    async with embedded.running(home) as server:
        await query(server.dsn, "create role other login password 'right'")
        other = server.dsn.replace("elci@", "other:{}@")
        assert await query(other.format("right"), "select current_user") == "other"
        with pytest.raises(asyncpg.InvalidPasswordError):
            await query(other.format("wrong"), "select 1")


async def test_a_second_start_says_who_holds_it(home):
    async with embedded.running(home) as server:
        with pytest.raises(embedded.Held, match=rf"in use by process {os.getpid()}"):
            async with embedded.running(home):
                pass
        assert await query(server.dsn, "select 1") == 1


async def test_start_after_both_were_killed(home):
    for rows in (1, 2, 3):
        holder = Holder(home)
        assert holder.rows == rows
        holder.kill()
        os.kill(holder.postgres, signal.SIGKILL)
    async with embedded.running(home) as server:
        assert await query(server.dsn, "select count(*) from kept") == 3


async def test_start_after_the_supervisor_alone_was_killed(home):
    holder = Holder(home)
    holder.kill()
    assert not gone(holder.postgres)
    async with embedded.running(home) as server:
        assert gone(holder.postgres)
        assert await query(server.dsn, "select count(*) from kept") == 1


async def test_restart_after_postgres_alone_was_killed(home):
    async with embedded.running(home) as server:
        await query(server.dsn, "create table kept as select 7 as n")
        server.process.kill()
        wait_until(lambda: not server.alive)
        await server.restart()
        assert await query(server.dsn, "select n from kept") == 7


async def test_a_lock_file_that_names_another_living_process(home):
    async with embedded.running(home) as server:
        lock = server.place.data / "postmaster.pid"
        lines = lock.read_text().splitlines()
        server.process.kill()
        wait_until(lambda: not server.alive)
        # PostgreSQL asks whether the process lives; one of the same user that got the id does.
        with sleeper(server.place.user) as other:
            lock.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
            await server.restart()
            assert other.poll() is None
        assert await query(server.dsn, "select 1") == 1


def sleeper(user: int | None) -> subprocess.Popen:
    class Sleeper(subprocess.Popen):
        def __exit__(self, *error) -> None:
            self.kill()
            super().__exit__(*error)

    return Sleeper(["sleep", "600"], **({} if user is None else {"user": user}))


async def test_an_interrupted_initdb_leaves_nothing_that_counts(home):
    place = places.permanent(home)
    (place.base / "data.new").mkdir()
    (place.base / "data.new" / "PG_VERSION").write_text("18\n")
    async with embedded.running(home) as server:
        assert await query(server.dsn, "select 1") == 1
        assert not (place.base / "data.new").exists()


async def test_a_failed_start_shows_the_end_of_the_log(home):
    async with embedded.running(home) as server:
        place = server.place
    (place.data / "global" / "pg_control").unlink()
    with pytest.raises(embedded.EmbeddedError, match="pg_control"):
        async with embedded.running(home):
            pass


async def test_a_long_path_gets_a_short_socket(home):
    async with embedded.running(home / ("long" * 30)) as server:
        assert len(str(server.place.sockets)) < 100
        assert server.place.sockets.stat().st_mode & 0o777 == 0o700
        assert await query(server.dsn, "select 1") == 1
    server.place.sockets.rmdir()


async def test_without_a_wheel_the_error_says_what_to_do(home, monkeypatch):
    monkeypatch.setattr(places, "WHEEL", "no_such_package")
    with pytest.raises(embedded.EmbeddedError, match="set DATABASE_URL"):
        async with embedded.running(home):
            pass


async def test_a_temporary_server_leaves_nothing():
    async with embedded.temporary() as dsn:
        assert await query(dsn, "show fsync") == "off"
        base = socket_folder(dsn).parent
        assert base.exists()
    assert not base.exists()


TEMPORARY = """
import asyncio
from service.kit import embedded
async def main():
    async with embedded.temporary() as dsn:
        print(dsn, flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""


def killed_test_run() -> Path:
    with subprocess.Popen(
        [sys.executable, "-c", TEMPORARY], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as run:
        base = socket_folder(run.stdout.readline().strip()).parent
        run.kill()
    return base


async def test_a_temporary_server_whose_owner_was_killed_is_swept_by_the_next():
    base = killed_test_run()
    pid = int((base / "data" / "postmaster.pid").read_text().split()[0])
    assert not gone(pid)
    async with embedded.temporary() as dsn:
        assert gone(pid)
        assert not base.exists()
        async with embedded.temporary():
            assert await query(dsn, "select 1") == 1


def test_nobody_but_root_gives_up_a_user(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert places.user_for_root() is None


@as_root
async def test_root_becomes_somebody_else(home):
    async with embedded.running(home) as server:
        assert server.place.data.stat().st_uid == places.user_for_root() != 0
        # What root opens lies where the other user cannot put links.
        assert server.place.base.stat().st_uid == 0
        assert (server.place.base / "log").stat().st_mode & 0o777 == 0o600
        user = pwd.getpwuid(places.user_for_root())
        assert identity(server.process.pid) == (user.pw_uid, user.pw_gid)


@as_root
async def test_root_follows_no_link_in_another_users_folder(home):
    nobody = pwd.getpwnam("nobody")
    base = home / "postgres"
    (base / "run").mkdir(parents=True)
    for folder in (base, base / "run"):
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    (home / "precious").write_text("kept")
    (base / "log").symlink_to(home / "precious")
    with pytest.raises(OSError, match="symbolic links"):
        async with embedded.running(home):
            pass
    assert (home / "precious").read_text() == "kept"


@as_root
async def test_root_in_a_closed_folder(home, monkeypatch):
    shared, closed = home / "shared", home / "closed"
    monkeypatch.setattr(places, "SHARED", shared)
    closed.mkdir(mode=0o700)
    wheel = places._wheel()
    monkeypatch.setattr(places, "_wheel", lambda: closed / places.WHEEL)
    for name in (places.WHEEL, f"{places.WHEEL}.libs"):
        shutil.copytree(wheel.with_name(name), closed / name, ignore=shutil.ignore_patterns("pginstall"))
    for rows in (1, 2):
        async with embedded.running(closed / ".elci") as server:
            await query(server.dsn, "create table if not exists kept (n int)")
            await query(server.dsn, "insert into kept values (1)")
            assert await query(server.dsn, "select count(*) from kept") == rows
            assert server.place.base.parent == server.place.programs.parents[3] == shared
    # The data of one home and one copy of the programs, after two starts.
    assert [path.name.startswith("bin-") for path in shared.iterdir()].count(True) == 1
    assert len(list(shared.iterdir())) == 2


@as_root
async def test_a_removed_home_starts_empty_and_keeps_the_old_data(home, monkeypatch):
    monkeypatch.setattr(places, "SHARED", home / "shared")
    (home / "closed").mkdir(mode=0o700)
    first = places.permanent(home / "closed" / ".elci").base
    shutil.rmtree(home / "closed" / ".elci")
    second = places.permanent(home / "closed" / ".elci").base
    assert first != second
    assert first.exists()
    shutil.rmtree(second)
    with pytest.raises(embedded.EmbeddedError, match="is gone"):
        places.permanent(home / "closed" / ".elci")


@as_root
@pytest.mark.skipif(not Path("/usr/bin/python3").exists(), reason="no Python that an ordinary user may run")
async def test_an_ordinary_user_and_then_root(home):
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    holder = Holder(home, user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[])
    assert identity(holder.postgres) == (nobody.pw_uid, nobody.pw_gid)
    holder.process.send_signal(signal.SIGINT)
    holder.process.communicate()
    async with embedded.running(home) as server:
        assert server.place.user == nobody.pw_uid
        assert await query(server.dsn, "select count(*) from kept") == 1
