"""The index: what cards need, as rows in one SQLite file, made by the declared SELECTs of ``ontology/index``.

Opening it costs 1 ms where opening the store costs 17, it does not grow with what is asked, and each table is plain
SPARQL 1.1 over the same store, so the two cannot say different things.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from typing import Any

_KEYS = {
    "thing": ("iri", "kind"),
    "document": ("iri",),
    "expectation": ("matter",),
    "absence": ("matter",),
    "name": ("folded", "iri"),
    "situation": ("iri", "subject, class", "object"),
    "evidence": ("about",),
    "area_atom": ("area",),
    "post": ("iri", "role", "board"),
    "relation": ("child", "parent"),
    "concept": ("iri",),
}


def write(file: str, folder: str, rows_of: Any) -> None:
    """Write every table. ``rows_of(query)`` gives the variables and rows of a SELECT."""
    from cdpgraph import declared
    from cdpgraph.facts.names import fold

    connection = sqlite3.connect(file)
    with connection:
        for name, table in declared.shelf(folder, ".rq", {"title", "why"}, set()).items():
            columns, rows = rows_of(table.body)
            if name == "name":
                columns, rows = (*columns, "folded"), [(*row, fold(row[-1] or "")) for row in rows]
            named = ", ".join(f'"{c}"' for c in columns)
            connection.execute(f"CREATE TABLE {name} ({named})")
            connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
            for n, key in enumerate(_KEYS.get(name, ())):
                connection.execute(f"CREATE INDEX {name}_{n} ON {name} ({key})")
        _masks(connection)
    connection.close()


def _masks(connection: sqlite3.Connection) -> None:
    """Write each area as two numbers, one bit for each smallest area: those wholly in it, and those in it in part.

    Cover, overlap and union of areas are then single operations on whole numbers.
    """
    bits: dict[str, int] = {}
    whole: dict[str, int] = {}
    part: dict[str, int] = {}
    for area, atom, extent in connection.execute("SELECT area, atom, extent FROM area_atom ORDER BY atom, area"):
        bit = 1 << bits.setdefault(atom, len(bits))
        into = whole if extent == "whole" else part
        into[area] = into.get(area, 0) | bit
    connection.execute("CREATE TABLE mask (area PRIMARY KEY, whole, part)")
    rows = [(a, f"{whole.get(a, 0):x}", f"{part.get(a, 0) & ~whole.get(a, 0):x}") for a in sorted(whole.keys() | part.keys())]
    connection.executemany("INSERT INTO mask VALUES (?, ?, ?)", rows)


class Index:
    """Read-only rows, by table and by key."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(f"file:{_escape(file)}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def rows(self, table: str, columns: str = "*", **where: str | Iterable[str]) -> list[tuple[Any, ...]]:
        """Return rows of ``table``; each keyword is a column and the value, or values, it must have."""
        tests, values = [], []
        for column, wanted in where.items():
            options = [wanted] if isinstance(wanted, str) else list(wanted)
            if not options:
                return []
            if len(options) > 500:
                chunks = [options[i : i + 500] for i in range(0, len(options), 500)]
                return [row for chunk in chunks for row in self.rows(table, columns, **{**where, column: chunk})]
            tests.append(f'"{column}" IN ({", ".join("?" * len(options))})')
            values += options
        test = f" WHERE {' AND '.join(tests)}" if tests else ""
        return self._connection.execute(f"SELECT {columns} FROM {table}{test}", values).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _escape(file: str) -> str:
    return os.path.abspath(file).replace("\\", "/").replace("%", "%25").replace("?", "%3f").replace("#", "%23")
