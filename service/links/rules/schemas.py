"""A workspace's rules on which clicks count."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from service.links.sources.schemas import Privacy

Host = Annotated[str, Meta(min_length=1, max_length=253, examples=["spam.example"])]
Words = Annotated[str, Meta(min_length=3, max_length=200, examples=["SomeTool/"])]


class Velocity(Struct, frozen=True, forbid_unknown_fields=True):
    """Of one visitor's clicks on one link, more than `clicks` within `seconds` don't count."""

    clicks: Annotated[int, Meta(ge=1, le=10_000)] = 10
    seconds: Annotated[int, Meta(ge=1, le=3600)] = 60


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """What decides, beside a click itself, whether it counts.

    `banned_referrers`: hosts, each with its subdomains. `banned_agents`: words in an agent string, in any
    case. `datacenter`: clicks out of the operator's list of data centres don't count.
    """

    velocity: Velocity | None = Velocity()
    banned_referrers: Annotated[list[Host], Meta(max_length=500)] = []
    banned_agents: Annotated[list[Words], Meta(max_length=200)] = []
    datacenter: bool = True
    privacy: Privacy = Privacy()


class RulesRow(Struct, frozen=True):
    """A version of the rules."""

    version: int
    rules: Rules
    created_by: str | None
    created_at: datetime | None


class ClickRules(Struct):
    """A version of the rules. Version 0 are the defaults, which nobody has changed."""

    version: int
    rules: Rules
    created_by: str | None
    created_at: datetime | None


class Evaluation(Struct):
    """What new rules change among the clicks that are kept: so many clicks, and how many of them each way.

    Nothing is lost: rules put back make every figure what it was.
    """

    clicks: int = 0
    newly_counted: int = 0
    no_longer_counted: int = 0
    other_reasons: int = 0


class RulesChange(Struct):
    """The rules, and the job that applies them to what is kept; its result says how many clicks change."""

    rules: ClickRules
    job_id: str
    dry_run: bool
