"""Calls out of the house, to the public web alone: against server-side request forgery.

The name is resolved here, every address of it has to be global, and the connection goes to one of just these
addresses: a name that resolves otherwise a moment later changes nothing. `ELCI_ALLOW_TARGETS` names private
receivers that may be reached all the same. Proxies of the environment are not used.
"""

import asyncio
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

import httpcore

from service.settings import Target

PORTS = {"http": 80, "https": 443}
MOST_HOPS = 5
MOST_READ = 64 * 1024
AGENT = "elci-check/1"

_NAT64 = ip_address("64:ff9b::").packed[:12]


class Refused(Exception):
    """An address that is not of the public web; nothing was sent."""


class Oversized(Exception):
    """The body is larger than was asked for."""


class Astray(Exception):
    """One redirection too many."""


class Fetched(NamedTuple):
    """The last answer with its body, unpacked; `headers` by their lower-case names."""

    status: int
    url: str
    headers: dict[str, str]
    body: bytes


class Received(NamedTuple):
    """An answer: its beginning, and for how many seconds it asks to be left alone."""

    status: int
    head: bytes
    retry_after_s: float


class Answered(NamedTuple):
    """The last answer: after `hops` redirections, from `url`."""

    status: int
    url: str
    hops: int


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it stands inside another one.

    >>> [is_public(each) for each in ("93.184.215.14", "127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1")]
    [True, False, False, False]
    """
    try:
        return all(one.is_global and not one.is_multicast for one in _inside(ip_address(address)))
    except ValueError:
        return False


def _inside(address: IPv4Address | IPv6Address) -> Iterable[IPv4Address | IPv6Address]:
    """The address, and the IPv4 one that it carries (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address.packed[:12] == _NAT64:
            carried = IPv4Address(address.packed[12:])
        if carried is not None:
            return [carried] if address.ipv4_mapped or address.packed[:12] == _NAT64 else [address, carried]
    return [address]


def checked(url: str) -> httpcore.URL:
    """An address that may be asked for at all, before anything is resolved. Raises Refused."""
    if any(char <= " " or char in "\\\x7f" for char in url):
        raise Refused("the address has white space, a backslash or a control character")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise Refused("the address can't be read") from error
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise Refused("only http and https, without a user name")
    return httpcore.URL(url.encode("ascii", "ignore").partition(b"#")[0])


class Guard(httpcore.AsyncNetworkBackend):
    """Connects to public addresses, and to the private ones that were allowed by name."""

    def __init__(self, allowed: Iterable[Target] = ()) -> None:
        self.allowed = frozenset(allowed)
        self.inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface of httpcore
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises Refused where any address of the host is not public."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from error
        if (host, port) not in self.allowed and not all(map(is_public, addresses)):
            raise Refused("leads to an address that is not of the public web")
        failed: Exception = httpcore.ConnectError("no address")
        for address in addresses[:3]:
            try:
                return await self.inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface of httpcore
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise Refused("no sockets of this machine")

    async def sleep(self, seconds: float) -> None:
        await self.inner.sleep(seconds)


class Unresolved(Exception):
    """There is no such host."""


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, each once. Raises Unresolved."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise Unresolved("there is no such host") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def check_target(url: str, allowed: Iterable[Target] = ()) -> None:
    """Whether an address may be called, as far as can be known before it is. Raises Refused, Unresolved."""
    target = checked(url)
    host, port = target.host.decode().strip("[]"), target.port or PORTS[target.scheme.decode()]
    addresses = await resolve(host, port)
    if (host, port) not in frozenset(allowed) and not all(map(is_public, addresses)):
        raise Refused("leads to an address that is not of the public web")


class Client:
    """Asks whether something is at an address (`look`), and what (`fetch`); tells it something (`send`)."""

    def __init__(self, pool: httpcore.AsyncConnectionPool, timeout_s: float) -> None:
        self.pool, self.timeout_s = pool, timeout_s

    async def look(self, url: str) -> Answered:
        """Follows redirections, each held to the same rules, and answers with the last status.

        HEAD first; GET where a server does not know it. Raises Refused, Unresolved, TimeoutError,
        httpcore.NetworkError, httpcore.ProtocolError.
        """
        async with asyncio.timeout(self.timeout_s):
            for hops in range(MOST_HOPS + 1):
                status, location = await self._ask("HEAD", url)
                if status in (400, 403, 404, 405, 500, 501, 503):
                    status, location = await self._ask("GET", url)
                if status not in (301, 302, 303, 307, 308) or location is None:
                    return Answered(status, url, hops)
                url = joined(url, location)
        return Answered(status, url, MOST_HOPS)

    async def fetch(
        self, url: str, headers: Mapping[str, str] | None = None, *, most: int, hops: int = MOST_HOPS
    ) -> Fetched:
        """Gets a body of at most so many bytes, after so many redirections, each held to the same rules.

        `headers` go to every hop: what is secret is asked for with `hops=0`. Raises as `look` does, and
        Oversized, Astray.
        """
        async with asyncio.timeout(self.timeout_s):
            for _ in range(hops + 1):
                answer = await self._get(url, headers or {}, most)
                location = answer.headers.get("location")
                if answer.status not in (301, 302, 303, 307, 308) or location is None:
                    return answer
                url = joined(url, location)
        raise Astray(f"more than {hops} redirections")

    async def _get(self, url: str, headers: Mapping[str, str], most: int) -> Fetched:
        target = checked(url)
        sent = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"} | dict(headers)
        raw = [(b"Host", _host_header(target))]
        raw += [(name.encode(), value.encode("latin-1", "replace")) for name, value in sent.items()]
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self.timeout_s)
        request = self.pool.stream("GET", target, headers=raw, extensions={"timeout": timeouts})
        async with request as answer:
            found = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers
            }
            packed = bytearray()
            async for piece in answer.aiter_stream():
                packed += piece
                if len(packed) > most:
                    raise Oversized(f"more than {most} bytes")
            body = _unpacked(bytes(packed), found.get("content-encoding", ""), most)
            return Fetched(answer.status, url, found, body)

    async def send(
        self, method: str, url: str, headers: Iterable[tuple[str, str]] = (), content: bytes = b""
    ) -> Received:
        """One request. A redirection is an answer like any other: nobody follows it, and of a body no more
        is read than MOST_READ.

        Raises Refused, Unresolved, TimeoutError, httpcore.NetworkError, httpcore.ProtocolError.
        """
        target = checked(url)
        sent = [(b"Host", _host_header(target)), *((a.encode(), b.encode()) for a, b in headers)]
        if content or method == "POST":
            sent.append((b"Content-Length", str(len(content)).encode()))
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self.timeout_s)
        async with asyncio.timeout(self.timeout_s):
            request = self.pool.stream(
                method, target, headers=sent, content=content, extensions={"timeout": timeouts}
            )
            async with request as answer:
                head = b""
                async for piece in answer.aiter_stream():
                    head += piece
                    if len(head) >= MOST_READ:
                        break
                asked = {name.lower(): value for name, value in answer.headers}.get(b"retry-after", b"")
                return Received(answer.status, head[:MOST_READ], float(asked) if asked.isdigit() else 0.0)

    async def _ask(self, method: str, url: str) -> tuple[int, str | None]:
        target = checked(url)
        headers = [
            (b"Host", _host_header(target)),
            (b"User-Agent", AGENT.encode()),
            (b"Accept", b"*/*"),
        ]
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self.timeout_s)
        request = self.pool.stream(method, target, headers=headers, extensions={"timeout": timeouts})
        async with request as answer:
            found = dict(answer.headers).get(b"Location") or dict(answer.headers).get(b"location")
            return answer.status, None if found is None else found.decode("latin-1")


