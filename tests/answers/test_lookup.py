"""From what people type to the thing they mean, and the nearest names where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from laying import ON

from cdpgraph.answers import lookup
from cdpgraph.errors import UnknownName
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.vocab import ID, SCHEME


@pytest.fixture(scope="module")
def moment(world: KnowledgeGraph) -> Moment:
    return Moment(world, ON)


@pytest.mark.parametrize(
    ("find", "text", "meant"),
    [
        (lookup.area, "Northmere", "area/E06000901"),
        (lookup.area, "northMERE", "area/E06000901"),
        (lookup.area, "  North Mere ", "area/E06000901"),
        (lookup.area, "E06000901", "area/E06000901"),
        (lookup.area, "e06000901", "area/E06000901"),
        (lookup.area, "area/E06000901", "area/E06000901"),
        (lookup.area, ID + "area/E06000901", "area/E06000901"),
        (lookup.area, "Mereshire", "area/E23000901"),
        (lookup.party, "Mereshire PCC", "pcc/E23000901"),
        (lookup.party, "the mereshire police and crime commissioner", "pcc/E23000901"),
        (lookup.party, "Mereshire Combatting Drugs Partnership", "board/cdp-mereshire"),
        (lookup.party, "NHS Mereshire ICB", "icb/QME"),
        (lookup.party, "QME", "icb/QME"),
        (lookup.party, "icb/QME", "icb/QME"),
        (lookup.party, "Southmere Council", "council/E06000902"),
        (lookup.party, "Ada Marsh", "person/ada-marsh"),
        (lookup.matter, "naloxone supply", "responsibility/W02"),
        (lookup.matter, "w02", "responsibility/W02"),
        (lookup.matter, "delivery plan", "responsibility/W01"),
        (lookup.matter, "service/treatment", "service/treatment"),
        (lookup.pathway, "From prison to community treatment", "pathway/prison-to-community"),
    ],
)
def test_a_name_a_code_or_an_address_finds_its_thing(
    moment: Moment, find: Callable[[Moment, str], lookup.Match], text: str, meant: str
) -> None:
    assert find(moment, text).iri == ID + meant


@pytest.mark.parametrize(
    "text", ["SRO", "sro", "senior responsible owner", "Senior Responsible Officer", "role/sro", SCHEME + "role/sro"]
)
def test_a_role_is_found_by_every_name_it_has(moment: Moment, text: str) -> None:
    assert lookup.matter(moment, text) == lookup.Match(SCHEME + "role/sro")


@pytest.mark.parametrize(
    ("find", "text", "meant", "note"),
    [
        (lookup.area, "Northmeer", "area/E06000901", "Taking 'Northmeer' as Northmere."),
        (lookup.party, "Brightwatr", "provider/brightwater", "Taking 'Brightwatr' as Brightwater."),
        (lookup.matter, "naloxone", "responsibility/W02", "Taking 'naloxone' as Naloxone supply."),
        (lookup.party, "HMP", "prison/MRE", "Taking 'HMP' as HMP Mere."),
    ],
)
def test_a_slip_or_a_part_of_a_name_is_taken_and_said(
    moment: Moment, find: Callable[[Moment, str], lookup.Match], text: str, meant: str, note: str
) -> None:
    assert find(moment, text) == lookup.Match(ID + meant, note)


@pytest.mark.parametrize(
    ("find", "kind", "text", "near"),
    [
        (lookup.area, "area", "Westmere", "Southmere"),
        (lookup.party, "party", "Brightwell", "Brightwater"),
        (lookup.matter, "matter", "Needs assembly", "Needs assessment"),
    ],
)
def test_a_miss_offers_the_nearest_names(
    moment: Moment, find: Callable[[Moment, str], lookup.Match], kind: str, text: str, near: str
) -> None:
    with pytest.raises(UnknownName) as found:
        find(moment, text)
    assert near in found.value.nearest
    assert str(found.value).startswith(f"No {kind} is called '{text}'.\nDid you mean ")


@pytest.mark.parametrize("text", ["xyzzy", "", "   ", "!!!", "area/nowhere", "'; DROP TABLE name; --", "%"])
def test_a_name_that_is_near_nothing_says_what_else_works(moment: Moment, text: str) -> None:
    with pytest.raises(UnknownName, match="Codes") as found:
        lookup.area(moment, text)
    assert found.value.nearest == ()


def test_a_name_of_the_wrong_kind_is_not_taken(moment: Moment) -> None:
    for find, text in ((lookup.area, "Brightwater"), (lookup.party, "Naloxone supply"), (lookup.pathway, "Clear Water")):
        with pytest.raises(UnknownName):
            find(moment, text)


def test_a_name_of_two_places_takes_one_and_says_which_is_the_other(moment: Moment) -> None:
    said = "Taking 'Mereshire' as the police force area; it is also the name of: integrated care board area (E54000901)."
    assert lookup.area(moment, "Mereshire").note == said
    assert lookup.area(moment, "Northmere").note is None


def test_what_exists_on_the_day_is_taken_before_what_does_not(world: KnowledgeGraph) -> None:
    found = {on: lookup.party(Moment(world, on), "Southmere").iri for on in ("2021-03-31", "2021-04-01")}
    assert found["2021-04-01"] == ID + "council/E06000902"
