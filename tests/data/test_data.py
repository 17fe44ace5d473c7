"""The bundled data: sound, sourced, without personal details, and whole for every council on every date that matters."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from laying import ROOT

from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.model import State
from cdpgraph.vocab import ID, concept, local

DATA = ROOT / "data"
FILES = sorted(f for f in DATA.rglob("*") if f.suffix in (".csv", ".ttl", ".md"))
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
NOTICE = re.compile(r"\b\d{6}-20\d\d\b")  # the number of a tender notice looks like one of a telephone
PHONE = re.compile(r"(?<![\w./=-])(?:\+44\s?\(?0?\)?\s?|0)(?:\d[\s-]?){9,10}(?![\w-])")
AT_LEAST = {
    "Organisation": 743, "CorporationSole": 35, "Board": 136, "Post": 117, "Area": 588, "Responsibility": 60, "Handover": 22,
    "Stage": 23, "Service": 12, "Metric": 33, "Outcome": 6, "Priority": 19, "Document": 292, "Duty": 139, "Expectation": 110,
}  # fmt: skip
FACTS_AT_LEAST = {
    "Assignment": 8875, "Holding": 143, "Footprint": 835, "Membership": 118, "Succession": 74, "Agreement": 29,
    "ReportingLine": 23, "Grant": 11,
}  # fmt: skip


def cells() -> Iterator[tuple[Path, int, dict[str, str]]]:
    """Every row of every table, with its file and number."""
    for file in FILES:
        if file.suffix == ".csv":
            with open(file, encoding="utf-8-sig", newline="") as handle:
                yield from ((file, number, row) for number, row in enumerate(csv.DictReader(handle), 2))


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(DATA)))
def test_no_address_or_number_of_a_person_is_kept(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert EMAIL.findall(text) == []
    assert PHONE.findall(NOTICE.sub("", text)) == []


@pytest.mark.parametrize("text", ["0121 626 6060", "020 7946 0000", "+44 (0)20 7946 0000", "07700900123", "ring 01632 960001."])
def test_the_pattern_for_numbers_knows_a_number(text: str) -> None:
    assert PHONE.search(text)


def test_quotations_are_short() -> None:
    assert [(f.name, n) for f, n, row in cells() if len(row.get("quote") or "") > 300] == []


def test_every_cell_is_clean_text() -> None:
    odd = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\u200b]|â€|Ã©")
    assert [(f.name, n, v) for f, n, row in cells() for v in row.values() if isinstance(v, str) and odd.search(v)] == []


def test_people_are_named_and_nothing_else(kg: KnowledgeGraph) -> None:
    _, rows = kg.query("SELECT DISTINCT ?p { ?person a cdp:OfficeHolder ; ?p ?o }")
    assert {local(p) for (p,) in rows} <= {"type", "name", "label"}


def test_every_person_holds_a_post_on_record(kg: KnowledgeGraph) -> None:
    _, rows = kg.query("SELECT ?name { ?p a cdp:OfficeHolder ; rdfs:label ?name MINUS { ?h cdp:holder ?p } }")
    assert rows == []


def test_every_document_that_is_cited_or_read_is_on_record(kg: KnowledgeGraph) -> None:
    _, rows = kg.query("SELECT DISTINCT ?d { ?x cdp:inDocument ?d MINUS { ?d a cdp:Document } }")
    assert rows == []


def test_every_address_that_is_used_leads_to_a_thing(kg: KnowledgeGraph) -> None:
    query = (
        "SELECT DISTINCT ?o { ?s ?p ?o FILTER(ISIRI(?o) && (STRSTARTS(STR(?o), 'https://w3id.org/cdpgraph/id/')"
        " || STRSTARTS(STR(?o), 'https://w3id.org/cdpgraph/scheme/'))) MINUS { ?o a ?c } }"
    )
    assert kg.query(query)[1] == []


@pytest.mark.parametrize(("kind", "least"), AT_LEAST.items())
def test_there_are_no_fewer_things_than_there_were(kg: KnowledgeGraph, kind: str, least: int) -> None:
    assert len(kg.index.rows("thing", "DISTINCT iri", type=kind)) >= least


@pytest.mark.parametrize(("kind", "least"), FACTS_AT_LEAST.items())
def test_there_are_no_fewer_facts_than_there_were(kg: KnowledgeGraph, kind: str, least: int) -> None:
    assert len(kg.index.rows("situation", "DISTINCT iri", **{"class": kind})) >= least


def test_there_are_39_police_areas(kg: KnowledgeGraph) -> None:
    moment = Moment(kg, "2022-10-01")
    found = [iri for (iri,) in kg.index.rows("area", "iri", kind=concept("area-kind", "police-area"))]
    assert len(found) == 39
    assert all(moment.records.area(a).whole for a in found)


@pytest.mark.parametrize(("on", "count"), [("2022-10-01", 42), ("2026-05-01", 36)])
def test_there_are_as_many_care_boards_as_there_were_on_the_day(kg: KnowledgeGraph, on: str, count: int) -> None:
    moment = Moment(kg, on)
    boards = [moment.records.thing(iri) for (iri,) in kg.index.rows("thing", "iri", kind=concept("party-kind", "icb"))]
    assert sum(moment.exists(b) for b in boards) == count


@pytest.mark.parametrize("on", ["2022-10-01", "2023-06-01", "2026-11-22"])
def test_every_council_has_a_police_area_a_care_board_a_region_and_a_probation_region(kg: KnowledgeGraph, on: str) -> None:
    moment = Moment(kg, on)
    records = moment.records
    assert 145 <= len(moment.councils) <= 155
    areas = {
        kind: [
            records.area(i)
            for (i,) in kg.index.rows("area", "iri", kind=concept("area-kind", kind))
            if moment.exists(records.thing(i))
        ]
        for kind in ("police-area", "region", "probation-region")
    }
    bodies = [i for (i,) in kg.index.rows("thing", "iri", kind=concept("party-kind", "icb")) if moment.exists(records.thing(i))]
    covered = [moment.covers(b) for b in bodies]
    for council in moment.councils:
        name = records.ref(council.area).label
        for kind, found in areas.items():
            whole = [a for a in found if a.whole & council.whole == council.whole]
            assert len(whole) == 1, f"{name} on {on}: {len(whole)} of kind {kind}"
        assert any(c & council.whole for c in covered), f"{name} on {on}: no care board"


@pytest.mark.parametrize("on", ["2022-10-01", "2026-11-22"])
def test_the_councils_of_a_day_make_up_england_without_overlap(kg: KnowledgeGraph, on: str) -> None:
    moment = Moment(kg, on)
    whole = 0
    for council in moment.councils:
        assert council.whole & whole == 0, moment.records.ref(council.area).label
        whole |= council.whole
    assert whole == moment.records.england


def test_every_partnership_covers_something_and_is_what_it_says(kg: KnowledgeGraph) -> None:
    moment = Moment(kg, "2026-11-22")
    found = moment.partnerships
    assert len(found) >= 40
    for place in found:
        board = moment.records.thing(place.board or "")
        assert board is not None
        assert board.kind == concept("party-kind", "cdp")


def test_the_partnership_of_nottingham_city_is_not_the_one_that_shares_its_letters(kg: KnowledgeGraph) -> None:
    moment = Moment(kg, "2026-11-22")
    found = {moment.records.ref(p.board or "").label for p in moment.partnerships}
    assert not any("Crime and Drugs" in name for name in found)


def test_every_local_fact_rests_on_evidence_and_every_derived_one_on_a_duty(kg: KnowledgeGraph) -> None:
    moment = Moment(kg, "2023-03-01")
    duties = {iri for (iri,) in kg.index.rows("duty", "DISTINCT iri")}
    said = {iri for (iri,) in kg.index.rows("evidence", "DISTINCT about")}
    for s in moment.records.situations:
        assert s.iri in said or set(s.derived) & duties, s.iri


def test_no_fact_holds_with_an_end_before_its_beginning(kg: KnowledgeGraph) -> None:
    moment = Moment(kg, "2026-11-22")
    assert [s.iri for s in moment.records.situations if s.from_ and s.until and s.from_ >= s.until] == []
    assert any(moment.state(s) is State.LAPSED for s in moment.records.situations)


def test_england_is_one_area(kg: KnowledgeGraph) -> None:
    assert Moment(kg, "2022-10-01").records.area(ID + "area/E92000001").part == 0
