"""`elci train` and `elci evaluate sentiment`: files of labelled texts, without a server."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from scoring.sentiment import language
from scoring.sentiment.card import LIMITS, SPLIT, Card, Data, kind_figures
from scoring.sentiment.classes import CLASSES
from scoring.sentiment.evaluation import Result, by_group, by_split, of_model
from scoring.sentiment.labelling import Sentiment, builtin, opened
from scoring.sentiment.linear import dump
from scoring.sentiment.training import THRESHOLD, Examples, fit, joined
from service.mentions.sentiment.reading import Labelled, read_labelled, read_texts

SHOWN_BAD = 20
_PIECE = 2**18
_WIDTH = 120


@dataclass(frozen=True)
class Source:
    """A file and what its columns are called; kind: of text, e.g. tweets or reviews; origin: for the card."""

    file: Path
    text: str | None
    label: str | None
    kind: str
    sheet: str | None = None
    origin: str = ""


@dataclass(frozen=True)
class Corrections:
    """Hand corrections: rows that count `weight` times, for every kind of text."""

    file: Path
    weight: float


def train(
    sources: Sequence[Source],
    name: str,
    out: Path,
    *,
    corrections: Corrections | None = None,
    seed: int = 0,
) -> None:
    """Fits a model on the files and writes it to `out` (.npz) with its card beside it (.json).

    Raises: Unreadable, TooFew, OSError.
    """
    console = _console()
    read = [_read(console, source) for source in sources]
    examples = _examples(sources, read)
    data = [_data(source, each) for source, each in zip(sources, read, strict=True)]
    if corrections is not None:
        source = Source(corrections.file, None, None, "corrections", origin="hand corrections")
        given = _read(console, source)
        examples = examples.corrected(given.readings, given.classes, corrections.weight)
        data.append(msgspec.structs.replace(_data(source, given), weight=corrections.weight))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("fitting", total=1.0)
        fitted = fit(examples, name, seed=seed, progress=lambda done: progress.update(task, completed=done))
    written = dump(fitted.model)
    card = Card(
        version=f"{name}-{sha256(written).hexdigest()[:12]}",
        language=name,
        trained_at=datetime.now(UTC).replace(microsecond=0),
        data=data,
        split=SPLIT,
        kinds=kind_figures(fitted, examples),
        abstains_below=THRESHOLD,
        limits=LIMITS,
        sklearn=_sklearn(),
    )
    out.write_bytes(written)
    _card_of(out).write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")
    show_card(console, card)
    console.print(f"{out} ({len(written) / 2**20:.1f} MB) and {_card_of(out).name}", highlight=False)


def train_language(turkish: Sequence[Source], english: Sequence[Source], out: Path) -> None:
    """Fits the language detector on the texts of the files and writes it. Raises: Unreadable, OSError."""
    held = [
        [
            text
            for source in part
            for text in read_texts(_pieces(source.file), text=source.text, sheet=source.sheet)
        ]
        for part in (turkish, english)
    ]
    rng = np.random.default_rng(0)
    tested = [rng.random(len(part)) < 0.2 for part in held]
    kept = [
        [t for t, out_ in zip(part, away, strict=True) if not out_]
        for part, away in zip(held, tested, strict=True)
    ]
    away = [
        [t for t, out_ in zip(part, each, strict=True) if out_]
        for part, each in zip(held, tested, strict=True)
    ]
    model = language.fit(kept[0], kept[1])
    console = _console()
    for name, part in (
        ("tr", away[0]),
        ("tr", [language.ascii_copy(text) for text in away[0]]),
        ("en", away[1]),
    ):
        found = language.detect(part, model).languages
        console.print(
            f"{name}: {np.mean([each == name for each in found]):.4f} of {len(part):,} held-out texts"
        )
    out.write_bytes(language.dump(language.fit(held[0], held[1])))


def evaluate(
    sources: Sequence[Source],
    name: str,
    *,
    model: str | None,
    seeds: int,
    share: float,
    leave_out: str | None,
    as_json: bool,
    near: bool = True,
) -> None:
    """Prints how well a model does on texts that it was not fitted on.

    model: None: fit on a part of the files and measure on the rest, `seeds` times; "builtin" or a path:
    measure that model on all rows. leave_out: a column; each of its values is held out once.

    Raises: Unreadable, TooFew, BadModel, OSError.
    """
    console = _console()
    read = [_read(Console(stderr=True), source, leave_out) for source in sources]
    examples = _examples(sources, read)
    texts = [text for each in read for text in each.texts]
    if model is not None:
        results = of_model(_model(model, name), texts, examples)
    elif leave_out is not None:
        results = by_group(texts, examples, [cell for each in read for cell in each.groups], name)
    else:
        results = by_split(texts, examples, name, seeds=seeds, share=share, near=near)
    if as_json:
        console.print_json(msgspec.json.encode(results).decode())
    else:
        _show(console, results)


def show_card(console: Console, card: Card) -> None:
    """Figures of each kind, held out."""
    table = Table(
        "kind", "texts", "macro F1", "pos/neg", "abstained", "F1 of the rest", "ECE", "net true", "corrected"
    )
    for each in card.kinds:
        f = each.figures
        polar = "" if f.polar_accuracy is None else f"{f.polar_accuracy:.3f}"
        cells = [
            f"{f.macro_f1:.3f}",
            polar,
            f"{f.abstained:.3f}",
            f"{f.macro_f1_kept:.3f}",
            f"{f.calibration_error:.3f}",
        ]
        table.add_row(
            escape(each.kind), f"{f.rows:,}", *cells, f"{each.net_true:.3f}", f"{each.net_corrected:.3f}"
        )
    console.print(table)


def _show(console: Console, results: Sequence[Result]) -> None:
    table = Table("held out", "kind", "texts", "macro F1", "in ASCII", "pos/neg", "abstained", "net bias")
    for each in results:
        f = each.figures
        polar = "" if f.polar_accuracy is None else f"{f.polar_accuracy:.3f}"
        cells = [f"{f.macro_f1:.3f}", f"{each.macro_f1_ascii:.3f}", polar, f"{f.abstained:.3f}"]
        table.add_row(
            escape(each.held_out), escape(each.kind), f"{f.rows:,}", *cells, f"{each.net_bias:+.3f}"
        )
    console.print(table)
    for kind in dict.fromkeys(each.kind for each in results):
        mine = [each for each in results if each.kind == kind]
        mean = float(np.mean([each.figures.macro_f1 for each in mine]))
        bias = float(np.mean([each.net_bias for each in mine]))
        console.print(f"{escape(kind)}: mean macro F1 {mean:.3f}, mean net bias {bias:+.3f}", highlight=False)


def _read(console: Console, source: Source, group: str | None = None) -> Labelled:
    found = read_labelled(
        _pieces(source.file), text=source.text, label=source.label, group=group, sheet=source.sheet
    )
    counted = np.bincount(np.array(found.classes, dtype=np.int64), minlength=len(CLASSES))
    parts = ", ".join(f"{count:,} {label}" for count, label in zip(counted, CLASSES, strict=True))
    console.print(f"{escape(source.file.name)}: {len(found.texts):,} texts ({parts})", highlight=False)
    reasons: dict[str, list[int]] = {}
    for bad in found.bad:
        reasons.setdefault(bad.reason, []).append(bad.row)
    for reason, rows in sorted(reasons.items(), key=lambda item: -len(item[1]))[:SHOWN_BAD]:
        first = ", ".join(map(str, rows[:5])) + (" ..." if len(rows) > 5 else "")
        console.print(f"  left out: {len(rows):,} x {escape(reason)} (rows {first})", highlight=False)
    return found


def _examples(sources: Sequence[Source], read: Sequence[Labelled]) -> Examples:
    pairs = zip(sources, read, strict=True)
    return joined([Examples.of(each.readings, each.classes, source.kind) for source, each in pairs])


def _data(source: Source, each: Labelled) -> Data:
    held = np.bincount(np.array(each.classes, dtype=np.int64), minlength=len(CLASSES))
    return Data(
        file=source.file.name,
        kind=source.kind,
        source=source.origin,
        rows=len(each.texts),
        rejected=len(each.bad),
        negative=int(held[0]),
        neutral=int(held[1]),
        positive=int(held[2]),
        sha256=each.sha256,
    )


def _model(model: str, name: str) -> Sentiment:
    if model == "builtin":
        return builtin(name)
    return opened(Path(model).read_bytes(), _card_of(Path(model)).read_bytes())


def _card_of(file: Path) -> Path:
    return file.with_suffix(".json")


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened_file:
        while piece := opened_file.read(_PIECE):
            yield piece


def _console() -> Console:
    return Console() if Console().is_terminal else Console(width=_WIDTH)


def _sklearn() -> str:
    from sklearn import __version__

    return str(__version__)
