"""The store, the rdflib dataset over it and the rows of the index say the same."""

from __future__ import annotations

import pytest
from laying import ONTOLOGY

from cdpgraph import declared
from cdpgraph.errors import BadSyntax
from cdpgraph.facts import engine
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.vocab import ENGLAND, GRAPH

TABLES = declared.shelf(str(ONTOLOGY / "index"), ".rq", {"title", "why"}, set())


def test_the_dataset_is_the_same_store(world: KnowledgeGraph) -> None:
    assert len(list(world.dataset.quads())) == len(world.store) == world.built["quads"]


def test_the_default_graph_of_the_dataset_is_the_union_of_all(world: KnowledgeGraph) -> None:
    query = f"SELECT ?name {{ <{ENGLAND}> <http://www.w3.org/2000/01/rdf-schema#label> ?name }}"
    assert [str(row[0]) for row in world.dataset.query(query)] == ["England"]
    assert world.query(query) == (("name",), [("England",)])


def test_each_source_is_a_named_graph(world: KnowledgeGraph) -> None:
    _, rows = world.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    expected = {"places", "strategy", "partnership", "ontology", "derived"}
    assert {g for (g,) in rows} == {GRAPH + name for name in expected}


def test_nothing_lies_outside_the_named_graphs(world: KnowledgeGraph) -> None:
    inside = sum(1 for _ in engine.select(world.store, "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"))
    assert inside == len(world.store)


def test_what_a_source_says_stays_in_its_graph(world: KnowledgeGraph) -> None:
    _, rows = world.query("SELECT ?g { GRAPH ?g { <https://w3id.org/cdpgraph/id/post/sro-mereshire> a cdp:Post } }")
    assert rows == [(GRAPH + "partnership",)]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_table_of_the_index_holds_what_its_query_finds(world: KnowledgeGraph, table: str) -> None:
    columns, rows = engine.columns(world.store, TABLES[table].body)
    named = ", ".join(f'"{c}"' for c in columns)
    found = [tuple(None if v is None else str(v) for v in row) for row in world.index.rows(table, named)]
    assert sorted(found, key=str) == sorted(rows, key=str)
    assert found, f"the small world has no row for {table}"


def test_the_store_cannot_be_written_to(world: KnowledgeGraph) -> None:
    with pytest.raises(RuntimeError, match="read-write"):
        world.store.update("INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }")


def test_a_query_that_does_not_parse_names_its_line(world: KnowledgeGraph) -> None:
    with pytest.raises(BadSyntax, match="line 2"):
        world.query("SELECT *\n{ ?s ?p }")
