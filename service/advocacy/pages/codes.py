"""Personal codes by a pattern. Pure, but for chance, which is handed in."""

import re
from collections.abc import Callable

from service.kit.text import fold_tr
from service.links.coupons.codes import folded

# No vowels (no words come out), none of 0 O, 1 I L.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
NAME, CHANCE = "{name}", "#"
# 28^4: of a thousand Ayşes two get the same code in a thousandth of the cases, and it is drawn anew then.
LEAST_CHANCE = 4
LONGEST_NAME = 12
_OTHER = re.compile(r"[^a-z0-9]")


def faults(pattern: str) -> list[str]:
    """What is wrong with a pattern.

    >>> faults("{name}-####"), faults("KAHVE"), faults("{ad}####")
    ([], ['needs 4 # or more'], ['has a brace that is not {name}'])
    >>> faults("%####")
    ['holds more than letters, digits, . _ and -']
    """
    bare = pattern.replace(NAME, "a")
    if "{" in bare or "}" in bare:
        return ["has a brace that is not {name}"]
    if pattern.count(CHANCE) < LEAST_CHANCE:
        return [f"needs {LEAST_CHANCE} # or more"]
    if folded(bare.replace(CHANCE, "7")) is None:
        return ["holds more than letters, digits, . _ and -"]
    return []


def made(pattern: str, name: str, choose: Callable[[str], str]) -> str:
    """A code for somebody. `choose` draws a letter or digit.

    >>> made("{name}-####", "Şule Işık", lambda _: "7"), made("K{name}####", "李", lambda _: "7")
    ('SULE-7777', 'KDOST7777')
    """
    code = pattern.replace(NAME, _first(name))
    return "".join(choose(ALPHABET) if char == CHANCE else char for char in code)


def _first(name: str) -> str:
    """The first name as a code can hold it; without one that can, a friend's."""
    for word in name.split():
        if plain := _OTHER.sub("", fold_tr(word)):
            return plain[:LONGEST_NAME].upper()
    return "DOST"
