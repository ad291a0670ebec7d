"""Sets as the API shows them."""

from collections.abc import Sequence

from service.influencers.followers.schemas import FollowerSet, ShownRow
from service.influencers.followers.sets import people_of, read_bits
from service.kit import ids


def all_of(rows: Sequence[ShownRow], linked: bytes) -> list[FollowerSet]:
    """Sets, and of each how many are known on another platform too; `linked`: who is."""
    elsewhere = people_of(linked)
    return [
        FollowerSet(
            account_id=ids.show("acc", row.account_id),
            platform=row.platform,
            handle=row.handle,
            of=row.of,
            basis=row.basis,
            size=row.size,
            sampled=row.sampled,
            keep=row.keep,
            linked=read_bits(row.members).intersection_cardinality(elsewhere),
            as_of=row.as_of,
            source=row.source,
            version=row.version,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    ]
