"""Mentions as the API shows them. Pure."""

from collections.abc import Sequence

from service.kit import ids
from service.mentions.schemas import (
    Mention,
    MentionAuthor,
    MentionFault,
    MentionResult,
    MentionResults,
    MentionRow,
    RawSentiment,
    Sentiment,
)
from service.mentions.taking import Taken

_SAME = tuple(
    name
    for name in Mention.__struct_fields__
    if name
    not in (
        *("id", "author", "campaign_id", "sentiment", "source_sentiment", "assignee", "moved_to_dm"),
        "query_ids",
    )
)


def mention(row: MentionRow) -> Mention:
    """A mention with its author, its sentiment and what the source says of it."""
    return Mention(
        id=ids.show("men", row.id),
        author=MentionAuthor(
            row.author_name,
            row.author_handle,
            row.followers,
            ids.show_or_none("inf", row.influencer_id),
            ids.show_or_none("acc", row.account_id),
        ),
        campaign_id=ids.show_or_none("cmp", row.campaign_id),
        sentiment=Sentiment(
            row.hand_label or row.label,  # type: ignore[arg-type]
            "hand" if row.hand_label else "model",
            row.score,
            row.model,
            row.label,  # type: ignore[arg-type]
            row.hand_by,
            row.hand_at,
        ),
        source_sentiment=(
            None
            if row.raw_sentiment is None
            else RawSentiment(row.raw_sentiment, row.raw_label, row.raw_score)  # type: ignore[arg-type]
        ),
        assignee=ids.show_or_none("usr", row.assignee),
        moved_to_dm=row.moved_to_dm_at is not None,
        query_ids=[ids.show("lsq", one) for one in row.query_ids],
        **{name: getattr(row, name) for name in _SAME},
    )


def results(outcomes: Sequence[Taken | list[MentionFault]]) -> MentionResults:
    """A result for every item, in their order."""
    shown = [
        MentionResult(at, "rejected", None, one)
        if isinstance(one, list)
        else MentionResult(at, one.status, ids.show("men", one.mention_id), [])
        for at, one in enumerate(outcomes)
    ]
    counted = dict.fromkeys(("created", "updated", "unchanged", "rejected"), 0)
    for each in shown:
        counted[each.status] += 1
    return MentionResults(shown, **counted)
