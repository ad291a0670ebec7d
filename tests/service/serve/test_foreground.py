import asyncio
import os
import signal

import pytest

from service.serve.foreground import run


async def ask(number: int) -> None:
    os.kill(os.getpid(), number)
    await asyncio.sleep(0.05)


def test_the_verbs_own_exit_code():
    async def main() -> int:
        return 3

    assert run(main()) == 3


@pytest.mark.parametrize(("stopped", "code"), [(0, 0), (None, 128 + signal.SIGTERM)])
def test_asked_to_stop_it_cleans_up_first(stopped, code):
    done = []

    async def main() -> int:
        try:
            await asyncio.gather(ask(signal.SIGTERM), asyncio.sleep(60))
        finally:
            # Impatience does not interrupt the orderly stop.
            await ask(signal.SIGINT)
            done.append("cleaned")
        return 1

    assert run(main(), stopped) == code
    assert done == ["cleaned"]


def test_a_cancellation_that_nobody_asked_for_is_an_error():
    async def main() -> int:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        run(main())
