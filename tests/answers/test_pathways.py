"""The pathway: stages in order, the handovers between them, each side with its state."""

from __future__ import annotations

import pytest
from laying import ON

from cdpgraph.answers import asking
from cdpgraph.errors import UnknownName
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.model import Pathway, plain


def walk(world: KnowledgeGraph, area: str, on: str = ON) -> Pathway:
    return asking.pathway(world, area=area, on=on)


def test_the_stages_come_in_order_with_who_provides_them(world: KnowledgeGraph) -> None:
    found = walk(world, "Northmere").stages
    assert [(s.matter.label, s.order, s.setting, s.state.value) for s in found] == [
        ("Treatment in prison", 1, "prison", "not-found"),
        ("Release", 2, "gate", "not-found"),
        ("Treatment in the community", 3, "community", "held"),
    ]
    assert {p.label for p in found[2].parties} == {"Northmere Council", "Brightwater"}
    assert found[0].parties == ()


def test_the_handovers_come_in_the_order_of_their_stages(world: KnowledgeGraph) -> None:
    assert [(h.matter.label, h.from_.label, h.to.label) for h in walk(world, "Northmere").handovers] == [
        ("Handover on release", "Treatment in prison", "Release"),
        ("Handover into treatment", "Release", "Treatment in the community"),
    ]


@pytest.mark.parametrize(
    ("area", "on", "states"),
    [
        ("Northmere", ON, ["held", "held"]),
        ("Northmere", "2024-04-01", ["held", "lapsed"]),
        ("Farhaven", ON, ["not-read", "not-read"]),
        ("England", ON, ["not-read", "not-read"]),
    ],
)
def test_each_handover_is_as_good_as_its_worse_side(world: KnowledgeGraph, area: str, on: str, states: list[str]) -> None:
    assert [h.state.value for h in walk(world, area, on).handovers] == states


def test_the_coverage_of_the_walk_is_what_was_read_about_the_places(world: KnowledgeGraph) -> None:
    assert [walk(world, a).coverage.read for a in ("Northmere", "Farhaven", "England")] == [1, 0, 1]


def test_a_pathway_may_be_named(world: KnowledgeGraph) -> None:
    named = asking.pathway(world, "from prison to community treatment", area="Northmere", on=ON)
    assert named == walk(world, "Northmere")
    with pytest.raises(UnknownName, match="No pathway is called 'to nowhere at all'"):
        asking.pathway(world, "to nowhere at all", area="Northmere", on=ON)


def test_the_json_of_a_pathway_has_the_promised_keys(world: KnowledgeGraph) -> None:
    found = plain(walk(world, "Northmere"))
    assert set(found) >= {"pathway", "area", "on", "stages", "handovers"}
    assert set(found["stages"][0]) >= {"matter", "order", "setting", "state"}
    promised = {
        "matter",
        "from",
        "to",
        "sends",
        "receives",
        "coordinates",
        "time_standard",
        "information",
        "agreement",
        "state",
    }
    assert set(found["handovers"][0]) >= promised
    assert set(found["handovers"][0]["sends"]) >= {"state", "parties", "evidence"}
