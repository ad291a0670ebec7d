"""What a mention's text says: its language and its sentiment, by the models that ship (scoring/sentiment)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.mentions.language.words import joined
from service.mentions.rows import Reading

if TYPE_CHECKING:
    from scoring.sentiment import Labels

UNSURE = "abstain"


def read_texts(texts: Sequence[tuple[str | None, str, str | None]]) -> list[Reading]:
    """Language and sentiment of titles with texts; a language that the source names is taken as it is.

    About half a millisecond a text, and the models are read from files at the first: off the event loop.
    """
    if not texts:
        return []
    from scoring.sentiment import label

    found = label([joined(title, text) for title, text, _ in texts], [language for *_, language in texts])
    return [_reading(found, at) for at in range(len(texts))]


def _reading(found: "Labels", at: int) -> Reading:
    language = found.language[at] if len(found.language[at]) <= len("eng") else None
    if found.version[at] is None:
        return Reading(language=language)
    negative, _, positive = found.probabilities[at].tolist()
    name = found.label[at]
    return Reading(
        language=language,
        label=None if name == UNSURE else name,
        score=float(found.score[at]),
        positive=positive,
        negative=negative,
        model=found.version[at],
        text_kind=found.kind[at],
    )
