"""`elci import`: files through the API, with a bar for each, and a table of what became of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import httpx
import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from service.accounts.keys.passing import NoWorkspace, passing_key
from service.imports import client, report
from service.imports.report import Done
from service.imports.schemas import Import
from service.settings import Settings

SCOPES = frozenset({"imports:read", "imports:write"})
_WIDTH = 140
"""Of tables that go to a file or a pipe."""


class Asked(msgspec.Struct, frozen=True):
    """The options of the command line, as the API takes them."""

    kind: str
    platform: str | None = None
    as_of: date | None = None
    mapping: dict[str, str | None] = {}
    sheet: str | None = None
    source: str | None = None
    legal_basis: str | None = None
    dry_run: bool = False

    def params(self) -> dict[str, str]:
        """The query parameters that were given."""
        given = {name: value for name, value in msgspec.structs.asdict(self).items() if value}
        given |= {"mapping": msgspec.json.encode(self.mapping).decode()} if self.mapping else {}
        given |= {"dry_run": "true"} if self.dry_run else {}
        return {name: str(value) for name, value in given.items()}


async def run(
    settings: Settings,
    url: str,
    files: list[Path],
    asked: Asked,
    *,
    key: str | None = None,
    workspace: str | None = None,
    as_json: bool = False,
) -> int:
    """Imports files one after the other; the exit code: 1 where one of them is not in.

    Without a key it makes one for its own duration, in `workspace` or the only one there is.
    """
    out = Console() if Console().is_terminal else Console(width=_WIDTH)
    try:
        async with _secret(settings, key, workspace) as secret, client.connect(url, secret) as http:
            done = await import_all(http, files, asked)
    except NoWorkspace as error:
        Console(stderr=True).print(str(error), highlight=False)
        return 1
    if as_json:
        print(report.as_json(done))
    else:
        report.show(out, done)
    return int(any(each.failed for each in done))


@asynccontextmanager
async def _secret(settings: Settings, key: str | None, workspace: str | None) -> AsyncIterator[str]:
    if key is not None:
        yield key
        return
    async with passing_key(settings, workspace, "elci import", SCOPES) as made:
        yield made


async def import_all(http: httpx.AsyncClient, files: list[Path], asked: Asked) -> list[Done]:
    """Imports files one after the other with progress on standard error; what became of each."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[said]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        return [await _one(http, file, asked, progress) for file in files]


async def _one(http: httpx.AsyncClient, file: Path, asked: Asked, progress: Progress) -> Done:
    bar = progress.add_task(f"{file.name}: uploading", total=client.size(file), said="")
    made: Import | None = None
    try:
        made = await client.upload(
            http, file, asked.params(), lambda sent: progress.update(bar, completed=sent)
        )
        progress.reset(bar, total=None, description=f"{file.name}: importing")
        made = await client.follow(http, made.id, lambda now: _move(progress, bar, now))
        found = await client.rejects(http, made.id, 100) if made.counts.rejected else []
        return Done(file.name, made, found)
    except client.Refused as error:
        return Done(file.name, made, problem=str(error))
    except asyncio.CancelledError:
        if made is not None:
            with contextlib.suppress(httpx.HTTPError):
                await asyncio.shield(client.cancel(http, made.id))
        raise


def _move(progress: Progress, bar: TaskID, now: Import) -> None:
    done, total = now.progress.done, now.progress.total
    said = f"{done:,} rows" if now.status == "running" else now.status
    progress.update(bar, completed=done, total=total, said=said)
