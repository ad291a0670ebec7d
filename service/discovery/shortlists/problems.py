"""What can go wrong with shortlists, their items and share links."""

from service.discovery.briefs.problems import UnknownBrief
from service.influencers.problems import UnknownInfluencer
from service.kit.problems import Conflict, Forbidden, InvalidInput, NotFound, Problem


class UnknownShortlist(NotFound):
    title = "Shortlist not found"
    slug = "shortlist-not-found"


class UnknownItem(NotFound):
    title = "Not on the shortlist"
    slug = "item-not-found"


class ShortlistArchived(Conflict):
    """An archived list is read, not worked with: restore it first."""

    title = "The shortlist is archived"
    slug = "shortlist-archived"


class ReasonNeeded(InvalidInput):
    title = "A rejection needs a reason"
    slug = "reason-needed"


class NoBrief(InvalidInput):
    """Scores, and a brief's best, need a brief: the list's own, or one that the request names."""

    title = "There is no brief to score by"
    slug = "no-brief"


class UnknownShare(NotFound):
    title = "Share link not found"
    slug = "share-not-found"


class NotShared(NotFound):
    """Unknown, expired, taken back: whoever holds the link is not told which."""

    title = "Nothing is shared here"
    slug = "not-shared"


class ShareForbids(Forbidden):
    """The link does not allow it; `can` says what it allows."""

    title = "The link does not allow this"
    slug = "share-forbids"


CONSTRAINTS: dict[str, type[Problem]] = {
    "shortlists_brief_fkey": UnknownBrief,
    "shortlist_items_list_fkey": UnknownShortlist,
    "shortlist_items_influencer_fkey": UnknownInfluencer,
    "shortlist_items_reason": ReasonNeeded,
    "shortlist_shares_list_fkey": UnknownShortlist,
    "shortlist_comments_list_fkey": UnknownShortlist,
    "shortlist_comments_influencer_fkey": UnknownInfluencer,
}

TURKISH = {
    "Shortlist not found": "Kısa liste bulunamadı",
    "Not on the shortlist": "Kısa listede yok",
    "The shortlist is archived": "Kısa liste arşivlenmiş",
    "A rejection needs a reason": "Ret için gerekçe gerekli",
    "There is no brief to score by": "Puanlanacak bir brif yok",
    "Share link not found": "Paylaşım bağlantısı bulunamadı",
    "Nothing is shared here": "Burada paylaşılan bir şey yok",
    "The link does not allow this": "Bağlantı buna izin vermiyor",
}
