"""Every scheme is one file, every concept is named, defined and in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from laying import ONTOLOGY
from rdflib import RDF, SKOS, Graph, URIRef

from cdpgraph.answers.states import State
from cdpgraph.facts import sources
from cdpgraph.vocab import ONT, SCHEME, TERMS

FILES = sorted((ONTOLOGY / "schemes").glob("*.ttl"))


@pytest.fixture(params=FILES, ids=lambda f: f.stem)
def scheme(request: pytest.FixtureRequest) -> tuple[str, Graph]:
    """The name of a scheme, and what its file says."""
    file: Path = request.param
    return file.stem, Graph().parse(file)


def test_each_file_holds_the_scheme_of_its_name(scheme: tuple[str, Graph]) -> None:
    name, graph = scheme
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {URIRef(SCHEME + name)}
    assert len(list(graph.subjects(RDF.type, SKOS.Concept))) > 1


def test_each_concept_has_one_name_one_definition_and_its_scheme(scheme: tuple[str, Graph]) -> None:
    name, graph = scheme
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert re.fullmatch(re.escape(f"{SCHEME}{name}/") + "[a-z]+(-[a-z]+)*", str(concept))
        assert list(graph.objects(concept, SKOS.inScheme)) == [URIRef(SCHEME + name)]
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1
        (definition,) = graph.objects(concept, SKOS.definition)
        assert re.fullmatch(r"[A-Z\d].+\.", str(definition))


def test_no_two_concepts_of_a_scheme_share_a_name(scheme: tuple[str, Graph]) -> None:
    _, graph = scheme
    names = [str(n).casefold() for p in (SKOS.prefLabel, SKOS.altLabel) for n in graph.objects(None, p)]
    assert len(names) == len(set(names))


def test_a_broader_concept_is_in_the_same_scheme_and_never_the_narrower(scheme: tuple[str, Graph]) -> None:
    _, graph = scheme
    for narrow, broad in graph.subject_objects(SKOS.broader):
        assert (broad, RDF.type, SKOS.Concept) in graph
        assert narrow not in graph.transitive_objects(broad, SKOS.broader)


def test_the_concepts_are_in_an_order_without_gaps(scheme: tuple[str, Graph]) -> None:
    _, graph = scheme
    orders = sorted(int(str(o)) for o in graph.objects(None, URIRef(ONT + "order")))
    assert orders == list(range(1, len(list(graph.subjects(RDF.type, SKOS.Concept))) + 1))


def test_concepts_point_only_to_concepts_and_terms_that_exist(scheme: tuple[str, Graph]) -> None:
    _, graph = scheme
    for predicate in set(graph.predicates()):
        assert not str(predicate).startswith(ONT) or str(predicate).removeprefix(ONT) in TERMS
    for thing in {str(o) for o in graph.objects() if isinstance(o, URIRef)}:
        if thing.startswith(SCHEME) and "/" in thing.removeprefix(SCHEME):
            other, name = thing.removeprefix(SCHEME).split("/")
            assert f"this:{name} a skos:Concept" in (ONTOLOGY / "schemes" / f"{other}.ttl").read_text(encoding="utf-8")
        if thing.startswith(ONT):
            assert thing.removeprefix(ONT) in TERMS


def test_the_states_are_the_seven_words_best_first() -> None:
    graph = Graph().parse(ONTOLOGY / "schemes" / "state.ttl")
    order = {str(c).rsplit("/", 1)[-1]: int(str(o)) for c, o in graph.subject_objects(URIRef(ONT + "order"))}
    assert sorted(order, key=order.__getitem__) == [s.value for s in State]


def test_every_kind_of_part_rolls_up_to_a_letter_or_stands_alone() -> None:
    graph = Graph().parse(ONTOLOGY / "schemes" / "involvement.ttl")
    letters = dict(graph.subject_objects(URIRef(ONT + "raciLetter")))
    alone = {
        c for c in graph.subjects(RDF.type, SKOS.Concept) if not letters.keys() & set(graph.transitive_objects(c, SKOS.broader))
    }
    assert {str(c).rsplit("/", 1)[-1] for c in alone} == {"scrutinises", "approves"}
    assert {str(v) for v in letters.values()} == set("RACIS")


def test_every_column_of_concepts_names_a_scheme_there_is() -> None:
    schemes = {f.stem for f in FILES}
    lifts = sources.lifts(str(ONTOLOGY / "lifts"))
    used = {c.args[0] for lift in lifts.values() for c in lift.columns if c.type == "concept"}
    assert used <= schemes
    for lift in lifts.values():
        for column in lift.columns:
            if column.type == "concept" and column.default:
                assert f"this:{column.default} a" in (ONTOLOGY / "schemes" / f"{column.args[0]}.ttl").read_text(
                    encoding="utf-8"
                )
            if column.type == "class":
                assert set(column.args) <= TERMS
