"""Query parameters that hold several values."""

from collections.abc import Set
from uuid import UUID

from service.kit import ids
from service.kit.problems import InvalidInput, NotFound

MOST_IDS = 100


def id_list(prefix: str, text: str | None, path: str = "ids") -> list[UUID] | None:
    """The ids of `?ids=`; None where it is left out. Raises InvalidInput, also for what is no id."""
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > MOST_IDS:
        errors = [{"path": path, "message": f"holds more than {MOST_IDS} ids"}]
        raise InvalidInput(f"at most {MOST_IDS} ids at once", errors=errors)
    return [_id(prefix, part, path) for part in parts]


def _id(prefix: str, text: str, path: str) -> UUID:
    try:
        return ids.read(prefix, text)
    except NotFound as error:
        told = [{"path": path, "message": f"{text[:60]!r} is no id of this kind"}]
        raise InvalidInput("an id can't be read", errors=told) from error


def words(path: str, text: str | None, known: Set[str]) -> set[str]:
    """The words of `?include=`. Raises InvalidInput for an unknown one."""
    given = {part.strip() for part in (text or "").split(",") if part.strip()}
    if given - known:
        wrong = ", ".join(sorted(word[:40] for word in given - known)[:5])
        errors = [{"path": path, "message": f"{wrong}: only {', '.join(sorted(known))}"}]
        raise InvalidInput(f"{path} knows {', '.join(sorted(known))}", errors=errors)
    return given
