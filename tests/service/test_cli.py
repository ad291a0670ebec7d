import json
import re

import pytest
from click.testing import CliRunner

from service.cli import _pair, elci


def call(tmp_path, *arguments: str, **env: str):
    env = {"ELCI_HOME": str(tmp_path / "home"), "DATABASE_URL": "", **env}
    return CliRunner().invoke(elci, arguments, env=env)


def test_help_names_every_verb(tmp_path):
    said = call(tmp_path, "--help").output
    verbs = "serve worker migrate demo import score workspace evaluate openapi bench test"
    for verb in verbs.split():
        assert f" {verb} " in said


def test_a_wrong_setting_is_said_without_a_trace(tmp_path):
    result = call(tmp_path, "serve", ELCI_PORT="lots")
    assert result.exit_code == 1
    assert "ELCI_PORT='lots': expected a whole number from 0 to 65535" in result.output
    assert not (tmp_path / "home").exists()


def test_options_are_settings_too(tmp_path):
    result = call(tmp_path, "serve", "--port", "70000")
    assert result.exit_code == 1
    assert "ELCI_PORT='70000'" in result.output


def test_a_slip_of_the_pen_is_pointed_out(tmp_path):
    result = call(tmp_path, "migrate", ELCI_WORKER="2", DATABASE_URL="postgresql://u@127.0.0.1:1/d")
    assert "ELCI_WORKER is no setting that elci knows" in result.output
    assert "DATABASE_URL: the database does not answer" in result.output
    assert result.exit_code == 1


def test_private_targets_are_shown(tmp_path):
    given = {"ELCI_ALLOW_TARGETS": "127.0.0.1:9", "DATABASE_URL": "postgresql://u@127.0.0.1:1/d"}
    assert "may reach 127.0.0.1:9 (ELCI_ALLOW_TARGETS)" in call(tmp_path, "migrate", **given).output


def test_a_file_that_is_not_there(tmp_path):
    result = call(tmp_path, "import", "influencers", str(tmp_path / "none.csv"))
    assert result.exit_code == 2
    # The message is wrapped into a box.
    assert "does not exist" in re.sub(r"[\s│]+", " ", result.output)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Takipçi=followers", ("Takipçi", "followers")), ("a=b=followers", ("a=b", "followers"))],
)
def test_a_mapping_names_a_column_and_a_field(text, expected):
    assert _pair(text) == expected


@pytest.mark.parametrize("text", ["followers", "=followers"])
def test_a_mapping_without_a_column(tmp_path, text):
    (tmp_path / "a.csv").write_text("handle\n")
    result = call(tmp_path, "import", "influencers", str(tmp_path / "a.csv"), "--mapping", text)
    assert result.exit_code == 2
    assert "expected COLUMN=FIELD" in result.output


def test_a_workspace_on_a_database_of_ones_own(tmp_path, settings):
    given = {
        "DATABASE_URL": settings.database_url,
        "ELCI_APP_DATABASE_URL": settings.app_database_url,
        "ELCI_SEARCH_DATABASE_URL": settings.search_database_url,
        "ELCI_SECRET_KEY": settings.secret_key,
    }
    result = call(tmp_path, "workspace", "create", "Marka", "--json", **given)
    assert result.exit_code == 0, result.output
    made = json.loads(result.stdout)
    assert made.keys() == {"workspace_id", "api_key"}
    assert made["workspace_id"].startswith("ws_")


def test_what_is_no_set_of_brands_is_said_to_be_none(tmp_path):
    (tmp_path / "brands.npz").write_bytes(b"PK nothing")
    result = call(tmp_path, "evaluate", "brands", str(tmp_path / "brands.npz"))
    assert result.exit_code == 1
    assert "no set of brands" in re.sub(r"[\s│]+", " ", result.output)
