"""What people see on a terminal, kept as snapshots of the small world."""

from __future__ import annotations

import pytest
from laying import ON
from syrupy.assertion import SnapshotAssertion

from cdpgraph.answers import asking
from cdpgraph.cli import text
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.model import Answer


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.parametrize(
    ("matter", "area", "on"),
    [
        ("W01", "E23000901", ON),
        ("W01", "E23000901", "2024-06-01"),
        ("W03", "Northmere", ON),
        ("W04", "E23000901", ON),
        ("Handover into treatment", "Northmere", ON),
        ("SRO", "England", ON),
        ("partnership lead", "Farhaven", ON),
    ],
)
def test_a_card(world: KnowledgeGraph, snapshot: SnapshotAssertion, matter: str, area: str, on: str) -> None:
    assert text.card(asking.who(world, matter, area=area, on=on), 100) == snapshot


def test_a_card_in_a_scenario(world: KnowledgeGraph, snapshot: SnapshotAssertion) -> None:
    card = asking.who(world, "LCJB chair", area="E23000901", on="2028-06-01", scenario="pccs-abolished-2028")
    assert text.card(card, 80) == snapshot


def test_the_worst_gaps(world: KnowledgeGraph, snapshot: SnapshotAssertion) -> None:
    found = asking.gaps(world, area="E23000901", on=ON, rule="expected-part-missing")
    assert text.gaps(found._replace(findings=found.findings[:2]), 100) == snapshot


def test_a_pathway(world: KnowledgeGraph, snapshot: SnapshotAssertion) -> None:
    assert text.pathway(asking.pathway(world, area="Northmere", on=ON), 100) == snapshot


@pytest.mark.parametrize("party", ["Mereshire PCC", "Mereshire Police", "Brightwater", "Farhaven Council"])
def test_what_a_party_carries(world: KnowledgeGraph, snapshot: SnapshotAssertion, party: str) -> None:
    found = asking.what(world, party, on=ON)._replace(findings=())
    assert text.portfolio(found, 100) == snapshot


def test_rows_in_columns(snapshot: SnapshotAssertion) -> None:
    assert text.table(Answer(("name", "n"), (("Northmere", 1), ("x" * 70, None)))) == snapshot
    assert text.table(Answer(("name",), (("one",),))).endswith("\n1 row\n")
