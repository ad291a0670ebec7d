"""The child processes of a server: `python -m service.serve.process api|worker`, started by tree.py."""

import argparse
import asyncio
import socket

from service.kit import logs
from service.kit.supervisor import follow
from service.settings import Settings, environment


def main() -> None:
    """Run what the parent asked for, until it stops us or is gone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=["api", "worker"])
    parser.add_argument("--socket", type=int)
    parser.add_argument("--parent", type=int, required=True)
    asked = parser.parse_args()
    follow(asked.parent)
    settings = Settings.from_env(environment())
    logs.configure(settings.log_level)
    if asked.part == "api":
        serve_api(settings, socket.socket(fileno=asked.socket))
    else:
        run_worker(settings)


def serve_api(settings: Settings, listener: socket.socket) -> None:
    """Answer requests on a socket that is bound already, and that other processes may share."""
    import uvicorn

    from service.app import create_app
    from service.serve.protocol import protocol_for

    app = create_app(settings)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=protocol_for(app.state.front),
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        # X-Forwarded-For is read where it is needed, and believed only from ELCI_TRUSTED_PROXIES.
        proxy_headers=False,
        # Without it a single open connection (SSE) would hold up the end for ever.
        timeout_graceful_shutdown=settings.shutdown_timeout,
    )
    uvicorn.Server(config).run(sockets=[listener])


def run_worker(settings: Settings) -> None:
    """Work through jobs."""
    import service.app  # noqa: F401 - importing the domains registers their jobs
    from service.kit.jobs import work

    asyncio.run(work(settings))


if __name__ == "__main__":
    main()
