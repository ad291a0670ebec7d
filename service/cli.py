"""The command line. Modules that cost time are imported by the verb that needs them."""

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from service.mentions.sentiment.verbs import evaluate_sentiment, train
from service.settings import ONE_THREAD, Settings, SettingsError, environment, unknown

if TYPE_CHECKING:
    from service.links.sources.command import Kind
    from service.serve import Attached

ROOT = Path(__file__).parents[1]
_FILES = click.Path(exists=True, dir_okay=False, path_type=Path)

click.rich_click.MAX_WIDTH = 110


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def elci() -> None:
    """elci: find influencers, score their fit, share the shortlist. A self-hosted API.

    Settings are environment variables; README.md lists them.
    """


@elci.command()
@click.option("--host", help="Address to listen on (ELCI_HOST).")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one (ELCI_PORT).")
@click.option("--no-worker", is_flag=True, help="Leave the job worker out: `elci worker` runs one elsewhere.")
def serve(host: str | None, port: int | None, no_worker: bool) -> None:
    """Run it all: database, migrations, API processes, a job worker."""
    settings, env = _settings(host, port)

    async def main() -> int:
        from service.serve import serving

        async with serving(settings, env, worker=not no_worker) as server:
            _say(f"elci answers at {server.url} (documentation: {server.url}/docs). Ctrl-C stops it.")
            return await _for_ever()

    _run(main(), stopped=0)


@elci.command()
def worker() -> None:
    """Run one more job worker."""

    async def main(there: "Attached") -> int:
        import service.app  # noqa: F401 - importing the domains registers their jobs
        from service.kit.jobs import work

        await work(there.settings)
        return 0

    _attach(main, announce=True)


@elci.command()
def migrate() -> None:
    """Bring the database to this version, and make the roles that the service runs as."""

    async def main(there: "Attached") -> int:
        from migrations.migrate import migrate as run
        from migrations.newest import head

        # Done already, unless a server of an older version is running.
        await run(there.settings)
        _say(f"the database is at version {head()}")
        return 0

    _attach(main)


@elci.command()
@click.option("--once", is_flag=True, help="End after the table, instead of serving on.")
@click.option("--import", "files", type=_FILES, help="Your file instead of the sample; more may follow it.")
@click.argument("more", nargs=-1, type=_FILES, metavar="[FILE...]")
@click.option("--host", help="Address to listen on (ELCI_HOST).")
@click.option("--port", type=int, help="Port to listen on (ELCI_PORT).")
def demo(once: bool, files: Path | None, more: tuple[Path, ...], host: str | None, port: int | None) -> None:
    """The tour: a workspace, influencers, a brief, the ranked shortlist with its reasons."""
    given = ([files] if files else []) + list(more)

    async def main(there: "Attached") -> int:
        from service.demo.command import run

        stays = not (once and there.ours)
        code = await run(there.settings, there.url or "", given, stays=stays)
        if once or code or not there.ours:
            return code
        _say("Ctrl-C stops it.")
        return await _for_ever()

    # One that ends after the table must not be in the way of another server's port.
    _attach(main, api=True, host=host, port=0 if once and port is None else port, stopped=0)


