"""Where people were seen: hashes of one UTC day, noted where it occurs."""

from collections.abc import Collection
from uuid import UUID

from service.advocacy.rings import store
from service.advocacy.rings.agents import tells_device
from service.advocacy.rings.schemas import Visit
from service.conversions.customers import keys_of
from service.conversions.reports import Buyer
from service.kit import clock
from service.kit.db import Connection
from service.kit.limits.address import client_address
from service.kit.problems import InvalidInput
from service.links.sources.keeping import fetch_salts
from service.links.visitors import day_of, visitor

UNKNOWN = "unknown"


async def note_visit(db: Connection, workspace_id: UUID, data: Visit) -> int:
    """Notes a visit that somebody's server tells. Raises InvalidInput, naming each field at fault."""
    keys = keys_of(workspace_id, data.shop.strip(), Buyer(data.external_id, data.email))
    address = None if data.address is None else _address(data.address)
    faults = [] if keys else [{"path": "", "message": "email or external_id is needed"}]
    if address == UNKNOWN:
        faults.append({"path": "address", "message": "is no address"})
    if address is None and data.device is None:
        faults.append({"path": "", "message": "address or device is needed"})
    if faults:
        raise InvalidInput("a visit that says nothing", errors=faults)
    return await note(db, workspace_id, keys, address, data.user_agent or "", data.device)


async def note(
    db: Connection,
    workspace_id: UUID,
    keys: Collection[bytes],
    address: str | None,
    agent: str,
    device: str | None = None,
) -> int:
    """Notes where somebody, known by these keys, is now; how many marks that makes. `address` as
    kit.limits.client_address tells it."""
    today = day_of(await clock.now(db))
    salt = (await fetch_salts(db, [today]))[today]
    marks = marks_of(salt, workspace_id, address, agent, device)
    if keys and marks:
        await store.add_marks(
            db, workspace_id, sorted(keys), [kind for kind, _ in marks], [value for _, value in marks]
        )
        await store.note_change(db, workspace_id, await store.programs_of(db, workspace_id, sorted(keys)))
    return len(marks) if keys else 0


def marks_of(
    salt: bytes, workspace_id: UUID, address: str | None, agent: str, device: str | None
) -> list[tuple[str, bytes]]:
    """Kinds and values. Address and agent together are the number that clicks have."""
    marks = []
    if address is not None:
        marks.append(("address", visitor(salt, workspace_id, address, "")))
        if agent:
            kind = "device" if tells_device(agent) else "agent"
            marks.append((kind, visitor(salt, workspace_id, address, agent)))
    if device is not None:
        marks.append(("device", visitor(salt, workspace_id, "device", device)))
    return marks


def _address(text: str) -> str:
    return client_address({"client": (text.strip(), 0), "headers": []}, ())
