"""The one door to pyoxigraph: stores, queries and parsing, with our prefixes and our errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from cdpgraph.errors import BadSyntax
from cdpgraph.vocab import PREFIXES

Store = ox.Store
Solutions = ox.QuerySolutions
Triples = ox.QueryTriples
Boolean = ox.QueryBoolean
NT, NQ, TURTLE = ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TURTLE


def store_in_memory() -> ox.Store:
    """Return an empty store in memory."""
    return ox.Store()


def open_read_only(folder: str) -> ox.Store:
    """Open a compiled store; any number of processes may do so at once."""
    return ox.Store.read_only(folder)


def write_store(folder: str, quads: bytes) -> None:
    """Write N-Quads into a new store on disk."""
    store = ox.Store(folder)
    store.bulk_load(quads, format=NQ)
    store.flush()
    store.optimize()


def load(store: ox.Store, triples: bytes, graph: str) -> None:
    """Add N-Triples to the named graph of ``store``."""
    store.bulk_load(triples, format=NT, to_graph=ox.NamedNode(graph))


def load_turtle(store: ox.Store, file: str, graph: str) -> None:
    """Add a Turtle file to the named graph of ``store``; nothing is fetched. Raises BadSyntax with the line."""
    with open(file, "rb") as handle:
        content = handle.read()
    try:
        quads = [
            ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph))
            for q in ox.parse(content, format=TURTLE, base_iri="https://w3id.org/cdpgraph/id/")
        ]
    except SyntaxError as error:
        raise BadSyntax(_short(error), file=file, line=error.lineno, fix="Mend the Turtle there; nothing was loaded.") from None
    blank = next((q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)), None)
    if blank is not None and "/shapes/" not in graph:
        raise BadSyntax(
            f"a blank node has the property <{blank.predicate.value}>", file=file, fix="Give every thing an address of its own."
        )
    store.bulk_extend(quads)


def select(store: ox.Store, query: str) -> Iterator[tuple[str | None, ...]]:
    """Yield the rows of a SELECT over all graphs, each value as its plain text."""
    solutions = ask(store, query)
    for row in solutions:
        yield tuple(None if v is None else v.value for v in row)


def columns(store: ox.Store, query: str) -> tuple[tuple[str, ...], Iterator[tuple[str | None, ...]]]:
    """Return the variables of a SELECT and its rows."""
    solutions = ask(store, query)
    names = tuple(v.value for v in solutions.variables)
    return names, (tuple(None if v is None else v.value for v in row) for row in solutions)


def construct(store: ox.Store, query: str) -> bytes:
    """Run a CONSTRUCT over all graphs and return N-Triples."""
    found: bytes = ask(store, query).serialize(format=NT)
    return found


def ask(store: ox.Store, query: str, file: str | None = None, *, union: bool = True) -> Any:
    """Run any query, over all graphs if ``union``. Raises BadSyntax, with the file if one is named."""
    try:
        return store.query(query, prefixes=PREFIXES, use_default_graph_as_union=union)
    except SyntaxError as error:
        at = re.match(r"error at (\d+):\d+: ", _short(error))  # the parser of queries gives the line in its words only
        what, line = (_short(error)[at.end() :], int(at[1])) if at else (_short(error), error.lineno)
        raise BadSyntax(what, file=file or "query", line=line, fix="Mend the query there.") from None


def serialised(found: Any, extension: str) -> bytes:
    """Return the result of a query in the format that goes by a file extension, such as ``srj`` or ``ttl``."""
    form = ox.RdfFormat if isinstance(found, Triples) else ox.QueryResultsFormat
    written: bytes = found.serialize(format=form.from_extension(extension))
    return written


def dump(store: ox.Store) -> bytes:
    """Return everything in ``store`` as N-Quads."""
    quads = store.dump(format=NQ)
    assert quads is not None
    return quads


def _short(error: SyntaxError) -> str:
    return str(error.msg or error).strip().splitlines()[0]
