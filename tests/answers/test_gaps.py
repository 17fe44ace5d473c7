"""Gap rules: each finds what its case calls bad and nothing that it calls ok, and says on the real data only what was read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cdpgraph.answers import catalogue
from cdpgraph.answers.findings import gaps
from cdpgraph.answers.states import States
from cdpgraph.declared import Declared, shelf
from cdpgraph.facts import engine
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.model import Finding, Gaps, State
from cdpgraph.vocab import ID, XSD

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "gaps"
RULES = shelf(str(ROOT / "ontology" / "gaps"), ".rq", *catalogue.GAP_KEYS)
DAYS = {
    "today": "2022-10-01",
    "half_a_year_ago": "2022-04-01",
    "two_years_ago": "2020-10-01",
    "in_a_year": "2023-10-01",
    "in_two_years": "2024-10-01",
}
BLANKS = {name: f'"{day}"^^<{XSD}date>' for name, day in DAYS.items()}
WEST_MERCIA = ID + "area/E23000016"
H08 = ID + "handover/H08"
NAMED = re.compile(r":((?:bad|ok)-[\w-]+)")


def _case(name: str) -> tuple[engine.Store, set[str]]:
    """The store of a case, and the names in it of what is bad or ok."""
    file = CASES / f"{name}.ttl"
    store = engine.store_in_memory()
    engine.load_turtle(store, str(file), ID + "moment/case")
    lines = (line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return store, set(NAMED.findall("\n".join(lines)))


def _found(store: engine.Store, query: str) -> set[str]:
    _, rows = engine.columns(store, query)
    return {
        value.rsplit("/", 1)[-1] for row in rows for value in row if value and value.startswith("https://example.org/case/")
    }


def _verdict(store: engine.Store, names: set[str], query: str) -> tuple[set[str], set[str]]:
    """What is bad and was not found, and what is ok and was."""
    found = _found(store, query)
    return {n for n in names if n.startswith("bad-")} - found, {n for n in names if n.startswith("ok-")} & found


def _exceptions(query: str) -> list[tuple[int, int, bool]]:
    """Where each MINUS block and each FILTER stands in a query, and whether it lies in no other exception."""
    found: list[tuple[int, int, bool]] = []
    for match in re.finditer(r"\bMINUS\s*\{|\bFILTER\s*\(|\bFILTER\s+NOT\s+EXISTS\s*\{", query):
        opening, depth, end = query[match.end() - 1], 1, match.end()
        closing = {"{": "}", "(": ")"}[opening]
        while depth:
            depth += (query[end] == opening) - (query[end] == closing)
            end += 1
        found.append((match.start(), end, not any(s < match.start() < e for s, e, _ in found)))
    return found


MUTATIONS = [
    pytest.param(rule, start, end, top, id=f"{name}-{number}")
    for name, rule in RULES.items()
    for number, (start, end, top) in enumerate(_exceptions(rule.body), 1)
]


def test_every_rule_has_a_case() -> None:
    """The two shelves hold the same names, so that no rule goes untested and no case is forgotten."""
    assert {f.stem for f in CASES.glob("*.ttl")} == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_finds_the_bad_and_no_ok(rule: Declared) -> None:
    """A case names both, and the rule tells them apart."""
    store, names = _case(rule.name)
    assert {n.split("-")[0] for n in names} == {"bad", "ok"}
    assert _verdict(store, names, catalogue.filled(rule, BLANKS)) == (set(), set())


@pytest.mark.parametrize(("rule", "start", "end", "top"), MUTATIONS)
def test_every_exception_is_needed(rule: Declared, start: int, end: int, top: bool) -> None:
    """Without any one MINUS or FILTER a rule finds something ok; without one inside another it goes wrong either way."""
    store, names = _case(rule.name)
    missed, wrongly = _verdict(store, names, catalogue.filled(rule._replace(body=rule.body[:start] + rule.body[end:]), BLANKS))
    assert wrongly or (missed and not top)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_sentences_name_what_the_query_selects(rule: Declared) -> None:
    """A word in braces is a column; a rule that may ask has a question."""
    columns, _ = engine.columns(engine.store_in_memory(), catalogue.filled(rule, BLANKS))
    for key in ("message", "question", "fix"):
        assert set(re.findall(r"\{(\w+)\}", rule.one(key))) <= set(columns), key
    asks = "state" in columns or rule.one("missing")
    fixed = re.search(r"BIND\(state:(?!not-read)\S+ AS \?state\)", rule.body)
    assert bool(rule.one("question")) == bool(asks and not fixed)


@pytest.fixture(scope="module")
def west_mercia(kg: KnowledgeGraph) -> Gaps:
    """What is found in West Mercia three weeks after its panel's paper."""
    return gaps(Moment(kg, "2022-10-01"), WEST_MERCIA)


