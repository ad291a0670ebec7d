"""A file of followers, judged: how many are fake, and how likely each of them."""

from collections.abc import Iterable

from msgspec import Struct

from scoring.arrays import Floats
from scoring.fakes import FakeModel
from service.imports.rejects import Reject
from service.influencers.samples import show
from service.influencers.samples.reading import Followers
from service.influencers.samples.schemas import FakeShare
from service.influencers.samples.values import profiles_of


class Judged(Struct):
    """`fakes` is null where so little is known of the profiles that it tells nothing; `columns` are the
    headers of the fields that were found."""

    file: str
    read: int
    n: int
    fakes: FakeShare | None
    flagged: float
    tpr: float
    fpr: float
    model_version: str
    columns: dict[str, str]
    rejects: list[Reject]


def judge(file: str, followers: Followers, model: FakeModel) -> tuple[Judged, Floats]:
    """What a file says, and a probability for each row that was read.

    The probabilities hold for this file: their prior is the share of fakes that is estimated here.
    """
    profiles = profiles_of(followers.profiles)
    counted = model.count(profiles)
    share = show.fakes(counted.n, counted.flagged, counted.tpr, counted.fpr) if counted.n else None
    judged = Judged(
        file=file,
        read=len(followers.rows) + len(followers.rejects),
        n=counted.n,
        fakes=share,
        flagged=round(counted.flagged, 6),
        tpr=round(counted.tpr, 6),
        fpr=round(counted.fpr, 6),
        model_version=model.version,
        columns=followers.columns,
        rejects=followers.rejects,
    )
    return judged, model.probability(profiles, None if share is None else _inside(share.estimate, counted.n))


def _inside(share: float, n: int) -> float:
    """A share of 0 or 1 would leave no doubt about anybody, which no sample does (rule of succession)."""
    return (share * n + 1) / (n + 2)


def lines(followers: Followers, probability: Floats) -> Iterable[tuple[int, str, str]]:
    """Row number, handle and probability of each row that was read."""
    for row, profile, likely in zip(followers.rows, followers.profiles, probability, strict=True):
        yield row, profile.handle or "", f"{likely:.6f}"
