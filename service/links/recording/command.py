"""`elci clicks`: the spool by hand, for a home whose server does not run any more."""

import asyncio

import click

from service.links.recording import segments
from service.links.recording.flusher import Flusher
from service.links.recording.loading import Loader
from service.links.recording.spool import Spool
from service.settings import Settings, app_dsn

PATIENCE_S = 600.0


def show(settings: Settings) -> int:
    """Say what is in the spool."""
    folder = settings.home / "spool"
    waiting = _held(settings)
    size, files = segments.size(folder)
    told = f"{files} file(s), {size / 1024 / 1024:.1f} MB"
    click.echo(f"{folder}: {told}; {sum(waiting)} click(s) in files that no process holds")
    return 0


def _held(settings: Settings) -> list[int]:
    """Clicks in each file that no process holds."""
    found = []
    for segment in segments.orphans(settings.home / "spool"):
        found.append(sum(frame.rows for frame in segment.read(segments.LARGEST)))
        segment.close()
    return found


async def load(settings: Settings) -> int:
    """Store what no living process holds; 1 if some of it stays."""
    spool, loader = Spool(settings.home / "spool", sync=False), Loader(app_dsn(settings))
    waiting = await asyncio.to_thread(lambda: sum(_held(settings)))
    try:
        done = await Flusher(loader, spool).drain(PATIENCE_S)
    finally:
        await loader.close()
        spool.close()
    click.echo(f"{waiting} click(s) were waiting" + ("" if done else "; some of them still are"))
    return 0 if done else 1
