"""Whether a link can be: pure, every fault at once, and its values in their normal form."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from service.accounts.workspaces.checks import normal_host
from service.kit import ids
from service.kit.problems import NotFound
from service.kit.text import fold_tr
from service.links import codes, macros, networks
from service.links.catalogue import destinations
from service.links.catalogue.destinations import Address, NotALink
from service.links.catalogue.schemas import NewLink, Values
from service.links.redirect import Target

Fault = dict[str, str]


class Grounds(Struct, frozen=True):
    """What a link is checked against: the workspace's lists, and the service's own link host."""

    destination_hosts: Collection[str]
    link_hosts: Collection[str]
    link_host: str | None


class Faulty(ValueError):
    """A link that can't be, with every fault of it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("a link that can't be")
        self.faults = faults


def values(data: NewLink, grounds: Grounds, only: Collection[str] | None = None) -> Values:
    """The values of a link. Raises Faulty; with `only`, for faults of these fields alone.

    A code that is left out is drawn here.
    """
    checked = _Checked(data, grounds)
    faults = [fault for fault in checked.faults if only is None or _root(fault) in only]
    if faults:
        raise Faulty(faults)
    return checked.values()


def _root(fault: Fault) -> str:
    return fault["path"].partition(".")[0].partition("[")[0]


class _Checked:
    """One pass over a link: what is wrong, and what is normal, side by side."""

    def __init__(self, data: NewLink, grounds: Grounds) -> None:
        self.data, self.grounds = data, grounds
        self.faults: list[Fault] = []
        self.url = self.address("url", data.url)
        self.fallback = None if data.fallback_url is None else self.address("fallback_url", data.fallback_url)
        self.targets = [self.address(f"targets[{at}].url", one.url) for at, one in enumerate(data.targets)]
        self.host = self._host()
        self.code = self._name("code", data.code) or codes.random()
        self.via = self._name("via", data.via)
        if data.mode == "direct" and data.via is None:
            self.via = self.code
        self.utm = dict(self._utm())
        self._network()
        self.partner_id = self._id("partner_id", "prt", data.partner_id)
        self.campaign_id = self._id("campaign_id", "cmp", data.campaign_id)
        self.coupon_id = self._id("coupon_id", "cpn", data.coupon_id)

    def fault(self, path: str, message: str) -> None:
        self.faults.append({"path": path, "message": message})

    def address(self, path: str, text: str) -> Address:
        try:
            found = destinations.read(text)
        except NotALink as error:
            self.fault(path, str(error))
            return Address("", "")
        if not destinations.is_listed(found.host, self.grounds.destination_hosts):
            self.fault(path, f"{found.host} is not among the workspace's destination_hosts")
        return found

    def _host(self) -> str | None:
        given = self.data.host
        host = None if given is None else normal_host(given)
        if given is not None and host != self.grounds.link_host and host not in self.grounds.link_hosts:
            self.fault("host", "is not among the workspace's link_hosts")
        return None if host == self.grounds.link_host else host

    def _name(self, path: str, text: str | None) -> str | None:
        name = None if text is None else codes.normal(text)
        if text is not None and name is None:
            self.fault(path, "needs 3 to 64 letters, digits, - or _, the first and the last no - or _")
        return name

    def _utm(self) -> Iterator[tuple[str, str]]:
        for name, template in structs.asdict(self.data.utm).items():
            if template is not None:
                for message in macros.faults(template):
                    self.fault(f"utm.{name}", message)
                yield f"utm_{name}", template

    def _network(self) -> None:
        network = self.data.network
        if network is None:
            if self.data.tracking_id is not None:
                self.fault("tracking_id", "needs a network")
            return
        if self.data.tracking_id is None:
            self.fault("tracking_id", f"is required for {network}")
        if self.url.host and not networks.fits(network, self.url.host):
            self.fault("network", f"{self.url.host} is not of {network}")

    def _id(self, path: str, prefix: str, text: str | None) -> UUID | None:
        try:
            return None if text is None else ids.read(prefix, text)
        except NotFound as error:
            self.fault(path, str(error.detail))
            return None

    def values(self) -> Values:
        data = self.data
        addresses = [self.url, *self.targets, *([self.fallback] if self.fallback else [])]
        plain: dict[str, Any] = {
            name: getattr(data, name)
            for name in (
                *("title", "sub1", "sub2", "sub3", "sub4", "sub5", "mode", "platform", "network"),
                *("tracking_id", "cap", "expires_at", "external_id"),
            )
        }
        return Values(
            host=self.host,
            code=self.code,
            url=self.url.url,
            hosts=sorted({one.host for one in addresses}),
            folded=fold_tr(f"{self.code} {data.title or ''} {self.url.url}"),
            partner_id=self.partner_id,
            campaign_id=self.campaign_id,
            coupon_id=self.coupon_id,
            targets=tuple(
                Target(found.url, one.weight, tuple(one.countries), tuple(one.devices), tuple(one.languages))
                for one, found in zip(data.targets, self.targets, strict=True)
            ),
            utm=self.utm,
            via=self.via,
            fallback_url=self.fallback.url if self.fallback else None,
            **plain,
        )
