"""How Meta is asked for a mention that it only named, and what its answer means. Pure.

https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/mentions
"""

import json
import re
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import quote

from msgspec import Struct

from service.conversions.shops.shapes import dig, mapping

GRAPH = "https://graph.facebook.com/v23.0"
MOST_ATTEMPTS = 6
_ID = re.compile(r"[0-9A-Za-z_]{1,64}")
_MEDIA = "id,caption,comments_count,like_count,media_type,permalink,timestamp,username"
_COMMENT = "id,text,timestamp,username,like_count,media{id,permalink}"
# Too many calls: of the app, the user, the page.
_LIMITED = frozenset((4, 17, 32, 613))
_DENIED = frozenset((10, 102, 190, 200, 463, 467))


class Outcome(Struct, frozen=True):
    """What becomes of a question: when it is asked again, or that it is over."""

    status: Literal["waiting", "done", "failed"]
    why: str | None
    wait: timedelta = timedelta()


def address(user_id: str, media_id: str, comment_id: str, base: str = GRAPH) -> str | None:
    """Where the mention is asked for; None where an id is none of Meta's.

    >>> address("17", "m1", "", "g")
    'g/17?fields=mentioned_media.media_id(m1){id,caption,comments_count,like_count,media_type,permalink,timestamp,username}'
    >>> address("17", "m1", "c/../x") is None
    True
    """
    if not all(_ID.fullmatch(each) for each in (user_id, media_id, comment_id or "0")):
        return None
    asked = (
        f"mentioned_comment.comment_id({comment_id}){{{_COMMENT}}}"
        if comment_id
        else f"mentioned_media.media_id({media_id}){{{_MEDIA}}}"
    )
    return f"{base}/{user_id}?fields={quote(asked, safe='(){},._')}"


def error_code(body: bytes) -> int | None:
    """The code of an error of the Graph API.

    >>> error_code(b'{"error": {"code": 190}}'), error_code(b"[]"), error_code(b"x")
    (190, None, None)
    """
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    code = dig(mapping(told), "error", "code")
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def after(why: str | None, code: int | None, told: bool, attempts: int, retry_after_s: int | None) -> Outcome:
    """What becomes of a question. `why` not: of the call; `code`: of Meta's error; `told`: a mention was in
    the answer.

    >>> after(None, None, True, 1, None).status, after("status", 100, False, 1, None).status
    ('done', 'failed')
    >>> after("denied", 190, False, 1, None), after("timeout", None, False, 6, None).status
    (Outcome(status='waiting', why='denied', wait=datetime.timedelta(seconds=3600)), 'failed')
    """
    if told:
        return Outcome("done", None)
    if code in _LIMITED or why == "limited":
        return Outcome("waiting", "limited", timedelta(seconds=max(900, min(retry_after_s or 0, 86_400))))
    denied = code in _DENIED or (why == "denied" and code is None)
    if denied and attempts < MOST_ATTEMPTS:
        # Somebody has to give another token; that asks again at once.
        return Outcome("waiting", "denied", timedelta(hours=1))
    if denied:
        return Outcome("failed", "denied")
    if code is not None and why != "server":
        return Outcome("failed", "missing")
    if attempts >= MOST_ATTEMPTS:
        return Outcome("failed", why or "shape")
    return Outcome("waiting", why or "shape", timedelta(seconds=30 * 4 ** min(attempts, 6)))
