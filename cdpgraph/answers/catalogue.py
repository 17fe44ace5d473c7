"""The catalogue: the shelves of declared files, read and found by name."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from cdpgraph import declared
from cdpgraph.declared import Declared
from cdpgraph.errors import BadSyntax, UnknownName
from cdpgraph.facts.graph import KnowledgeGraph

GAP_KEYS = ({"title", "why", "message", "fix", "severity"}, {"question", "missing", "epistemics", "rule"})
_BLANK = re.compile(r"VALUES\s*\?(\w+)\s*\{\s*UNDEF\s*\}")


def gap_rules(kg: KnowledgeGraph) -> dict[str, Declared]:
    """Return every gap rule by name. Raises BadSyntax for a header that does not fit."""
    return declared.shelf(os.path.join(kg.workspace.ontology, "gaps"), ".rq", *GAP_KEYS)


def one(shelf: dict[str, Declared], name: str, kind: str) -> Declared:
    """Return one declared file by name. Raises UnknownName with the nearest."""
    if name not in shelf:
        import difflib

        raise UnknownName(name, kind, difflib.get_close_matches(name, shelf, 3, 0.4))
    return shelf[name]


def filled(file: Declared, blanks: Mapping[str, str]) -> str:
    """Return a query with its blanks, ``VALUES ?x { UNDEF }``, filled by terms that were made from checked values.

    Raises BadSyntax for a blank that nothing fills.
    """

    def fill(match: re.Match[str]) -> str:
        if match[1] not in blanks:
            raise BadSyntax(f"nothing fills the blank ?{match[1]}", file=file.file, fix="Blanks: " + ", ".join(blanks) + ".")
        return f"VALUES ?{match[1]} {{ {blanks[match[1]]} }}"

    return _BLANK.sub(fill, file.body)
