"""What the verbs share: the options that mean the same everywhere, progress, and how answers are given."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from cdpgraph.facts.graph import KnowledgeGraph, open_graph

Function = TypeVar("Function", bound=Callable[..., Any])


def area_option(function: Function) -> Function:
    """Add ``--area``, England if not given."""
    help = "A council, police, health or partnership area, by name or code."
    return click.option("-a", "--area", metavar="AREA", default="England", show_default=True, help=help)(function)


def moment_options(function: Function) -> Function:
    """Add ``--on`` and ``--scenario``."""
    function = click.option("--scenario", metavar="NAME", help="What if: the name of a scenario.")(function)
    return click.option("--on", metavar="DATE", help="The day asked about, YYYY-MM-DD; today if not given.")(function)


def answer_options(function: Function) -> Function:
    """Add ``--format`` and ``--output``."""
    kinds = "table, json, ndjson, csv, tsv, md or html; by default the output's ending decides, else table."
    function = click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the screen.")(function)
    return click.option("-f", "--format", "form", metavar="FORMAT", help=kinds)(function)


def opened() -> KnowledgeGraph:
    """Open the knowledge graph, saying what is being done if it has to be compiled first."""
    with progress() as say:
        return open_graph(progress=say)


def tell(note: str) -> None:
    """Say something about an answer beside it, on stderr."""
    sys.stderr.write(f"cdpgraph: {note}\n")


def give(result: Any, form: str | None, output: str | None, layout: str, title: str) -> None:
    """Write an answer as text for people, by a layout of ``cli.text``, or in the format asked for. Raises UnknownFormat."""
    if form is None:
        ending = os.path.splitext(output)[1][1:].lower() if output and output != "-" else ""
        form = {"txt": "table", "markdown": "md", "htm": "html", "": "table"}.get(ending, ending)
    if form == "table":
        from cdpgraph.cli import text

        written = str(getattr(text, layout)(result, width()))
    else:
        from cdpgraph.exchange import writing

        written = writing.text(result, form, title)
    if output is None or output == "-":
        sys.stdout.write(written)
    else:
        from cdpgraph.files import save

        save(output, written)
        tell(f"Wrote {output}.")


def width() -> int:
    """Return how many columns there are to write in, between 60 and 120."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        columns = 100
    return max(60, min(120, columns))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function that says what is being done, on stderr.

    On a terminal the line is rewritten; elsewhere each is a line of its own.
    """
    started = time.monotonic()
    live = sys.stderr.isatty()
    shown = False

    def say(doing: str) -> None:
        nonlocal shown
        shown = True
        took = f" ({time.monotonic() - started:.0f} s)" if time.monotonic() - started >= 1 else ""
        sys.stderr.write(f"\r\033[Kcdpgraph: {doing}{took} …" if live else f"cdpgraph: {doing}{took} …\n")
        sys.stderr.flush()

    try:
        yield say
    finally:
        if live and shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
