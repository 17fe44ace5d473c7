"""The card: who is accountable, who does what, from when, and who says so; and what nobody is recorded as carrying."""

from __future__ import annotations

import json

import pytest
from laying import ON

from cdpgraph.answers import asking, cards, seams
from cdpgraph.answers.states import States
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.model import Card, Part, State, plain
from cdpgraph.vocab import ID, concept


def who(world: KnowledgeGraph, matter: str, area: str, on: str = ON) -> Card:
    return asking.who(world, matter, area=area, on=on)


def lines(card: Card) -> list[tuple[str, str | None, str]]:
    return [(p.involvement.label, p.party.label if p.party else None, p.state.value) for p in card.parts]


def the(card: Card, involvement: str) -> Part:
    (found,) = (p for p in card.parts if p.involvement.label == involvement)
    return found


def test_a_card_shows_every_part_with_its_state_in_the_order_of_answering(world: KnowledgeGraph) -> None:
    assert lines(who(world, "Handover into treatment", "Northmere")) == [
        ("accountable", None, "not-found"),
        ("coordinates", None, "not-found"),
        ("sends", "Probation Service, Mereshire region", "held"),
        ("receives", "Brightwater", "held"),
    ]


def test_the_state_of_a_card_is_that_of_its_accountable_part(world: KnowledgeGraph) -> None:
    for matter, state in (("W01", State.HELD), ("W02", State.PROPOSED), ("W04", State.NOBODY)):
        assert who(world, matter, "E23000901").state is state
    assert who(world, "Community treatment", "Northmere").state is State.NOT_FOUND


def test_a_line_has_its_document_place_day_and_words(world: KnowledgeGraph) -> None:
    (evidence,) = the(who(world, "W02", "E23000901"), "accountable").evidence
    assert (evidence.document.code, evidence.locator, evidence.stance, evidence.issued) == (
        "MIN",
        "item 3",
        "supports",
        "2022-11-10",
    )
    assert evidence.quote == "The police offered to answer for naloxone, subject to funding."


def test_a_derived_part_rests_on_its_duty_and_on_what_brings_it_there(world: KnowledgeGraph) -> None:
    part = the(who(world, "Handover into treatment", "Northmere"), "receives")
    assert {(e.document.code, e.locator) for e in part.evidence} == {("GUID", "page 7"), ("NOTICE", "notice")}
    assert (part.from_, part.until) == ("2021-04-01", "2024-04-01")


def test_a_post_is_shown_with_whoever_holds_it_and_what_is_to_end(world: KnowledgeGraph) -> None:
    card = who(world, "W01", "E23000901")
    (part,) = card.parts
    assert (part.party, part.holder) == (part.post, part.through[0].holder)
    assert [link.holder.label for link in part.through] == ["Mereshire Police and Crime Commissioner", "Ada Marsh"]
    (end,) = card.ends
    assert end.sentence == (
        "Mereshire Police and Crime Commissioner is to end in May 2028, as announced. It needs legislation."
    )


def test_a_part_that_has_ended_by_an_announcement_is_marked(world: KnowledgeGraph) -> None:
    for on, marked in (("2024-05-08", False), ("2028-04-30", False), ("2028-05-01", True)):
        (part,) = asking.who(world, "LCJB chair", area="E23000901", on=on).parts
        assert ("ending" in part.marks) is marked


def test_an_absence_is_the_evidence_of_nobody(world: KnowledgeGraph) -> None:
    part = the(who(world, "W04", "E23000901"), "accountable")
    assert (part.party, part.state) == (None, State.NOBODY)
    assert [(e.locator, e.quote) for e in part.evidence] == [("item 6", "Who warns people is yet to be decided.")]


def test_an_empty_line_shows_the_passage_that_was_looked_at(world: KnowledgeGraph) -> None:
    part = the(who(world, "Handover into treatment", "Northmere"), "coordinates")
    assert [(e.document.code, e.locator) for e in part.evidence] == [("MIN", "item 5")]


def test_a_placeholder_stands_where_nobody_is_named_and_holds_nothing(world: KnowledgeGraph) -> None:
    part = the(who(world, "Treatment in prison", "Northmere"), "delivers")
    assert part.party is not None
    assert (part.party.type, part.state) == ("Placeholder", State.NOT_FOUND)


def test_coverage_counts_what_was_read_about_the_place(world: KnowledgeGraph) -> None:
    found = [who(world, "W04", area).coverage.read for area in ("Northmere", "Southmere", "Farhaven", "E23000901", "England")]
    assert found == [1, 0, 0, 1, 1]


def test_a_wider_area_is_answered_as_a_whole_and_for_each_place_in_it(world: KnowledgeGraph) -> None:
    card = who(world, "W01", "England")
    assert (card.state, [(c.area.label, c.state) for c in card.within]) == (
        State.NOT_READ,
        [("Mereshire partnership footprint", State.HELD), ("Farhaven", State.NOT_READ)],
    )
    assert who(world, "W01", "Northmere").within == ()


