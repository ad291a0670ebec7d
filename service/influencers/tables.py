"""Influencers and brands keep accounts, snapshots and posts in tables of one shape; statements name which."""

from typing import NamedTuple

from service.influencers.problems import UnknownBrand, UnknownInfluencer
from service.kit.problems import Problem


class Tables(NamedTuple):
    """The closed set of names that statements for either owner are built from."""

    owners: str
    key: str
    accounts: str
    snapshots: str
    posts: str
    prefix: str
    unknown: type[Problem]


INFLUENCERS = Tables(
    owners="influencers",
    key="influencer_id",
    accounts="influencer_accounts",
    snapshots="influencer_snapshots",
    posts="influencer_posts",
    prefix="inf",
    unknown=UnknownInfluencer,
)
BRANDS = Tables(
    owners="brands",
    key="brand_id",
    accounts="brand_accounts",
    snapshots="brand_snapshots",
    posts="brand_posts",
    prefix="brd",
    unknown=UnknownBrand,
)

FIGURES = (
    "followers",
    "following",
    "posts_count",
    "avg_views",
    "avg_likes",
    "avg_comments",
    "avg_shares",
    "avg_engagements",
    "avg_engagements_authentic",
)
GIVEN = (
    "er_given",
    "er_given_format",
    "er_given_basis",
    "er_given_components",
    "er_given_statistic",
    "er_given_n",
    "er_given_window_days",
)
RATE = (
    "er_value",
    "er_format",
    "er_basis",
    "er_components",
    "er_statistic",
    "er_n",
    "er_window_days",
    "er_origin",
)
