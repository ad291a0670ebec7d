"""Files of audiences, in the three shapes they come in: a row a share (dimension, code, share), a row an
account with a column for each share ("Female %", "18-24", "Turkey"), or a vendor's report with lists of
shares."""

from collections import defaultdict
from typing import Any

from service.imports.cells.style import Style
from service.imports.cells.types import COUNT, LINE, RATE, CellType
from service.imports.columns.header import Header
from service.imports.kinds import Field, Kind, Parsed, RowError
from service.imports.rejects import Unfit
from service.influencers.intake import who
from service.influencers.intake.dimensions import list_in_path, read_code, read_dimension, share_in_header
from service.influencers.intake.distributions import Shares, read_distributions
from service.influencers.intake.rows import AudienceRow


def share_of(header: Header) -> str | None:
    """The dimension and the code that a header is about: `gender:female`, `age:18-24`, `country:TR`."""
    return share_in_header(header.text)


def _scope_of_list(header: Header) -> str | None:
    return list_in_path(header.text)


def _read_dimension(value: Any, style: Style) -> str:
    return read_dimension(value)


def _read_list(value: Any, style: Style) -> Any:
    if not isinstance(value, list | dict):
        raise Unfit("not_a_distribution")
    return value


DIMENSION = CellType("dimension", _read_dimension)
ENTRIES = CellType("entries", _read_list)

FIELDS = (
    *who.FIELDS,
    Field("dimension", DIMENSION, ("dimension", "category", "tier")),
    Field("code", LINE, ("=value", "=segment", "=name value")),
    Field("shares", RATE, (), scope_of=share_of),
    Field("share", RATE, ("=weight", "=rate", "=share", "=audience rate", "=audience share", "=value rate")),
    Field("entries", ENTRIES, (), scope_of=_scope_of_list),
    Field("sample_size", COUNT, ("sample",)),
)
"""`shares` and `entries` have no patterns: which header is one is said by its scope (see
columns/recognise.py)."""


def assemble(parsed: Parsed) -> list[list[AudienceRow] | RowError]:
    """The shares of each row."""
    people = who.People(parsed).of(None)
    made: list[list[AudienceRow] | RowError] = []
    for at, (number, person) in enumerate(zip(parsed.rows, people, strict=True)):
        if person is None:
            made.append(RowError("no_identity"))
            continue
        try:
            shares = _shares(parsed, at)
        except Unfit as unfit:
            made.append(RowError(unfit.reason, "share"))
            continue
        size = parsed.column("sample_size")[at]
        made.append(
            [AudienceRow(number, *person, shares, size)] if shares else RowError("missing_value", "share")
        )
    return made


def _shares(parsed: Parsed, at: int) -> Shares:
    found: dict[tuple[str, str], float] = defaultdict(float)
    for dimension, code, share in _all(parsed, at):
        found[dimension, code] += share
    return tuple((dimension, code, min(round(share, 6), 1.0)) for (dimension, code), share in found.items())


def _all(parsed: Parsed, at: int) -> list[tuple[str, str, float]]:
    dimension, code, share = (parsed.column(name)[at] for name in ("dimension", "code", "share"))
    found = [] if None in (dimension, code, share) else [(dimension, read_code(dimension, code), share)]
    for path in parsed.scopes("entries"):
        found.extend(read_distributions(path, parsed.column("entries", path)[at]))
    known = {dimension for dimension, *_ in found}
    joint = [scope for scope in parsed.scopes("shares") if "|" in scope]
    single = [scope for scope in parsed.scopes("shares") if "|" not in scope]
    known |= {scope.split(":")[0] for scope in single}
    for scope in (*single, *joint):
        value = parsed.column("shares", scope)[at]
        for part in scope.split("|") if value is not None else ():
            name, _, member = part.partition(":")
            # Shares by age and gender together say each alone only where nothing else does.
            if scope in single or name not in known:
                found.append((name, member, value))
    return found


AUDIENCES = Kind(
    name="audiences",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("audiences", "influencers", "users", "profiles", "creators")),
    words={
        "share": ("share", "shares", "pay", "payi", "oran", "orani", "yuzde"),
        "segment": ("segment", "grup"),
    },
)
