"""Queries from outside: run in a process of their own that can be stopped, and that can neither write nor fetch.

The store is opened read-only. SERVICE is refused before anything runs, and graphs named by FROM are only ever those
already in the store, because Oxigraph fetches none. Time and, where the system allows it, memory are limited.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from cdpgraph.errors import BadSyntax, CdpgraphError, Refused, TooLong, UnknownFormat

if TYPE_CHECKING:
    from cdpgraph.facts.engine import Store
    from cdpgraph.facts.graph import KnowledgeGraph

SECONDS = 30.0
MOST_BYTES = 4_000_000_000
ROWS = {"json": "srj", "xml": "srx", "csv": "csv", "tsv": "tsv"}
GRAPHS = {"turtle": "ttl", "ttl": "ttl", "nt": "nt", "ntriples": "nt", "rdfxml": "rdf", "rdf": "rdf"}
_STRINGS = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\r\n]|\\.)*"|\'(?:[^\'\\\r\n]|\\.)*\''
)
_NAMES = r"[?$][A-Za-z0-9_]+|(?<=:)[A-Za-z0-9_%-]+"
_UNSURE = r"(?P<unsure><[^<>\"{}|^`\\\s]*[#'])"  # an address, or "less than" before a comment or a string
_SKIP = re.compile(rf"{_STRINGS}|<https?://[^<>\"{{}}|^`\\\s]*>|#[^\r\n]*|\\.|{_NAMES}|{_UNSURE}", re.S | re.I)
_FROM = re.compile(r"(?<![\w:.-])from(?![\w:.-])")
_UPDATE = re.compile(r"(?<![\w:?$.-])(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)(?![\w:-])", re.I)


def run(kg: KnowledgeGraph, query: str, form: str = "json", *, seconds: float = SECONDS) -> bytes:
    """Run a SPARQL 1.1 query and return its result in a format of ``ROWS`` or ``GRAPHS``.

    Raises Refused for SERVICE or an update, BadSyntax with the line, UnknownFormat, and TooLong after ``seconds``.
    """
    bare = _bare(query)
    if "service" in bare:
        raise Refused("SERVICE is refused: a query may not fetch from elsewhere.", fix="Ask the other endpoint itself.")
    if _UPDATE.search(bare.split("{", 1)[0]):
        raise Refused("Updates are refused: queries only read.", fix="Write a SELECT, ASK, CONSTRUCT or DESCRIBE.")
    task = json.dumps({"store": os.path.join(kg.folder, "store"), "query": query, "form": form}).encode()
    worker = [sys.executable, "-m", "cdpgraph.facts.queries"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the query goes in as data
            worker, input=task, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooLong(seconds) from None
    if done.returncode == 0:
        return done.stdout
    raise _failed(done)


def _bare(query: str) -> str:
    """Return a query in small letters without its strings, addresses, comments, variables and local names.

    The parser takes ``?o.SERVICE``, ``1SERVICE`` and ``SERVICEx:y`` for the keyword, so every other "service" counts as one;
    where text cannot be told from a comment without parsing, it stays.
    """
    return _SKIP.sub(lambda m: " service " if m["unsure"] and "service" in query.lower() else " ", query).lower()


def _failed(done: subprocess.CompletedProcess[bytes]) -> CdpgraphError:
    said = done.stderr.decode(errors="replace").strip().splitlines()
    try:
        problem = json.loads(said[-1])
    except (IndexError, ValueError):
        return Refused("The query needed more memory than it may use.", fix="Narrow it, or add a LIMIT.")
    if problem["kind"] == "format":
        return UnknownFormat(problem["name"], problem["offered"])
    return BadSyntax(problem["what"], file="query", line=problem["line"], fix="Mend the query there.")


def _work() -> int:
    """Answer one task from standard input; this is what runs in the process of its own."""
    from cdpgraph.facts import engine

    _limit_memory()
    task = json.loads(sys.stdin.buffer.read())
    store = engine.open_read_only(task["store"])
    try:
        written = _written(store, task["query"], task["form"])
    except BadSyntax as error:
        sys.stderr.write(json.dumps({"kind": "syntax", "what": error.what, "line": error.line}))
        return 4
    except UnknownFormat as error:
        sys.stderr.write(json.dumps({"kind": "format", "name": error.name, "offered": error.offered}))
        return 2
    sys.stdout.buffer.write(written)
    return 0


def _written(store: Store, query: str, form: str) -> bytes:
    from cdpgraph.facts import engine

    found = engine.ask(store, query, union=not _FROM.search(_bare(query)))  # the union would hide what FROM names
    offered = GRAPHS if isinstance(found, engine.Triples) else ROWS
    if form == "json" and offered is GRAPHS:
        form = "turtle"
    if form not in offered:
        raise UnknownFormat(form, tuple(offered))
    return engine.serialised(found, offered[form])


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


if __name__ == "__main__":
    sys.exit(_work())
