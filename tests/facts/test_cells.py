"""Each type of column takes what it should, says what is wrong with the rest, and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdpgraph.facts import cells, engine
from cdpgraph.facts.cells import Fault, column, term
from cdpgraph.vocab import ID, ONT, SCHEME, XSD

CONCEPTS = {"lifecycle": frozenset({"in-force", "ended", "proposed"})}
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def read(kind: str, text: str) -> str:
    return term(text, column(f"x | {kind} | | anything"), CONCEPTS)


@pytest.mark.parametrize(
    ("kind", "text", "made"),
    [
        ("text", 'A "name", \\ and\na line', '"A \\"name\\", \\\\ and\\na line"'),
        ("text 5", "12345", '"12345"'),
        ("ref", "council/E06000901", f"<{ID}council/E06000901>"),
        ("ref", ID + "council/E06000901", f"<{ID}council/E06000901>"),
        ("ref area", "E06000901", f"<{ID}area/E06000901>"),
        ("ref area", "council/E06000901", f"<{ID}council/E06000901>"),
        ("ref self", "council/E06000901", f"<{ID}council/E06000901>"),
        ("concept lifecycle", "in-force", f"<{SCHEME}lifecycle/in-force>"),
        ("class Stage FundingStream", "funding-stream", f"<{ONT}FundingStream>"),
        ("date", "2022-10-01", f'"2022-10-01"^^<{XSD}date>'),
        ("date", "2022-10", f'"2022-10-01"^^<{XSD}date>'),
        ("date", "2022", f'"2022-01-01"^^<{XSD}date>'),
        ("date", "2024-02-29", f'"2024-02-29"^^<{XSD}date>'),
        ("integer", "-12", f'"-12"^^<{XSD}integer>'),
        ("integer", "007", f'"7"^^<{XSD}integer>'),
        ("number", "0.37", f'"0.37"^^<{XSD}decimal>'),
        ("number", "-3", f'"-3"^^<{XSD}decimal>'),
        ("slug", "ada-marsh", '"ada-marsh"'),
        ("code", "E06000901", '"E06000901"'),
        ("url", "https://example.org/a?b=c%20d#e", "<https://example.org/a?b=c%20d#e>"),
    ],
)
def test_a_good_cell_becomes_its_term(kind: str, text: str, made: str) -> None:
    assert read(kind, text) == made


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text 5", "123456"),
        ("ref", "council"),
        ("ref", "Council/E06000901"),
        ("ref", "council/E06 000901"),
        ("ref", "council/../x"),
        ("ref area", "E06>000901"),
        ("ref self", "E06000901"),
        ("concept lifecycle", "inforce"),
        ("class Stage", "matter"),
        ("date", "1 October 2022"),
        ("date", "2022-13-01"),
        ("date", "2023-02-29"),
        ("date", "0000"),
        ("date", "22-10-01"),
        ("integer", "1.5"),
        ("integer", "--5"),
        ("integer", "²"),
        ("integer", "9" * 30),
        ("number", "1,000"),
        ("number", "£5"),
        ("number", "٣"),
        ("number", "1e5"),
        ("slug", "Ada Marsh"),
        ("slug", "ada--marsh"),
        ("code", "E06/901"),
        ("url", "www.example.org"),
        ("url", "https://example.org/a b"),
        ("url", "https://[example"),
        ("url", "https://example.org/%zz"),
        ("url", "javascript:alert(1)"),
        ("url", "https://example.org/\x01"),
    ],
)
def test_a_bad_cell_is_a_fault_that_quotes_it_or_counts_it(kind: str, text: str) -> None:
    with pytest.raises(Fault) as found:
        read(kind, text)
    assert text in found.value.what or str(len(text)) in found.value.what


@pytest.mark.parametrize(("slip", "meant"), [("inforce", "in-force"), ("propsed", "proposed")])
def test_an_unknown_concept_offers_the_nearest(slip: str, meant: str) -> None:
    with pytest.raises(Fault) as found:
        read("concept lifecycle", slip)
    assert found.value.fix == f"Did you mean '{meant}'?"


def test_a_word_that_is_near_nothing_gets_the_whole_list() -> None:
    with pytest.raises(Fault) as found:
        read("concept lifecycle", "xyz")
    assert found.value.fix == "Choose one of: ended, in-force, proposed."


@pytest.mark.parametrize("declaration", ["name | text | required", "name | colour | | x", "name | | | x", "name | list | | x"])
def test_a_badly_declared_column_is_a_fault(declaration: str) -> None:
    with pytest.raises(Fault):
        column(declaration)


def test_a_declaration_is_read_in_full() -> None:
    found = column("stance | concept stance list | required key default=supports | Whether | or not")
    assert (found.name, found.type, found.args, found.listed) == ("stance", "concept", ("stance",), True)
    assert (found.required, found.key, found.default, found.meaning) == (True, True, "supports", "Whether | or not")


@given(ANY_TEXT)
def test_any_text_survives_into_the_store_unchanged(text: str) -> None:
    store = engine.store_in_memory()
    engine.load(
        store,
        engine.construct(store, f"CONSTRUCT {{ id:x rdfs:label ?t }} WHERE {{ VALUES ?t {{ {read('text', text)} }} }}"),
        ID + "g",
    )
    assert list(engine.select(store, "SELECT ?t { id:x rdfs:label ?t }")) == [(text,)]


@pytest.mark.parametrize("text", ["\\u0041", "\\", '"', "'''", '"""', "?x $y", "} }", "\x00", "\x85", "\u2028", "Ωμέγα 🜁"])
def test_text_that_looks_like_syntax_survives_unchanged(text: str) -> None:
    store = engine.store_in_memory()
    query = f"SELECT ?t {{ VALUES ?t {{ {cells.literal(text)} }} }}"
    assert list(engine.select(store, query)) == [(text,)]


@given(st.sampled_from(["ref", "url", "date", "integer", "number", "slug", "code"]), ANY_TEXT)
def test_whatever_a_type_takes_is_a_term_that_the_store_can_read(kind: str, text: str) -> None:
    try:
        made = read(kind, text)
    except Fault:
        return
    assert len(list(engine.select(engine.store_in_memory(), f"SELECT ?t {{ VALUES ?t {{ {made} }} }}"))) == 1


@given(st.from_regex(r"https?://[!-~]{1,40}", fullmatch=True))
def test_whatever_address_of_the_web_is_taken_can_be_read(text: str) -> None:
    try:
        made = read("url", text)
    except Fault:
        return
    assert list(engine.select(engine.store_in_memory(), f"SELECT ?t {{ VALUES ?t {{ {made} }} }}")) == [(text,)]
