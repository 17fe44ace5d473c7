"""What every test may use: the bundled data and the small world, each compiled once into a cache of the session's own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from laying import ROOT, WORLD, Lay, write

from cdpgraph import workspace
from cdpgraph.facts import build
from cdpgraph.facts.graph import KnowledgeGraph, open_graph


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep what the tests compile away from the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    os.environ["CDPGRAPH_CACHE"] = str(folder)
    os.environ.pop("CDPGRAPH_WORKSPACE", None)
    return folder


@pytest.fixture(scope="session")
def kg(cache: Path) -> KnowledgeGraph:
    """The bundled data."""
    return open_graph()


@pytest.fixture(scope="session")
def world_space(cache: Path) -> workspace.Workspace:
    """The small world's data instead of the bundled data, under the same ontology."""
    return workspace.Workspace(str(ROOT / "ontology"), (str(WORLD),), str(cache))


@pytest.fixture(scope="session")
def world(world_space: workspace.Workspace) -> KnowledgeGraph:
    """The small world: one made-up partnership that can be read in five minutes."""
    return KnowledgeGraph(build.compiled(world_space), world_space)


@pytest.fixture
def lay(world_space: workspace.Workspace, tmp_path: Path) -> Lay:
    """Lay further tables over the small world: ``lay({"assignments.csv": "party,…"})`` gives the two together."""

    def laid(tables: Mapping[str, str]) -> KnowledgeGraph:
        folder = tmp_path / f"over{len(list(tmp_path.iterdir()))}"
        write(folder / "more", tables)
        space = world_space._replace(data=(*world_space.data, str(folder)))
        return KnowledgeGraph(build.compiled(space), space)

    return laid
