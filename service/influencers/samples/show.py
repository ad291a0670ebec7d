"""Follower samples as the API shows them."""

from scoring.prevalence import interval
from service.influencers.samples.schemas import FakeShare, FollowerSample, SampleRow
from service.kit import ids

_DIGITS = 6


def sample(row: SampleRow) -> FollowerSample:
    """A sample with the share of fakes that it means."""
    return FollowerSample(
        id=ids.show("smp", row.id),
        account_id=ids.show("acc", row.account_id),
        source=row.source,
        as_of=row.as_of,
        n=row.n,
        n_known=row.n_known,
        flagged=round(row.flagged, _DIGITS),
        tpr=row.tpr,
        fpr=row.fpr,
        model_version=row.model_version,
        fakes=fakes(row.n, row.flagged, row.tpr, row.fpr),
    )


def fakes(n: int, flagged: float, tpr: float, fpr: float) -> FakeShare | None:
    """The share of fakes among the followers that a sample stands for."""
    low, share, high = (float(bound[0]) for bound in interval([n], [flagged], [tpr], [fpr]))
    return (
        FakeShare(round(low, _DIGITS), round(share, _DIGITS), round(high, _DIGITS))
        if share == share
        else None
    )
