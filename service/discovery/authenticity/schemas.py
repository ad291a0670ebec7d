"""Columns of all candidates as bytes, a float8 behind the other, NaN unknown; `places` count from 1.

As lists, 100,000 candidates would be a million objects: 16 columns take .25 s as bytes, .36 as lists, .41 as
bytes of arrays (whose values stand behind their lengths).
"""

from msgspec import Struct


class Facts(Struct, frozen=True):
    """Of the scored accounts: what profiles show, the newest follower sample, how usual the growth is.

    Their followers came with the rates.
    """

    places: bytes
    following: bytes
    posts: bytes
    bio_length: bytes
    has_picture: bytes
    digit_ratio: bytes
    ratio: bytes
    n: bytes
    flagged: bytes
    tpr: bytes
    fpr: bytes
    usual: bytes
    weeks: bytes
    jump: bytes
    jump_day: bytes


class PlatformRatios(Struct, frozen=True):
    """Comments per like of the workspace's accounts on a platform."""

    platform: str
    ratios: bytes
