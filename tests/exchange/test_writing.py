"""What is written can be read back, harms no spreadsheet and no page, and is on disk whole or not at all."""

from __future__ import annotations

import csv
import html
import io
import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laying import ON

from cdpgraph.answers import asking
from cdpgraph.errors import UnknownFormat
from cdpgraph.exchange import writing
from cdpgraph.exchange.rows import rows
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.model import Answer, plain

NASTY = '<script>alert("x")</script> & [link](javascript:x) | `code` *b* _i_ # h'
TABLE = Answer(("name", "count"), (("Northmere", 1), (NASTY, None)))


class Reader(HTMLParser):
    """The cells and the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


@pytest.fixture(scope="module")
def answers(world: KnowledgeGraph) -> list[Any]:
    """One answer of each kind."""
    return [
        asking.who(world, "W03", area="Northmere", on=ON),
        asking.gaps(world, area="E23000901", on=ON),
        asking.pathway(world, area="Northmere", on=ON),
        asking.what(world, "Mereshire PCC", on=ON),
    ]


def test_json_is_the_plain_form_of_the_answer(answers: list[Any]) -> None:
    for answer in answers:
        assert json.loads(writing.text(answer, "json")) == plain(answer)
    assert json.loads(writing.text(TABLE, "json"))[0] == {"name": "Northmere", "count": 1}


def test_every_other_format_holds_every_row(answers: list[Any]) -> None:
    for answer in answers:
        table = rows(answer)
        assert [list(json.loads(line)) for line in writing.text(answer, "ndjson").splitlines()] == [list(table.columns)] * len(
            table.rows
        )
        for form, mark in (("csv", ","), ("tsv", "\t")):
            found = list(csv.reader(io.StringIO(writing.text(answer, form)), delimiter=mark))
            assert found == [list(table.columns), *[[writing.harmless(v) for v in row] for row in table.rows]]
        assert len(writing.text(answer, "md").splitlines()) == len(table.rows) + 2
        reader = Reader()
        reader.feed(writing.text(answer, "html"))
        cells = [str(v) for row in (table.columns, *table.rows) for v in row]
        assert [" ".join(c.split()) for c in reader.cells[: len(cells)]] == [" ".join(c.split()) for c in cells]


def test_a_format_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownFormat) as found:
        writing.text(TABLE, "xlsx")
    assert found.value.offered == ("table", *writing.FORMATS)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 20", "-x", "@SUM(A1)", "\t=1", "\r=1", "=", '=HYPERLINK("http://x","y")', "-1+2", "+"]
)
def test_a_cell_that_would_be_a_formula_is_made_text(cell: str) -> None:
    assert writing.harmless(cell) == "'" + cell
    (_, (written,)) = csv.reader(io.StringIO(writing.text(Answer(("a",), ((cell,),)), "csv")))
    assert written[0] == "'"


@pytest.mark.parametrize("value", [-4.5, 7, 0, "-4.5", "+3", "-1e3", "2022-10-01", "plain", "a=b", ""])
def test_numbers_and_plain_words_are_left_alone(value: object) -> None:
    assert writing.harmless(value) == str(value)


@pytest.mark.parametrize("form", ["csv", "tsv"])
@given(cells=st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_any_cell_is_read_back_as_it_was_written(form: str, cells: list[tuple[str, str]]) -> None:
    written = writing.text(Answer(("a", "b"), tuple(cells)), form)
    mark = "," if form == "csv" else "\t"
    found = list(csv.reader(io.StringIO(written, newline=""), delimiter=mark))[1:]
    assert found == [[_line_ends(writing.harmless(c)) for c in row] for row in cells]


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_markup_in_data_is_text_on_a_page() -> None:
    page = writing.text(TABLE, "html", title="<b>Title</b> & co")
    reader = Reader()
    reader.feed(page)
    assert reader.tags.isdisjoint({"script", "b", "a", "img"})
    assert NASTY in reader.cells
    assert "<title>&lt;b&gt;Title&lt;/b&gt; &amp; co</title>" in page
    assert html.escape(NASTY) in page


@given(st.text())
def test_no_text_breaks_out_of_its_cell_of_a_page(text: str) -> None:
    reader = Reader()
    reader.feed(writing.text(Answer((text,), ((text,),)), "html", title=text))
    assert reader.tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
    }


def test_markup_in_data_is_text_in_markdown() -> None:
    line = writing.text(TABLE, "md").splitlines()[3]
    for mark in "`*_[]<>#|":
        assert line.count("\\" + mark) == NASTY.count(mark)
    assert line.replace("\\|", "").count("|") == 3


@given(st.text(), st.text())
def test_any_two_cells_are_one_line_of_markdown_with_three_bars(one: str, two: str) -> None:
    lines = writing.text(Answer(("a", "b"), ((one, two),)), "md").split("\n")
    assert len(lines) == 4
    assert lines[2].replace("\\\\", "").replace("\\|", "").count("|") == 3


def test_a_page_names_its_language_its_table_and_its_columns() -> None:
    page = writing.text(TABLE, "html", title="Gaps")
    assert '<html lang="en-GB">' in page
    assert page.count('<th scope="col">') == 2
    assert 'role="region" aria-label="Gaps" tabindex="0"' in page
