import inspect
import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg.connect_utils
import pytest

from service import settings as module
from service.settings import Settings, SettingsError, app_dsn, search_dsn, variables

KEY = "k" * 40
README = Path(module.__file__).parents[1] / "README.md"


def read(tmp_path: Path, **env: str) -> Settings:
    return Settings.from_env({"ELCI_HOME": str(tmp_path), **env})


def test_defaults_need_nothing(tmp_path):
    settings = read(tmp_path)
    assert (settings.database_url, settings.host, settings.port, settings.workers) == (
        None,
        "127.0.0.1",
        8000,
        1,
    )
    assert (settings.trusted_proxies, settings.smtp_url, settings.link_host) == ((), None, None)


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("ELCI_PORT", "0", "port", 0),
        ("ELCI_PORT", " 9001 ", "port", 9001),
        ("ELCI_HOST", "", "host", "127.0.0.1"),
        (
            "ELCI_TRUSTED_PROXIES",
            "10.0.0.0/8, ::1",
            "trusted_proxies",
            (ip_network("10.0.0.0/8"), ip_network("::1")),
        ),
        (
            "ELCI_ALLOW_TARGETS",
            "127.0.0.1:9000,[::1]:80",
            "allow_targets",
            (("127.0.0.1", 9000), ("::1", 80)),
        ),
        ("ELCI_CORS_ORIGINS", "https://App.example/", "cors_origins", ("https://app.example",)),
        ("ELCI_ALLOWED_HOSTS", "a.example,,*.b.example", "allowed_hosts", ("a.example", "*.b.example")),
        ("ELCI_LOG_LEVEL", "DEBUG", "log_level", "debug"),
        ("ELCI_MAX_BODY_MB", "2", "max_body", 2 * 1024 * 1024),
        ("ELCI_POOL_TIMEOUT", "0.5", "pool_timeout", 0.5),
        ("ELCI_PUBLIC_URL", "https://elci.example/", "public_url", "https://elci.example"),
    ],
)
def test_reads(tmp_path, name, value, field, expected):
    assert getattr(read(tmp_path, **{name: value}), field) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELCI_PORT", "65536"),
        ("ELCI_PORT", "http"),
        ("ELCI_WORKERS", "0"),
        ("ELCI_POOL_TIMEOUT", "nan"),
        ("ELCI_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("ELCI_ALLOW_TARGETS", "127.0.0.1"),
        ("ELCI_CORS_ORIGINS", "*"),
        ("ELCI_CORS_ORIGINS", "https://app.example/path"),
        ("ELCI_HOST", "a b"),
        ("ELCI_LOG_LEVEL", "loud"),
        ("ELCI_SHUTDOWN_TIMEOUT", "600"),
    ],
)
def test_an_error_names_variable_value_and_expectation(tmp_path, name, value):
    expects = next(v.expects for _, v in variables() if v.name == name)
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, **{name: value})
    assert str(caught.value) == f"{name}={value!r}: expected {expects}"


def test_every_wrong_variable_is_named_at_once(tmp_path):
    with pytest.raises(SettingsError, match=r"(?s)ELCI_PORT.*ELCI_WORKERS"):
        read(tmp_path, ELCI_PORT="x", ELCI_WORKERS="x")


def test_secrets_are_not_shown(tmp_path):
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, DATABASE_URL="mysql://u:canary@h/d", ELCI_SECRET_KEY="canary")
    settings = read(
        tmp_path,
        DATABASE_URL="postgresql://u:canary@h/d",
        ELCI_SMTP_URL="smtp://u:canary@h",
        ELCI_SECRET_KEY="canary" * 9,
    )
    assert "canary" not in str(caught.value) + repr(settings) + str(settings)


def test_the_secret_key_is_made_once_and_private(tmp_path):
    home = tmp_path / "a" / "b"
    first, second = read(home), read(home)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 64
    assert (home / "secret.key").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == (0o711 if os.geteuid() == 0 else 0o700)
    assert [file.name for file in home.iterdir()] == ["secret.key"]
    assert read(tmp_path / "c").secret_key != first.secret_key


@pytest.mark.parametrize("home", ["file", "file/below", "folder"])
def test_a_home_that_cannot_be_used(tmp_path, home):
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "secret.key").mkdir(parents=True)
    with pytest.raises(SettingsError, match=r"ELCI_HOME='.*': expected a folder"):
        read(tmp_path / home)


def test_a_given_secret_key_leaves_no_file(tmp_path):
    assert read(tmp_path, ELCI_SECRET_KEY=KEY).secret_key == KEY
    assert not list(tmp_path.iterdir())


def test_a_damaged_secret_file_is_refused(tmp_path):
    (tmp_path / "secret.key").write_text("short\n")
    with pytest.raises(SettingsError, match=r"secret\.key"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("dsn", "host", "database"),
    [
        ("postgresql://owner:pw@db.example:6000/elci", "db.example", "elci"),
        ("postgres://owner@/shop%20one?host=/run/a%20b", "/run/a b", "shop one"),
        ("postgresql://db.example/?dbname=elci&user=owner", "db.example", "elci"),
        ("postgresql://owner:p%40w@one:1,two:2/elci?target_session_attrs=primary", "one", "elci"),
    ],
)
def test_roles_log_in_at_the_owners_address(tmp_path, dsn, host, database):
    settings = read(tmp_path, DATABASE_URL=dsn, ELCI_SECRET_KEY=KEY)
    for derived, suffix in ((app_dsn(settings), "_app"), (search_dsn(settings), "_search")):
        parsed = parse(derived)
        assert (parsed.hosts[0], parsed.database, parsed.user) == (host, database, database + suffix)
        assert parsed.password == module.role_password(settings, database + suffix)
    assert urlsplit(app_dsn(settings)).password != urlsplit(search_dsn(settings)).password


class Parsed:
    def __init__(self, addresses, parameters):
        self.hosts = [address if isinstance(address, str) else address[0] for address in addresses]
        self.hosts = [host.rpartition("/.s.PGSQL")[0] or host for host in self.hosts]
        self.database, self.user, self.password = (
            parameters.database,
            parameters.user,
            parameters.password,
        )


def parse(dsn: str) -> Parsed:
    # asyncpg's own reading of the URL is what counts.
    reader = asyncpg.connect_utils._parse_connect_dsn_and_args
    unset = dict.fromkeys(inspect.signature(reader).parameters)
    return Parsed(*reader(**(unset | {"dsn": dsn})))


def test_given_role_urls_win(tmp_path):
    url = "postgresql://other:pw@h/elci"
    settings = read(tmp_path, DATABASE_URL="postgresql://o@h/elci", ELCI_APP_DATABASE_URL=url)
    assert app_dsn(settings) == url
    assert module.app_role(settings) == "other"
    assert module.search_role(settings) == "elci_search"


def test_without_a_database_the_reason_is_said(tmp_path):
    with pytest.raises(SettingsError, match="DATABASE_URL is unset"):
        app_dsn(read(tmp_path))
    with pytest.raises(SettingsError, match="database's name"):
        app_dsn(read(tmp_path, DATABASE_URL="postgresql://o@h"))


def test_keys_differ_by_purpose(tmp_path):
    settings = read(tmp_path, ELCI_SECRET_KEY=KEY)
    assert module.derive_key(settings, "a") != module.derive_key(settings, "b")
    assert len(module.derive_key(settings, "a")) == 32


def test_names_are_unique():
    names = [v.name for _, v in variables()]
    assert len(set(names)) == len(names)
