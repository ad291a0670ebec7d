"""Settings: one frozen Struct, built once from the environment. Nothing else reads the environment."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_type_hints
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from msgspec import Struct

Network = IPv4Network | IPv6Network
Target = tuple[str, int]
ClickDurability = Literal["disk", "os", "memory"]


class SettingsError(ValueError):
    """Settings that cannot be used; the message names variable, value and what was expected."""


def _text(text: str) -> str:
    return text


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _between(low: float, high: float, kind: Callable[[str], Any] = int) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        number = kind(text)
        if not low <= number <= high:
            raise ValueError
        return number

    return read


def _megabytes(text: str) -> int:
    return int(_between(1, 100_000)(text)) * 1024 * 1024


def _url(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not text.startswith(f"{parts.scheme}://"):
            raise ValueError
        return text.rstrip("/")

    return read


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _host(text: str) -> str:
    if any(character in text for character in "/@ ,"):
        raise ValueError
    return text.lower()


def _header(text: str) -> str:
    if not text.replace("-", "").isalnum() or not text.isascii():
        raise ValueError
    return text.lower()


def _target(text: str) -> Target:
    host, _, port = text.rpartition(":")
    if not host:
        raise ValueError
    return _host(host).strip("[]"), _between(1, 65535)(port)


def _level(text: str) -> str:
    if text.lower() not in {"debug", "info", "warning", "error"}:
        raise ValueError
    return text.lower()


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError
        return text.lower()

    return read


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError
    return text


def _list(item: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    def read(text: str) -> tuple[Any, ...]:
        return tuple(item(part.strip()) for part in text.split(",") if part.strip())

    return read


class Env(Struct, frozen=True):
    """A variable of the environment: its meaning, and how it is read. README shows them as a table."""

    name: str
    meaning: str
    expects: str = "text"
    default: str = ""
    read: Callable[[str], Any] = _text
    empty: Any = None
    secret: bool = False

    def value(self, env: Mapping[str, str]) -> Any:
        """The variable's value; unset and empty mean the default. Raises ValueError if it cannot be read."""
        text = env.get(self.name, "").strip() or self.default
        return self.read(text) if text else self.empty


def _dsn(name: str, meaning: str) -> Env:
    expects = "a PostgreSQL URL such as postgresql://owner:password@host:5432/elci"
    return Env(name, meaning, expects, read=_url("postgresql", "postgres"), secret=True)


def _many(name: str, meaning: str, item: str, read: Callable[[str], Any]) -> Env:
    return Env(name, meaning, f"{item}, separated by commas", read=_list(read), empty=())


def _number(name: str, meaning: str, default: float, low: float, high: float) -> Env:
    kind = type(default)
    expects = f"a {'whole ' if kind is int else ''}number from {low} to {high}"
    return Env(name, meaning, expects, str(default), _between(low, high, kind))


def _size(name: str, meaning: str, default: int) -> Env:
    return Env(name, meaning, "megabytes, 1 or more", str(default), _megabytes)


