"""Pages to join on as the API shows them. Pure."""

from service.advocacy.pages import addresses, wording
from service.advocacy.pages.checks import Closed
from service.advocacy.pages.schemas import JoinPage, JoinPageRow, PublicJoinPage
from service.kit.ids import show
from service.programs.pages.showing import in_language
from service.programs.preferences.schemas import Language


def page(row: JoinPageRow, closed: Closed | None, public_url: str) -> JoinPage:
    """A page as its brand sees it."""
    return JoinPage(
        program_id=show("prg", row.program_id),
        page_url=public_url + addresses.path(row.token, row.slug),
        open=closed is None,
        closed_because=closed,
        enabled=row.enabled,
        slug=row.slug,
        url=row.url,
        code_pattern=row.code_pattern,
        member=row.member,
        customers_only=row.customers_only,
        marketing=row.marketing,
        texts=row.texts,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def public(row: JoinPageRow, program: str, brand: str, is_open: bool, language: Language) -> PublicJoinPage:
    """A page as those see it who may join."""
    texts = row.texts
    return PublicJoinPage(
        program_id=show("prg", row.program_id),
        program=program,
        brand=brand,
        language=language,
        open=is_open,
        customers_only=row.customers_only,
        headline=wording.own(texts.headline, "headline", language, brand=brand),
        intro=wording.own(texts.intro, "intro", language),
        terms=in_language(texts.terms, language),
        notice=wording.notice(texts, language, brand),
        consent=wording.consent(texts, language, brand, program),
        marketing=wording.marketing(texts, language, brand) if row.marketing else None,
    )
