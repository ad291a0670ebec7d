"""`elci demo`: from files to a ranked shortlist, through the same API that everybody has."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import httpx
from rich.console import Console
from rich.markup import escape

from service.demo import (
    api,
    asking,
    bringing,
    bringing_showing,
    disclosing,
    disclosing_showing,
    hearing,
    hearing_showing,
    keeping,
    payday,
    payday_showing,
    reach_showing,
    reaching,
    selling,
    selling_showing,
    showing,
)
from service.demo.asking import Wanted
from service.demo.files import SOURCE
from service.discovery.scores.schemas import ScorePage
from service.imports import client, report
from service.imports.by_name import NamedFile, by_name
from service.imports.command import Asked, import_all
from service.imports.report import Done
from service.settings import Settings

_NAME = "Telvecik Kahve (demo)"


async def run(settings: Settings, url: str, files: Sequence[Path], *, stays: bool = False) -> int:
    """The tour on the sample, or on `files`; the exit code: 1 where a file or a step fails.

    `stays`: the server goes on, so it is said how to go on with it.
    """
    out = showing.console()
    try:
        return await _tour(settings, url, list(files), out, stays)
    except client.Refused as error:
        Console(stderr=True, highlight=False).print(f"The demo ends here: {escape(str(error))}")
        return 1


async def _tour(settings: Settings, url: str, given: list[Path], out: Console, stays: bool) -> int:
    key = await keeping.key_for(settings, url, _NAME, given)
    if given:
        files = by_name(given)
    else:
        files = await asyncio.to_thread(keeping.sample, settings.home)
    async with client.connect(url, key) as http:
        done = await _take_in(http, files, given, out)
        with Console(stderr=True).status("reading texts, drawing the graph"):
            await client.settled(http)
        asked = await api.ask(http, wanted := _wanted(given, files, done))
        page = await api.rank(http, asked)
        showing.show(out, page, wanted.brief["name"])
        if page.data:
            await _reach(http, asked, page, wanted, out, made_up=not given)
        if page.data and not given:
            await _sell(settings, http, page, out)
            await _listen(http, page, out)
            await _bring(settings, http, page, out)
    if stays:
        _say_how_to_go_on(out, url, key, asked)
    return int(any(each.failed for each in done))


async def _reach(
    http: httpx.AsyncClient, asked: api.Asked, page: ScorePage, wanted: Wanted, out: Console, *, made_up: bool
) -> None:
    """Whom the list reaches once. The sample's followers are made up; else those that are known count."""
    with Console(stderr=True).status("counting who follows whom"):
        sent = await reaching.send_followers(http, page.data) if made_up else 0
        answers = await reaching.ask(http, asked, page.data, wanted)
    reach_showing.show(out, answers, sent)


async def _sell(settings: Settings, http: httpx.AsyncClient, page: ScorePage, out: Console) -> None:
    """A month of the list's ten as partners, and its payout."""
    with Console(stderr=True).status("a month of clicks, orders and refunds"):
        sold = await selling.sell(settings, http, page.data)
    selling_showing.show(out, sold)
    with Console(stderr=True).status("paying the partners"):
        paid = await payday.pay(settings, http, sold)
    payday_showing.show(out, paid)


async def _listen(http: httpx.AsyncClient, page: ScorePage, out: Console) -> None:
    """A month of what people say of the brand and its rivals, and whether those who got a parcel say so."""
    with Console(stderr=True).status("listening to a month of mentions"):
        heard = await hearing.listen(http, page.data)
    hearing_showing.show(out, heard)
    with Console(stderr=True).status("reading what they posted"):
        disclosed = await disclosing.disclose(http)
    disclosing_showing.show(out, disclosed)


async def _bring(settings: Settings, http: httpx.AsyncClient, page: ScorePage, out: Console) -> None:
    """From one mention to the customers of the customer whom it brought."""
    with Console(stderr=True).status("following one mention"):
        chain = await bringing.bring(settings, http, page.data)
    bringing_showing.show(out, chain)


async def _take_in(
    http: httpx.AsyncClient, files: list[NamedFile], given: list[Path], out: Console
) -> list[Done]:
    """What became of the files. The sample is not sent again; other files are: they may have changed."""
    if not given and await api.has_all(http, [file.path for file in files]):
        out.print(f"The sample is in already: {', '.join(file.path.name for file in files)}.")
        return []
    done = await _import(http, files, None if given else SOURCE)
    report.show(out, done)
    return done


async def _import(http: httpx.AsyncClient, files: list[NamedFile], source: str | None) -> list[Done]:
    """All files in their order, those of one kind together."""
    done: list[Done] = []
    for kind in dict.fromkeys(file.kind for file in files):
        paths = [file.path for file in files if file.kind == kind]
        done += await import_all(http, paths, Asked(kind, source=source))
    return done


def _wanted(given: list[Path], files: list[NamedFile], done: list[Done]) -> Wanted:
    if not given:
        return asking.SAMPLE
    taken = zip(files, done, strict=True)
    return asking.for_files(any(file.kind == "audiences" and not each.failed for file, each in taken))


def _say_how_to_go_on(out: Console, url: str, key: str, asked: api.Asked) -> None:
    lines = (
        f"The list is {asked.shortlist_id}, the brief {asked.brief_id}; elci goes on at {url}.",
        f"Documentation:  {url}/docs",
        f"Your key:       {key}",
        "Try:",
        f"  curl -s {url}/v1/shortlists/{asked.shortlist_id}/items -H 'Authorization: Bearer {key}'",
    )
    # Unwrapped, so that the command can be copied.
    out.print("\n".join(lines), soft_wrap=True, markup=False)
