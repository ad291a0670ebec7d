"""Talkwalker: pages of search results (v1), and the stream of chunks (v3). Pure."""

from collections.abc import Mapping
from typing import Any

from service.conversions.shops.shapes import dig, mapping
from service.mentions.intake.found import Found
from service.mentions.intake.making import platform_of, put
from service.mentions.intake.markup import plain

# Parts of `source_type`, the more telling first.
_TYPES = (
    ("TWITTER", "x", "post"),
    ("INSTAGRAM", "instagram", "post"),
    ("FACEBOOK", "facebook", "post"),
    ("YOUTUBE", "youtube", "video"),
    ("TIKTOK", "tiktok", "video"),
    ("REDDIT", "reddit", "post"),
    ("LINKEDIN", "linkedin", "post"),
    ("PINTEREST", "pinterest", "post"),
    ("REVIEW", "review", "review"),
    ("PODCAST", "podcast", "podcast"),
    ("MESSAGEBOARD", "forum", "forum"),
    ("FORUM", "forum", "forum"),
    ("BLOG", "blog", "article"),
    ("PRINT", "news", "article"),
    ("TV", "news", "other"),
    ("NEWS", "news", "article"),
)


def is_talkwalker(document: Any) -> bool:
    """Whether it is a page of results or a chunk of a stream."""
    told = mapping(document)
    return (
        "result_content" in told
        or "chunk_type" in told
        or ("status_code" in told and "status_message" in told)
    )


def read(document: Any, path: str, found: Found) -> bool:
    """Adds what a document tells; False where it is none of Talkwalker's."""
    told = mapping(document)
    if "chunk_type" in told:
        _chunk(told, path, found)
        return True
    if is_talkwalker(told):
        status = told.get("status_code")
        if status not in (None, 0, "0", ""):
            found.fault(
                f"{path}.status_code".lstrip("."), "source_error", told.get("status_message") or status
            )
        _rows(dig(told, "result_content", "data"), f"{path}.result_content.data".lstrip("."), found)
        return True
    if _inner(told) is not None:
        _result(told, path, found)
        return True
    return False


def _chunk(told: Mapping[str, Any], path: str, found: Found) -> None:
    kind = str(told.get("chunk_type"))
    if kind == "CT_RESULT":
        body = mapping(told.get("chunk_result"))
        if isinstance(body.get("data"), list):
            _rows(body["data"], f"{path}.chunk_result.data".lstrip("."), found)
        else:
            _result(body, f"{path}.chunk_result".lstrip("."), found)
    elif kind == "CT_CONTROL":
        offset = dig(told, "chunk_control", "resume_offset")
        found.cursor = offset[:500] if isinstance(offset, str) and offset else found.cursor
        found.ignored += 1
    elif kind == "CT_ERROR":
        error = mapping(told.get("chunk_error"))
        message = error.get("status_message") or error.get("message") or error.get("status_code")
        found.fault(f"{path}.chunk_error".lstrip("."), "source_error", message)
    else:
        found.ignored += 1


def _rows(rows: Any, path: str, found: Found) -> None:
    for at, each in enumerate(rows if isinstance(rows, list) else []):
        _result(each, f"{path}[{at}]", found)


def _result(told: Any, path: str, found: Found) -> None:
    inner = _inner(told)
    if inner is None:
        found.fault(path, "shape", told, lost=True)
    else:
        _mention(inner, path, found)


def _inner(told: Any) -> dict[str, Any] | None:
    """The mention, below one or more levels of `data`."""
    for _ in range(4):
        told = mapping(told)
        if "url" in told or "published" in told or "content" in told:
            return dict(told)
        told = told.get("data")
    return None


def _mention(told: Mapping[str, Any], path: str, found: Found) -> None:
    author = mapping(told.get("extra_author_attributes"))
    figures = mapping(told.get("article_extended_attributes"))
    source = mapping(told.get("source_extended_attributes"))
    platform, kind = _type(told)
    title = _text(told, "title", "title_snippet")
    put(
        found,
        path,
        source="talkwalker",
        platform=platform,
        kind="comment" if "COMMENT" in _joined(told.get("post_type")) else kind,
        texts=[_text(told, "content"), _text(told, "content_snippet")],
        title=title,
        published=(told.get("published"), told.get("indexed"), told.get("search_indexed")),
        observed=told.get("search_indexed") or told.get("indexed"),
        native_id=told.get("external_id") if kind != "article" else None,
        url=told.get("url"),
        language=told.get("lang"),
        country=_country(told),
        author_name=author.get("name"),
        author_handle=author.get("short_name") if platform not in ("news", "blog", "web") else None,
        author_id=author.get("id"),
        thread_id=told.get("parent_url") if told.get("parent_url") != told.get("url") else None,
        followers=next(
            (figures_of[key] for figures_of in (figures, source, author) for key in _followers(figures_of)),
            None,
        ),
        reach=told.get("reach"),
        impressions=figures.get("impressions") or told.get("impressions"),
        views=_sum(figures, "_views"),
        likes=_sum(figures, "_likes"),
        comments=figures.get("num_comments"),
        shares=_sum(figures, "_shares", "_retweets", "_reposts"),
        engagement=told.get("engagement"),
        stars=figures.get("rating"),
        sentiment=told.get("sentiment"),
        scale=5,
        tags=told.get("tags_customer") or told.get("tags"),
    )


def _type(told: Mapping[str, Any]) -> tuple[str, str]:
    types = _joined(told.get("source_type"))
    for part, platform, kind in _TYPES:
        if part in types:
            return platform, kind
    platform = platform_of(told.get("url"))
    return platform, "article" if platform == "web" else "post"


def _joined(value: Any) -> str:
    parts = value if isinstance(value, list) else [value]
    return " ".join(part for part in parts if isinstance(part, str)).upper()


def _country(told: Mapping[str, Any]) -> Any:
    """Where the author is, else the article, else the source."""
    for part in ("extra_author_attributes", "extra_article_attributes", "extra_source_attributes"):
        place = mapping(dig(told, part, "world_data"))
        code = place.get("country_code") or place.get("country")
        if code:
            return code
    return None


def _followers(figures: Mapping[str, Any]) -> list[str]:
    return [name for name in figures if name == "followers" or name.endswith("_followers")]


def _sum(figures: Mapping[str, Any], *ends: str) -> int | None:
    """The networks' figures together; None where there is none."""
    found = [
        value
        for name, value in figures.items()
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0 and name.endswith(ends)
    ]
    return sum(found) if found else None


def _text(told: Mapping[str, Any], *names: str) -> str | None:
    return next((plain(told[name]) for name in names if isinstance(told.get(name), str)), None)