class Settings(Struct, frozen=True, kw_only=True):
    """What the environment decides. `database_url` is None until somebody has started the embedded server."""

    database_url: Annotated[
        str | None,
        _dsn(
            "DATABASE_URL",
            "The owner's direct database URL (PostgreSQL 15 to 18). Unset: a server of our own.",
        ),
    ]
    app_database_url: Annotated[
        str | None,
        _dsn(
            "ELCI_APP_DATABASE_URL",
            "The app role's URL. Unset: derived from DATABASE_URL and the secret key.",
        ),
    ]
    search_database_url: Annotated[
        str | None, _dsn("ELCI_SEARCH_DATABASE_URL", "The search role's URL. Unset: derived likewise.")
    ]
    home: Annotated[
        Path,
        Env("ELCI_HOME", "Embedded database, secret key, outbox, server.json.", "a folder", "./.elci", _path),
    ]
    host: Annotated[str, Env("ELCI_HOST", "Address to listen on.", "a host name", "127.0.0.1", _host)]
    port: Annotated[int, _number("ELCI_PORT", "Port to listen on; 0 takes a free one.", 8000, 0, 65535)]
    workers: Annotated[int, _number("ELCI_WORKERS", "API processes that `serve` starts.", 1, 1, 256)]
    public_url: Annotated[
        str | None,
        Env(
            "ELCI_PUBLIC_URL",
            "Address under which people reach the service. Unset: http://ELCI_HOST:ELCI_PORT.",
            "an origin such as https://elci.example",
            read=_origin,
        ),
    ]
    secret_key: Annotated[
        str,
        Env(
            "ELCI_SECRET_KEY",
            "Passwords of roles and signing keys derive from it. Unset: made in ELCI_HOME/secret.key.",
            "at least 32 characters",
            read=_secret,
            secret=True,
        ),
    ]
    smtp_url: Annotated[
        str | None,
        Env(
            "ELCI_SMTP_URL",
            "Mail server. Unset: mail goes to ELCI_HOME/outbox/*.eml.",
            "smtp://, smtps:// or smtp+starttls://user:password@host:port",
            read=_url("smtp", "smtps", "smtp+starttls"),
            secret=True,
        ),
    ]
    mail_from: Annotated[
        str, Env("ELCI_MAIL_FROM", "Sender of mails.", "an address", "elci <elci@localhost>")
    ]
    trusted_proxies: Annotated[
        tuple[Network, ...],
        _many(
            "ELCI_TRUSTED_PROXIES",
            "Proxies whose X-Forwarded-For is believed.",
            "addresses or networks such as 10.0.0.0/8",
            ip_network,
        ),
    ]
    cors_origins: Annotated[
        tuple[str, ...],
        _many(
            "ELCI_CORS_ORIGINS",
            "Origins whose pages may call the API.",
            "origins such as https://app.example",
            _origin,
        ),
    ]
    allowed_hosts: Annotated[
        tuple[str, ...],
        _many(
            "ELCI_ALLOWED_HOSTS",
            "Host headers that are answered, beside localhost. Unset: any.",
            "host names",
            _host,
        ),
    ]
    link_host: Annotated[
        str | None, Env("ELCI_LINK_HOST", "Host whose root serves short links.", "a host name", read=_host)
    ]
    click_durability: Annotated[
        ClickDurability,
        Env(
            "ELCI_CLICK_DURABILITY",
            "What a click survives whose redirect was answered: disk a power cut, os a killed process, memory"
            " neither.",
            "disk, os or memory",
            "disk",
            _one_of("disk", "os", "memory"),
        ),
    ]
    click_window_days: Annotated[
        int, _number("ELCI_CLICK_WINDOW_DAYS", "Days that the cookie of a click is kept for.", 30, 1, 400)
    ]
    click_retention_days: Annotated[
        int, _number("ELCI_CLICK_RETENTION_DAYS", "Days that raw clicks are kept for.", 395, 2, 1100)
    ]
    event_retention_days: Annotated[
        int, _number("ELCI_EVENT_RETENTION_DAYS", "Days that events of web pages are kept for.", 395, 2, 1100)
    ]
    country_header: Annotated[
        str | None,
        Env(
            "ELCI_COUNTRY_HEADER",
            "Header in which a trusted proxy says a visitor's country, such as CF-IPCountry.",
            "a header's name",
            read=_header,
        ),
    ]
    allow_targets: Annotated[
        tuple[Target, ...],
        _many(
            "ELCI_ALLOW_TARGETS",
            "Private receivers that outgoing calls may reach; logged at start.",
            "host:port pairs",
            _target,
        ),
    ]
    log_level: Annotated[
        str,
        Env("ELCI_LOG_LEVEL", "Least level that is logged.", "debug, info, warning or error", "info", _level),
    ]
    pool_size: Annotated[int, _number("ELCI_POOL_SIZE", "Connections of each process.", 10, 1, 500)]
    search_pool_size: Annotated[
        int, _number("ELCI_SEARCH_POOL_SIZE", "Connections of each process as the search role.", 4, 1, 500)
    ]
    pool_timeout: Annotated[
        float, _number("ELCI_POOL_TIMEOUT", "Seconds that a request waits for a connection.", 1.5, 0.1, 60.0)
    ]
    statement_timeout: Annotated[
        float,
        _number("ELCI_STATEMENT_TIMEOUT", "Longest statement of a request, seconds.", 15.0, 0.1, 3600.0),
    ]
    jobs_at_once: Annotated[
        int, _number("ELCI_JOBS_AT_ONCE", "Jobs that one worker runs at the same time.", 2, 1, 64)
    ]
    max_body: Annotated[int, _size("ELCI_MAX_BODY_MB", "Largest request body, files apart.", 8)]
    max_upload: Annotated[int, _size("ELCI_MAX_UPLOAD_MB", "Largest uploaded file.", 1024)]
    shutdown_timeout: Annotated[
        int,
        _number("ELCI_SHUTDOWN_TIMEOUT", "Seconds that open requests may take after a stop.", 15, 1, 25),
    ]

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read every variable; a missing secret key is made and kept in `ELCI_HOME/secret.key`.

        Raises SettingsError with one line per variable that is wrong.
        """
        values: dict[str, Any] = {}
        wrong = []
        for field, variable in variables():
            try:
                values[field] = variable.value(env)
            except ValueError:
                shown = "(not shown)" if variable.secret else repr(env[variable.name])
                wrong.append(f"{variable.name}={shown}: expected {variable.expects}")
        if wrong:
            raise SettingsError("\n".join(wrong))
        values["secret_key"] = values["secret_key"] or kept_secret(values["home"])
        return cls(**values)

    def __repr__(self) -> str:
        # A log line or a traceback that shows the settings must not show what they protect.
        shown = (f"{field}={getattr(self, field)!r}" for field, v in variables() if not v.secret)
        return f"Settings({', '.join(shown)})"


# For processes that share a machine with others of their kind: threads of linear algebra that spin while they
# wait for each other made a fit on two busy cores twelve times slower.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def environment() -> dict[str, str]:
    """The environment of this process, for those who start others."""
    return dict(os.environ)


def unknown(env: Mapping[str, str]) -> list[str]:
    """Variables that look like elci's and are none: a slip of the pen would otherwise pass unseen."""
    known = {variable.name for _, variable in variables()} | {"ELCI_VENV", "ELCI_REAL_DATA"}
    return sorted(name for name in env if name.startswith("ELCI_") and name not in known)


