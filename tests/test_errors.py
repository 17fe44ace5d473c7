"""The errors: one tree, as drawn; each with its exit code and with what to do next."""

from __future__ import annotations

import ast
import inspect
import re

import pytest
from laying import ROOT

from cdpgraph import errors

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, Exception)]
MADE = [
    errors.CdpgraphError("what", fix="do"),
    errors.UsageError("what", fix="do"),
    errors.UnknownName("x", "area", ["y", "z"]),
    errors.UnknownName("x", "area"),
    errors.BadDate("x", "is not a date"),
    errors.UnknownFormat("x", ["json"]),
    errors.BadInput("what", file="f.csv", line=3, fix="do"),
    errors.BadCell("what", file="f.csv", line=3, column="c", fix="do"),
    errors.BadSyntax("what", file="f.ttl", fix="do"),
    errors.BadRecords([errors.BadInput("what", file="f.csv", fix="do")]),
    errors.Refused("what", fix="do"),
    errors.TooLong(30.0),
    errors.BrokenCache("what", fix="do"),
]


def drawn() -> dict[str, tuple[str, int]]:
    """Each class of the drawn tree with the one above it and its exit code."""
    found: dict[str, tuple[str, int]] = {}
    above = ["CdpgraphError"]
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"([│ ├└─]*)([A-Z]\w+)\s+(\d)\s", line)
        if match and len(match[1]):
            depth = len(match[1]) // 4
            del above[depth:]
            found[match[2]] = (above[-1], int(match[3]))
            above.append(match[2])
    return found


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    real = {c.__name__: (c.__mro__[1].__name__, c.exit_code) for c in CLASSES if c is not errors.CdpgraphError}
    assert drawn() == real


def test_every_class_has_an_exit_code_and_a_docstring() -> None:
    assert {c.exit_code for c in CLASSES} == {2, 4, 5}
    assert all(c.__doc__ for c in CLASSES)


@pytest.mark.parametrize("error", MADE, ids=lambda e: type(e).__name__)
def test_every_error_says_what_to_do_next(error: errors.CdpgraphError) -> None:
    assert error.fix
    assert str(error) == f"{error.message}\n{error.fix}"


def test_every_class_is_made_here() -> None:
    assert {type(e) for e in MADE} == set(CLASSES)


def test_an_unknown_name_offers_its_nearest() -> None:
    assert errors.UnknownName("x", "area", ["a", "b", "c"]).fix == "Did you mean 'a', 'b' or 'c'?"
    assert errors.UnknownName("x", "area", ["a"]).fix == "Did you mean 'a'?"


def test_many_faults_are_told_in_the_order_of_the_files_and_counted() -> None:
    faults = [errors.BadInput(f"what {n}", file="b.csv", line=n) for n in range(30, 0, -1)]
    found = errors.BadRecords([*faults, errors.BadInput("first", file="a.csv")])
    assert [f.file for f in found.faults[:2]] == ["a.csv", "b.csv"]
    assert [f.line for f in found.faults[1:]] == list(range(1, 31))
    assert "… and 11 more" in found.message
    assert found.fix == "31 faults; nothing was loaded."


def test_the_library_never_prints_exits_or_catches_everything() -> None:
    for file in (ROOT / "cdpgraph").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                again = isinstance(node.body[-1], ast.Raise)
                assert caught not in ("", "Exception", "BaseException") or again, f"{file.name}:{node.lineno}"
            if isinstance(node, ast.Call) and "cli" not in file.parts:
                assert ast.unparse(node.func) not in ("print", "exit", "os._exit"), f"{file.name}:{node.lineno}"
