"""Tables: CSV rows checked cell by cell against a lift's columns, then lifted by its CONSTRUCT.

The columns of a row are the variables of the query, as in Tarql. An empty cell leaves its variable unbound, and a triple
with an unbound variable is not made. A cell that lists several values becomes several rows that bind that variable only.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from cdpgraph.declared import Declared
from cdpgraph.errors import BadCell, BadInput, BadSyntax
from cdpgraph.facts.cells import Column, Fault, column, term
from cdpgraph.vocab import ID, SCHEME

_TEMPLATE = re.compile(r"CONSTRUCT\s*\{(.*?)\}\s*WHERE\s*\{(.*)\}\s*$", re.S)
_MOST_BYTES = 200_000_000
csv.field_size_limit(1_000_000)


class Lift(NamedTuple):
    """How one standard table becomes triples; ``makes`` is false for one that only speaks of what others make."""

    name: str
    address: str
    columns: tuple[Column, ...]
    template: str
    where: str
    prefixes: str
    evidence: bool
    makes: bool


class Lifted(NamedTuple):
    """A table's triples, as one query; ``rows`` says which line made which thing."""

    query: str
    rows: dict[str, int]


def lift(declared: Declared, shared: dict[str, Declared]) -> Lift:
    """Read a lift and the shared lifts it names under ``with``. Raises BadSyntax."""
    parts = [declared]
    for name in declared.one("with").split():
        if name not in shared:
            raise BadSyntax(
                f"there is no shared lift '{name}'", file=declared.file, fix="There are: " + ", ".join(shared) + "."
            )
        parts.append(shared[name])
    columns: dict[str, Column] = {}
    template, own, where, prefixes = "", "", "", set()
    for part in parts:
        for declaration, line in part.all("column"):
            try:
                new = column(declaration)
            except Fault as fault:
                raise BadSyntax(fault.what, file=part.file, line=line, fix=fault.fix) from None
            columns.setdefault(new.name, new)
        match = _TEMPLATE.search(part.body)
        if match is None:
            raise BadSyntax("a lift is `CONSTRUCT { … } WHERE { … }`", file=part.file)
        template += match[1]
        own = match[1] if part is declared else own
        where += match[2]
        prefixes |= set(re.findall(r"^PREFIX .*$", part.body, re.M))
    address = declared.one("address")
    return Lift(
        declared.name,
        address,
        tuple(columns.values()),
        template,
        where,
        "\n".join(sorted(prefixes)),
        "evidence" in declared.one("with"),
        bool(own.strip()),
    )


def read(
    file: str, shown: str, lift: Lift, folder: str, concepts: dict[str, frozenset[str]], faults: list[BadInput]
) -> Lifted | None:
    """Read one table. What is wrong with it is added to ``faults``; ``folder`` is part of each statement's address.

    ``shown`` is the file as messages name it. Returns None for a table without a usable row.
    """
    reader = _Reader(shown, lift, folder, concepts, faults)
    header: list[str] = []
    for line, cells in _rows(file, shown, faults):
        if not header:
            header = [c.strip() for c in cells]
            if not reader.header_fits(header):
                return None
        elif len(cells) != len(header):
            what = f"{len(cells)} cells where the header has {len(header)}"
            faults.append(BadInput(what, file=shown, line=line, fix="Quote cells that hold commas."))
        else:
            reader.row(line, dict(zip(header, (c.strip() for c in cells), strict=True)))
    return reader.lifted()


