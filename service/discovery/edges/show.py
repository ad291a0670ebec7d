"""Edges as the API shows them."""

from service.discovery.edges.schemas import Edge, EdgeAccount, EdgeEnd, ShownRow
from service.kit import ids


def edge(row: ShownRow) -> Edge:
    """An edge as it is answered."""
    return Edge(
        kind=row.kind,
        direction=row.direction,
        account=EdgeAccount(ids.show("acc", row.account_id), row.platform, row.handle),
        other=EdgeEnd(
            platform=row.other_platform,
            handle=row.other_handle,
            account_id=ids.show_or_none("acc", row.other_account_id),
            influencer_id=ids.show_or_none("inf", row.other_influencer_id),
            name=row.other_name,
            verified=row.other_verified,
            followers=row.other_followers,
        ),
        weight=row.weight,
        at=row.at,
        source=row.source,
        post_id=ids.show_or_none("pst", row.post_id),
    )
