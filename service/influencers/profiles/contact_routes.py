"""/v1/influencers/{id}/contacts."""

from typing import Annotated

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.changes import touched
from service.influencers.problems import UnknownContact, UnknownInfluencer
from service.influencers.profiles import show, store
from service.influencers.profiles.schemas import Contact, NewContact
from service.kit import ids
from service.kit.db import Connection
from service.kit.paging import Page

Reader = Annotated[Caller, May("influencers:read")]
Writer = Annotated[Caller, May("influencers:write")]


@get("/v1/influencers/{influencer_id:str}/contacts", tags=["influencers"], raises=[UnknownInfluencer])
async def list_contacts(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], influencer_id: FromPath[str]
) -> Page[Contact]:
    """Whom to write to."""
    row = await store.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    found = await store.contacts_of(db, caller.workspace_id, [row.id])
    return Page([show.contact(one) for one in found], None, False)


@post("/v1/influencers/{influencer_id:str}/contacts", tags=["influencers"], raises=[UnknownInfluencer])
async def add_contact(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    data: JSONBody[NewContact],
) -> Contact:
    """Adds somebody to write to."""
    row = await store.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    added = await store.add_contact(
        db, caller.workspace_id, ids.new(), row.id, data.role, data.name, data.email, data.phone
    )
    await audit.record(db, caller, "contact.added", influencer_id)
    await touched(db, caller.workspace_id, [row.id])
    return show.contact(added)


@delete(
    "/v1/influencers/{influencer_id:str}/contacts/{contact_id:str}",
    tags=["influencers"],
    raises=[UnknownInfluencer, UnknownContact],
)
async def delete_contact(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    contact_id: FromPath[str],
) -> None:
    """Removes a contact; imports do not bring it back."""
    row = await store.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    await store.delete_contact(db, caller.workspace_id, row.id, ids.read("ctc", contact_id))
    await store.pin_contacts(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "contact.deleted", influencer_id)
    await touched(db, caller.workspace_id, [row.id])


ROUTES = [list_contacts, add_contact, delete_contact]
