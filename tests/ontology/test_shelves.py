"""Every declared file has a header that reads, and code that parses."""

from __future__ import annotations

from pathlib import Path

import pytest
from laying import ONTOLOGY

from cdpgraph import declared
from cdpgraph.answers.catalogue import GAP_KEYS
from cdpgraph.facts import engine, sources
from cdpgraph.model import Severity

PLAIN = ({"title", "why"}, set[str]())
SHELVES = {
    "terms": PLAIN,
    "schemes": PLAIN,
    "shapes": PLAIN,
    "scenarios": PLAIN,
    "derived": PLAIN,
    "index": PLAIN,
    "gaps": GAP_KEYS,
    "lifts": sources.LIFT_KEYS,
    "shared": (PLAIN[0], {"column"}),
}
FILES = sorted(f for f in ONTOLOGY.rglob("*") if f.suffix in (".rq", ".ttl") and f.name != "cdp.ttl")
QUERIES = [f for f in FILES if f.suffix == ".rq" and f.parent.name not in ("lifts", "shared")]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_every_header_reads(file: Path) -> None:
    found = declared.read(str(file), *SHELVES[file.parent.name])
    assert found.name == file.stem
    for key in ("title", "why"):
        assert found.one(key)[0].isupper() or found.one(key)[0] in "“"
    assert found.one("why").endswith(".")
    assert not found.one("title").endswith(".")


@pytest.mark.parametrize("file", QUERIES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_every_query_parses_and_finds_nothing_in_nothing(file: Path) -> None:
    found = engine.ask(engine.store_in_memory(), file.read_text(encoding="utf-8"))
    assert list(found) == []
    assert isinstance(found, engine.Triples) is (file.parent.name == "derived")


@pytest.mark.parametrize("file", sorted((ONTOLOGY / "gaps").glob("*.rq")), ids=lambda f: f.stem)
def test_every_gap_rule_says_how_bad_it_is_and_what_to_do(file: Path) -> None:
    rule = declared.read(str(file), *GAP_KEYS)
    assert Severity(rule.one("severity"))
    assert rule.one("fix").endswith(".")
    assert rule.one("message")


def test_every_folder_of_the_ontology_is_a_shelf_that_is_read_here() -> None:
    assert {f.parent.name for f in FILES} == set(SHELVES)