def variables() -> Iterator[tuple[str, Env]]:
    """Each field of Settings with the variable it is read from, in order."""
    for field, hint in get_type_hints(Settings, include_extras=True).items():
        yield field, hint.__metadata__[0]


def make_home(home: Path) -> None:
    """Make ELCI_HOME if need be. Raises SettingsError if it cannot be."""
    try:
        # Root's own is passable, as root's PostgreSQL runs as another user; each file in it has its own mode.
        home.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise SettingsError(
            f"ELCI_HOME={str(home)!r}: expected a folder that can be made: {error}"
        ) from error


def kept_secret(home: Path) -> str:
    """The secret in `home/secret.key`, made (mode 0600) by whichever process comes first."""
    file = home / "secret.key"
    make_home(home)
    try:
        if not file.exists():
            _make_secret(file)
        text = file.read_text().strip()
    except OSError as error:
        raise SettingsError(f"ELCI_HOME={str(home)!r}: expected a folder of your own: {error}") from error
    if len(text) < 32:
        raise SettingsError(
            f"{file}: expected at least 32 characters; set ELCI_SECRET_KEY or remove the file"
        )
    return text


def _make_secret(file: Path) -> None:
    # Written aside and linked: a second process that starts meanwhile reads a whole key or none.
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(aside, file)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def derive_key(settings: Settings, purpose: str) -> bytes:
    """32 bytes for one purpose (a role's password, signing of tokens, ...), from the secret key."""
    return hmac.digest(settings.secret_key.encode(), purpose.encode(), hashlib.sha256)


def public_url(settings: Settings) -> str:
    """The address that stands in mails and answers, without a slash at its end."""
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def database_name(settings: Settings) -> str:
    """The database in `DATABASE_URL`."""
    parts = urlsplit(owner_dsn(settings))
    name = unquote(parts.path.lstrip("/")) or dict(parse_qsl(parts.query)).get("dbname", "")
    if not name:
        raise SettingsError("DATABASE_URL=(not shown): expected the database's name at its end")
    return name


def owner_dsn(settings: Settings) -> str:
    """The owner's URL; raises SettingsError as long as there is no database."""
    if settings.database_url is None:
        raise SettingsError("DATABASE_URL is unset and no embedded PostgreSQL has been started")
    return settings.database_url


def app_role(settings: Settings) -> str:
    """The role of API and job processes: `<database>_app`, or the user in ELCI_APP_DATABASE_URL."""
    return _user(settings.app_database_url) or f"{database_name(settings)}_app"


def search_role(settings: Settings) -> str:
    """The role that reads the search tables alone."""
    return _user(settings.search_database_url) or f"{database_name(settings)}_search"


def role_password(settings: Settings, role: str) -> str:
    """The password that `migrate` sets and the processes log in with."""
    return base64.urlsafe_b64encode(derive_key(settings, f"database role {role}")).decode().rstrip("=")


def app_dsn(settings: Settings) -> str:
    """The URL with which API and job processes log in."""
    return settings.app_database_url or _as_role(settings, app_role(settings))


def search_dsn(settings: Settings) -> str:
    """The URL of the small pool that reads the search tables."""
    return settings.search_database_url or _as_role(settings, search_role(settings))


def _user(dsn: str | None) -> str | None:
    parts = urlsplit(dsn or "")
    return unquote(parts.username) if parts.username else dict(parse_qsl(parts.query)).get("user")


def _as_role(settings: Settings, role: str) -> str:
    parts = urlsplit(owner_dsn(settings))
    query = [(k, v) for k, v in parse_qsl(parts.query) if k not in {"user", "password", "dbname"}]
    place = parts.netloc.rpartition("@")[2]
    address = f"{quote(role, safe='')}:{role_password(settings, role)}@{place}"
    path = quote(database_name(settings), safe="")
    return f"postgresql://{address}/{path}" + (f"?{urlencode(query)}" if query else "")
