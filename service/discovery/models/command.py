"""`elci models`: the API's operations on models from the command line, with a bar for training."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from service.accounts.keys.passing import NoWorkspace, passing_key
from service.imports.client import FINAL, LOOK_S, Refused, connect, good
from service.settings import Settings

SCOPES = frozenset({"discovery:read", "discovery:write", "jobs:read", "jobs:write"})
_WIDTH = 140
"""Of tables that go to a file or a pipe."""


class Asked(msgspec.Struct, frozen=True):
    """What the command line asks: a verb, and its options."""

    verb: str
    model: str
    workspace: str | None
    key: str | None
    as_json: bool


async def run(settings: Settings, url: str, asked: Asked) -> int:
    """Does what is asked; the exit code: 1 where it was refused."""
    try:
        async with _secret(settings, asked) as secret, connect(url, secret) as http:
            found = await VERBS[asked.verb](http, asked.model)
    except (NoWorkspace, Refused) as error:
        Console(stderr=True).print(str(error), highlight=False, markup=False)
        return 1
    except httpx.TransportError as error:
        Console(stderr=True).print(f"the server does not answer: {type(error).__name__}")
        return 1
    if asked.as_json:
        print(msgspec.json.encode(found).decode())
    else:
        _show(asked.verb, found)
    return int(asked.verb == "train" and found["status"] != "succeeded")


@asynccontextmanager
async def _secret(settings: Settings, asked: Asked) -> AsyncIterator[str]:
    if asked.key is not None:
        yield asked.key
        return
    async with passing_key(settings, asked.workspace, "elci models", SCOPES) as made:
        yield made


async def _list(http: httpx.AsyncClient, model: str) -> Any:
    in_force = msgspec.json.decode(good(await http.get("/v1/models/fit")))
    listed = msgspec.json.decode(good(await http.get("/v1/models", params={"limit": 100})))
    return {"in_force": in_force, "models": listed["data"]}


async def _card(http: httpx.AsyncClient, model: str) -> Any:
    return msgspec.json.decode(good(await http.get(f"/v1/models/{model}")))


async def _promote(http: httpx.AsyncClient, model: str) -> Any:
    return msgspec.json.decode(good(await http.post("/v1/models/fit/promote", json={"model_id": model})))


async def _shadow(http: httpx.AsyncClient, model: str) -> Any:
    body = {"model_id": model or None}
    return msgspec.json.decode(good(await http.post("/v1/models/fit/shadow", json=body)))


async def _roll_back(http: httpx.AsyncClient, model: str) -> Any:
    return msgspec.json.decode(good(await http.post("/v1/models/fit/rollback")))


async def _train(http: httpx.AsyncClient, model: str) -> Any:
    """The job when it has ended; cancelled with the command."""
    job = msgspec.json.decode(good(await http.post("/v1/models/fit/train")))
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("training", total=None)
        try:
            while job["status"] not in FINAL:
                await asyncio.sleep(LOOK_S)
                job = msgspec.json.decode(good(await http.get(f"/v1/jobs/{job['id']}")))
                progress.update(bar, completed=job["progress"]["done"], total=job["progress"]["total"])
        except asyncio.CancelledError:
            await asyncio.shield(http.delete(f"/v1/jobs/{job['id']}"))
            raise
    return job


VERBS = {
    "list": _list,
    "card": _card,
    "promote": _promote,
    "shadow": _shadow,
    "rollback": _roll_back,
    "train": _train,
}


def _show(verb: str, found: Any) -> None:
    out = Console() if Console().is_terminal else Console(width=_WIDTH)
    if verb == "list":
        out.print(f"ranks: {found['in_force']['model_version']}", highlight=False)
        out.print(_table(found["models"]))
    elif verb == "card":
        out.print(_of_card(found))
    elif verb == "train":
        out.print(_of_job(found), highlight=False, markup=False)
    else:
        out.print(f"ranks: {found['model_version']}", highlight=False)
        if verb == "shadow":
            out.print(f"watches: {found['shadow_version'] or 'nobody'}", highlight=False)


def _table(models: list[Any]) -> Table:
    table = Table(
        "model", "state", "outcomes", "influencers", "log-loss", "cold start", "gain", "ECE", "may rank"
    )
    for one in models:
        figures = (_figure(one[name]) for name in ("log_loss", "cold_start_log_loss"))
        may = "yes" if one["promotable"] else ", ".join(reason["code"] for reason in one["reasons"])
        table.add_row(
            one["id"],
            one["state"],
            str(one["outcomes"]),
            str(one["influencers"]),
            *figures,
            "-" if one["gain"] is None else f"{one['gain']:.1%}",
            _figure(one["ece"]),
            may,
        )
    return table


def _of_card(found: Any) -> Table:
    table = Table("", found["id"])
    card = {name: value for name, value in found["card"].items() if name != "evaluation"}
    figures = {name: value for name, value in found["card"]["evaluation"].items() if name != "folds"}
    for name, value in {"state": found["state"], **card, **figures}.items():
        table.add_row(name.replace("_", " "), _text(value))
    for number, fold in enumerate(found["card"]["evaluation"]["folds"], 1):
        losses = f"{_figure(fold['log_loss'])} (cold start {_figure(fold['cold_start_log_loss'])})"
        table.add_row(f"block {number}", f"{fold['tested']} by {fold['trained']}: log-loss {losses}")
    return table


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_text(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return _figure(value) if isinstance(value, float) or value is None else str(value)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"


def _of_job(job: Any) -> str:
    if job["status"] != "succeeded":
        return f"{job['status']}: {(job.get('error') or {}).get('detail', '')}".rstrip(": ")
    made = job["result"]
    if made["promotable"]:
        return f"{made['model_id']}: may rank (elci models promote {made['model_id']})"
    return f"{made['model_id']}: does not meet the rule: {', '.join(one['code'] for one in made['reasons'])}"
