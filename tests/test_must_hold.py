"""What must hold on the real data, in the words of those who asked for it; each test is one promise."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import cdpgraph as cdp
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.model import State


def test_nobody_is_established_as_accountable_for_the_prison_handover_in_herefordshire(kg: KnowledgeGraph) -> None:
    card = cdp.plain(cdp.who(kg, "continuity of care", area="Herefordshire", on="2022-10-01"))
    accountable = [p for p in card["parts"] if p["involvement"]["label"] == "accountable"]
    assert card["state"] == "not-found"
    assert [p["state"] for p in accountable] == ["not-found"]
    said = [e for p in accountable for e in p["evidence"]]
    assert any(e["document"]["code"] == "003" and e["locator"] == "paragraph 6(ii), last bullet" for e in said)


def test_both_sides_of_the_prison_handover_are_shown(kg: KnowledgeGraph) -> None:
    card = cdp.who(kg, "continuity of care", area="Herefordshire", on="2022-10-01")
    sides = {p.involvement.label: p for p in card.parts if p.involvement.label in ("sends", "receives")}
    assert set(sides) == {"sends", "receives"}
    assert sides["receives"].party is not None
    assert sides["receives"].party.label == "Turning Point"
    assert sides["sends"].state is State.NOT_FOUND
    assert card.handover is not None
    assert (card.handover.sends.state, card.handover.receives.state) == (State.NOT_FOUND, State.HELD)


def test_the_claim_of_the_board_chairs_is_no_more_than_proposed(kg: KnowledgeGraph) -> None:
    card = cdp.who(kg, "continuity of care", area="Herefordshire", on="2023-03-01")
    claimed = [p for p in card.parts if p.involvement.label == "coordinates"]
    assert [p.state for p in claimed] == [State.PROPOSED]
    assert {(e.document.code, e.stance) for e in claimed[0].evidence} == {("000", "qualifies")}


@pytest.mark.parametrize("area", ["Herefordshire", "Worcestershire", "Shropshire", "Telford and Wrekin"])
def test_the_commissioner_is_found_as_senior_responsible_owner_of_both_partnerships(kg: KnowledgeGraph, area: str) -> None:
    card = cdp.who(kg, "SRO", area=area, on="2022-10-01")
    assert card.state is State.HELD
    (part,) = card.parts
    assert part.holder is not None
    assert part.holder.label == "Police and Crime Commissioner for West Mercia"
    assert ("003", "paragraph 9") in {(e.document.code, e.locator) for e in part.evidence}


def test_the_owner_of_delivery_stands_above_the_handover_without_owning_it(kg: KnowledgeGraph) -> None:
    card = cdp.who(kg, "continuity of care", area="Herefordshire", on="2022-10-01")
    (above,) = card.above
    assert above.holder is not None
    assert above.holder.label == "Police and Crime Commissioner for West Mercia"
    assert card.state is not State.HELD


def test_before_the_partnership_no_owner_is_named(kg: KnowledgeGraph) -> None:
    card = cdp.who(kg, "SRO", area="Shropshire", on="2021-01-01")
    assert card.state is State.NOT_READ
    assert all(p.party is None for p in card.parts)


def test_in_june_2028_the_card_says_what_is_known_to_end(kg: KnowledgeGraph) -> None:
    card = cdp.who(kg, "SRO", area="Shropshire", on="2028-06-01")
    assert "ending" in card.marks
    (ending,) = card.ends
    assert "May 2028" in ending.sentence
    assert ending.evidence


def test_without_commissioners_the_seat_has_lapsed(kg: KnowledgeGraph) -> None:
    card = cdp.who(kg, "SRO", area="Shropshire", on="2028-06-01", scenario="pccs-abolished-2028")
    assert card.state is State.LAPSED
    mayor = cdp.who(kg, "PCC", area="Greater Manchester", on="2028-06-01", scenario="pccs-abolished-2028")
    assert mayor.state is State.HELD


def unread(kg: KnowledgeGraph) -> str:
    """A council area about which nothing is recorded as read."""
    moment = cdp.Moment(kg, "2022-10-01")
    for place in moment.places:
        if place.board is None:
            card = cdp.who(kg, "continuity of care", area=place.area, on="2022-10-01")
            if card.coverage.read == 0:
                return place.area
    raise AssertionError("every council area has been read about")


def test_an_area_nobody_has_read_about_is_not_read_and_keeps_its_national_duties(kg: KnowledgeGraph) -> None:
    area = unread(kg)
    assert cdp.who(kg, "continuity of care", area=area, on="2022-10-01").state is State.NOT_READ
    commissioning = cdp.who(kg, "R15", area=area, on="2022-10-01")
    held = [p for p in commissioning.parts if p.state is State.HELD]
    assert held
    assert all(p.evidence for p in held)
    states = {f.state for f in cdp.gaps(kg, area=area, on="2022-10-01").findings}
    assert State.NOBODY not in states


def test_what_is_yet_to_be_determined_is_nobodys_with_its_paragraph(kg: KnowledgeGraph) -> None:
    card = cdp.who(kg, "R06", area="Herefordshire", on="2022-10-01")
    (part,) = [p for p in card.parts if p.involvement.label == "accountable"]
    assert part.state is State.NOBODY
    assert ("003", "paragraph 10") in {(e.document.code, e.locator) for e in part.evidence}


def test_what_was_undecided_in_2022_is_no_longer_said_of_2026(kg: KnowledgeGraph) -> None:
    assert cdp.who(kg, "R06", area="Herefordshire", on="2026-01-01").state is not State.NOBODY


def test_a_police_area_of_two_partnerships_has_a_card_within_for_each(kg: KnowledgeGraph) -> None:
    card = cdp.who(kg, "SRO", area="West Mercia", on="2022-10-01")
    assert len(card.within) == 2
    assert all(inner.state is State.HELD for inner in card.within)
    assert "within" not in cdp.plain(cdp.who(kg, "SRO", area="Herefordshire", on="2022-10-01"))


def test_the_grant_of_100000_pounds_is_there_once(kg: KnowledgeGraph) -> None:
    (row,) = kg.index.rows("grant", amount="100000")
    funded = {e.locator for e in cdp.Moment(kg).records.evidence(row[0]) if e.document.code == "003"}
    assert "paragraph 10" in funded


def test_the_eight_dated_actions_of_the_appendix_are_read(kg: KnowledgeGraph) -> None:
    rows = kg.index.rows("evidence", "about, locator")
    places = {locator for about, locator in rows if "/milestone/" in about and locator.startswith("Appendix 1, row")}
    assert {f"Appendix 1, row {n}" for n in range(1, 9)} <= places


def test_the_json_of_a_card_has_the_keys_of_the_contract(kg: KnowledgeGraph) -> None:
    card = cdp.plain(cdp.who(kg, "continuity of care", area="West Mercia", on="2022-10-01"))
    keys = {"matter", "area", "on", "scenario", "state", "marks", "coverage", "parts", "expected", "findings", "within"}
    assert keys <= set(card)
    assert {"iri", "label", "type", "code"} == set(card["matter"])
    part_keys = {"involvement", "party", "post", "holder", "area", "state", "marks", "standing", "from", "until", "evidence"}
    assert all(part_keys <= set(p) for p in card["parts"])
    evidence = [e for p in card["parts"] for e in p["evidence"]]
    assert all({"document", "locator", "stance", "speaker", "issued", "url"} <= set(e) for e in evidence)
    assert all({"involvement", "met", "expectation", "source"} == set(e) for e in card["expected"])


def test_the_ids_on_a_card_are_those_that_gaps_reports(kg: KnowledgeGraph) -> None:
    card = cdp.who(kg, "continuity of care", area="Herefordshire", on="2022-10-01")
    reported = {f.id for f in cdp.gaps(kg, area="Herefordshire", on="2022-10-01").findings}
    assert card.findings
    assert set(card.findings) <= reported


def test_the_shell_and_the_library_give_the_same_json(kg: KnowledgeGraph) -> None:
    asked = ["who", "continuity of care", "--area", "Herefordshire", "--on", "2022-10-01", "-f", "json"]
    done = subprocess.run([sys.executable, "-m", "cdpgraph", *asked], capture_output=True, check=True)
    card = cdp.plain(cdp.who(kg, "continuity of care", area="Herefordshire", on="2022-10-01"))
    assert json.loads(done.stdout) == card
