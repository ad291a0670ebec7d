"""What a question about a list costs (pure)."""

from service.discovery.reach.schemas import Inputs

# People of all known audiences together that are counted while the asker waits: in .2 to .6 s of a processor
# an overlap, in .2 to .9 s reach (5 accounts of a million, 1,000 of 5,000).
MOST_AT_ONCE = 5_000_000
# A pair of samples (1 to 2 ms, most of it the interval) takes as long as so many people of a set.
PAIR_OF_SAMPLES = 20_000
# Longer lists of samples have no pairs.
MOST_SAMPLES = 100


def effort(found: Inputs, *, pairs: bool) -> int:
    """In people whose memberships are looked at once. found: an outline."""
    known = [each for each in found.candidates if each.version is not None]
    people = sum(each.sampled for each in known)
    samples = sum(each.audience is not None and each.sampled < each.audience.size for each in known)
    if not pairs or len(known) > MOST_SAMPLES:
        return people
    return people + PAIR_OF_SAMPLES * (samples * (samples - 1) // 2 + samples * (len(known) - samples))
