"""What advocacy sends goes through the gate of consents: an invitation is shared by the advocate, never sent
by us to a stranger."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "service" / "advocacy"
GATE = ROOT / "consents" / "gate.py"
# Tells the brand's own people and programs that a pool runs low: nothing of it goes to advocates or friends.
OWN_PEOPLE = ROOT / "vouchers" / "telling.py"
# The ways out of the house.
SENDERS = {("mail", "send"), ("mail", "deliver"), ("outbox", "put")}
MODULES = {"service.kit.mail", "service.kit.outbox"}
FORBIDDEN_NAMES = {"send", "deliver", "put"}
LIBRARIES = {"smtplib", "aiosmtplib", "httpx", "urllib.request"}


def ways_out(source: str) -> list[str]:
    """Calls and imports by which a module could send something itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found += [f"{node.value.id}.{node.attr}"] if (node.value.id, node.attr) in SENDERS else []
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module in MODULES or module.startswith("service.kit.outbox."):
                found += [f"{module}.{name.name}" for name in node.names if name.name in FORBIDDEN_NAMES]
            elif module == "service.kit":
                found += [f"{name.name} as {name.asname}" for name in node.names if _hidden(name)]
            found += [module] if module in LIBRARIES else []
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name in LIBRARIES | MODULES]
    return found


def _hidden(name: ast.alias) -> bool:
    return name.name in ("mail", "outbox") and name.asname not in (None, name.name)


def test_advocacy_sends_through_the_gate_alone() -> None:
    files = [path for path in ROOT.rglob("*.py") if path not in (GATE, OWN_PEOPLE)]
    assert len(files) > 5
    found = {str(path): ways for path in files if (ways := ways_out(path.read_text()))}
    assert found == {}
    assert ways_out(GATE.read_text()) == ["mail.send"]


@pytest.mark.parametrize(
    "source",
    [
        "from service.kit import mail\nawait_me = mail.send(db, ws, m)",
        "from service.kit import mail as post",
        "from service.kit.mail import send",
        "from service.kit.outbox import put",
        "import service.kit.mail",
        "outbox.put(db, ws, 'mail', body)",
        "import smtplib",
        "from urllib.request import urlopen",
    ],
)
def test_ways_around_it_are_seen(source: str) -> None:
    assert ways_out(source) != []
