"""A file in a request's body, streamed: the bytes as they are, or the first file of a multipart form."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import unquote_to_bytes

from litestar import Request
from litestar.exceptions import InternalServerException
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from service.kit.problems import BadRequest, TooLarge

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_MOST_PARTS = 20

# For a handler's `opt`: what kit/openapi writes as the operation's body.
OPENAPI_BODY: Final[dict[str, Any]] = {
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "properties": {"file": {"type": "string", "format": "binary"}},
            "required": ["file"],
        }
    },
}


class BadUpload(BadRequest):
    """The multipart form can't be read, or holds no file."""

    title = "Unreadable upload"
    slug = "bad-upload"


class Source(Protocol):
    """Where a file's bytes come from; the name may be known only with the first of them."""

    filename: str | None

    def chunks(self) -> AsyncIterator[bytes]:
        """The bytes, in pieces."""
        ...


class Upload:
    """A body to be read once by `chunks`. A form's file has told its `filename` with the first chunk."""

    def __init__(self, request: Request[Any, Any, Any], limit: int) -> None:
        self._request = request
        self._limit = limit
        self.filename: str | None = None

    async def chunks(self) -> AsyncIterator[bytes]:
        """The file's bytes, in pieces as they arrive. Raises BadUpload, TooLarge."""
        kind, options = parse_options_header(self._request.headers.get("content-type", ""))
        form = _Form(options.get(b"boundary", b"")) if kind == b"multipart/form-data" else None
        left = self._limit
        async for received in self._received():
            pieces = form.feed(received) if form else [received]
            for piece in filter(None, pieces):
                left -= len(piece)
                if left < 0:
                    raise TooLarge(f"a file may have {self._limit} bytes", limit=self._limit)
                self.filename = form.filename if form else None
                yield piece
        if form:
            form.end()
            self.filename = form.filename

    async def _received(self) -> AsyncIterator[bytes]:
        try:
            async for received in self._request.stream():
                yield received
        except InternalServerException as error:
            # What the framework makes of a client that went away; it is no fault of ours.
            raise BadUpload("the upload was broken off") from error


class _Form:
    """The first part that is a file, out of the parser's callbacks; the other parts are dropped."""

    def __init__(self, boundary: bytes) -> None:
        if not boundary:
            raise BadUpload("the multipart form names no boundary")
        self.filename: str | None = None
        self._found = self._inside = False
        self._parts = 0
        self._name = self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._pieces: list[bytes] = []
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._begin,
            "on_header_begin": self._header_begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": self._data,
            "on_part_end": self._part_end,
        }
        try:
            self._parser = MultipartParser(boundary, callbacks)
        except FormParserError as error:
            raise BadUpload("the multipart form's boundary is too long") from error

    def feed(self, received: bytes) -> list[bytes]:
        self._pieces = []
        try:
            self._parser.write(received)
        except FormParserError as error:
            raise BadUpload("the multipart form can't be read") from error
        return self._pieces

    def end(self) -> None:
        if not self._found or self._inside:
            raise BadUpload("the multipart form holds no whole file")

    def _begin(self) -> None:
        self._headers = {}
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise BadUpload(f"the multipart form has more than {_MOST_PARTS} parts")

    def _header_begin(self) -> None:
        self._name = self._value = b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._name.lower()] = self._value

    def _headers_end(self) -> None:
        filename = _filename(self._headers.get(b"content-disposition", b""))
        if filename is not None and not self._found:
            self.filename, self._found, self._inside = filename, True, True

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._inside:
            self._pieces.append(data[start:end])

    def _part_end(self) -> None:
        self._inside = False


def _filename(disposition: bytes) -> str | None:
    """The file name of a Content-Disposition; None where the part is a plain field."""
    _, options = parse_options_header(disposition)
    plain = options.get(b"filename")
    for piece in disposition.split(b";"):
        name, _, value = piece.strip().partition(b"=")
        if name.lower() == b"filename*" and value.lower().startswith(b"utf-8''"):
            return unquote_to_bytes(value[7:].strip(b' "')).decode("utf-8", "replace")
    return None if plain is None else plain.decode("utf-8", "replace")