def _of(found: Gaps, rule: str) -> list[Finding]:
    return [f for f in found.findings if f.rule == rule]


def test_the_prison_handover_has_no_owner_in_either_place(west_mercia: Gaps) -> None:
    """The best-known hole: the paper of September 2022 was read and names nobody."""
    found = [f for f in _of(west_mercia, "expected-part-missing") if f.matter and f.matter.iri == H08]
    assert len({f.area for f in found}) == len(found) == 2
    for f in found:
        assert f.state in (State.NOT_FOUND, State.NOBODY)
        assert any("003" in e.document.iri for e in f.evidence)


def test_one_commissioner_holds_both_seats(west_mercia: Gaps) -> None:
    """Two partnerships share one senior responsible owner, and that is said once."""
    (found,) = _of(west_mercia, "one-party-holds-several-seats")
    assert found.party is not None
    assert found.party.iri == ID + "pcc/E23000016"
    assert "Herefordshire and Worcestershire" in found.message
    assert "Shropshire, Telford and Wrekin" in found.message
    assert any("003" in e.document.iri for e in found.evidence)


def test_nobody_is_only_said_where_a_source_says_so(kg: KnowledgeGraph, west_mercia: Gaps) -> None:
    """Behind each finding in the state ``nobody`` stands an absence."""
    absences = {(matter, area) for matter, area in kg.index.rows("absence", "matter, area")}
    found = [f for f in west_mercia.findings if f.state is State.NOBODY]
    assert found
    assert all(f.matter and f.area and (f.matter.iri, f.area.iri) in absences and f.evidence for f in found)


def test_where_nothing_was_read_nobody_is_accused(kg: KnowledgeGraph) -> None:
    """An area without a board and without a reading gets questions, and findings that rest on records."""
    moment = Moment(kg, "2022-10-01")
    states = States(moment)
    read = 0
    for _, mask, of_england, *_ in states.readings:
        read |= 0 if of_england else mask
    place = next(p for p in moment.places if p.board is None and not p.whole & read)
    found = gaps(moment, place.area, states=states)
    assert found.findings
    for f in found.findings:
        rests = {State.HELD, State.PROPOSED, State.LAPSED} if f.evidence else {State.HELD}
        assert f.state is State.NOT_READ or f.state in rests, f


def test_ids_are_unique_and_do_not_change_with_the_day(kg: KnowledgeGraph, west_mercia: Gaps) -> None:
    """A finding can be followed from one meeting to the next."""
    ids = {f.id: (f.rule, f.matter, f.area, f.party) for f in west_mercia.findings}
    assert len(ids) == len(west_mercia.findings)
    later = {f.id: (f.rule, f.matter, f.area, f.party) for f in gaps(Moment(kg, "2022-12-01"), WEST_MERCIA).findings}
    shared = ids.keys() & later.keys()
    assert len(shared) > len(ids) * 0.8
    assert all(ids[i] == later[i] for i in shared)


def test_each_place_of_england_is_found_as_when_asked_alone(kg: KnowledgeGraph, west_mercia: Gaps) -> None:
    """Asking about more places does not change what is found in one."""
    places = {f.area.iri for f in west_mercia.findings if f.area}
    everywhere = gaps(Moment(kg, "2022-10-01"), ID + "area/E92000001")
    there = {f.id: f.state for f in everywhere.findings if f.area and f.area.iri in places}
    assert {f.id: f.state for f in west_mercia.findings if f.area} == there
