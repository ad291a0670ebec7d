"""Brands side by side as a spreadsheet: a row per brand. Pure."""

import csv
from io import StringIO

from service.imports.rejects_csv import BOM, harmless
from service.mentions.rivals.schemas import RivalBrand, RivalComparison

COLUMNS = (
    *("brand_id", "brand", "kind", "relation", "followers", "net_followers", "followers_reason", "posts"),
    *("posts_per_week", "posts_reason", "queries", "complete", "mentions", "share_of_voice"),
    *("share_of_voice_reason", "share_of_reach", "share_of_engagement", "positive", "neutral", "negative"),
    *("unlabelled", "net_sentiment", "net_sentiment_reason"),
)


def sheet(compared: RivalComparison) -> str:
    """The spreadsheet; no cell is ever run."""
    out = StringIO()
    write = csv.writer(out).writerow
    write(COLUMNS)
    for one in compared.brands:
        write([harmless(cell) if isinstance(cell, str) else cell for cell in _cells(one)])
    return BOM + out.getvalue()


def _cells(one: RivalBrand) -> list[str | int | float | None]:
    brand, voice = one.brand, one.voice
    return [
        *(brand.brand_id, brand.name, brand.kind, brand.relation, brand.followers, brand.net_followers),
        *(brand.followers_reason, brand.posts, brand.posts_per_week, brand.posts_reason, voice.queries),
        *("yes" if voice.complete else "no", voice.mentions, voice.share_of_voice.share),
        *(voice.share_of_voice.reason, voice.share_of_reach.share, voice.share_of_engagement.share),
        *(voice.positive, voice.neutral, voice.negative, voice.unlabelled, voice.net_sentiment),
        voice.net_sentiment_reason,
    ]
