"""The suite itself: nothing is skipped, nothing declared lacks its case, every example in the code is run."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest
from laying import ONTOLOGY, ROOT

import cdpgraph
from cdpgraph.facts.graph import KnowledgeGraph

TESTS = ROOT / "tests"
MODULES = sorted(m.name for m in pkgutil.walk_packages(cdpgraph.__path__, "cdpgraph.") if not m.name.endswith("__main__"))


def test_every_gap_rule_has_a_case_and_every_case_a_rule() -> None:
    cases = {f.stem for f in (TESTS / "cases" / "gaps").iterdir() if f.suffix == ".ttl"}
    assert cases == {f.stem for f in (ONTOLOGY / "gaps").glob("*.rq")}


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    for file in TESTS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("skip", "skipif", "xfail", "importorskip"), f"{file.name}:{node.lineno}"


def test_no_two_test_files_share_a_name_so_that_none_hides_another() -> None:
    names = [f.name for f in TESTS.rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_every_file_of_tests_is_collected(request: pytest.FixtureRequest) -> None:
    collected = {Path(item.fspath) for item in request.session.items}
    chosen = (
        request.config.getoption("file_or_dir") or request.config.getoption("keyword") or request.config.getoption("markexpr")
    )
    files = set(TESTS.rglob("test_*.py"))
    assert chosen or files <= collected
    assert collected <= files | set(TESTS.rglob("*.py")) | set((ROOT / "cdpgraph").rglob("*.py")) | set(
        (ROOT / "docs").rglob("*")
    )


def test_no_test_waits_or_goes_out() -> None:
    for file in TESTS.rglob("test_*.py"):
        if file.parent.name == "browser":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        used = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
        assert not used & {"time.sleep", "urllib.request.urlopen", "requests.get"}, file.name


@pytest.mark.parametrize("name", ["cdpgraph", *MODULES])
def test_every_example_in_the_code_gives_what_it_says(kg: KnowledgeGraph, name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_in_the_code() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [t for name in ("cdpgraph", *MODULES) for t in finder.find(importlib.import_module(name)) if t.examples]
    assert len(found) >= 10


def test_every_module_says_its_idea_in_one_sentence_first() -> None:
    for file in (ROOT / "cdpgraph").rglob("*.py"):
        first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
        assert first.rstrip().endswith((".", "?")) or "CdpgraphError" in first or first.endswith("tree."), file.name
