"""From headers and a sample of rows to the decision for every column."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.imports.cells.handles import is_link
from service.imports.columns.evidence import Candidate, candidate, content, header_score
from service.imports.columns.header import Header, read_header
from service.imports.columns.identity import handle_share, identify, is_identity
from service.imports.columns.mapping import IGNORED, read_mapping
from service.imports.columns.plan import Column, Guess, percent, warned
from service.imports.columns.rivals import settle
from service.imports.columns.vocabulary import VOCABULARY
from service.imports.kinds import Field, Kind

_LEAST_HEADER = 0.5
_LEAST_CONTENT = 0.5
_WHO, _LEAST_WHO = ("handle", "name"), 0.8
"""Under a header of other words than identity.py knows, a name needs to be a plain one."""
_MOSTLY = 0.98
_SURE_CONTENT = 0.95


def recognise(
    headers: Sequence[str],
    rows: Sequence[Sequence[Any]],
    kind: Kind,
    mapping: Mapping[str, str | None] | None = None,
) -> list[Column]:
    """One Column for each header, in order.

    Parameters:
        headers: as the file has them, duplicates and line breaks included.
        rows: a sample of the rows below, each as long as the headers or shorter.
        mapping: header (or position from 1) -> field, or None to leave the column out; wins over everything.

    Raises:
        Unreadable: `bad_mapping` for a header or a field that there is not.
    """
    words = dict(kind.words)
    columns = [
        candidate(place, read_header(text, words), [row[place] for row in rows if place < len(row)])
        for place, text in enumerate(headers)
    ]
    return _Recognition(columns, kind, read_mapping(mapping or {}, headers, kind)).decide()


class _Recognition:
    """The decision in its order: what the caller said, who it is about, what the headers say, what content
    tells."""

    def __init__(
        self, columns: list[Candidate], kind: Kind, given: Mapping[int, tuple[str, str | None]]
    ) -> None:
        self.kind, self.columns, self.given = kind, columns, given
        self.turkish = sum(column.header.turkish for column in columns) * 4 >= len(columns) > 0
        self.guesses: list[Guess] = []
        self.decided: dict[int, Column] = {}

    def decide(self) -> list[Column]:
        self._take_given()
        self._take_identity()
        for column in self._open():
            self._take_by_header(column)
        self._collapse_scopes()
        self._doubt_totals()
        self._settle()
        for column in self._open():
            self._take_by_content(column)
        return [self.decided[column.place] for column in self.columns]

    def _open(self) -> list[Candidate]:
        taken = {guess.place for guess in self.guesses} | self.decided.keys()
        return [column for column in self.columns if column.place not in taken]

    def _scope(self, header: Header, field: Field | None) -> str | None:
        return field.scope_of(header) if field and field.scope_of else None

    def _take_given(self) -> None:
        for place, (name, scope) in self.given.items():
            column = self.columns[place]
            if name == IGNORED:
                self.decided[place] = warned(place, column.header.text, "ignored", 1.0)
                continue
            field = self.kind.field(name)
            assert field is not None
            found = content(column, field, turkish=self.turkish)
            self.guesses.append(Guess(place, field, scope, 1.0, found.style, found.share))

    def _take_identity(self) -> None:
        """By scope: a sheet with a column for each platform has several handles."""
        said = {guess.field.name for guess in self.guesses}
        handle = self.kind.field("handle")
        if not handle:
            return
        open_ = [
            column for column in self._open() if is_identity(column.header) and self._may_be_identity(column)
        ]
        scopes = {column.place: self._scope(column.header, handle) for column in open_}
        several = len({scope for scope in scopes.values() if scope}) > 1
        for scope in dict.fromkeys(scopes.values() if several else [None]):
            group = [column for column in open_ if not several or scopes[column.place] == scope]
            self._take_pair(group, scope if several else None, said)

    def _may_be_identity(self, column: Candidate) -> bool:
        """Not a platform's follower count under its bare name, nor a column of platforms' names."""
        numbers = self.kind.field("followers")
        if not column.header.words and numbers and column.cells:
            return content(column, numbers, turkish=self.turkish).share < 0.8
        platform = self.kind.field("platform")
        return not (platform and column.cells and content(column, platform, turkish=False).share > 0.8)

    def _take_pair(self, group: list[Candidate], scope: str | None, said: set[str]) -> None:
        links = [column for column in group if self._reads_as(column, "profile")]
        pair = identify([column for column in group if column not in links and self._may_name(column)])
        handle, name = self.kind.field("handle"), self.kind.field("name")
        for column in links:
            self._guess(column, self.kind.field("profile"), scope, 0.95)
        if pair.handle is not None and handle and "handle" not in said:
            self._guess(self.columns[pair.handle], handle, scope, pair.handle_confidence)
        if pair.name is not None and name and "name" not in said:
            self._guess(self.columns[pair.name], name, None, pair.name_confidence)

    def _may_name(self, column: Candidate) -> bool:
        """Links that lead to no account, and row numbers, are no names."""
        texts = [str(cell) for cell in column.cells]
        links = sum(is_link(text) for text in texts)
        return not texts or (links < 0.5 * len(texts) and not all(text.isdecimal() for text in texts))

    def _reads_as(self, column: Candidate, name: str) -> bool:
        field = self.kind.field(name)
        return bool(field and column.cells and content(column, field, turkish=False).share >= 0.8)

    def _guess(self, column: Candidate, field: Field | None, scope: str | None, confidence: float) -> None:
        if field:
            found = content(column, field, turkish=self.turkish)
            self.guesses.append(Guess(column.place, field, scope, confidence, found.style, found.share))

    def _take_by_header(self, column: Candidate) -> None:
        scored = sorted(
            ((header_score(column.header, field), field) for field in self.kind.fields),
            key=lambda pair: -pair[0],
        )
        likely = [pair for pair in scored if pair[0] >= _LEAST_HEADER and self._is_open(column, *pair)]
        if not likely:
            return
        read = [(score, field, content(column, field, turkish=self.turkish)) for score, field in likely]
        fitting = [each for each in read if each[2].share >= _LEAST_CONTENT and each[2].suits]
        if not fitting:
            self.decided[column.place] = self._contradiction(column, read[0][1], read[0][2].share)
            return
        score, field, found = max(fitting, key=lambda each: each[0] * (0.5 + 0.5 * each[2].share))
        scope = self._scope(column.header, field)
        sure = score * found.share * (1.0 if column.cells else 0.8) * (0.9 if field.type.loose else 1.0)
        self.guesses.append(Guess(column.place, field, scope, sure, found.style, found.share))

    def _is_open(self, column: Candidate, score: float, field: Field) -> bool:
        """Whether the field may be found by header here: handle and name only where identity.py found
        none."""
        if field.name not in _WHO:
            return True
        extra = column.header.words - {"name", "fullname", "username", "creator", "channel"}
        plain = score >= _LEAST_WHO and extra.isdisjoint(VOCABULARY) and self._may_name(column)
        taken = any(guess.field.name == field.name for guess in self.guesses)
        return plain and not taken and (field.name != "handle" or handle_share(column.cells) >= 0.5)

    def _contradiction(self, column: Candidate, field: Field, share: float) -> Column:
        warning = "content_contradicts_header" if share < _LEAST_CONTENT else "looks_different"
        return warned(column.place, column.header.text, warning, 0.0, field=field.name, share=percent(share))

    def _collapse_scopes(self) -> None:
        """One platform in the headers is the whole sheet's platform; only several make several accounts."""
        spread = [guess for guess in self.guesses if guess.field.name in self.kind.spread]
        if len({guess.scope for guess in spread if guess.scope}) <= 1:
            for guess in spread:
                guess.scope = None

    def _doubt_totals(self) -> None:
        """`Likes` may be those of all posts together: then they are many times the followers."""
        followers = [self._median(guess) for guess in self.guesses if guess.field.name == "followers"]
        if not followers:
            return
        for guess in list(self.guesses):
            column = self.columns[guess.place]
            vague = guess.field.below and "avg" not in column.header.words and guess.confidence < 1
            if vague and self._median(guess) > (guess.field.below or 0) * max(followers):
                self.guesses.remove(guess)
                self.decided[guess.place] = self._contradiction(column, guess.field, 1.0)

    def _median(self, guess: Guess) -> float:
        values = sorted(content(self.columns[guess.place], guess.field, turkish=self.turkish).values)
        return float(values[len(values) // 2]) if values else 0.0

    def _settle(self) -> None:
        kept, lost = settle(self.guesses, self.columns)
        self.decided |= lost
        for guess in kept:
            self.decided[guess.place] = self._column(guess)

    def _column(self, guess: Guess) -> Column:
        header = self.columns[guess.place].header.text
        if not guess.field.kept:
            return warned(guess.place, header, "not_kept", guess.confidence, field=guess.field.name)
        warning = guess.warning
        if (
            warning is None
            and guess.share < _MOSTLY
            and not guess.field.type.loose
            and guess.field.name != "handle"
        ):
            warning = "partly_unreadable"
        lines = (
            warned(guess.place, header, warning, 0, field=guess.field.name, share=percent(guess.share))
            if warning
            else None
        )
        return Column(
            position=guess.place + 1,
            header=header,
            field=guess.field.name,
            confidence=round(min(guess.confidence, 1.0), 2),
            warning=warning,
            message=lines.message if lines else None,
            scope=guess.scope,
            style=guess.style,
            backup=guess.backup,
        )

    def _take_by_content(self, column: Candidate) -> None:
        taken = {each.field for each in self.decided.values()}
        header = column.header.text
        if len(column.cells) >= 2:
            for field in self.kind.fields:
                found = content(column, field, turkish=self.turkish)
                sure = self._telling(column, field)
                if sure and field.name not in taken and found.share >= _SURE_CONTENT and found.suits:
                    guess = Guess(
                        column.place, field, None, sure * found.share * 0.7, found.style, found.share
                    )
                    guess.warning = "by_content"
                    self.decided[column.place] = self._column(guess)
                    return
        self.decided[column.place] = warned(column.place, header, "unknown_header")

    def _telling(self, column: Candidate, field: Field) -> float:
        if field.name != "handle":
            return field.type.telling
        texts = [str(cell).strip() for cell in column.cells]
        if sum(text.startswith("@") for text in texts) >= 0.9 * len(texts):
            return 0.9
        # Bare words are taken for handles only where nothing else says who the rows are about.
        known = {each.field for each in self.decided.values()} & {"handle", "name", "profile", "platform_id"}
        unique = len(set(texts)) >= 0.9 * len(texts)
        return 0.6 if not known and unique and handle_share(column.cells) >= 0.9 else 0.0
