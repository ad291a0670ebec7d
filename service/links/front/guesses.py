"""Guessing codes: who asks for many that are not there is told to wait, without a look into the database."""

import time

MOST_MISSES = 60
WINDOW_S = 60.0
MOST_ADDRESSES = 10_000


class Guesses:
    """Misses by address within a minute, in the memory of this process."""

    def __init__(self) -> None:
        self._misses: dict[str, tuple[float, int]] = {}

    def miss(self, address: str) -> None:
        """Somebody has asked for a code that is not there."""
        now = time.monotonic()
        since, number = self._misses.pop(address, (now, 0))
        if now - since > WINDOW_S:
            since, number = now, 0
        while len(self._misses) >= MOST_ADDRESSES:
            del self._misses[next(iter(self._misses))]
        self._misses[address] = (since, number + 1)

    def must_wait(self, address: str) -> int:
        """Seconds until an address may ask again for what is not in memory; 0 at once."""
        since, number = self._misses.get(address, (0.0, 0))
        left = since + WINDOW_S - time.monotonic()
        return int(left) + 1 if number >= MOST_MISSES and left > 0 else 0
