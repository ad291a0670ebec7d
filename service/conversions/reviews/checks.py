"""Whether rules hold together: pure, and every fault at once."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from service.accounts.workspaces.checks import normal_host
from service.conversions.reviews.rules import ReviewRules
from service.kit.problems import InvalidInput


def normal(rules: ReviewRules) -> ReviewRules:
    """The rules with hosts in their normal form and without repetitions. Raises InvalidInput."""
    errors = [
        {"path": f"{path}[{at}]", "message": "is no host name"}
        for path, hosts in _hosts(rules)
        for at, host in enumerate(hosts)
        if normal_host(host) is None
    ]
    if errors:
        raise InvalidInput("rules that can't be", errors=errors)
    email, leaked = rules.disposable_email, rules.leaked_coupon
    return structs.replace(
        rules,
        banned_referrers=_normal(rules.banned_referrers),
        disposable_email=email
        and structs.replace(email, domains=_normal(email.domains), allowed=_normal(email.allowed)),
        leaked_coupon=leaked and structs.replace(leaked, sites=_normal(leaked.sites)),
    )


def _hosts(rules: ReviewRules) -> Iterator[tuple[str, Sequence[str]]]:
    yield "banned_referrers", rules.banned_referrers
    if rules.disposable_email:
        yield "disposable_email.domains", rules.disposable_email.domains
        yield "disposable_email.allowed", rules.disposable_email.allowed
    if rules.leaked_coupon:
        yield "leaked_coupon.sites", rules.leaked_coupon.sites


def _normal(hosts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys((normal_host(host) or "").removeprefix("www.") for host in hosts))
