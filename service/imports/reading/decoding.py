"""Which encoding a file has, and its text, chunk by chunk.

A byte order mark decides; without one, a NUL in every other byte means UTF-16; else bytes that form UTF-8
sequences are UTF-8. What is left is one of the Windows code pages, told apart by content: the six places
where they differ hold Turkish letters in cp1254 and Icelandic ones in cp1252. A UTF-8 file with single
wrong bytes (sheets glued together by hand) stays UTF-8; each wrong byte is read in the code page that fits.
"""

import codecs
from collections.abc import Iterable, Iterator

from service.imports.limits import SAMPLE_BYTES
from service.imports.rejects import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TURKISH = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")  # Ğ İ Ş ğ ı ş in cp1254; Ð Ý Þ ð ý þ in cp1252
_ICELANDIC = frozenset(
    b"\xc1\xc6\xcd\xd3\xda\xe1\xe6\xed\xf3\xfa"
)  # Á Æ Í Ó Ú á æ í ó ú: hardly ever Turkish
_UNDEFINED = frozenset(b"\x81\x8d\x8f\x90\x9d")  # not in cp1252


def sniff(sample: bytes) -> str:
    """The name of the encoding that the sample is in.

    >>> sniff("Işıl".encode("cp1254")), sniff("Beyoncé".encode("cp1252")), sniff("Işıl".encode())
    ('cp1254', 'cp1252', 'utf-8')
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    wide = _utf16(sample)
    if wide:
        return wide
    good, bad = _utf8_evidence(sample)
    return "utf-8" if good >= bad else code_page(sample)


def code_page(sample: bytes) -> str:
    """cp1254, cp1252 or latin-1, whichever the bytes above 127 speak for."""
    turkish = sum(byte in _TURKISH for byte in sample)
    if turkish and turkish > 2 * sum(byte in _ICELANDIC for byte in sample):
        return "cp1254"
    return "latin-1" if any(byte in _UNDEFINED for byte in sample) else "cp1252"


def decode(chunks: Iterable[bytes], encoding: str, sample: bytes) -> Iterator[str]:
    """The text of the chunks. Nothing is lost on wrong bytes: they are read in a code page or become
    U+FFFD."""
    errors = (
        f"elci-{code_page(sample)}" if encoding.startswith("utf-8") else _FALLBACK.get(encoding, "replace")
    )
    decoder = codecs.getincrementaldecoder(encoding)(errors=errors)
    try:
        for chunk in chunks:
            if text := decoder.decode(chunk):
                yield text
        if text := decoder.decode(b"", final=True):
            yield text
    except UnicodeError as error:  # UTF-16 that announces a byte order and holds none
        raise Unreadable("bad_encoding", f"The file says it is {encoding}, and is not.") from error


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: ASCII has its NULs in one half of the bytes, and hardly any in the other."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0 : half * 2 : 2].count(0), sample[1 : half * 2 : 2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.05 * half else None


def _utf8_evidence(sample: bytes) -> tuple[int, int]:
    """How many bytes above 127 take part in well-formed sequences, and how many do not."""
    wrong = 0

    def count(error: UnicodeError) -> tuple[str, int]:
        nonlocal wrong
        assert isinstance(error, UnicodeDecodeError)
        if error.end < len(sample) or len(sample) < SAMPLE_BYTES:  # cut by the sample's end is no evidence
            wrong += error.end - error.start
        return "", error.end

    codecs.register_error("elci-count", count)
    text = sample.decode("utf-8", "elci-count")
    return len(text.encode()) - sum(char < "\x80" for char in text), wrong


def _surrogate(raw: bytes) -> int | None:
    """The UTF-16 half that three bytes spell, as some databases and old Java write it (CESU-8)."""
    if len(raw) < 3 or raw[0] != 0xED or not (0xA0 <= raw[1] <= 0xBF and 0x80 <= raw[2] <= 0xBF):
        return None
    return 0xD000 | (raw[1] & 0x3F) << 6 | raw[2] & 0x3F


def _read_wrong(raw: bytes, start: int, end: int, page: str) -> tuple[str, int]:
    first, second = _surrogate(raw[start : start + 3]), _surrogate(raw[start + 3 : start + 6])
    if first is None:
        return raw[start:end].decode(page, "replace"), end
    if first < 0xDC00 and second is not None and second >= 0xDC00:
        return chr(0x10000 + ((first - 0xD800) << 10) + second - 0xDC00), start + 6
    return chr(first), start + 3  # stays half a character: the row that holds it is rejected


def _repair(page: str) -> None:
    def handler(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        return _read_wrong(error.object, error.start, error.end, page)

    codecs.register_error(f"elci-{page}", handler)


def _half(error: UnicodeError) -> tuple[str, int]:
    """UTF-16: a lone half is kept, so that its row is rejected and not silently changed."""
    assert isinstance(error, UnicodeDecodeError)
    raw = error.object[error.start : error.start + 2]
    unit = int.from_bytes(raw, "big" if error.encoding.endswith("be") else "little")
    if len(raw) < 2 or not 0xD800 <= unit <= 0xDFFF:
        return "\ufffd", error.end
    return chr(unit), error.start + 2


for _page in ("cp1254", "cp1252", "latin-1"):
    _repair(_page)
codecs.register_error("elci-half", _half)
_FALLBACK = dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "elci-half")