@elci.command("import")
@click.argument("kind")
@click.argument("files", nargs=-1, required=True, type=_FILES, metavar="FILE...")
@click.option("--workspace", metavar="ID", help="The workspace (ws_...); may be left out where there is one.")
@click.option("--key", metavar="sk_...", help="A key of the workspace; else one is made for this command.")
@click.option("--platform", help="The platform of the accounts.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that the figures are of.")
@click.option("--mapping", multiple=True, metavar="COLUMN=FIELD", help="What a column is; may be repeated.")
@click.option("--sheet", help="The sheet of a workbook.")
@click.option("--source", help="Where the data was collected.")
@click.option("--legal-basis", help="On what ground it is kept.")
@click.option("--dry-run", is_flag=True, help="Show the mapping and the first rows, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_(
    kind: str,
    files: tuple[Path, ...],
    workspace: str | None,
    key: str | None,
    as_of: datetime | None,
    mapping: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Import files of a KIND (influencers, audiences, posts, ...), with a progress bar."""
    columns: dict[str, str | None] = dict(_pair(text) for text in mapping)

    async def main(there: "Attached") -> int:
        from service.imports.command import Asked, run

        asked = Asked(kind, as_of=as_of.date() if as_of else None, mapping=columns, **options)
        return await run(
            there.settings,
            there.url or "",
            list(files),
            asked,
            key=key,
            workspace=workspace,
            as_json=as_json,
        )

    # A server of its own must not be in the way of another one's port.
    _attach(main, api=True, port=0)


@elci.command()
@click.argument("files", nargs=-1, required=True, type=_FILES, metavar="FILE...")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write each row's probability (CSV)."
)
@click.option("--sheet", help="The sheet of a workbook.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def followers(files: tuple[Path, ...], out: Path | None, sheet: str | None, as_json: bool) -> None:
    """Say how many of the followers in FILEs (CSV, XLSX, JSON, NDJSON) look fake. Needs no server."""
    from service.influencers.samples.command import run

    sys.exit(run(list(files), out=out, sheet=sheet, as_json=as_json))


@elci.command()
@click.argument("brief", type=_FILES, metavar="BRIEF.json")
@click.argument("files", nargs=-1, required=True, type=_FILES, metavar="FILE...")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="ranked.csv, .xlsx or .json.")
@click.option("--language", type=click.Choice(["en", "tr"]), default="en", help="Of the reasons.")
def score(brief: Path, files: tuple[Path, ...], out: Path | None, language: str) -> None:
    """Rank what is in FILES by a brief, without a server: nothing is kept but the ranking."""
    import tempfile

    from service.discovery.scores.command import read_brief, run
    from service.discovery.scores.tables import ending
    from service.imports.client import Refused

    _quieten("error")
    try:
        given = read_brief(brief)
        if out is not None:
            ending(out)
    except (Refused, ValueError) as error:
        raise click.ClickException(str(error)) from error

    async def whole() -> int:
        from service.accounts.actions import create_workspace
        from service.kit import db
        from service.serve import standalone
        from service.settings import app_dsn, search_dsn

        with tempfile.TemporaryDirectory(prefix="elci-score-") as home:
            async with standalone(Path(home), environment()) as (settings, url):
                async with db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
                    made = await create_workspace(database, "score", None)
                return await run(url, made.api_key, given, list(files), out, language)

    _run(whole())


@elci.group()
def models() -> None:
    """Models that learn a fit from finished collaborations."""


_WORKSPACE = click.option(
    "--workspace", metavar="ID", help="The workspace (ws_...); may be left out where there is one."
)
_KEY = click.option(
    "--key", metavar="sk_...", help="A key of the workspace; else one is made for this command."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _about_models(verb: str, workspace: str | None, key: str | None, as_json: bool, model: str = "") -> None:
    async def main(there: "Attached") -> int:
        from service.discovery.models.command import Asked, run

        asked = Asked(verb, model, workspace, key, as_json)
        return await run(there.settings, there.url or "", asked)

    _attach(main, api=True, port=0)


@models.command("list")
@_WORKSPACE
@_KEY
@_JSON
def list_models(workspace: str | None, key: str | None, as_json: bool) -> None:
    """The models, the newest first, and which one ranks."""
    _about_models("list", workspace, key, as_json)


@models.command("train")
@_WORKSPACE
@_KEY
@_JSON
def train_model(workspace: str | None, key: str | None, as_json: bool) -> None:
    """Train a model on all finished collaborations, with a progress bar. It does not rank by that."""
    _about_models("train", workspace, key, as_json)


@models.command("card")
@click.argument("model", metavar="MODEL")
@_WORKSPACE
@_KEY
@_JSON
def show_model(model: str, workspace: str | None, key: str | None, as_json: bool) -> None:
    """What MODEL (mdl_...) learned from, and its figures beside the cold start's."""
    _about_models("card", workspace, key, as_json, model)


@models.command("promote")
@click.argument("model", metavar="MODEL")
@_WORKSPACE
@_KEY
@_JSON
def promote_model(model: str, workspace: str | None, key: str | None, as_json: bool) -> None:
    """Let MODEL rank, if it meets the rule."""
    _about_models("promote", workspace, key, as_json, model)


@models.command("shadow")
@click.argument("model", metavar="[MODEL]", required=False)
@_WORKSPACE
@_KEY
@_JSON
def shadow_model(model: str | None, workspace: str | None, key: str | None, as_json: bool) -> None:
    """Let MODEL watch: its fits are kept beside a ranking that it does not change. Without MODEL: nobody."""
    _about_models("shadow", workspace, key, as_json, model or "")


@models.command("rollback")
@_WORKSPACE
@_KEY
@_JSON
def roll_back_model(workspace: str | None, key: str | None, as_json: bool) -> None:
    """Take the model that ranks out: the one before ranks again, else the cold start."""
    _about_models("rollback", workspace, key, as_json)


@elci.group()
def evaluate() -> None:
    """How well what elci learns holds on data that it was not fitted on."""


@evaluate.command("brands")
@click.argument("train", type=_FILES, metavar="TRAIN.npz")
@click.argument("test", type=_FILES, required=False, metavar="[TEST.npz]")
@click.option("--repetitions", type=click.IntRange(1, 100), default=5, help="Of the folds, with other seeds.")
def evaluate_brands(train: Path, test: Path | None, repetitions: int) -> None:
    """Rank influencers for unseen brands by topics and hashtags: AUC, recall in the first 10 and 50.

    Folds by brand of TRAIN, or fitted on TRAIN and measured on TEST. README.md of scoring says what the
    arrays are called.
    """
    from threadpoolctl import threadpool_limits

    from scoring.brandfit.evaluation import METHODS, evaluate_files

    try:
        with threadpool_limits(1):  # settings.ONE_THREAD says why
            found = evaluate_files(str(train), str(test) if test else None, repetitions=repetitions)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{found.protocol}; mean and standard deviation of {len(found.runs['learned'])} repetition(s)")
    click.echo(f"{'':10}{'AUC':>16}{'R@10':>16}{'R@50':>16}")
    for method in METHODS:
        pairs = zip(found.mean(method), found.deviation(method), strict=True)
        cells = (f"{mean:.3f} ({spread:.3f})" for mean, spread in pairs)
        click.echo(f"{method:10}" + "".join(f"{cell:>16}" for cell in cells))


evaluate.add_command(evaluate_sentiment)
elci.add_command(train)


@elci.group()
def workspace() -> None:
    """Workspaces."""


@workspace.command("create")
@click.argument("name")
@click.option("--owner", metavar="EMAIL", help="Invite this person as its owner; shows where to accept.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def create(name: str, owner: str | None, as_json: bool) -> None:
    """Make a workspace with an owner's key, which is shown this once."""

    async def main(there: "Attached") -> int:
        import msgspec

        from service.accounts.actions import create_workspace
        from service.kit import db
        from service.settings import app_dsn, search_dsn

        settings = there.settings
        async with db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
            answer = msgspec.to_builtins(await create_workspace(database, name, owner))
        made = {key: value for key, value in answer.items() if value is not None}
        lines = [f"{key}: {value}" for key, value in made.items()]
        click.echo(msgspec.json.encode(made).decode() if as_json else "\n".join(lines))
        return 0

    _attach(main)


@elci.group()
def ranges() -> None:
    """Lists of addresses: the countries of visitors, and data centres, whose clicks don't count."""


_KIND = click.option(
    "--kind", type=click.Choice(["country", "datacenter"]), default="country", help="What the list says."
)


@ranges.command("import")
@click.argument("file", type=_FILES)
@_KIND
@click.option("--source", help="Where the list is from; else the file's name.")
def import_ranges(file: Path, kind: "Kind", source: str | None) -> None:
    """Use FILE (CSV of `network,country` or `start,end,country`) in the place of the list before."""

    async def main(there: "Attached") -> int:
        from service.links.sources.command import import_file

        return await import_file(there.settings, file, kind, source)

    _attach(main)


@ranges.command("list")
def list_ranges() -> None:
    """The lists that are in use."""

    async def main(there: "Attached") -> int:
        from service.links.sources.command import show

        return await show(there.settings)

    _attach(main)


@ranges.command("remove")
@_KIND
def remove_ranges(kind: "Kind") -> None:
    """Take a list out of use."""

    async def main(there: "Attached") -> int:
        from service.links.sources.command import remove

        return await remove(there.settings, kind)

    _attach(main)


@elci.group()
def clicks() -> None:
    """Clicks that wait on this machine's disk for the database."""


@clicks.command("waiting")
def waiting_clicks() -> None:
    """Say how many clicks wait that no running process sees to."""
    from service.links.recording.command import show

    settings, _ = _settings(quiet=True)
    sys.exit(show(settings))


@clicks.command("load")
def load_clicks() -> None:
    """Store them, where no server runs that does it by itself."""

    async def main(there: "Attached") -> int:
        from service.links.recording.command import load

        return await load(there.settings)

    _attach(main)


@elci.group()
def stats() -> None:
    """Statistics of clicks."""


@stats.command("rebuild")
def rebuild_stats() -> None:
    """Make the roll-ups anew from the clicks that are kept, and say how many hours were other before."""

    async def main(there: "Attached") -> int:
        from service.links.counting.command import run

        return await run(there.settings)

    _attach(main)


@elci.command()
@click.option("--check", is_flag=True, help="Only say whether it is up to date.")
def openapi(check: bool) -> None:
    """Write the OpenAPI document to openapi/openapi.json."""
    from service.app import create_app
    from service.kit.openapi import render

    # The document depends on the code alone: no home is made for it.
    made = render(create_app(Settings.from_env({"ELCI_SECRET_KEY": "-" * 32})))
    file = ROOT / "openapi" / "openapi.json"
    if check and not (file.exists() and file.read_bytes() == made):
        raise click.ClickException(f"{file} is not what the code says: run `elci openapi`")
    if not check:
        file.write_bytes(made)


@elci.command()
@click.argument("name")
@click.option("--size", type=click.IntRange(1), help="Rows or profiles; each benchmark has a default.")
def bench(name: str, size: int | None) -> None:
    """Measure NAME (advocacy, conversions, import, influence, reach, redirect, score, search, spikes)."""

    async def main(there: "Attached") -> int:
        from service.bench import UnknownBenchmark, run

        try:
            return await run(name, there.settings, size)
        except UnknownBenchmark as error:
            raise click.BadParameter(str(error), param_hint="NAME") from error

    _attach(main)


@elci.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run the tests, on two processors or more side by side. ARGUMENTS go to pytest (`-n 0`: one by one)."""
    os.chdir(ROOT)
    env = ONE_THREAD | environment()
    command = [sys.executable, "-m", "pytest", *_side_by_side(arguments), *arguments]
    os.execve(sys.executable, command, env)  # noqa: S606 - no shell is meant


def _side_by_side(arguments: tuple[str, ...]) -> list[str]:
    """A PostgreSQL a process. Fault tests kill and wait by the clock: they have the machine to themselves."""
    if "--faults" in arguments:
        return []
    return [f"--numprocesses={min(os.cpu_count() or 1, 4)}", "--dist=worksteal"]


def _pair(text: str) -> tuple[str, str]:
    column, equals, field = text.rpartition("=")
    if not equals or not column:
        raise click.BadParameter(f"{text!r}: expected COLUMN=FIELD", param_hint="--mapping")
    return column, field


def _settings(
    host: str | None = None, port: int | None = None, *, quiet: bool = False
) -> tuple[Settings, dict[str, str]]:
    given = {"ELCI_HOST": host, "ELCI_PORT": None if port is None else str(port)}
    env = environment() | {name: value for name, value in given.items() if value is not None}
    if quiet:
        env.setdefault("ELCI_LOG_LEVEL", "warning")
    try:
        settings = Settings.from_env(env)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    _quieten(settings.log_level)
    for name in unknown(env):
        _say(f"{name} is no setting that elci knows")
    if settings.allow_targets:
        targets = ", ".join(f"{host}:{port}" for host, port in settings.allow_targets)
        _say(f"outgoing calls may reach {targets} (ELCI_ALLOW_TARGETS)")
    return settings, env


def _quieten(level: str) -> None:
    from service.kit import logs

    logs.configure(level)
    # It announces each of its own plug-ins at every start.
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)


def _attach(
    main: Callable[["Attached"], Awaitable[int]],
    *,
    api: bool = False,
    announce: bool = False,
    host: str | None = None,
    port: int | None = None,
    stopped: int | None = None,
) -> None:
    """Run `main` on the server that runs already, else on one for its own duration."""
    settings, env = _settings(host, port, quiet=not announce)

    async def whole() -> int:
        from service.serve import attached

        async with attached(settings, env, api=api, announce=announce) as there:
            return await main(there)

    _run(whole(), stopped)


def _run(main: Coroutine[Any, Any, int], stopped: int | None = None) -> None:
    from migrations.migrate import MissingRoles
    from service.serve.foreground import EXPECTED, run

    try:
        sys.exit(run(main, stopped))
    except MissingRoles as error:
        # Unframed, so that the statements can be copied.
        _say(str(error))
        sys.exit(1)
    except EXPECTED as error:
        raise click.ClickException(str(error)) from error


async def _for_ever() -> int:
    await asyncio.Event().wait()
    return 0


def _say(text: str) -> None:
    click.echo(text, err=True)


def main() -> None:
    """The console script's entry."""
    elci(prog_name="elci")


if __name__ == "__main__":
    main()