def _unpacked(body: bytes, encoding: str, most: int) -> bytes:
    """A body as it was before it was packed: of a hundred thousand times its size no more than is wanted."""
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate") or not body:
        return body
    for bits in (47, -15):
        opener = zlib.decompressobj(bits)
        try:
            made = opener.decompress(body, most + 1)
        except zlib.error:
            continue
        if len(made) > most:
            raise Oversized(f"more than {most} bytes")
        return made
    raise httpcore.RemoteProtocolError("the body is not packed as its header says")


def _host_header(url: httpcore.URL) -> bytes:
    port = url.port
    shown = b"[" + url.host + b"]" if b":" in url.host else url.host
    return shown if port in (None, PORTS[url.scheme.decode()]) else shown + f":{port}".encode()


def joined(url: str, location: str) -> str:
    """Where a Location leads from an address; what is not ASCII is percent-encoded.

    >>> joined("https://a.example/x", "/ç"), joined("https://a.example/x", "//b.example/")
    ('https://a.example/%C3%A7', 'https://b.example/')
    """
    raw = location.encode("latin-1", "replace")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return quote(urljoin(url, text), safe="!#$%&'()*+,/:;=?@[]~-._\\ \r\n\t")


@asynccontextmanager
async def client(
    allowed: Iterable[Target] = (), *, at_once: int = 20, timeout_s: float = 10
) -> AsyncIterator[Client]:
    """A client behind the guard. `timeout_s`: for one address with all its redirections."""
    async with httpcore.AsyncConnectionPool(
        ssl_context=ssl.create_default_context(),
        max_connections=at_once,
        max_keepalive_connections=0,
        network_backend=Guard(allowed),
    ) as pool:
        yield Client(pool, timeout_s)
