"""What the demo keeps in ELCI_HOME/demo: the sample, and the keys of the workspaces that it made."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec

from service.accounts.actions import create_workspace
from service.demo.files import write, written
from service.demo.sample import influencers
from service.imports import client
from service.imports.by_name import NamedFile
from service.kit import db
from service.settings import Settings, app_dsn, owner_dsn, search_dsn


def sample(home: Path) -> list[NamedFile]:
    """The sample's files, written when they are first asked for, as of that day."""
    folder = home / "demo" / "sample"
    if not folder.exists():
        # Elsewhere first: a start that was broken off leaves no half sample behind.
        new = home / "demo" / f"sample-{os.getpid()}"
        today = datetime.now(UTC).date()
        write(new, influencers(today), today)
        try:
            new.rename(folder)
        except OSError:  # another start was quicker
            shutil.rmtree(new)
    return written(folder)


async def key_for(settings: Settings, url: str, name: str, files: Sequence[Path]) -> str:
    """The key of the workspace for these files: the one of an earlier demo, else of a new one.

    Raises Refused where the server does not answer.
    """
    place = settings.home / "demo" / "keys.json"
    about = _about(settings, files)
    keys = _read(place)
    if about in keys and await _works(url, keys[about]):
        return keys[about]
    async with db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
        made = await create_workspace(database, name)
    _keep(place, keys | {about: made.api_key})
    return made.api_key


def _about(settings: Settings, files: Sequence[Path]) -> str:
    """What tells one demo from another: database and files. Hashed, as the URL may hold a password."""
    told = [owner_dsn(settings), *sorted(str(file.resolve()) for file in files)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _read(place: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(place.read_bytes(), type=dict[str, str])
    except (FileNotFoundError, msgspec.DecodeError):
        return {}


def _keep(place: Path, keys: dict[str, str]) -> None:
    place.parent.mkdir(mode=0o700, exist_ok=True)
    new = place.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(msgspec.json.encode(keys))
    new.replace(place)


async def _works(url: str, key: str) -> bool:
    try:
        async with client.connect(url, key) as http:
            return (await http.get("/v1/workspace")).is_success
    except httpx.TransportError as error:
        raise client.Refused(f"{url} does not answer: {type(error).__name__}") from error
