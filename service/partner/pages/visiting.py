"""Who looks at a page: their language, their session, their form; and the page in their language."""

import dataclasses
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from service.accounts.authentication import partner_caller
from service.accounts.callers import Caller
from service.accounts.labels.registry import Language, find
from service.accounts.partners import store as access
from service.kit import clock
from service.kit.db import Connection
from service.partner.me import actions as own
from service.partner.me.schemas import PartnerMe
from service.partner.pages import cookies, formats, rendering, texts
from service.partner.pages.forms import Sent
from service.partner.pages.language import chosen
from service.partner.pages.problems import ForeignForm, NotLoggedIn
from service.settings import Settings

AnyRequest = Request[Any, Any, Any]
# Fields that a form of ours has beside its own.
PROOF = "csrf"
BY_DEFAULT = "tr"


@dataclasses.dataclass
class Visitor:
    """A browser, and whom it is logged in as. `me`: read where a page is a partner's own."""

    request: AnyRequest
    settings: Settings
    visit: str
    is_new: bool
    language: Language
    caller: Caller | None = None
    me: PartnerMe | None = None
    cookies: list[Cookie] = dataclasses.field(default_factory=list)

    @property
    def session_id(self) -> UUID | None:
        """The session that forms are bound to."""
        return None if self.caller is None else self.caller.session_id

    def page(self, template: str, status_code: int = 200, /, **context: Any) -> Response[str]:
        """A template, in the visitor's language."""
        return rendering.page(template, self._common() | context, self._cookies(), status_code)

    def go(self, path: str) -> Response[Any]:
        """To another page, which is asked for anew."""
        headers = {name: rendering.HEADERS[name] for name in ("Cache-Control", "Referrer-Policy")}
        return Redirect(path, status_code=303, headers=headers, cookies=self._cookies())

    def text(self, name: str, /, **values: Any) -> str:
        """A text of the pages."""
        return texts.said(name, self.language, **values)

    def _cookies(self) -> list[Cookie]:
        kept = [cookies.made(self.settings, "visit", self.visit)] if self.is_new else []
        if self.request.query_params.get("lang") == self.language:
            kept.append(cookies.made(self.settings, "lang", self.language, cookies.YEAR))
        return [*kept, *self.cookies]

    def _common(self) -> dict[str, Any]:
        zone = ZoneInfo(self.me.brand.timezone if self.me else "UTC")
        language = self.language
        return {
            "t": self.text,
            "lang": language,
            "languages": [
                (code, name, self._address(lang=code, cursor=None)) for code, name in texts.LANGUAGES
            ],
            "csrf": cookies.proof(self.settings, self.visit, self.session_id),
            "path": self.request.url.path,
            "ask": self.request.query_params,
            "address": self._address,
            "paragraphs": formats.paragraphs,
            "me": self.me,
            "money": lambda value: formats.money(value, language),
            "minor": lambda amount, currency: formats.minor(amount, currency, language),
            "fraction": lambda amount, currency: formats.fraction(amount, currency, language),
            "number": lambda value: formats.number(value, language),
            "percent": lambda value: formats.percent(value, language),
            "day": lambda value: formats.day(value, language),
            "month": lambda value: formats.month(value, language),
            "moment": lambda value: formats.moment(value, zone, language),
            "named": lambda group, code: labelled(group, code, language),
        }

    def _address(self, **changed: str | None) -> str:
        """The same page asked otherwise."""
        asked = {name: value for name, value in self.request.query_params.items() if name != "lang"}
        return "?" + texts.query(asked | changed)


def labelled(group: str, code: str, language: Language) -> str:
    """What a code is called."""
    label = find(group, code)
    return code if label is None else label.tr if language == "tr" else label.en


def stranger(request: AnyRequest, otherwise: str = BY_DEFAULT) -> Visitor:
    """The visitor of a page that is for everybody. `otherwise`: the brand's language."""
    settings: Settings = request.app.state.settings
    visit = request.cookies.get(cookies.named(settings, "visit"), "")
    language = _language(request, settings, otherwise)
    return Visitor(request, settings, visit or cookies.new_visit(), not visit, language)


async def visitor(request: AnyRequest, otherwise: str = BY_DEFAULT) -> Visitor:
    """The visitor of a page, with their session if there is one."""
    here = stranger(request, otherwise)
    here.caller = await _caller(request, here.settings)
    return here


def _language(request: AnyRequest, settings: Settings, otherwise: str) -> Language:
    return chosen(
        request.query_params.get("lang"),
        request.cookies.get(cookies.named(settings, "lang")),
        request.headers.get("accept-language"),
        otherwise,
    )


async def _caller(request: AnyRequest, settings: Settings) -> Caller | None:
    session = cookies.session_of(settings, request.cookies)
    if session is None:
        return None
    async with request.app.state.database.connection() as db:
        found = await access.find_session(db, session[0])
    if found is None or found.now >= session[1]:
        return None
    return partner_caller(found, session[0])


async def sent(request: AnyRequest, here: Visitor) -> Sent:
    """The fields of a form. Raises ForeignForm."""
    fields: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str) and value.strip():
            fields.setdefault(name, []).append(value.strip())
    form = Sent(fields)
    known = None if here.is_new else here.visit
    if not cookies.is_proven(here.settings, known, here.session_id, form.one(PROOF)):
        raise ForeignForm
    return form


@asynccontextmanager
async def signed_in(request: AnyRequest) -> AsyncIterator[tuple[Visitor, Caller, Connection]]:
    """A partner's own page: the visitor, the caller that they are, and a transaction behind the partner's
    wall. Raises NotLoggedIn."""
    here = await visitor(request)
    if here.caller is None:
        raise NotLoggedIn
    database = request.app.state.database
    async with database.transaction(here.caller.workspace_id, here.caller.partner_id) as db:
        here.me = await own.me(db, here.caller)
        here.language = _language(request, here.settings, here.me.locale)
        yield here, here.caller, db


async def now(request: AnyRequest) -> dt.datetime:
    """The database's time."""
    async with request.app.state.database.connection() as db:
        return await clock.now(db)
