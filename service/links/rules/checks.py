"""Whether rules hold together: pure, and every fault at once."""

from msgspec import structs

from service.accounts.workspaces.checks import normal_host
from service.kit.problems import InvalidInput
from service.links.rules.schemas import Rules


def normal(rules: Rules) -> Rules:
    """The rules with hosts in their normal form and without repetitions. Raises InvalidInput."""
    errors = [
        {"path": f"banned_referrers[{at}]", "message": "is no host name"}
        for at, host in enumerate(rules.banned_referrers)
        if normal_host(host) is None
    ]
    errors += [
        {"path": f"banned_agents[{at}]", "message": "is in the agent string of nearly every browser"}
        for at, word in enumerate(rules.banned_agents)
        if word.strip().lower() in _EVERYWHERE
    ]
    if errors:
        raise InvalidInput("rules that can't be", errors=errors)
    hosts = [(normal_host(host) or "").removeprefix("www.") for host in rules.banned_referrers]
    agents = [word.strip() for word in rules.banned_agents]
    return structs.replace(
        rules, banned_referrers=list(dict.fromkeys(hosts)), banned_agents=list(dict.fromkeys(agents))
    )


_EVERYWHERE = {"mozilla", "mozilla/", "mozilla/5.0", "gecko", "like gecko", "khtml", "applewebkit"}
