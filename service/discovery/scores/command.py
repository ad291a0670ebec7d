"""`elci score`: files and a brief in, a ranking out; the service's own way, on a database for this once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any

import httpx
import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from service.discovery.scores import tables
from service.discovery.scores.schemas import Scored, ScorePage
from service.imports import client, report
from service.imports.by_name import by_name
from service.imports.command import Asked, import_all
from service.imports.report import Done

PAGE = 100
SHOWN = 20
Json = dict[str, Any]


class Given(msgspec.Struct, frozen=True):
    """A brief as POST /v1/briefs takes it, and the filters of its ranking."""

    brief: Json
    filters: Json


def read_brief(file: Path) -> Given:
    """The brief of a JSON file; `filters` may stand beside its fields. Raises client.Refused."""
    try:
        body = msgspec.json.decode(file.read_bytes(), type=Json)
    except msgspec.MsgspecError as error:
        raise client.Refused(f"{file.name} is no brief: {error}") from error
    filters = body.pop("filters", {})
    if not isinstance(filters, dict):
        raise client.Refused(f"{file.name}: filters must be an object")
    return Given({"name": file.stem, **body}, filters)


async def run(url: str, key: str, given: Given, files: list[Path], out: Path | None, language: str) -> int:
    """Ranks what the files hold; the exit code: 1 where a file or a step fails."""
    said = Console(stderr=True, highlight=False)
    try:
        async with client.connect(url, key) as http:
            failed = await _take_in(http, files, said)
            with said.status("reading texts, drawing the graph"):
                await client.settled(http)
            await _rank(http, given, out, language, said)
    except client.Refused as error:
        said.print(f"No ranking: {escape(str(error))}")
        return 1
    return int(failed)


async def _take_in(http: httpx.AsyncClient, files: list[Path], said: Console) -> bool:
    """Whether a file failed; what became of each is told."""
    done: list[Done] = []
    for kind, group in groupby(by_name(files), key=lambda file: file.kind):
        done += await import_all(http, [file.path for file in group], Asked(kind))
    report.show(said, done)
    return any(each.failed for each in done)


async def _rank(
    http: httpx.AsyncClient, given: Given, out: Path | None, language: str, said: Console
) -> None:
    brief = msgspec.json.decode(await _call(http, "POST", "/v1/briefs", json=given.brief))
    asked = {"filters": given.filters, "limit": PAGE, "language": language}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with ExitStack() as stack:
        write = stack.enter_context(tables.writer(out)) if out else None
        progress = stack.enter_context(Progress(*columns, console=said))
        bar = progress.add_task("ranking", total=None)
        async for page in _pages(http, f"/v1/briefs/{brief['id']}/scores", asked):
            progress.update(bar, advance=len(page.data), total=page.candidates)
            if write is None:
                _show(page)
                return
            write(page.data)
    said.print(f"{escape(str(out))} is written.")


async def _pages(http: httpx.AsyncClient, path: str, asked: Json) -> AsyncIterator[ScorePage]:
    while True:
        page = msgspec.json.decode(await _call(http, "POST", path, json=asked), type=ScorePage)
        yield page
        if page.next_cursor is None:
            return
        asked = {**asked, "cursor": page.next_cursor}


async def _call(http: httpx.AsyncClient, method: str, path: str, **more: Any) -> bytes:
    """A call that waits where the service asks for patience. Raises Refused."""
    answer = await http.request(method, path, **more)
    while answer.status_code == 429:
        await asyncio.sleep(float(answer.headers.get("retry-after", 1)))
        answer = await http.request(method, path, **more)
    return client.good(answer)


def _show(page: ScorePage) -> None:
    table = Table("#", "influencer", "platform", "followers", "fit", "confidence", "why")
    for one in page.data[:SHOWN]:
        table.add_row(*map(escape, _cells(one)))
    Console().print(table)


def _cells(one: Scored) -> list[str]:
    account, fit = one.account, one.fit
    followers = f"{account.followers:,}" if account and account.followers is not None else ""
    score = "" if fit.score is None else f"{fit.score:.1f}"
    platform = account.platform if account else ""
    return [
        *(str(one.rank), one.influencer.name, platform, followers, score),
        *(f"{fit.confidence:.0%}", "; ".join(one.sentences)),
    ]
