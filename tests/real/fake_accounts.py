"""The two collections of fake and real accounts as profiles."""

import csv
import json
from pathlib import Path

import numpy as np

from scoring.fake_fit import Collection
from scoring.profiles import Profiles

# Field of a profile -> column of the collection.
INSTAFAKE = {
    "followers": "userFollowerCount",
    "following": "userFollowingCount",
    "posts": "userMediaCount",
    "bio_length": "userBiographyLength",
    "has_picture": "userHasProfilPic",
    "is_private": "userIsPrivate",
}
KAGGLE = {
    "followers": "#followers",
    "following": "#follows",
    "posts": "#posts",
    "bio_length": "description length",
    "has_picture": "profile pic",
    "is_private": "private",
    "digit_ratio": "nums/length username",
    "name_words": "fullname words",
    "has_link": "external URL",
    "name_is_handle": "name==username",
}


def instafake(folder: Path) -> Collection:
    """Each account once."""
    rows: list[dict[str, float]] = []
    for name in ("realAccountData.json", "fakeAccountData.json"):
        rows += json.loads((folder / "fake_accounts" / name).read_text())
    once = [dict(row) for row in dict.fromkeys(tuple(row.items()) for row in rows)]
    columns = {field: [row[column] for row in once] for field, column in INSTAFAKE.items()}
    columns["digit_ratio"] = [row["usernameDigitCount"] / row["usernameLength"] for row in once]
    return _collection(columns, [row["isFake"] for row in once])


def kaggle(folder: Path) -> Collection:
    """Each account once."""
    with (folder / "fake_accounts" / "kaggle_ig_fake_train.csv").open(newline="") as file:
        once = [dict(row) for row in dict.fromkeys(tuple(row.items()) for row in csv.DictReader(file))]
    columns = {field: [float(row[column]) for row in once] for field, column in KAGGLE.items()}
    return _collection(columns, [float(row["fake"]) for row in once])


def _collection(columns: dict[str, list[float]], fake: list[float]) -> Collection:
    return Collection(Profiles.of(len(fake), **columns), np.array(fake, dtype=np.float64))