def test_what_a_matter_is_part_of_makes_nobody_its_owner(world: KnowledgeGraph) -> None:
    card = who(world, "First delivery plan", "E23000901")
    assert card.state is not State.HELD
    assert [(p.party.label if p.party else None, p.matter.label if p.matter else None) for p in card.above] == [
        ("Senior responsible owner, Mereshire", "Local delivery plan")
    ]


def test_what_is_expected_is_met_or_not_with_its_source(world: KnowledgeGraph) -> None:
    card = who(world, "Handover into treatment", "Northmere")
    assert {e.involvement.label: e.met for e in card.expected} == {"sends": True, "receives": True, "coordinates": False}
    assert {e.source[0].locator for e in card.expected} == {"page 9"}


def test_the_findings_of_a_card_are_those_that_gaps_reports(world: KnowledgeGraph) -> None:
    reported = {f.id for f in asking.gaps(world, area="E23000901", on=ON).findings}
    for matter in ("W01", "W02", "W03", "W04", "Handover into treatment", "Handover on release"):
        assert set(who(world, matter, "E23000901").findings) <= reported
    assert len(who(world, "Handover into treatment", "E23000901").findings) == 1


@pytest.mark.parametrize(
    ("on", "state", "holder"),
    [("2022-07-31", State.NOT_READ, None), (ON, State.HELD, "Mereshire Police and Crime Commissioner"), ("2024-05-09", State.LAPSED, "Mereshire Police and Crime Commissioner")],
)  # fmt: skip
def test_a_role_is_answered_by_its_post_and_holder(world: KnowledgeGraph, on: str, state: State, holder: str | None) -> None:
    card = who(world, "SRO", "E23000901", on)
    assert card.state is state
    assert [p.holder.label for p in card.parts if p.holder] == ([holder] if holder else [])
    assert card.expected[0].met is (state is State.HELD)


def test_a_role_nobody_is_recorded_as_holding_is_an_empty_seat(world: KnowledgeGraph) -> None:
    card = who(world, "partnership lead", "Northmere")
    assert (card.state, [p.party for p in card.parts]) == (State.NOT_FOUND, [None])
    assert [e.document.code for e in card.parts[0].evidence] == ["MIN"]


def test_a_role_reaches_no_further_than_its_board(world: KnowledgeGraph) -> None:
    assert who(world, "SRO", "Farhaven").state is State.NOT_READ
    assert "partial" in who(world, "SRO", "England").parts[0].marks


@pytest.mark.parametrize(
    ("area", "on", "sides"),
    [
        ("E06000901", ON, ("held", "held", "not-found", "held")),
        ("E06000902", ON, ("held", "held", "not-read", "held")),
        ("E06000903", ON, ("not-read", "not-read", "not-read", "not-read")),
        ("E06000901", "2024-04-01", ("held", "lapsed", "not-found", "lapsed")),
    ],
)
def test_a_handover_is_sound_only_if_both_sides_are_held(
    world: KnowledgeGraph, area: str, on: str, sides: tuple[str, str, str, str]
) -> None:
    moment = Moment(world, on)
    found = seams.handover(States(moment), ID + "handover/into-treatment", moment.records.area(f"{ID}area/{area}").whole)
    assert found is not None
    assert (found.sends.state, found.receives.state, found.coordinates.state, found.state) == sides


def test_a_handover_says_what_passes_by_when_and_under_what(world: KnowledgeGraph) -> None:
    found = who(world, "Handover on release", "Northmere").handover
    assert found is not None
    assert found.information == ("release date", "treatment need")
    assert found.time_standard == "by the day of release"
    assert found.agreement is not None
    assert found.agreement.label == "Protocol on release"
    assert who(world, "Handover into treatment", "Northmere").handover.unclear == "Who checks that people arrive."  # type: ignore[union-attr]
    assert who(world, "W01", "Northmere").handover is None


def test_a_matter_whose_stages_are_not_recorded_has_no_seam(world: KnowledgeGraph) -> None:
    assert seams.handover(States(Moment(world, ON)), ID + "responsibility/W01", 1) is None


def test_the_json_of_a_card_has_the_promised_keys(world: KnowledgeGraph) -> None:
    found = plain(who(world, "W01", "E23000901"))
    assert set(found) == {
        "matter",
        "area",
        "on",
        "scenario",
        "state",
        "marks",
        "coverage",
        "parts",
        "expected",
        "findings",
        "above",
        "ends",
    }
    assert {"involvement", "party", "post", "holder", "area", "state", "marks", "standing", "from", "until", "evidence"} <= set(
        found["parts"][0]
    )
    assert {"document", "locator", "stance", "speaker", "issued", "url"} <= set(found["parts"][0]["evidence"][0])
    assert found["matter"] == {
        "iri": ID + "responsibility/W01",
        "label": "Local delivery plan",
        "type": "Responsibility",
        "code": "W01",
    }
    assert json.loads(json.dumps(found)) == found
    assert set(plain(who(world, "W01", "England"))) - set(found) == {"within"}


def test_a_card_may_be_asked_without_the_places_within(world: KnowledgeGraph) -> None:
    moment = Moment(world, ON)
    assert cards.card(moment, ID + "responsibility/W01", ID + "area/E92000001", deep=False).within == ()
    assert cards.role_card(moment, concept("role", "sro"), ID + "area/E92000001", deep=False).within == ()
