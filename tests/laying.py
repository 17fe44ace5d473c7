"""Laying things out for tests: files in folders, tables over the small world, the places of this checkout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cdpgraph.facts.graph import KnowledgeGraph

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
WORLD = ROOT / "tests" / "world"
ON = "2023-03-01"  # the day most tests ask the small world about
Lay = Callable[[Mapping[str, str]], KnowledgeGraph]


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write text files into a folder, making it first; line ends stay as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder
