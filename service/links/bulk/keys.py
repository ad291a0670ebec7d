"""By what an item is known again when it comes a second time. Pure."""

import hashlib
from collections import Counter

import msgspec
from msgspec import structs

from service.links.catalogue.schemas import NewLink, Values


class Keys:
    """Keys of items in their order. Of equal items the second is another link than the first, in this
    request as in every one after: a list that asks for ten codes of one address gets ten, and gets the
    same ten again."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def of(self, data: NewLink, values: Values) -> str:
        """The key of the next item. A code that was drawn is no part of it."""
        drawn = data.code is None
        via = None if drawn and data.via is None else values.via
        kept = structs.replace(values, code="" if drawn else values.code, via=via, folded="")
        digest = hashlib.sha256(msgspec.json.encode(kept)).hexdigest()[:40]
        self.seen[digest] += 1
        return f"{digest} {self.seen[digest]}"
