"""Links as the API shows them. Pure."""

from service.kit import ids
from service.links.catalogue.schemas import Link, LinkHealth, LinkRow, LinkTarget, Utm
from service.links.redirect import Destination, Target, landing
from service.settings import Settings, public_url


def link(row: LinkRow, settings: Settings) -> Link:
    """A link with its short address."""
    health = None
    if row.health is not None and row.checked_at is not None:
        health = LinkHealth(row.health, row.health_code, row.health_reason, row.checked_at)
    return Link(
        id=ids.show("lnk", row.id),
        short_url=short_url(row, settings),
        code=row.code,
        host=row.host,
        url=row.url,
        title=row.title,
        status=row.status,
        partner_id=ids.show_or_none("prt", row.partner_id),
        campaign_id=ids.show_or_none("cmp", row.campaign_id),
        coupon_id=ids.show_or_none("cpn", row.coupon_id),
        sub1=row.sub1,
        sub2=row.sub2,
        sub3=row.sub3,
        sub4=row.sub4,
        sub5=row.sub5,
        targets=[target(one) for one in row.targets],
        utm=utm(row.utm),
        mode=row.mode,
        via=row.via,
        platform=row.platform,
        network=row.network,
        tracking_id=row.tracking_id,
        cap=row.cap,
        expires_at=row.expires_at,
        fallback_url=row.fallback_url,
        external_id=row.external_id,
        health=health,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def target(one: Target) -> LinkTarget:
    return LinkTarget(one.url, one.weight, list(one.countries), list(one.devices), list(one.languages))


def utm(templates: dict[str, str]) -> Utm:
    """The templates without the names' `utm_`."""
    return Utm(**{name.removeprefix("utm_"): template for name, template in templates.items()})


def short_url(row: LinkRow, settings: Settings) -> str:
    """What is given out: the code on its host; for a `direct` link, the destination itself."""
    if row.mode == "direct":
        return landing(_destination(row))
    return follow_url(row.host, row.code, settings)


def follow_url(host: str | None, code: str, settings: Settings) -> str:
    """The address at which the redirect is asked."""
    base = public_url(settings)
    scheme = base.partition("://")[0]
    if host or settings.link_host:
        return f"{scheme}://{host or settings.link_host}/{code}"
    return f"{base}/r/{code}"


def _destination(row: LinkRow) -> Destination:
    # A workspace's id plays no part in an address.
    return Destination(
        workspace_id=row.id,
        link_id=row.id,
        code=row.code,
        host=row.host,
        url=row.url,
        utm=row.utm,
        sub=(row.sub1, row.sub2, row.sub3, row.sub4, row.sub5),
        partner_id=row.partner_id,
        campaign_id=row.campaign_id,
        via=row.via,
        network=row.network,
        tracking_id=row.tracking_id,
        platform=row.platform,
        partner=row.partner,
    )
