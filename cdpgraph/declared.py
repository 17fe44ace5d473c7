"""Declared files: the ``# key: value`` lines that stand before the first line of code.

The same grammar serves Turtle and SPARQL, because ``#`` is a comment in both. A key that a shelf does not know, or one
that it needs and does not find, is an error that names file, line and key.
"""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from cdpgraph.errors import BadSyntax

_LINE = re.compile(r"#\s*([a-z][a-z-]*):\s*(.*)")


class Declared(NamedTuple):
    """A declared file: its name is its identity, ``head`` its keys in order, ``body`` the code after them."""

    name: str
    file: str
    head: tuple[tuple[str, str, int], ...]
    body: str

    def one(self, key: str, default: str = "") -> str:
        """Return the value of ``key``, or ``default``."""
        return next((value for k, value, _ in self.head if k == key), default)

    def all(self, key: str) -> list[tuple[str, int]]:
        """Return each value of a key that may be repeated, with its line."""
        return [(value, line) for k, value, line in self.head if k == key]


def read(file: str, required: set[str], optional: set[str]) -> Declared:
    """Read one declared file and check its header.

    ``required`` and ``optional`` are the keys its shelf knows. Raises BadSyntax with file, line and key.
    """
    with open(file, encoding="utf-8") as handle:
        text = handle.read()
    head: list[tuple[str, str, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            break
        match = _LINE.match(line)
        if match is None:
            continue
        key, value = match[1], match[2].strip()
        if key not in required | optional:
            known = ", ".join(sorted(required | optional))
            raise BadSyntax(f"unknown key '{key}'", file=file, line=number, fix=f"Keys here: {known}.")
        head.append((key, value, number))
    missing = sorted(required - {key for key, value, _ in head if value})
    if missing:
        raise BadSyntax(f"the key '{missing[0]}' is missing", file=file, line=1, fix=f"Add a line `# {missing[0]}: …`.")
    name = os.path.splitext(os.path.basename(file))[0]
    return Declared(name, file, tuple(head), text)


def shelf(folder: str, ending: str, required: set[str], optional: set[str]) -> dict[str, Declared]:
    """Read every declared file of a shelf, by name. ``ending`` is such as ``.rq``."""
    names = sorted(n for n in os.listdir(folder) if n.endswith(ending))
    return {d.name: d for d in (read(os.path.join(folder, n), required, optional) for n in names)}
