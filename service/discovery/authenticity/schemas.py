"""Columns of all candidates as PostgreSQL sends arrays of float8: each value behind its length, NaN unknown.

As lists, 100,000 candidates would be a million objects. `places` count from 1.
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
    likes: bytes
    comments: bytes
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
