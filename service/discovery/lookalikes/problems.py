"""What can go wrong with lookalikes."""

from service.kit.problems import Conflict, Problem


class NoLookalikes(Conflict):
    """Who opted out or was archived is not compared with others."""

    title = "The influencer is not compared"
    slug = "not-compared"


CONSTRAINTS: dict[str, type[Problem]] = {}

TURKISH = {"The influencer is not compared": "Bu influencer karşılaştırılmaz"}
