"""Passwords: Argon2id, off the event loop, and as slow for nobody as for somebody."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

_HASHER = PasswordHash((Argon2Hasher(),))
# A hash takes 64 MB and all of a core for a moment: a burst of log-ins waits here.
_THREADS = ThreadPoolExecutor(2, thread_name_prefix="argon2")

# Of no password in use: what an unknown address is compared with.
NOBODY: Final = "$argon2id$v=19$m=65536,t=3,p=4$hmEQsDPt8fcswMZVndWNRA$" + (
    "nFbJQqsfYTIbWr2IaW0ZVoAEcuXQvRr2DQZozwxJ4HQ"
)


async def hashed(password: str) -> str:
    """What is stored of a password."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def matches(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Whether it is the password, and its new hash where the stored one is weaker than today's.

    None for `stored` takes as long as a real one.
    """
    loop = asyncio.get_running_loop()
    valid, stronger = await loop.run_in_executor(
        _THREADS, _HASHER.verify_and_update, password, stored or NOBODY
    )
    return valid and stored is not None, stronger if stored is not None else None
