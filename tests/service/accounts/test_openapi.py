"""What the document says of the accounts' operations."""

from litestar import Litestar

from service.kit import openapi


def _operation(app: Litestar, path: str, method: str = "get") -> dict:
    return openapi.document(app)["paths"][path][method]


def test_downloads_and_streams_are_no_json(app: Litestar) -> None:
    download = _operation(app, "/v1/files/{file_id}/content")["responses"]["200"]["content"]
    binary = {"schema": {"type": "string", "format": "binary"}}
    assert download == {"application/octet-stream": binary, "*/*": binary}
    stream = _operation(app, "/v1/jobs/{job_id}/events")["responses"]["200"]["content"]
    assert list(stream) == ["text/event-stream"]


def test_an_upload_takes_bytes_or_a_form(app: Litestar) -> None:
    body = _operation(app, "/v1/files", "post")["requestBody"]["content"]
    assert set(body) == {"application/octet-stream", "multipart/form-data"}


def test_public_operations_need_no_key(app: Litestar) -> None:
    for path in ("token", "refresh", "logout", "password/forgot", "password/reset"):
        assert _operation(app, f"/v1/auth/{path}", "post")["security"] == [{}]
