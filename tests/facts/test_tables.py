"""Each fault in a table names file, line, column and what to do; what is well formed is read as it was meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laying import ONTOLOGY, write

from cdpgraph.declared import Declared
from cdpgraph.errors import BadCell, BadInput, BadSyntax
from cdpgraph.facts import build, engine, sources, tables
from cdpgraph.vocab import GRAPH, ID, ONT, SCHEME

LIFTS = sources.lifts(str(ONTOLOGY / "lifts"))
PARTS = "party,involvement,matter,area,standing,document,locator\n"
GOOD = "council/a,delivers,service/s,E1,practised,d,p 1\n"


@pytest.fixture(scope="module")
def concepts() -> dict[str, frozenset[str]]:
    store = engine.store_in_memory()
    build.ontology(store, str(ONTOLOGY))
    return build.schemes(store)


def loaded(
    folder: Path, concepts: dict[str, frozenset[str]], content: str | bytes, name: str = "assignments.csv"
) -> tuple[engine.Store, list[BadInput]]:
    """Load one table of a source called ``made``."""
    place = write(folder / "data" / "made", {})
    (place / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    store, faults = engine.store_in_memory(), []
    (source,) = sources.find((str(folder / "data"),))
    sources.load(store, source, LIFTS, concepts, faults)
    return store, faults


def fault(folder: Path, concepts: dict[str, frozenset[str]], content: str | bytes, name: str = "assignments.csv") -> BadInput:
    """Load one table that has one fault."""
    _, faults = loaded(folder, concepts, content, name)
    assert len(faults) == 1
    return faults[0]


@pytest.mark.parametrize(
    ("content", "line", "column", "what", "fix"),
    [
        (PARTS.replace("area", "place") + GOOD, 1, "place", "there is no such column", "Columns of assignments: party,"),
        (PARTS.replace("area", "party") + GOOD, 1, "party", "the column stands twice", "Remove one"),
        (PARTS.replace("standing", "note") + GOOD, 1, "standing", "the column is missing", "It holds: On what it rests"),
        (PARTS + GOOD.replace("service/s", ""), 2, "matter", "the cell is empty", "It needs: What it is a part in."),
        (PARTS + GOOD.replace("service/s", "  "), 2, "matter", "the cell is empty", "It needs"),
        (PARTS + GOOD.replace("council/a", "the council"), 2, "party", "'the council' is not an address", "Write kind and code"),
        (PARTS + GOOD.replace("delivers", "deliver"), 2, "involvement", "'deliver' is not in the scheme", "Did you mean 'delivers'"),
        (PARTS + GOOD + GOOD.replace("E1", "E1|E 2"), 3, "area", "'area/E 2' is not an address", "Write kind and code"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_by_file_line_and_column(
    tmp_path: Path, concepts: dict[str, frozenset[str]], content: str, line: int, column: str, what: str, fix: str
) -> None:
    found = fault(tmp_path, concepts, content)
    assert isinstance(found, BadCell)
    assert (found.file, found.line, found.column) == ("data/made/assignments.csv", line, column)
    assert what in found.what
    assert fix in found.fix


@pytest.mark.parametrize("day", ["soon", "2022-02-30", "01/10/2022"])
def test_a_bad_date_is_named(tmp_path: Path, concepts: dict[str, frozenset[str]], day: str) -> None:
    found = fault(tmp_path, concepts, PARTS.replace("area", "from") + GOOD.replace("E1", day))
    assert isinstance(found, BadCell)
    assert (found.line, found.column, found.value) == (2, "from", day)
    assert found.fix


@pytest.mark.parametrize(
    ("content", "line", "what", "fix"),
    [
        (PARTS + GOOD.replace("E1", "E1,E2"), 2, "8 cells where the header has 7", "Quote cells that hold commas."),
        (PARTS + GOOD.replace(",p 1", ""), 2, "6 cells where the header has 7", "Quote cells"),
        (PARTS + GOOD + GOOD, 3, "says the same as line 2", "Remove one"),
        (PARTS + GOOD + GOOD.replace("p 1", '"p 1') + GOOD, 3, "not a CSV row", "unclosed quotation mark"),
        (PARTS.encode() + GOOD.replace("p 1", "page £1").encode("latin-1"), 2, "not UTF-8", "Save it as CSV UTF-8."),
        (PARTS.encode() + b"\n" * 9000 + "£".encode("latin-1"), 9002, "not UTF-8", "Save it as CSV UTF-8."),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(
    tmp_path: Path, concepts: dict[str, frozenset[str]], content: str | bytes, line: int, what: str, fix: str
) -> None:
    found = fault(tmp_path, concepts, content)
    assert (found.file, found.line) == ("data/made/assignments.csv", line)
    assert what in found.what
    assert fix in found.fix


def test_a_table_of_no_standard_name_is_a_fault_that_lists_the_names(
    tmp_path: Path, concepts: dict[str, frozenset[str]]
) -> None:
    found = fault(tmp_path, concepts, PARTS + GOOD, "asignments.csv")
    assert "there is no standard table 'asignments'" in found.what
    assert "assignments" in found.fix


def test_all_faults_of_a_table_are_found_at_once(tmp_path: Path, concepts: dict[str, frozenset[str]]) -> None:
    content = PARTS + GOOD.replace("delivers", "x") + GOOD.replace("E1", "E 1") + GOOD.replace("practised", "")
    _, faults = loaded(tmp_path, concepts, content)
    assert [f.line for f in faults] == [2, 3, 4]


@pytest.mark.parametrize(
    "content",
    [
        (PARTS + GOOD).encode("utf-8-sig"),
        (PARTS + GOOD).replace("\n", "\r\n").encode(),
        (PARTS + GOOD).rstrip("\n").encode(),
        (PARTS + "\n,,,,,,\n" + GOOD).encode(),
        (PARTS + GOOD).replace(",", " , ").encode(),
    ],
    ids=["byte order mark", "Windows line ends", "no last line end", "empty rows", "spaces"],
)
def test_a_table_saved_by_any_program_reads_the_same(
    tmp_path: Path, concepts: dict[str, frozenset[str]], content: bytes
) -> None:
    plain, _ = loaded(tmp_path / "plain", concepts, PARTS + GOOD)
    found, faults = loaded(tmp_path / "other", concepts, content)
    assert faults == []
    assert engine.dump(found) == engine.dump(plain)


def test_a_cell_with_a_line_break_keeps_it_and_later_lines_are_counted(
    tmp_path: Path, concepts: dict[str, frozenset[str]]
) -> None:
    content = PARTS + GOOD.replace("p 1", '"p 1\nand 2"') + GOOD.replace("delivers", "x")
    store, faults = loaded(tmp_path, concepts, content)
    assert [f.line for f in faults] == [4]
    assert list(engine.select(store, "SELECT ?l { ?p cdp:locator ?l }")) == [("p 1\nand 2",)]


def test_a_list_cell_makes_one_statement_with_each_value(tmp_path: Path, concepts: dict[str, frozenset[str]]) -> None:
    store, faults = loaded(tmp_path, concepts, PARTS + GOOD.replace("E1", "E1|area/E2 | E3|"))
    assert faults == []
    found = sorted(engine.select(store, "SELECT ?it ?area { ?it a cdp:Assignment ; cdp:area ?area }"))
    assert len({it for it, _ in found}) == 1
    assert [area for _, area in found] == [f"{ID}area/E{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("start", "end", "precision", "kept"),
    [
        ("2022", "", "", "year"),
        ("2022-10", "", "", "month"),
        ("2022-10-01", "2028-05", "", "month"),
        ("2022-10-01", "", "", None),
        ("2022", "", "no-later-than", "no-later-than"),
    ],
)
def test_a_short_date_says_how_well_it_is_known(
    tmp_path: Path, concepts: dict[str, frozenset[str]], start: str, end: str, precision: str, kept: str | None
) -> None:
    content = (
        "party,area,from,until,precision,standing,document,locator\n"
        + f"council/a,E1,{start},{end},{precision},practised,d,p 1\n"
    )
    store, faults = loaded(tmp_path, concepts, content, "footprints.csv")
    assert faults == []
    found = [p for (p,) in engine.select(store, "SELECT ?p { ?it cdp:datePrecision ?p }")]
    assert found == ([f"{SCHEME}date-precision/{kept}"] if kept else [])


def test_a_default_fills_an_empty_cell_and_a_missing_column(tmp_path: Path, concepts: dict[str, frozenset[str]]) -> None:
    with_column = PARTS.replace("locator", "locator,stance") + GOOD.replace("p 1", "p 1,")
    for name, content in (("missing", PARTS + GOOD), ("empty", with_column)):
        store, faults = loaded(tmp_path / name, concepts, content)
        assert faults == []
        assert list(engine.select(store, "SELECT ?s { ?a cdp:stance ?s }")) == [(SCHEME + "stance/supports",)]


def test_a_short_reference_and_a_long_one_make_the_same_thing(tmp_path: Path, concepts: dict[str, frozenset[str]]) -> None:
    head, row = "id,from_stage,to_stage,document,locator\n", "h,a,b,d,p 1\n"
    short, _ = loaded(tmp_path / "short", concepts, head + row, "handovers.csv")
    long, _ = loaded(tmp_path / "long", concepts, head + row.replace("h,", "handover/h,"), "handovers.csv")
    query = "SELECT ?it { ?it cdp:fromStage ?s }"
    assert list(engine.select(short, query)) == list(engine.select(long, query)) == [(ID + "handover/h",)]


def test_two_passages_about_one_statement_are_two_assertions_of_one_thing(
    tmp_path: Path, concepts: dict[str, frozenset[str]]
) -> None:
    store, faults = loaded(tmp_path, concepts, PARTS + GOOD + GOOD.replace("p 1", "p 2"))
    assert faults == []
    found = list(engine.select(store, "SELECT ?it ?a ?p { ?a cdp:asserts ?it ; cdp:citesPassage ?p }"))
    assert [len({row[i] for row in found}) for i in range(3)] == [1, 2, 2]


def test_the_folder_of_a_source_names_its_document(tmp_path: Path, concepts: dict[str, frozenset[str]]) -> None:
    place = tmp_path / "data" / "sources" / "the-paper"
    write(place, {"assignments.csv": PARTS.replace(",document", "") + GOOD.replace(",d,", ",")})
    store, faults = engine.store_in_memory(), []
    (source,) = sources.find((str(tmp_path / "data"),))
    sources.load(store, source, LIFTS, concepts, faults)
    assert faults == []
    assert list(engine.select(store, "SELECT ?d { ?p cdp:inDocument ?d }")) == [(ID + "document/the-paper",)]
    assert list(engine.select(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")) == [(GRAPH + "sources/the-paper",)]


def test_a_lift_that_is_no_construct_is_refused() -> None:
    with pytest.raises(BadSyntax, match="CONSTRUCT"):
        tables.lift(Declared("x", "x.rq", (), "SELECT * { }"), {})


def test_a_lift_with_an_unknown_column_type_names_its_line() -> None:
    bad = Declared("x", "x.rq", (("column", "a | colour | | x", 4),), "CONSTRUCT { } WHERE { }")
    with pytest.raises(BadSyntax, match="line 4"):
        tables.lift(bad, {})


def test_a_lift_that_shares_what_is_not_there_is_refused() -> None:
    with pytest.raises(BadSyntax, match="no shared lift 'proof'"):
        tables.lift(Declared("x", "x.rq", (("with", "proof", 1),), ""), {})


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)


@settings(max_examples=50)
@given(CELL, CELL)
def test_any_cell_of_text_reaches_the_store_unchanged(
    tmp_path_factory: pytest.TempPathFactory, note: str, locator: str
) -> None:
    import csv
    import io

    out = io.StringIO()
    header = ["party", "involvement", "matter", "standing", "note", "document", "locator"]
    csv.writer(out).writerows([header, ["council/a", "delivers", "service/s", "practised", note, "d", locator]])
    stages = {"involvement": frozenset({"delivers"}), "standing": frozenset({"practised"})}
    standard = {"stance": frozenset({"supports"}), "lifecycle": frozenset({"in-force"}), **stages}
    store, faults = loaded(tmp_path_factory.mktemp("any"), standard, out.getvalue())
    assert faults == []
    assert list(engine.select(store, "SELECT ?n ?l { ?it rdfs:comment ?n . ?p cdp:locator ?l }")) == [(note, locator)]
    assert list(engine.select(store, f"SELECT ?it {{ ?it a <{ONT}Passage> }}")) != []
