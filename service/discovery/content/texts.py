"""What was read of influencers: the text that is compared, the words found in it, the pace (pure)."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from scoring.content.text import Document, of_influencer
from scoring.safety import Matcher
from service.discovery.content.schemas import PersonText, PostText, StoredHit

# Of each account: a month of somebody who posts daily.
NEWEST_POSTS = 30
# More than a person will read; an influencer of whom more is found is no closer call.
MOST_HITS = 20
HITS_PER_CATEGORY = 5
# The pace is that of the last quarter; of fewer posts than three it is an accident.
PACE_DAYS = 90
LEAST_POSTS = 3


class Said(Struct, frozen=True):
    """All that an influencer says, the newest posts first."""

    person: PersonText
    posts: list[PostText]

    def document(self) -> Document:
        """The bounded text that is compared."""
        captions = [post.caption for post in self.posts if post.caption]
        tags = [tag for post in self.posts for tag in post.hashtags]
        return of_influencer(self.person.bio, self.person.categories, captions, tags)

    def pace(self) -> float | None:
        """Posts a week, by the newest posts of 90 days; None where they are too few to say."""
        times = [post.published_at for post in self.posts if post.published_at is not None]
        recent = [time for time in times if time >= times[0] - timedelta(days=PACE_DAYS)]
        if len(recent) < LEAST_POSTS or recent[0] == recent[-1]:
            return None
        return (len(recent) - 1) / ((recent[0] - recent[-1]) / timedelta(weeks=1))

    def hits(self, matcher: Matcher) -> list[StoredHit]:
        """Words of lists in the bio and the posts, at most five of a category."""
        places = [(self.person.bio, None), *((_spoken(post), post.id) for post in self.posts)]
        return _few(
            StoredHit(hit.category, hit.language, hit.word, hit.written, post_id)
            for text, post_id in places
            if text
            for hit in matcher.find(text)
        )


def gathered(people: Sequence[PersonText], posts: Sequence[PostText]) -> list[Said]:
    """Posts beside those who wrote them."""
    by_person: dict[UUID, list[PostText]] = defaultdict(list)
    for post in posts:
        by_person[post.influencer_id].append(post)
    return [Said(person, by_person[person.id]) for person in people]


def digest(document: Document) -> bytes:
    """Equal for equal texts: what has not changed is not compared anew."""
    return hashlib.sha256(msgspec.json.encode([document.text, document.hashtags])).digest()[:16]


def _spoken(post: PostText) -> str:
    """The caption, and the hashtags that do not stand in it."""
    caption = post.caption or ""
    beside = [tag for tag in post.hashtags if tag not in caption]
    return "\n".join([caption, *beside])


def _few(hits: Iterable[StoredHit]) -> list[StoredHit]:
    kept: list[StoredHit] = []
    counted: Counter[str] = Counter()
    for hit in hits:
        counted[hit.category] += 1
        if counted[hit.category] <= HITS_PER_CATEGORY and len(kept) < MOST_HITS:
            kept.append(hit)
    return kept
