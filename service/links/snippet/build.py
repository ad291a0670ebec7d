"""Makes elci.js of its source: comments and white space go, local names become short. Deterministic.

`python -m service.links.snippet.build` writes it; a test holds that what is committed is what this makes.
"""

import re
from itertools import product
from pathlib import Path
from string import ascii_letters

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "elci.source.js"
BUILT = FOLDER / "elci.js"
# Strings, regular expressions, comments, names and numbers, white space, and any other character.
_TOKEN = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
    r"|(?P<comment>/\*.*?\*/|//[^\n]*)"
    r"|(?P<regex>(?<=[(,=:])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]])*\]|[^/\\\n])+/[a-z]*)"
    r"|(?P<word>[\w$]+)|(?P<space>\s+)|(?P<sign>.)",
    re.DOTALL,
)
_RESERVED = {"do", "if", "in"}


def build(source: str) -> str:
    """The script as it is served.

    >>> build('(function (w) {\\n  // a word\\n  var long = w.long;\\n  return long + 1;\\n})(window);\\n')
    '(function(b){var a=b.long;return a+1})(window);\\n'
    """
    pieces = _short(_tokens(source))
    made = "".join(_spaced(pieces))
    # `var a=1;var b` is `var a=1,b`.
    tokens = re.sub(r";+}", "}", made).strip()
    return _joined(tokens) + "\n"


def _joined(script: str) -> str:
    """Declarations that follow each other become one; strings hold no `;var `."""
    declarations = re.compile(r"(?:^|(?<=[;{}]))var [^;{}]*(?:;var [^;{}]*)+")
    return declarations.sub(lambda found: found[0].replace(";var ", ","), script)


def _tokens(source: str) -> list[tuple[str, str]]:
    found = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(source)]
    return [(kind, text.strip()) for kind, text in found if kind not in ("comment", "space")]


def _short(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Local names get short ones, the most used first. No name is shared with a property that follows a dot
    or stands before a colon, as those are left alone where they stand."""
    counts: dict[str, int] = dict.fromkeys(_locals(tokens), 0)
    for at, (kind, text) in enumerate(tokens):
        if kind == "word" and text in counts and not _is_property(tokens, at):
            counts[text] += 1
    order = sorted(counts, key=lambda name: (-counts[name], name))
    used = {text for kind, text in tokens if kind == "word"} - set(counts)
    names = (
        name
        for length in (1, 2)
        for letters in product(ascii_letters, repeat=length)
        if (name := "".join(letters)) not in used | _RESERVED
    )
    short = dict(zip(order, names, strict=False))
    return [
        (kind, short[text])
        if kind == "word" and text in short and not _is_property(tokens, at)
        else (kind, text)
        for at, (kind, text) in enumerate(tokens)
    ]


def _is_property(tokens: list[tuple[str, str]], at: int) -> bool:
    before = tokens[at - 1][1] if at else ""
    after = tokens[at + 1][1] if at + 1 < len(tokens) else ""
    # `a ? b : c` has a colon behind a name too, but then a `?` before it.
    return before == "." or (after == ":" and before in "{,")


def _locals(tokens: list[tuple[str, str]]) -> set[str]:
    """Names of `var`, of functions, of parameters and of caught errors."""
    found: set[str] = set()
    for at, (kind, text) in enumerate(tokens):
        if kind != "word" or text not in ("var", "function", "catch"):
            continue
        following = tokens[at + 1 :]
        if text == "var":
            found |= set(_declared(following))
            continue
        if text == "function" and following[0][0] == "word":
            found.add(following[0][1])
            following = following[1:]
        # `.catch(` is a method.
        if text == "function" or tokens[at - 1][1] != ".":
            end = next(n for n, (_, sign) in enumerate(following) if sign == ")")
            found |= {word for sort, word in following[:end] if sort == "word"}
    return found


def _declared(tokens: list[tuple[str, str]]) -> list[str]:
    """The names of `var a = f(b, c), d;`: those that begin it or follow a comma outside of brackets."""
    names, depth, expected = [], 0, True
    for kind, text in tokens:
        if kind == "sign":
            depth += (text in "([{") - (text in ")]}")
            if depth < 0 or (text == ";" and depth == 0):
                break
            expected = text == "," and depth == 0
        elif expected and kind == "word":
            names.append(text)
            expected = False
    return names


def _spaced(tokens: list[tuple[str, str]]) -> list[str]:
    """A space stays where two words, or two signs that would become one, meet."""
    pieces: list[str] = []
    for kind, text in tokens:
        last = pieces[-1] if pieces else ""
        both_words = kind == "word" and re.search(r"[\w$]$", last)
        joined = text in "+-" and last.endswith(text)
        if (both_words and not last.endswith(('"', "'"))) or joined:
            pieces.append(" ")
        pieces.append(text)
    return pieces


if __name__ == "__main__":
    BUILT.write_text(build(SOURCE.read_text(encoding="utf-8")), encoding="utf-8")