def _rows(file: str, shown: str, faults: list[BadInput]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it starts on; empty rows are passed over."""
    if os.path.getsize(file) > _MOST_BYTES:
        faults.append(BadInput("the file is larger than 200 MB", file=shown, fix="Split it by folder."))
        return
    with open(file, "rb") as handle:
        content = handle.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(BadInput("the text is not UTF-8", file=shown, line=line, fix="Save it as CSV UTF-8."))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        fix = "Look for an unclosed quotation mark."
        faults.append(BadInput(f"not a CSV row: {error}", file=shown, line=start, fix=fix))


class _Reader:
    """One table being read: its rows so far as terms, and what is wrong with it."""

    def __init__(
        self, shown: str, lift: Lift, folder: str, concepts: dict[str, frozenset[str]], faults: list[BadInput]
    ) -> None:
        self.shown, self.lift, self.folder, self.concepts, self.faults = shown, lift, folder, concepts, faults
        self.document = folder.removeprefix("sources/") if folder.startswith("sources/") else ""
        self.columns = {c.name: c for c in lift.columns}
        self.names = [*self.columns, "it", "assertion", "passage"]
        self.position = {name: i for i, name in enumerate(self.names)}
        self.values: list[str] = []
        self.made: dict[str, int] = {}
        self.said: dict[tuple[str, ...], int] = {}

    def header_fits(self, header: list[str]) -> bool:
        """Say whether the columns are those of the lift: none unknown, none twice, none missing."""
        before = len(self.faults)
        for name in header:
            if name not in self.columns:
                fix = f"Columns of {self.lift.name}: " + ", ".join(self.columns) + "."
                self._fault("there is no such column", 1, name, fix)
        for name in sorted({n for n in header if header.count(n) > 1}):
            self._fault("the column stands twice", 1, name, "Remove one of the two.")
        for of in self.columns.values():
            given = of.name in header or of.default or (of.name == "document" and self.document)
            if of.required and not given:
                self._fault("the column is missing", 1, of.name, f"It holds: {of.meaning}.")
        return len(self.faults) == before

    def row(self, line: int, row: dict[str, str]) -> None:
        """Turn one row into terms, or add what is wrong with it."""
        if "document" in self.columns and not row.get("document"):
            row["document"] = self.document
        before = len(self.faults)
        bound: list[str | None] = [None] * len(self.names)
        more: list[tuple[int, str]] = []
        for of in self.columns.values():
            self._cell(of, row.get(of.name) or of.default, bound, more, line)
        if len(self.faults) > before:
            return
        it = self._address(row, bound)
        if self.lift.evidence and not self._evidence(it, row, bound, line):
            return
        bound[self.position["it"]] = f"<{ID}{it}>"
        self._precision(row, bound)
        if self.lift.makes:
            self.made.setdefault(f"{ID}{it}", line)  # a mention speaks of a matter and does not make it
        self.values.append("(" + " ".join(v or "UNDEF" for v in bound) + ")")
        for index, item in more:
            sparse = ["UNDEF"] * len(self.names)
            sparse[self.position["it"]], sparse[index] = f"<{ID}{it}>", item
            self.values.append("(" + " ".join(sparse) + ")")

    def lifted(self) -> Lifted | None:
        """Return the CONSTRUCT over all rows, or nothing if there is no usable row."""
        if not self.values:
            return None
        variables = " ".join("?" + n for n in self.names)
        rows = f"VALUES ({variables}) {{ {' '.join(self.values)} }}"
        query = f"{self.lift.prefixes}\nCONSTRUCT {{ {self.lift.template} }} WHERE {{ {rows} {self.lift.where} }}"
        return Lifted(query, self.made)

    def _cell(self, of: Column, text: str, bound: list[str | None], more: list[tuple[int, str]], line: int) -> None:
        if not text:
            if of.required:
                self._fault("the cell is empty", line, of.name, f"It needs: {of.meaning}.")
            return
        index = self.position[of.name]
        for item in [t.strip() for t in text.split("|") if t.strip()] if of.listed else [text]:
            try:
                made = term(item, of, self.concepts)
            except Fault as fault:
                self._fault(fault.what, line, of.name, fault.fix, item)
                continue
            if bound[index] is None:
                bound[index] = made
            else:
                more.append((index, made))

    def _evidence(self, it: str, row: dict[str, str], bound: list[str | None], line: int) -> bool:
        """Bind the assertion and the passage; false, and a fault, if the table says the same twice."""
        document = row["document"].removeprefix(ID).removeprefix("document/")
        said = (it, document, row["locator"], row.get("stance", ""), row.get("quote", ""))
        if said in self.said:
            what = f"says the same as line {self.said[said]}"
            self.faults.append(BadInput(what, file=self.shown, line=line, fix="Remove one of the two."))
            return False
        self.said[said] = line
        passage = f"passage/{document}/{quote(row['locator'].lower().replace(' ', '-'), safe='')}"
        if row.get("quote"):
            passage += "-" + _short(row["quote"])[:6]
        for name, address in (("assertion", f"assertion/{_short(*said)}"), ("passage", passage)):
            bound[self.position[name]] = f"<{ID}{address}>"
            self.made.setdefault(ID + address, line)
        return True

    def _precision(self, row: dict[str, str], bound: list[str | None]) -> None:
        """Where a date stops at the month or the year and nothing else is said of it, say so."""
        index = self.position.get("precision")
        dated = (row.get(c.name) for c in self.columns.values() if c.type == "date" and c.name != "review_by")
        shortest = min((len(d) for d in dated if d), default=10)
        if index is not None and bound[index] is None and shortest < 10:
            bound[index] = f"<{SCHEME}date-precision/{'month' if shortest == 7 else 'year'}>"

    def _address(self, row: dict[str, str], bound: list[str | None]) -> str:
        """Return the address of a row's thing: by its code, or by its key cells where it has none of its own."""
        address = self.lift.address
        if "{row}" in address:
            key = _short(self.lift.name, self.folder, *(row.get(c.name, "") for c in self.lift.columns if c.key))
            return address.replace("{row}", key)

        def cell(match: re.Match[str]) -> str:
            made = bound[self.position[match[1]]] or ""
            return made[1:-1].removeprefix(ID) if made.startswith("<") else row[match[1]]

        return re.sub(r"\{(\w+)\}", cell, address)

    def _fault(self, what: str, line: int, column: str, fix: str, value: str = "") -> None:
        self.faults.append(BadCell(what, file=self.shown, line=line, column=column, value=value, fix=fix))


def _short(*words: str) -> str:
    return hashlib.sha1("\0".join(words).encode(), usedforsecurity=False).hexdigest()[:12]
