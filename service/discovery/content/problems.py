"""What can go wrong with texts."""

from service.kit.problems import Conflict, Problem


class BrokenSpace(Conflict):
    """What was learnt is kept with its hash and refused where that differs."""

    title = "What was learnt from texts can't be used"
    slug = "broken-content-space"


CONSTRAINTS: dict[str, type[Problem]] = {}

TURKISH = {"What was learnt from texts can't be used": "Metinlerden öğrenilen kullanılamıyor"}
