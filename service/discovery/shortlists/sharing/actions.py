"""What visitors of a share link see and do."""

from collections.abc import Mapping
from uuid import UUID

from msgspec import UNSET

from service.accounts import audit
from service.discovery.scores.schemas import Language
from service.discovery.shortlists import store as lists
from service.discovery.shortlists.comparing import show as comparing
from service.discovery.shortlists.items import show as items_show
from service.discovery.shortlists.items import sorting
from service.discovery.shortlists.items import store as items
from service.discovery.shortlists.items.schemas import ItemRow, Sort
from service.discovery.shortlists.items.sorting import Narrowed
from service.discovery.shortlists.problems import UnknownItem
from service.discovery.shortlists.sharing import show, store
from service.discovery.shortlists.sharing.schemas import CommentRow, NewComment, NewDecision, SharedList
from service.discovery.shortlists.sharing.visits import Visit
from service.kit import clock, ids, paging

# What the team has set aside is nobody's business.
SHOWN = [status for status in sorting.STATUSES if status != "ignored"]
MOST_COMMENTS = 500


async def seen(visit: Visit, sort: Sort, cursor: str | None, limit: int, lang: Language) -> SharedList:
    """A page of the list as the link shows it. Who opted out since is not on it."""
    db, workspace_id, share = visit.db, visit.workspace_id, visit.share
    narrowed = Narrowed(
        sort, [str(status) for status in SHOWN], None, sorting.position(cursor, sort), opted_out=False
    )
    rows = await items.list_items(db, workspace_id, share.shortlist_id, narrowed, limit + 1)
    keys = [row.id for row in rows[:limit]]
    include = {"accounts", "rates", "scores"} - set(share.hide)
    if share.brief_id is None:
        include -= {"scores"}
    near = await items_show.near(db, workspace_id, keys, include, share.brief_id, lang)
    audiences = {} if "audience" in share.hide else await comparing.audiences(db, workspace_id, keys)
    said = await store.comments_through(db, workspace_id, share.id, keys, MOST_COMMENTS)
    today = (await clock.now(db)).date()
    page = paging.page(
        rows,
        limit,
        lambda row: sorting.key_of(row, sort),
        lambda row: show.item(row, near, audiences, _about(said, row.id), share.hide, today),
    )
    return SharedList(
        name=share.list_name,
        can=share.can,
        expires_at=share.expires_at,
        data=page.data,
        next_cursor=page.next_cursor,
        has_more=page.has_more,
        comments=UNSET if "comments" in share.hide else [show.said(row) for row in _about(said, None)],
    )


def _about(said: list[CommentRow], influencer_id: UUID | None) -> list[CommentRow]:
    return [row for row in said if row.influencer_id == influencer_id]


async def comment(visit: Visit, data: NewComment) -> CommentRow:
    """Keeps what a visitor says. Raises UnknownItem."""
    about = None if data.influencer_id is None else (await _item(visit, data.influencer_id)).id
    row = await _say(visit, about, data.author, data.text, None)
    await _note(visit, "shortlist.commented", {"influencer_id": data.influencer_id})
    return row


async def decide(visit: Visit, data: NewDecision) -> CommentRow:
    """Makes a visitor's decision the item's status. Raises UnknownItem."""
    db, workspace_id, share = visit.db, visit.workspace_id, visit.share
    await lists.lock_shortlist(db, workspace_id, share.shortlist_id)
    item = await _item(visit, data.influencer_id)
    reason = data.reason or (f"{data.author} (share link)" if data.decision == "rejected" else None)
    await items.save_item(db, workspace_id, share.shortlist_id, item.id, data.decision, reason, item.notes)
    await lists.touch(db, workspace_id, share.shortlist_id)
    details = {"influencer_id": data.influencer_id, "from": item.status, "to": data.decision}
    await _note(visit, "shortlist.decided", details)
    return await _say(visit, item.id, data.author, data.reason, data.decision)


async def _item(visit: Visit, influencer_id: str) -> ItemRow:
    key = ids.read("inf", influencer_id)
    row = await items.get_item(visit.db, visit.workspace_id, visit.share.shortlist_id, key)
    if row.opted_out or row.status not in SHOWN:
        raise UnknownItem
    return row


async def _say(
    visit: Visit, about: UUID | None, author: str, text: str | None, decision: str | None
) -> CommentRow:
    share = visit.share
    return await store.add_comment(
        visit.db,
        visit.workspace_id,
        ids.new(),
        share.shortlist_id,
        share.id,
        about,
        author.strip(),
        text,
        decision,
    )


async def _note(visit: Visit, action: str, details: Mapping[str, str | None]) -> None:
    """Visitors have no account: the log names the link."""
    subject = ids.show("sho", visit.share.shortlist_id)
    through = {"share_id": ids.show("shr", visit.share.id)}
    await audit.record_system(visit.db, visit.workspace_id, action, subject, {**details, **through})
