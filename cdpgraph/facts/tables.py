"""Tables: CSV rows checked cell by cell against a lift's columns, then lifted by its CONSTRUCT.

The columns of a row are the variables of the query, as in Tarql. An empty cell leaves its variable unbound, and a triple
with an unbound variable is not made. A cell that lists several values becomes several rows that bind that variable only.
"""

from __future__ import annotations

import csv
import hashlib
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
    """How one standard table becomes triples."""

    name: str
    address: str
    columns: tuple[Column, ...]
    template: str
    where: str
    prefixes: str
    evidence: bool


class Lifted(NamedTuple):
    """A table's triples, as one query; ``rows`` says which line made which thing."""

    query: str
    rows: dict[str, int]


def lift(declared: Declared, shared: dict[str, Declared]) -> Lift:
    """Read a lift and the shared lifts it names under ``with``. Raises BadSyntax."""
    parts = [declared]
    for name in declared.one("with").split():
        if name not in shared:
            raise BadSyntax(f"there is no shared lift '{name}'", file=declared.file, fix="There are: " + ", ".join(shared) + ".")
        parts.append(shared[name])
    columns: dict[str, Column] = {}
    template, where, prefixes = "", "", set()
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
        where += match[2]
        prefixes |= set(re.findall(r"^PREFIX .*$", part.body, re.M))
    address = declared.one("address")
    return Lift(
        declared.name, address, tuple(columns.values()), template, where, "\n".join(sorted(prefixes)), "evidence" in declared.one("with")
    )


def read(
    file: str, shown: str, lift: Lift, folder: str, concepts: dict[str, frozenset[str]], faults: list[BadInput]
) -> Lifted | None:
    """Read one table. What is wrong with it is added to ``faults``; ``folder`` is part of each statement's address.

    ``shown`` is the file as messages name it. Returns None for a table without a usable row.
    """
    header: list[str] = []
    values: list[str] = []
    made: dict[str, int] = {}
    said: dict[tuple[str, str, str], int] = {}
    wanted = {c.name: c for c in lift.columns}
    names = [*wanted, "it", "assertion", "passage"]
    position = {n: i for i, n in enumerate(names)}
    document = folder.removeprefix("sources/") if folder.startswith("sources/") else ""
    for line, cells in _rows(file, shown, faults):
        if not header:
            header = [c.strip() for c in cells]
            if not _header_fits(header, wanted, document, lift, shown, faults):
                return None
            continue
        row = dict(zip(header, (c.strip() for c in cells), strict=False))
        if len(cells) != len(header):
            faults.append(BadInput(f"{len(cells)} cells where the header has {len(header)}", file=shown, line=line, fix="Quote cells that hold commas."))
            continue
        if document and "document" in wanted and not row.get("document"):
            row["document"] = document
        before = len(faults)
        bound: list[str | None] = [None] * len(names)
        extra: list[tuple[int, str]] = []
        for of in lift.columns:
            _cell(of, row, position[of.name], bound, extra, concepts, shown, line, faults)
        if len(faults) > before:
            continue
        it = _address(lift, row, folder)
        bound[position["it"]] = f"<{ID}{it}>"
        if lift.evidence:
            said_by = (it, bound[position["document"]] or "", row.get("locator", "") + "\0" + row.get("stance", ""))
            if said_by in said:
                faults.append(BadInput(f"says the same as line {said[said_by]}", file=shown, line=line, fix="Remove one of the two."))
                continue
            said[said_by] = line
            assertion, passage = _evidence(it, row)
            bound[position["assertion"]], bound[position["passage"]] = f"<{ID}{assertion}>", f"<{ID}{passage}>"
            made.setdefault(ID + assertion, line)
            made.setdefault(ID + passage, line)
        _precision(row, bound, position)
        made.setdefault(f"{ID}{it}", line)
        values.append("(" + " ".join(v or "UNDEF" for v in bound) + ")")
        for index, more in extra:
            sparse = ["UNDEF"] * len(names)
            sparse[position["it"]], sparse[index] = f"<{ID}{it}>", more
            values.append("(" + " ".join(sparse) + ")")
    if not values:
        return None
    variables = " ".join("?" + n for n in names)
    query = f"{lift.prefixes}\nCONSTRUCT {{ {lift.template} }} WHERE {{ VALUES ({variables}) {{ {' '.join(values)} }} {lift.where} }}"
    return Lifted(query, made)


