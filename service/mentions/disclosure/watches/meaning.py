"""Which posts a watch means, and what of them is judged. Pure."""

from scoring.folding import fold_tr
from service.mentions.disclosure import advertisers
from service.mentions.disclosure.deciding import Post
from service.mentions.disclosure.reading import read
from service.mentions.disclosure.tokens import squashed
from service.mentions.disclosure.watches.schemas import WatchedPost, WatchRow


def means(watch: WatchRow, post: WatchedPost) -> bool:
    """Whether a post names the watch's advertiser, one of its handles or hashtags.

    What a source lists beside the caption counts too: it may know of a tag in the picture.
    """
    names = advertisers.names((watch.advertiser, *watch.handles))
    wanted = {squashed(fold_tr(tag)) for tag in watch.hashtags} | set(names)
    listed = {squashed(fold_tr(one)) for one in (*post.hashtags, *post.mentions)}
    if wanted & listed:
        return True
    reading = read("text", None, post.caption or "", names)
    return reading.names_advertiser or bool(wanted & reading.tags.keys())


def judged(watch: WatchRow, post: WatchedPost) -> Post:
    """A stored post as it is judged: of a stored one there is the caption."""
    return Post(
        platform=post.platform,
        market=watch.market,
        text=post.caption or "",
        format=post.format,
        names=(watch.advertiser, *watch.handles),
        at=post.at,
    )
