"""Threads for what a request waits for: two at once, so that computations do not take all cores."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 2
_POOL = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="graphs")


async def in_thread(function: Callable[[], T]) -> T:
    """The function's answer, while the loop goes on."""
    return await asyncio.get_running_loop().run_in_executor(_POOL, function)
