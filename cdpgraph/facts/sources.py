"""Sources: each folder of data is one named graph, made of its tables and its Turtle."""

from __future__ import annotations

import os
from typing import NamedTuple

from cdpgraph import declared
from cdpgraph.errors import BadInput, BadSyntax
from cdpgraph.facts import engine, tables
from cdpgraph.vocab import GRAPH

LIFT_KEYS = ({"title", "why", "address"}, {"with", "column"})


class Source(NamedTuple):
    """One folder of data: its name within the data, its files, and the files as messages name them."""

    name: str
    files: tuple[str, ...]
    root: str

    @property
    def graph(self) -> str:
        """The named graph it is loaded into."""
        return GRAPH + self.name

    def shown(self, file: str) -> str:
        """Return ``file`` as a person finds it: from the folder that holds the data."""
        return os.path.relpath(file, os.path.dirname(self.root)).replace(os.sep, "/")


class Loaded(NamedTuple):
    """Which file and line made a thing of a table."""

    file: str
    rows: dict[str, int]


def find(roots: tuple[str, ...]) -> list[Source]:
    """Return every folder below ``roots`` that holds tables or Turtle; a root may also be one file."""
    found = []
    for root in roots:
        if os.path.isfile(root):
            folder = os.path.dirname(os.path.abspath(root))
            found.append(Source(os.path.basename(folder), (os.path.abspath(root),), folder))
            continue
        for folder, below, files in os.walk(root):
            below[:] = sorted(f for f in below if not f.startswith((".", "_")))
            used = tuple(
                os.path.join(folder, f) for f in sorted(files) if f.endswith((".csv", ".ttl")) and not f.startswith((".", "_"))
            )
            if used:
                found.append(Source(os.path.relpath(folder, root).replace(os.sep, "/"), used, root))
    return found


def lifts(folder: str) -> dict[str, tables.Lift]:
    """Read every lift of the ontology."""
    shared = declared.shelf(os.path.join(folder, "shared"), ".rq", {"title", "why"}, {"column"})
    return {name: tables.lift(d, shared) for name, d in declared.shelf(folder, ".rq", *LIFT_KEYS).items()}


def load(
    store: engine.Store,
    source: Source,
    lifts: dict[str, tables.Lift],
    concepts: dict[str, frozenset[str]],
    faults: list[BadInput],
) -> list[Loaded]:
    """Bring one source into ``store``. What is wrong is added to ``faults``; the rest is loaded, to find more faults."""
    loaded = []
    for file in source.files:
        shown = source.shown(file)
        if file.endswith(".ttl"):
            try:
                engine.load_turtle(store, file, source.graph)
            except BadSyntax as error:
                faults.append(BadSyntax(error.what, file=shown, line=error.line, fix="Mend the Turtle there."))
            continue
        name = os.path.basename(file).split(".")[0]
        if name not in lifts:
            known = ", ".join(sorted(lifts))
            faults.append(
                BadInput(f"there is no standard table '{name}'", file=shown, fix=f"Name the file after one of: {known}.")
            )
            continue
        lifted = tables.read(file, shown, lifts[name], source.name, concepts, faults)
        if lifted is not None:
            engine.load(store, engine.construct(store, lifted.query), source.graph)
            loaded.append(Loaded(shown, lifted.rows))
    return loaded
