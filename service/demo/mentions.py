"""Whom the made-up influencers mention: others of their platform and field, the known ones most.

Preferential attachment (Barabasi and Albert 1999): who was mentioned is the likelier to be mentioned again,
beginning with followers. Only those who came before are mentioned, so a smaller sample is a part of a larger
one.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import log10
from random import Random

import msgspec

from service.demo.records import Account, Post
from service.demo.words import Topic

_SHARE = 0.09
# Now and then somebody from a neighbouring field.
_OWN_FIELD = 0.85
_WAYS = (
    "@{handle} ile birlikte.",
    "Fikir @{handle} hesabından.",
    "Teşekkürler @{handle}!",
    "Devamı @{handle} sayfasında.",
)


class Circle:
    """The accounts so far, by platform and field: each handle as often as it is likely to be named."""

    def __init__(self) -> None:
        self._known: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def join(self, rng: Random, account: Account, topics: Sequence[Topic]) -> Account:
        """The account with mentions in some of its captions; from now on it can be mentioned as well."""
        posts = tuple(self._with_mention(rng, account.platform, post, topics) for post in account.posts)
        likely = int(log10(account.snapshots[-1].followers)) - 2
        self._known[account.platform, topics[0].code] += [account.handle] * max(likely, 1)
        return msgspec.structs.replace(account, posts=posts)

    def _with_mention(self, rng: Random, platform: str, post: Post, topics: Sequence[Topic]) -> Post:
        if post.sponsored or rng.random() > _SHARE:
            return post
        field = topics[0].code if rng.random() < _OWN_FIELD else topics[-1].code
        known = self._known.get((platform, field))
        if not known:
            return post
        handle = rng.choice(known)
        known.append(handle)
        said, hash_sign, tags = post.caption.partition("#")
        caption = f"{said}{rng.choice(_WAYS).format(handle=handle)} {hash_sign}{tags}"
        return msgspec.structs.replace(post, caption=caption.strip())
