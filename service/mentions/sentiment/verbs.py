"""`elci train` and `elci evaluate sentiment` as the command line knows them; what they do is command.py."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

if TYPE_CHECKING:
    from service.mentions.sentiment.command import Source

_FILES = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
_LANGUAGE = click.Choice(["tr", "en"])


def _columns(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what the FILEs hold: given once for all of them, or once for each, in order."""
    options = (
        click.argument("files", nargs=-1, required=True, type=_FILES, metavar="FILE..."),
        click.option(
            "--text", multiple=True, metavar="COLUMN", help="Holds the texts; else found by its name."
        ),
        click.option(
            "--label",
            multiple=True,
            metavar="COLUMN",
            help="Holds words (olumlu), numbers (-1 to 1, 0 to 2) or stars; else found by its name.",
        ),
        click.option("--kind", multiple=True, metavar="NAME", help="Kind of text; else the file's name."),
        click.option("--sheet", help="The sheet of a workbook."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
def train() -> None:
    """Make the models of mentions anew, from files of labelled texts. Needs no server."""


@train.command("sentiment")
@_columns
@click.option("--language", type=_LANGUAGE, required=True, help="Of the texts.")
@click.option(
    "--out", type=_OUT, help="The model; its card stands beside it (.json).  [sentiment_LANGUAGE.npz]"
)
@click.option("--corrections", type=_FILES, help="Labels corrected by hand (columns text, label).")
@click.option(
    "--corrections-weight", type=click.FloatRange(0.1, 100), default=3.0, help="How often one counts."
)
@click.option("--source", multiple=True, help="Where each file is from and of when, for the card.")
@click.option("--seed", type=int, default=0, help="Of the folds.")
def train_sentiment(
    files: tuple[Path, ...],
    text: tuple[str, ...],
    label: tuple[str, ...],
    kind: tuple[str, ...],
    sheet: str | None,
    language: str,
    out: Path | None,
    corrections: Path | None,
    corrections_weight: float,
    source: tuple[str, ...],
    seed: int,
) -> None:
    """Learn sentiment from FILEs (CSV, TSV, XLSX, JSON, NDJSON in any encoding); bad rows are named.

    Prints the card: figures of texts that were not fitted on.
    """

    def run() -> None:
        from service.mentions.sentiment import command

        given = command.Corrections(corrections, corrections_weight) if corrections else None
        made = out or Path(f"sentiment_{language}.npz")
        sources = _sources(files, text, label, kind, sheet, source)
        command.train(sources, language, made, corrections=given, seed=seed)

    _guarded(run)


@train.command("language")
@click.option("--turkish", type=_FILES, multiple=True, required=True, help="A file of Turkish texts.")
@click.option("--english", type=_FILES, multiple=True, required=True, help="A file of English texts.")
@click.option("--text", multiple=True, metavar="COLUMN", help="Holds the texts, of each file in that order.")
@click.option("--out", type=_OUT, default="language.npz", show_default=True, help="The model.")
def train_language(
    turkish: tuple[Path, ...], english: tuple[Path, ...], text: tuple[str, ...], out: Path
) -> None:
    """Learn to tell Turkish from English and both from others."""

    def run() -> None:
        from service.mentions.sentiment import command

        sources = _sources((*turkish, *english), text, (), (), None)
        command.train_language(sources[: len(turkish)], sources[len(turkish) :], Path(out))

    _guarded(run)


@click.command("sentiment")
@_columns
@click.option("--language", type=_LANGUAGE, required=True, help="Of the texts.")
@click.option("--model", metavar="builtin|FILE.npz", help="Measure this model on all rows, and fit nothing.")
@click.option("--seeds", type=click.IntRange(1, 20), default=3, help="How many random splits.")
@click.option(
    "--share", type=click.FloatRange(0.05, 0.5), default=0.25, help="Of the texts that is held out."
)
@click.option(
    "--equal-texts", is_flag=True, help="Keep equal texts on one side of a split, not similar ones too."
)
@click.option("--leave-out", metavar="COLUMN", help="Hold out each value of this column (a brand) in turn.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate_sentiment(
    files: tuple[Path, ...],
    text: tuple[str, ...],
    label: tuple[str, ...],
    kind: tuple[str, ...],
    sheet: str | None,
    language: str,
    model: str | None,
    seeds: int,
    share: float,
    equal_texts: bool,
    leave_out: str | None,
    as_json: bool,
) -> None:
    """Sentiment of texts that were not fitted on: macro F1, the same in ASCII, net sentiment's bias.

    No text stands on both sides of a split, nor one that differs in casing, names, links or numbers only
    (unless --equal-texts is given).
    """

    def run() -> None:
        from service.mentions.sentiment import command

        command.evaluate(
            _sources(files, text, label, kind, sheet),
            language,
            model=model,
            seeds=seeds,
            share=share,
            leave_out=leave_out,
            as_json=as_json,
            near=not equal_texts,
        )

    _guarded(run)


def _sources(
    files: Sequence[Path],
    text: Sequence[str],
    label: Sequence[str],
    kind: Sequence[str],
    sheet: str | None,
    origin: Sequence[str] = (),
) -> "list[Source]":
    from service.mentions.sentiment.command import Source

    texts, labels, kinds, origins = (
        _of_each(given, len(files), option)
        for given, option in ((text, "--text"), (label, "--label"), (kind, "--kind"), (origin, "--source"))
    )
    return [
        Source(file, texts[at], labels[at], kinds[at] or file.stem, sheet, origins[at] or "")
        for at, file in enumerate(files)
    ]


def _of_each(given: Sequence[str], files: int, option: str) -> Sequence[str | None]:
    if len(given) not in (0, 1, files):
        raise click.BadParameter(
            f"{len(given)} given for {files} files: one for all, or one for each", param_hint=option
        )
    return given if len(given) == files else [given[0] if given else None] * files


def _guarded(run: Callable[[], None]) -> None:
    from threadpoolctl import threadpool_limits

    try:
        with threadpool_limits(1):  # settings.ONE_THREAD says why
            run()
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
