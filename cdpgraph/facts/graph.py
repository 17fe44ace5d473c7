"""KnowledgeGraph: the compiled workspace, opened; its parts are opened when they are first used."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cdpgraph import workspace
from cdpgraph.facts.index import Index

if TYPE_CHECKING:
    from cdpgraph.facts.build import Progress
    from cdpgraph.facts.engine import Store


class KnowledgeGraph:
    """What is known, compiled once and opened read-only; any number of processes may hold it at once.

    ``index`` holds what cards need as rows, ``store`` everything as an Oxigraph store with named graphs, and ``dataset``
    is the same store as an rdflib Dataset.
    """

    def __init__(self, folder: str, space: workspace.Workspace) -> None:
        self.folder = folder
        self.workspace = space

    @cached_property
    def index(self) -> Index:
        """The rows of the declared index tables."""
        return Index(os.path.join(self.folder, "index.sqlite"))

    @cached_property
    def store(self) -> Store:
        """The embedded Oxigraph store, read-only, one named graph per source."""
        from cdpgraph.facts import engine

        return engine.open_read_only(os.path.join(self.folder, "store"))

    @cached_property
    def dataset(self) -> Any:
        """The same store as an rdflib Dataset whose default graph is the union of all graphs."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self.store), default_union=True)

    @cached_property
    def built(self) -> dict[str, Any]:
        """How many quads were compiled, and in how many seconds."""
        import json

        with open(os.path.join(self.folder, "built.json"), encoding="utf-8") as handle:
            facts: dict[str, Any] = json.load(handle)
        return facts

    def query(self, text: str) -> tuple[tuple[str, ...], list[tuple[str | None, ...]]]:
        """Return the variables and rows of a SELECT over all graphs, each value as text. Raises BadSyntax.

        This is for queries of one's own making: it has no time limit and does not look for SERVICE. What comes from
        somebody else goes through :func:`cdpgraph.facts.queries.run`.
        """
        from cdpgraph.facts import engine

        columns, rows = engine.columns(self.store, text)
        return columns, list(rows)


def open_graph(folder: str | None = None, progress: Progress | None = None) -> KnowledgeGraph:
    """Open the bundled data with the workspace at or above ``folder`` laid over it, compiling first if anything changed.

    ``progress`` is called with what is being done while it compiles. Raises BadRecords if the data are not well formed.
    """
    space = workspace.find(folder)
    found = workspace.compiled_folder(space)
    if found is None:
        from cdpgraph.facts import build

        found = build.compiled(space, progress or (lambda _: None))
    return KnowledgeGraph(found, space)
