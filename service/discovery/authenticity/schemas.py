"""Columns of all candidates as PostgreSQL sends arrays of float8: each value behind its length, NaN unknown.

As lists, 100,000 candidates would be a million objects. `places` count from 1.
"""

from msgspec import Struct


class Figures(Struct, frozen=True):
    """What the scored accounts' profiles show, beside the followers that came with the rates."""

    places: bytes
    following: bytes
    posts: bytes
    bio_length: bytes
    has_picture: bytes
    digit_ratio: bytes
    likes: bytes
    comments: bytes


class Samples(Struct, frozen=True):
    """The newest follower sample of each account that has one."""

    places: bytes
    n: bytes
    flagged: bytes
    tpr: bytes
    fpr: bytes


class Steadiness(Struct, frozen=True):
    """How usual the growth is of each account of whom enough weeks are known."""

    places: bytes
    usual: bytes
    weeks: bytes
    jump: bytes
    jump_day: bytes


class PlatformRatios(Struct, frozen=True):
    """Comments per like of the workspace's accounts on a platform."""

    platform: str
    ratios: bytes
