"""What a sample of followers counts: pure. Who they are is forgotten here."""

from collections.abc import Sequence

from msgspec import Struct

from scoring.fakes import FakeModel
from scoring.prevalence import LEAST_DIFFERENCE
from scoring.profiles import Profiles, digit_ratio
from service.influencers.problems import NotASample
from service.influencers.samples.schemas import FollowerProfile, NewFollowerSample
from service.kit.text import fold_tr

# A vendor's share without the size of its sample; audiences without one count the same.
UNKNOWN_SAMPLE = 200
VERDICTS = ("suspicious", "credibility", "audience_types", "audience_by_type")
# A vendor's kinds of followers that are no people. Who follows thousands is one, though a poor reader.
_FAKE = "suspicious"


class Counts(Struct, frozen=True):
    """A sample as it is kept."""

    n: int
    n_known: bool
    flagged: float
    tpr: float
    fpr: float
    model_version: str | None


def counts(new: NewFollowerSample, model: FakeModel) -> Counts:
    """The counts of a sample. Raises NotASample where it says nothing, or several things."""
    given = [name for name in ("profiles", *VERDICTS) if getattr(new, name) is not None]
    if len(given) != 1:
        raise NotASample(f"exactly one of profiles, {', '.join(VERDICTS)} makes a sample, not {len(given)}")
    if new.profiles is None:
        return _of_vendor(new)
    if any(value is not None for value in (new.n, new.tpr, new.fpr)):
        raise NotASample("n, tpr and fpr are a vendor's: profiles are counted and judged here")
    counted = model.count(profiles_of(new.profiles))
    if counted.n == 0:
        raise NotASample("nothing is known of any of the profiles")
    return Counts(counted.n, True, counted.flagged, counted.tpr, counted.fpr, model.version)


def _of_vendor(new: NewFollowerSample) -> Counts:
    n = new.n or UNKNOWN_SAMPLE
    tpr = 1.0 if new.tpr is None else new.tpr
    fpr = 0.0 if new.fpr is None else new.fpr
    if tpr - fpr < LEAST_DIFFERENCE:
        raise NotASample("tpr and fpr are so close that the verdict tells nothing")
    if new.suspicious is None:
        return Counts(n, new.n is not None, n * _share(new), tpr, fpr, None)
    if new.n is None or new.suspicious > new.n:
        raise NotASample("suspicious needs the n followers among whom it was counted")
    return Counts(n, True, float(new.suspicious), tpr, fpr, None)


def _share(new: NewFollowerSample) -> float:
    """The share of fakes by a vendor's verdict."""
    if new.credibility is not None:
        return 1.0 - new.credibility
    if new.audience_by_type is not None:
        return new.audience_by_type.bots / 100
    found = [one.weight for one in new.audience_types or () if one.code == _FAKE]
    if len(found) != 1:
        raise NotASample(f"audience_types must name {_FAKE!r} once")
    return found[0]


def profiles_of(rows: Sequence[FollowerProfile]) -> Profiles:
    """The columns that fakes are told by."""
    names = ("followers", "following", "posts", "has_picture", "is_private", "has_link")
    columns: dict[str, list[float | None]] = {name: [getattr(row, name) for row in rows] for name in names}
    columns["digit_ratio"] = [
        row.digit_ratio if row.digit_ratio is not None else digit_ratio(row.handle or "") for row in rows
    ]
    columns["bio_length"] = [_either(row.bio_length, row.bio and len(row.bio), row.bio == "") for row in rows]
    columns["name_words"] = [
        _either(row.name_words, row.name and len(row.name.split()), row.name == "") for row in rows
    ]
    columns["name_is_handle"] = [_is_handle(row) for row in rows]
    return Profiles.of(len(rows), **columns)  # type: ignore[arg-type]


def _either(given: int | None, counted: object, empty: bool) -> float | None:
    if given is not None:
        return given
    return 0.0 if empty else counted if isinstance(counted, int) else None


def _is_handle(row: FollowerProfile) -> float | None:
    if row.name_is_handle is not None:
        return row.name_is_handle
    if row.name is None or not row.handle:
        return None
    return fold_tr(row.name) == fold_tr(row.handle.strip().lstrip("@"))
