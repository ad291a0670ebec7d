"""Every statement of every store is prepared against the migrated database, and fits its types.

A column that was renamed in a migration and not in a statement, or a Struct whose fields stand in another
order than the columns, is found here and not by a user.
"""

import importlib
import pkgutil
import typing

import msgspec
import pytest

import service
from service.kit.db import STATEMENTS, Connection, Statement


def _load_stores() -> list[Statement]:
    for module in pkgutil.walk_packages(service.__path__, "service."):
        if module.name.rpartition(".")[2] in ("store", "clock", "jobs") or module.name.endswith("_store"):
            importlib.import_module(module.name)
    return STATEMENTS


@pytest.mark.parametrize("statement", _load_stores(), ids=lambda statement: statement.name)
async def test_statement_fits_its_types(db: Connection, statement: Statement) -> None:
    prepared = await db.prepare(statement.text)
    parameters = list(typing.get_type_hints(statement.function))
    arguments = [name for name in parameters if name not in ("db", "return")]
    assert len(prepared.get_parameters()) == len(arguments), f"$n for {arguments}"
    kind = _struct(typing.get_type_hints(statement.function)["return"])
    columns = [column.name for column in prepared.get_attributes()]
    if kind is not None:
        assert columns == [field.name for field in msgspec.structs.fields(kind)]


async def test_statements_name_the_workspace() -> None:
    """Row-level security is the second line, not the first."""
    without = [
        statement.name
        for statement in _load_stores()
        if "workspace_id" not in statement.text and "entry." not in statement.text
    ]
    assert set(without) == WITHOUT_WORKSPACE


# What has no workspace: people, who belong to several; the clock, the queue's and the limits' own tables;
# and workspaces themselves, whose id it is.
WITHOUT_WORKSPACE = {
    "service.accounts.partners.store.put_code",
    "service.accounts.partners.store.sweep_codes",
    "service.accounts.partners.store.try_code",
    "service.accounts.partners.store.use_code",
    "service.accounts.people.store.add_person",
    "service.accounts.people.store.change_password",
    "service.accounts.people.store.find_person",
    "service.accounts.people.store.get_person",
    "service.accounts.people.store.strengthen",
    "service.accounts.workspaces.store.get_workspace",
    "service.accounts.workspaces.store.list_workspaces",
    "service.accounts.workspaces.store.lock_workspace",
    "service.accounts.workspaces.store.save_workspace",
    "service.kit.clock.now",
    "service.kit.idempotency.store.try_lock",
    "service.kit.jobs.store.purge_limits",
    "service.kit.jobs.store.purge_log",
    "service.kit.jobs.store.purge_statistics",
    "service.kit.jobs.store.take_turn",
    "service.kit.limits.store.count",
    "service.links.sources.store.add_salts",
    "service.links.sources.store.drop_ranges",
    "service.links.sources.store.drop_salts",
    "service.links.sources.store.packed_ranges",
    "service.links.sources.store.put_ranges",
    "service.links.sources.store.ranges",
    "service.links.sources.store.salts",
}


def _struct(wanted: typing.Any) -> type[msgspec.Struct] | None:
    if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        return wanted
    return next((found for inner in typing.get_args(wanted) if (found := _struct(inner))), None)
