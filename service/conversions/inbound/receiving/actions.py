"""A request at an inbound address: who sends it, whether it is from them, and that it is kept."""

from typing import Any

from litestar import Request

from service.conversions import signatures
from service.conversions.inbound import actions as integrations
from service.conversions.inbound import others
from service.conversions.inbound import store as integration_store
from service.conversions.inbound.deliveries.jobs import READ
from service.conversions.inbound.problems import BadSignature, UnknownIntegration
from service.conversions.inbound.receiving import deciding, envelopes, store
from service.conversions.inbound.receiving.schemas import Arrived, NewDelivery
from service.conversions.inbound.schemas import Receiver
from service.kit import ids, jobs
from service.kit.db import Database
from service.kit.limits import Policy, client_address, take

AnyRequest = Request[Any, Any, Any]
# Of one sender: far above a large shop on its best day, and what one runaway loop can take from all.
ARRIVALS = Policy("inbound", quota=12_000, window_s=60)
# Of one address that tries tokens: nobody's settings are wrong this often.
GUESSES = Policy("inbound-unknown", quota=300, window_s=60)
# A header has 8 kB and more; tokens have 32 characters.
_LONGEST_TOKEN = 100


async def receiver_of(request: AnyRequest, token: str) -> Receiver:
    """The integration of a token. Raises UnknownIntegration, TooManyRequests."""
    database: Database = request.app.state.database
    found = None
    if len(token) <= _LONGEST_TOKEN:
        async with database.connection() as db:
            found = await integration_store.find_receiver(db, integrations.digest(token))
    if found is None:
        address = client_address(request.scope, request.app.state.settings.trusted_proxies)
        await take(database, GUESSES, address)
        raise UnknownIntegration("there is no such address")
    await take(database, ARRIVALS, str(found.id))
    return found


async def arrived(request: AnyRequest, rest: str) -> Arrived:
    """The request's raw parts. Raises what says that the body is too large."""
    headers = request.scope["headers"]
    return Arrived(
        method=request.method,
        headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers},
        kept=envelopes.kept_headers(headers),
        query=envelopes.printable(request.scope["query_string"]),
        body=await request.body() if request.method == "POST" else b"",
        rest=rest,
    )


async def keep(request: AnyRequest, receiver: Receiver, sent: Arrived) -> bool:
    """Checks and stores a delivery; False where it is there already. Raises BadSignature."""
    database: Database = request.app.state.database
    live = live_secrets(request, receiver)
    told = envelopes.parameters(sent.query)
    if envelopes.is_form(sent.headers):
        told = envelopes.parameters(sent.body) | told
    scheme = others.scheme_of(receiver.kind)
    verdict = signatures.verify(scheme, sent.headers, sent.body, live, receiver.now, told)
    why = deciding.refusal(scheme, verdict)
    if why is not None:
        async with database.transaction(receiver.workspace_id) as db:
            await integration_store.note_refusal(db, receiver.workspace_id, receiver.id, why)
        raise BadSignature(_SAID.get(why, _SAID["mismatch"]), headers={"WWW-Authenticate": "Signature"})
    return await _store(database, receiver, delivery(receiver, sent, told, live, verified=verdict.valid))


_SAID = {
    "unsigned": "the signature is missing",
    "malformed": "the signature can't be read",
    "stale": "the signature's time is too far from now",
    "no_secret": "there is no secret to check the signature with yet",
    "mismatch": "the signature does not fit the body and any live secret",
}


def live_secrets(request: AnyRequest, receiver: Receiver) -> list[str]:
    """The secrets that signatures may be made with, the newest first."""
    opener, context = integrations.opener(request.app.state.settings), integrations.context(receiver.id)
    return [opener.open(sealed, context).decode() for sealed in receiver.sealed]


def delivery(
    receiver: Receiver, sent: Arrived, told: dict[str, str], live: list[str], *, verified: bool
) -> NewDelivery:
    """A delivery as it is stored: without what was secret in it."""
    named = envelopes.members(sent.body)
    topic = envelopes.topic_of(others.scheme_of(receiver.kind), sent.headers, named, told, sent.rest)
    query = envelopes.without_secrets(sent.query, live)
    body = sent.body
    if envelopes.is_form(sent.headers):
        body = envelopes.without_secrets(body.decode("latin-1"), live).encode("latin-1")
    place = f"{sent.method} {sent.rest} {query}"
    digest = envelopes.identity(receiver.kind, topic, sent.headers, named, place, body)
    return NewDelivery(ids.new(), receiver.id, digest, topic, sent.method, sent.kept, query, body, verified)


async def _store(database: Database, receiver: Receiver, new: NewDelivery) -> bool:
    workspace_id = receiver.workspace_id
    async with database.transaction(workspace_id) as db:
        added = await store.add_delivery(
            *(db, workspace_id, new.id, new.integration_id, new.digest, new.topic, new.method, new.headers),
            *(new.query, new.body, new.verified),
        )
        if added:
            # One job reads all that has come in by the time it runs.
            await jobs.enqueue(db, workspace_id, READ, dedupe="inbound")
    return bool(added)
