"""Queries from outside can read, and nothing else: not write, not fetch, not run on."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest

from cdpgraph.errors import BadSyntax, Refused, TooLong, UnknownFormat
from cdpgraph.facts import queries
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.vocab import PREFIXES

EVIL = "<http://127.0.0.1:1/evil>"
BOARDS = "SELECT ?name { ?board a cdp:Board ; rdfs:label ?name } ORDER BY ?name"
NAMES = ["Mereshire Combating Drugs Partnership", "Mereshire Local Criminal Justice Board", "Mereshire Recovery Group"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE %s { ?s ?p ?o } }",
        "SELECT * { service %s { ?s ?p ?o } }",
        "SELECT * { SeRvIcE SILENT %s { ?s ?p ?o } }",
        "SELECT * { SERVICE\n# why not\n%s { ?s ?p ?o } }",
        "SELECT * {SERVICE%s{ ?s ?p ?o }}",
        "SELECT * { SERVICESILENT%s{ ?s ?p ?o } }",
        "SELECT * { VALUES ?e { %s } SERVICE ?e { ?s ?p ?o } }",
        "SELECT * { VALUES ?e { %s } SERVICE?e{ ?s ?p ?o } }",
        "SELECT * { VALUES ?e { %s } SERVICE$e { ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c.SERVICE %s { ?s ?p ?o } }",
        "SELECT * { ?a ?b 1SERVICE %s { ?s ?p ?o } }",
        "SELECT * { ?a ?b 1.SERVICE %s { ?s ?p ?o } }",
        "SELECT * { ?a ?b trueSERVICE %s { ?s ?p ?o } }",
        "SELECT * { ?a ?b 'x'SERVICE %s { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2)SERVICE %s { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2)SERVICE#>\n%s { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2#>'''\n)SERVICE %s { ?s ?p ?o } #'''\n }",
        "SELECT * { FILTER(1<2#>\"\"\"\n)SERVICE %s { ?s ?p ?o } #\"\"\"\n }",
        "SELECT * { ?a ?b ?c # a comment\r SERVICE %s { ?s ?p ?o } }",
        "SELECT * { ?a <urn:x#> ?c . SERVICE %s { ?s ?p ?o } }",
        "SELECT * { ?a <urn:it's> ?c . SERVICE %s { ?s ?p ?o } FILTER(?c = 'x') }",
        "PREFIX e: <urn:e/> SELECT * { ?a e:it\\'s ?c . SERVICE %s { ?s ?p ?o } FILTER(?c = 'x') }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:evil { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:1/> SELECT * { SERVICEe:evil { ?s ?p ?o } }",
        "SELECT * { { SELECT * { ?s ?p ?o } } UNION { SERVICE %s { ?s ?p ?o } } }",
        "ASK { OPTIONAL { SERVICE %s { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE %s { ?s ?p ?o } }",
        "DESCRIBE ?s { SERVICE %s { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE %s { ?s ?p ?o } } }",
        "SELECT * { ?s ?p \"it is \\\" in\" . SERVICE %s { ?s ?p ?o } }",
    ],
)  # fmt: skip
def test_a_query_that_would_fetch_is_refused_before_it_runs(
    world: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(queries.subprocess, "run", lambda *_, **__: pytest.fail("the query was run"))
    with pytest.raises(Refused, match="SERVICE is refused"):
        queries.run(world, query.replace("%s", EVIL))


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?x { BIND("the SERVICE is good" AS ?x) }',
        "SELECT ?x { BIND('''no SERVICE <http://x> { } here''' AS ?x) }",
        "SELECT ?x { BIND(1 AS ?x) } # SERVICE <http://x> { }",
        "# SERVICE\nSELECT ?x { BIND(1 AS ?x) }",
        "SELECT ?service { BIND(1 AS ?service) }",
        "SELECT ?x { BIND(<https://w3id.org/cdpgraph/id/service/treatment> AS ?x) }",
        "SELECT ?x { ?x a cdp:Service }",
        "SELECT ?x { ?x a cdp:Service . FILTER(1 < 2) # it's a service\n }",
        "SELECT ?x { BIND(<urn:a#b> AS ?x) }",
    ],
)
def test_the_word_service_is_welcome_where_it_is_not_the_keyword(world: KnowledgeGraph, query: str) -> None:
    assert len(json.loads(queries.run(world, query))["results"]["bindings"]) == 1


@pytest.mark.parametrize(
    "source", ["<http://127.0.0.1:1/evil>", "<file:///etc/passwd>", "NAMED <file:///etc/passwd>", "<urn:x>"]
)
def test_a_graph_named_by_from_is_never_fetched(world: KnowledgeGraph, source: str) -> None:
    query = f"SELECT * FROM {source} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    assert json.loads(queries.run(world, query))["results"]["bindings"] == []


@pytest.mark.parametrize(("source", "areas"), [("places", 7), ("strategy", 0)])
@pytest.mark.parametrize("word", ["FROM <%s>", "from<%s>", "FROM NAMED <%s>"])
def test_from_narrows_a_query_to_the_sources_it_names(world: KnowledgeGraph, word: str, source: str, areas: int) -> None:
    pattern = "GRAPH ?g { ?s a cdp:Area }" if "NAMED" in word else "?s a cdp:Area"
    query = f"SELECT ?s {word.replace('%s', 'https://w3id.org/cdpgraph/graph/' + source)} {{ {pattern} }}"
    assert len(json.loads(queries.run(world, query))["results"]["bindings"]) == areas


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:b> <a:b> 1 }",
        "insert { ?s <a:b> 1 } where { ?s ?p ?o }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX a: <a:> DELETE DATA { a:b a:b 1 }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "DROP SILENT ALL",
        "CREATE GRAPH <a:b>",
        "COPY DEFAULT TO <a:b>",
        "# SELECT\nINSERT DATA { <a:b> <a:b> 1 }",
    ],
)
def test_an_update_is_refused(world: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.setattr(queries.subprocess, "run", lambda *_, **__: pytest.fail("the query was run"))
    with pytest.raises(Refused, match="Updates are refused"):
        queries.run(world, query)


def test_an_update_behind_a_query_changes_nothing(world: KnowledgeGraph) -> None:
    with pytest.raises(BadSyntax):
        queries.run(world, "SELECT * { ?s ?p ?o } ; INSERT DATA { <a:b> <a:b> 1 }")
    assert len(world.store) == world.built["quads"]


@pytest.mark.parametrize("query", ["SELECT ?load { BIND(1 AS ?load) }", "PREFIX add: <a:> SELECT ?x { BIND(add:x AS ?x) }"])
def test_words_of_updates_are_welcome_as_names(world: KnowledgeGraph, query: str) -> None:
    assert len(json.loads(queries.run(world, query))["results"]["bindings"]) == 1


def test_a_query_without_end_is_stopped_in_time(world: KnowledgeGraph) -> None:
    started = time.monotonic()
    with pytest.raises(TooLong, match=r"stopped after 0\.5 seconds") as found:
        queries.run(world, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", seconds=0.5)
    assert (found.value.seconds, found.value.exit_code) == (0.5, 5)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("query", "line"),
    [("SELECT *\nWHERE {\n ?s ?p }", 3), ("SELEC * { }", 1), ("", 1), ("SELECT * { ?s nope:x ?o }", 1), ("SELECT * {", 1)],
)
def test_a_query_that_does_not_parse_names_the_line(world: KnowledgeGraph, query: str, line: int) -> None:
    with pytest.raises(BadSyntax) as found:
        queries.run(world, query)
    assert found.value.line == line


def test_rows_come_in_each_format(world: KnowledgeGraph) -> None:
    found = json.loads(queries.run(world, BOARDS))["results"]["bindings"]
    assert [row["name"]["value"] for row in found] == NAMES
    assert [row[0] for row in csv.reader(io.StringIO(queries.run(world, BOARDS, "csv").decode()))][1:] == NAMES
    assert queries.run(world, BOARDS, "tsv").decode().splitlines()[1] == f'"{NAMES[0]}"'
    assert queries.run(world, BOARDS, "xml").startswith(b"<?xml")


@pytest.mark.parametrize("form", ["json", "turtle", "ttl", "nt", "ntriples", "rdfxml", "rdf"])
def test_a_graph_comes_in_each_format(world: KnowledgeGraph, form: str) -> None:
    import rdflib

    query = "CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s a cdp:Board ; rdfs:label ?name }"
    kind = {"json": "turtle", "rdf": "xml", "rdfxml": "xml", "ntriples": "nt", "ttl": "turtle"}.get(form, form)
    graph = rdflib.Graph().parse(data=queries.run(world, query, form), format=kind)
    assert sorted(str(name) for name in graph.objects()) == NAMES


def test_yes_or_no_is_an_answer(world: KnowledgeGraph) -> None:
    assert json.loads(queries.run(world, "ASK { ?s a cdp:Board }"))["boolean"] is True


@pytest.mark.parametrize(("query", "form", "offered"), [(BOARDS, "turtle", "csv"), ("DESCRIBE cdp:Board", "csv", "turtle")])
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(
    world: KnowledgeGraph, query: str, form: str, offered: str
) -> None:
    with pytest.raises(UnknownFormat) as found:
        queries.run(world, query, form)
    assert offered in found.value.offered
    assert form not in found.value.offered


def test_the_usual_prefixes_are_known(world: KnowledgeGraph) -> None:
    query = "SELECT * { " + " ".join(f"OPTIONAL {{ ?s a {p}:x }}" for p in PREFIXES) + " } LIMIT 1"
    assert json.loads(queries.run(world, query))["results"]["bindings"] == [{}]


def test_a_query_that_needs_too_much_memory_is_refused_in_words() -> None:
    done = queries.subprocess.CompletedProcess([], -6, b"", b"memory allocation of 4096 bytes failed")
    assert isinstance(queries._failed(done), Refused)
    assert "memory" in str(queries._failed(done))
