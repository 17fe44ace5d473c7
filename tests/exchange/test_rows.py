"""Each kind of answer is one flat table."""

from __future__ import annotations

import pytest
from laying import ON

from cdpgraph.answers import asking
from cdpgraph.exchange.rows import rows, said
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.model import Answer, Evidence, Ref

DOCUMENT = Ref("d", "Minutes", "Document", "MIN")


def test_a_card_is_a_row_for_each_part_and_each_place_within(world: KnowledgeGraph) -> None:
    card = asking.who(world, "W01", area="England", on=ON)
    table = rows(card)
    assert len(table.rows) == len(card.parts) + sum(len(c.parts) for c in card.within)
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["matter"], row["area"], row["on"], row["state"]) == ("Local delivery plan", "England", ON, "held")
    assert row["holder"] == "Mereshire Police and Crime Commissioner"
    assert row["evidence"] == "GUID Guidance for partnerships, page 7 (2022-06-15)"


def test_findings_a_portfolio_and_a_pathway_are_tables_too(world: KnowledgeGraph) -> None:
    gaps = asking.gaps(world, area="E23000901", on=ON)
    assert [r[-1] for r in rows(gaps).rows] == [f.id for f in gaps.findings]
    portfolio = asking.what(world, "Mereshire PCC", on=ON)
    assert len(rows(portfolio).rows) == len((*portfolio.parts, *portfolio.posts, *portfolio.boards)) == 3
    pathway = asking.pathway(world, area="Northmere", on=ON)
    table = rows(pathway)
    assert [r[0] for r in table.rows] == ["stage"] * 3 + ["handover"] * 2
    assert dict(zip(table.columns, table.rows[-1], strict=True))["receives"] == "held: Brightwater"


def test_every_row_is_as_wide_as_its_header(world: KnowledgeGraph) -> None:
    for answer in (
        asking.who(world, "W03", on=ON),
        asking.gaps(world, on=ON),
        asking.pathway(world, on=ON),
        asking.what(world, "QME", on=ON),
    ):
        table = rows(answer)
        assert {len(r) for r in table.rows} == {len(table.columns)}


def test_a_table_stays_itself_and_anything_else_is_refused() -> None:
    table = Answer(("a",), (("b",),))
    assert rows(table) is table
    with pytest.raises(TypeError, match="no rows for dict"):
        rows({})


@pytest.mark.parametrize(
    ("stance", "issued", "text"),
    [
        ("supports", "2022-11-10", "MIN Minutes, item 1 (2022-11-10)"),
        ("read", None, "MIN Minutes, item 1"),
        ("denies", "2022", "MIN Minutes, item 1 (2022), denies"),
    ],
)
def test_evidence_is_said_in_one_line_with_any_stance_that_is_not_plain(stance: str, issued: str | None, text: str) -> None:
    assert said((Evidence(DOCUMENT, "item 1", stance, issued=issued),)) == text


def test_evidence_beyond_the_most_is_counted() -> None:
    found = tuple(Evidence(DOCUMENT._replace(code=None), f"item {n}", "supports") for n in range(4))
    assert said(found, 2) == "Minutes, item 0; Minutes, item 1; and 2 more"
    assert said(()) == ""
