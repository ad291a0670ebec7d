"""What an advocate has to share: link, code, and the page on which friends join."""

from uuid import UUID

from service.advocacy.members import store as members
from service.advocacy.members.schemas import AdvocateRow
from service.advocacy.pages import addresses
from service.advocacy.pages.schemas import JoinPageRow, Sharing
from service.kit import ids
from service.kit.db import Connection
from service.links.catalogue import store as links
from service.links.catalogue.show import short_url
from service.settings import Settings, public_url


async def sharing(
    db: Connection, settings: Settings, workspace_id: UUID, row: AdvocateRow, page: JoinPageRow | None
) -> Sharing:
    """`page`: where it is open; friends who join there are the advocate's."""
    link, invitation = None, None
    if row.link_id is not None:
        link = short_url(await links.get_link(db, workspace_id, row.link_id), settings)
    if page is not None:
        name = ids.show("adv", row.id)
        invitation = addresses.invitation(public_url(settings), page.token, page.slug, name)
    code = await members.code_of(db, workspace_id, row.id)
    return Sharing(row.name, link, code, invitation)
