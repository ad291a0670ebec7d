"""What a file is, by its first bytes: pure. Nothing that a browser would run is ever named."""

import unicodedata
from typing import Final

# https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern, and the office formats.
_MAGIC: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"ID3", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_OFFICE: Final = (
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
UNKNOWN: Final = "application/octet-stream"
TEXT: Final = "text/plain"
# Enough for the names of the first entries of an office file.
ENOUGH: Final = 4096


def content_type(head: bytes) -> str:
    """The type of a file that begins with these bytes (the first 4 kB will do).

    HTML and SVG are plain text here: a browser shows them and runs nothing.

    >>> content_type(b"\\x89PNG\\r\\n\\x1a\\n....")
    'image/png'
    >>> content_type(b"<script>alert(1)</script>")
    'text/plain'
    """
    for at, magic, kind in _MAGIC:
        if head.startswith(magic, at):
            return _archive(head) if kind == "application/zip" else kind
    return TEXT if _is_text(head) else UNKNOWN


def _archive(head: bytes) -> str:
    return next((kind for mark, kind in _OFFICE if mark in head), "application/zip")


def _is_text(head: bytes) -> bool:
    # The head may end inside a character: up to three bytes of it are cut off.
    for cut in range(4):
        try:
            text = head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return bool(text) and not any(
            unicodedata.category(char) == "Cc" and char not in "\t\n\r\f" for char in text
        )
    return False


def safe_name(name: str) -> str:
    """A file's name without folders, controls and what turns the reading direction; never empty.

    >>> safe_name("../../etc/pass\\r\\nwd")
    'passwd'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(char for char in last if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    return kept.strip(" .")[:255] or "file"