def _rows(file: str, shown: str, faults: list[BadInput]) -> Iterator[tuple[int, list[str]]]:
    try:
        with open(file, encoding="utf-8-sig", newline="") as handle:
            if handle.seek(0, 2) > _MOST_BYTES:
                faults.append(BadInput("the file is larger than 200 MB", file=shown, fix="Split it by folder."))
                return
            handle.seek(0)
            reader = csv.reader(handle, strict=True)
            start = 1
            for cells in reader:
                if any(c.strip() for c in cells):
                    yield start, cells
                start = reader.line_num + 1
    except UnicodeDecodeError as error:
        faults.append(BadInput(f"byte {error.start} is not UTF-8", file=shown, fix="Save it as CSV UTF-8."))
    except csv.Error as error:
        faults.append(BadInput(f"not a CSV row: {error}", file=shown, line=reader.line_num, fix="Look for an unclosed quotation mark."))


def _header_fits(
    header: list[str], wanted: dict[str, Column], document: str, lift: Lift, shown: str, faults: list[BadInput]
) -> bool:
    before = len(faults)
    for name in header:
        if name not in wanted:
            fix = f"Columns of {lift.name}: " + ", ".join(wanted) + "."
            faults.append(BadCell("there is no such column", file=shown, line=1, column=name, fix=fix))
    for name in sorted({n for n in header if header.count(n) > 1}):
        faults.append(BadCell("the column stands twice", file=shown, line=1, column=name, fix="Remove one of the two."))
    for of in wanted.values():
        given = of.name in header or of.default or (of.name == "document" and document)
        if of.required and not given:
            faults.append(BadCell("the column is missing", file=shown, line=1, column=of.name, fix=f"It holds: {of.meaning}."))
    return len(faults) == before


def _cell(
    of: Column,
    row: dict[str, str],
    index: int,
    bound: list[str | None],
    extra: list[tuple[int, str]],
    concepts: dict[str, frozenset[str]],
    shown: str,
    line: int,
    faults: list[BadInput],
) -> None:
    text = row.get(of.name) or of.default
    if not text:
        if of.required:
            faults.append(BadCell("the cell is empty", file=shown, line=line, column=of.name, fix=f"It needs: {of.meaning}."))
        return
    items = [t.strip() for t in text.split("|") if t.strip()] if of.listed else [text]
    for n, item in enumerate(items):
        try:
            made = term(item, of, concepts)
        except Fault as fault:
            faults.append(BadCell(fault.what, file=shown, line=line, column=of.name, value=item, fix=fault.fix))
            continue
        if n == 0:
            bound[index] = made
        else:
            extra.append((index, made))


def _address(lift: Lift, row: dict[str, str], folder: str) -> str:
    if "{row}" in lift.address:
        key = "\0".join([lift.name, folder, *(row.get(c.name, "") for c in lift.columns if c.key)])
        return lift.address.replace("{row}", hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()[:12])
    return re.sub(r"\{(\w+)\}", lambda m: row[m[1]].removeprefix(ID), lift.address)


def _evidence(it: str, row: dict[str, str]) -> tuple[str, str]:
    document = row["document"].removeprefix(ID).removeprefix("document/")
    locator = row["locator"]
    passage = f"passage/{document}/{quote(locator.lower().replace(' ', '-'), safe='')}"
    if row.get("quote"):
        passage += "-" + hashlib.sha1(row["quote"].encode(), usedforsecurity=False).hexdigest()[:6]
    key = "\0".join([it, document, locator, row.get("stance", ""), row.get("quote", "")])
    assertion = f"assertion/{hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()[:12]}"
    return assertion, passage


def _precision(row: dict[str, str], bound: list[str | None], position: dict[str, int]) -> None:
    """Where a date stops at the month or the year and nothing else is said, say so."""
    index = position.get("precision")
    if index is None or bound[index] is not None:
        return
    shortest = min((len(d) for d in (row.get("from"), row.get("until")) if d), default=10)
    if shortest < 10:
        bound[index] = f"<{SCHEME}date-precision/{'month' if shortest == 7 else 'year'}>"
