"""What a party carries, holds and sits on, and the gaps that touch it."""

from __future__ import annotations

import pytest
from laying import ON

from cdpgraph.answers import asking
from cdpgraph.errors import UnknownName
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.model import Part, Portfolio, State, plain


def what(world: KnowledgeGraph, party: str, area: str | None = None, on: str = ON) -> Portfolio:
    return asking.what(world, party, area=area, on=on)


def about(parts: tuple[Part, ...]) -> list[tuple[str, str, str]]:
    return sorted((p.involvement.label, (p.matter or p.post).label, p.state.value) for p in parts)  # type: ignore[union-attr]


def test_the_posts_a_party_holds_and_what_they_carry_are_its_own(world: KnowledgeGraph) -> None:
    found = what(world, "Mereshire PCC")
    assert about(found.posts) == [
        ("accountable", "Senior responsible owner, Mereshire", "held"),
        ("chairs", "Chair, Mereshire Local Criminal Justice Board", "held"),
    ]
    assert about(found.parts) == [("accountable", "Local delivery plan", "held")]
    assert [p.post.label for p in found.parts if p.post] == ["Senior responsible owner, Mereshire"]
    assert [e.on for e in found.ends] == ["2028-05-01"]


def test_a_post_that_was_left_carries_nothing_for_who_left_it(world: KnowledgeGraph) -> None:
    found = what(world, "Mereshire PCC", on="2024-06-01")
    assert ("accountable", "Senior responsible owner, Mereshire", "lapsed") in about(found.posts)
    assert found.parts == ()


def test_a_party_is_shown_with_what_it_carries_and_the_boards_it_sits_on(world: KnowledgeGraph) -> None:
    found = what(world, "Mereshire Police")
    assert about(found.parts) == [("accountable", "Naloxone supply", "proposed")]
    assert about(found.boards) == [
        ("member", "Mereshire Combating Drugs Partnership", "held"),
        ("vice chair", "Mereshire Local Criminal Justice Board", "held"),
    ]
    assert found.posts == ()


@pytest.mark.parametrize(("area", "count"), [(None, 3), ("Northmere", 3), ("Southmere", 2), ("Farhaven", 0)])
def test_an_area_keeps_what_touches_it(world: KnowledgeGraph, area: str | None, count: int) -> None:
    assert len(what(world, "probation-region/mereshire", area).parts) == count


def test_a_contract_that_ended_shows_as_lapsed(world: KnowledgeGraph) -> None:
    states = {on: {p.state for p in what(world, "Brightwater", on=on).parts} for on in ("2024-03-31", "2024-04-01")}
    assert states == {"2024-03-31": {State.HELD}, "2024-04-01": {State.LAPSED}}


def test_the_gaps_that_touch_a_party_are_those_in_what_it_carries(world: KnowledgeGraph) -> None:
    found = what(world, "probation-region/mereshire", on="2024-06-01").findings
    assert ("handover-side-missing", "Handover into treatment", State.LAPSED) in {
        (f.rule, f.matter.label, f.state) for f in found if f.matter
    }
    assert "Naloxone supply" not in {f.matter.label for f in found if f.matter}


def test_nothing_recorded_is_an_answer_and_no_such_party_is_not(world: KnowledgeGraph) -> None:
    found = what(world, "Farhaven Council", on="2039-01-01")
    assert (found.posts, found.boards) == ((), ())
    with pytest.raises(UnknownName):
        what(world, "Nowhere Council of Nobody")


def test_the_json_of_a_portfolio_has_the_promised_keys(world: KnowledgeGraph) -> None:
    found = plain(what(world, "Brightwater"))
    assert set(found) == {"party", "area", "on", "scenario", "parts", "posts", "boards", "findings", "ends"}
