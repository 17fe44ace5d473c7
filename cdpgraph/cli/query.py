"""``cdpgraph query``: SPARQL 1.1 over everything that is loaded."""

from __future__ import annotations

import json
import os
import sys

import click

from cdpgraph.cli.common import opened, tell
from cdpgraph.errors import BadInput, BadSyntax
from cdpgraph.facts import queries
from cdpgraph.model import Answer

_TABLES = ("table", "md", "html", "ndjson")


@click.command("query")
@click.argument("file", metavar="FILE")
@click.option(
    "-f",
    "--format",
    "form",
    metavar="FORMAT",
    help="table, json, csv, tsv, xml, md, html or ndjson; turtle, nt or rdfxml for graphs.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the screen.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=queries.SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="Stop after this long.",
)
def command(file: str, form: str | None, output: str | None, timeout: float) -> None:
    r"""Run the SPARQL 1.1 query in FILE, or from standard input if FILE is a hyphen.

    \b
    cdpgraph query docs/examples/partnerships.rq
    cdpgraph query question.rq -f csv -o answer.csv
    echo "SELECT * { ?board a cdp:Board ; rdfs:label ?name }" | cdpgraph query -

    The default graph is everything; each source is a named graph too. The usual prefixes are known. A query only reads: it
    cannot write, fetch from elsewhere, or run past the time limit.
    """
    text = _read(file)
    form = form or (os.path.splitext(output)[1][1:].lower() if output and output != "-" else "table")
    kg = opened()
    try:
        found = queries.run(kg, text, "json" if form in _TABLES else form, seconds=timeout)
    except BadSyntax as error:
        raise BadSyntax(error.what, file="standard input" if file == "-" else file, line=error.line, fix=error.fix) from None
    written = _laid_out(found, form).encode() if form in _TABLES and found[:1] == b"{" else found
    if output is None or output == "-":
        sys.stdout.buffer.write(written)
    else:
        from cdpgraph.files import save

        save(output, written)
        tell(f"Wrote {output}.")


def _read(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        with open(file, encoding="utf-8") as handle:
            return handle.read()
    except UnicodeDecodeError as error:
        raise BadInput(f"byte {error.start} is not UTF-8", file=file, fix="Save it as UTF-8.") from None


def _laid_out(found: bytes, form: str) -> str:
    """Lay out SPARQL JSON results as a table."""
    results = json.loads(found)
    if "boolean" in results:
        return ("yes" if results["boolean"] else "no") + "\n"
    names = tuple(results["head"]["vars"])
    rows = tuple(tuple(row.get(n, {}).get("value", "") for n in names) for row in results["results"]["bindings"])
    if form == "table":
        from cdpgraph.cli import text

        return text.table(Answer(names, rows))
    from cdpgraph.exchange import writing

    return writing.text(Answer(names, rows), form, "Query")
