"""Every term is declared once, defined in a sentence, used as declared, and stays within OWL 2 RL."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from laying import ONTOLOGY, ROOT
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from cdpgraph.vocab import ONT, PREFIXES, SCHEME, TERMS

TURTLE = sorted(ONTOLOGY.rglob("*.ttl"))
FILES = sorted((ONTOLOGY / "terms").glob("*.ttl"))
USERS = sorted(f for f in (*ONTOLOGY.rglob("*.rq"), *ONTOLOGY.rglob("*.ttl")) if f.parent.name != "terms")
CODE = sorted((ROOT / "cdpgraph").rglob("*.py"))
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty}
# What terms are written with. All of it is in OWL 2 RL: https://www.w3.org/TR/owl2-profiles/#OWL_2_RL
CLASSES_USED = {OWL.Class, *PROPERTIES, OWL.TransitiveProperty, OWL.FunctionalProperty, OWL.SymmetricProperty}
PREDICATES_USED = {RDF.type, RDFS.label, RDFS.isDefinedBy, RDFS.subClassOf, RDFS.subPropertyOf, SKOS.definition, SKOS.example, RDFS.domain, RDFS.range, OWL.inverseOf}  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> Graph:
    graph = Graph()
    for file in FILES:
        graph.parse(file)
    return graph


@pytest.mark.parametrize("file", TURTLE, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_every_file_of_turtle_parses(file: Path) -> None:
    assert len(Graph().parse(file)) > 0


@pytest.mark.parametrize("file", [*FILES, *(ONTOLOGY / "schemes").glob("*.ttl"), *(ONTOLOGY / "scenarios").glob("*.ttl")], ids=lambda f: f.stem)  # fmt: skip
def test_nothing_is_said_of_a_thing_without_an_address(file: Path) -> None:
    assert not [t for triple in Graph().parse(file) for t in triple if isinstance(t, BNode)]


def test_the_terms_of_the_code_are_those_of_the_ontology(graph: Graph) -> None:
    assert {str(s).removeprefix(ONT) for s in graph.subjects()} == TERMS


def test_each_term_is_declared_in_one_file_only() -> None:
    places = [(s, f.stem) for f in FILES for s in set(Graph().parse(f).subjects())]
    assert len(places) == len({s for s, _ in places})


@pytest.mark.parametrize("term", sorted(TERMS))
def test_each_term_has_one_label_and_one_definition_that_is_a_sentence(graph: Graph, term: str) -> None:
    it = URIRef(ONT + term)
    (label,) = graph.objects(it, RDFS.label)
    (definition,) = graph.objects(it, SKOS.definition)
    assert isinstance(label, Literal)
    assert (label.language, definition.language) == ("en", "en")  # type: ignore[attr-defined]
    assert re.fullmatch(r"[A-Z].{8,}\.", str(definition))
    assert str(definition) != str(label)


def test_a_class_begins_with_a_capital_and_a_property_does_not(graph: Graph) -> None:
    for it in set(graph.subjects()):
        kinds = set(graph.objects(it, RDF.type))
        name = str(it).removeprefix(ONT)
        assert (OWL.Class in kinds) is name[0].isupper()
        assert len(kinds & {OWL.Class, *PROPERTIES}) == 1


def test_the_terms_stay_within_owl_2_rl(graph: Graph) -> None:
    assert set(graph.objects(None, RDF.type)) <= CLASSES_USED
    assert set(graph.predicates()) <= PREDICATES_USED
    for it in graph.subjects(RDF.type, OWL.TransitiveProperty):
        assert OWL.ObjectProperty in set(graph.objects(it, RDF.type))


def test_a_class_stands_below_classes_that_exist(graph: Graph) -> None:
    for above in set(graph.objects(None, RDFS.subClassOf)):
        assert (above, RDF.type, OWL.Class) in graph or not str(above).startswith(ONT)
        assert str(above).startswith(tuple(PREFIXES.values()))


@pytest.mark.parametrize("file", USERS, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_every_term_that_is_used_is_declared(file: Path) -> None:
    code = "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    used = set(re.findall(r"(?<![\w-])cdp:([A-Za-z]\w*)", code)) | set(re.findall(re.escape(ONT) + r"([A-Za-z]\w*)", code))
    assert used <= TERMS


def test_every_term_that_is_declared_is_used(graph: Graph) -> None:
    parents = {str(above).removeprefix(ONT) for above in graph.objects(None, RDFS.subClassOf)}
    text = "\n".join(f.read_text(encoding="utf-8") for f in (*USERS, *CODE) if f.name != "vocab.py")
    used = set(re.findall(r"(?<![\w-])cdp:(\w+)|\"(\w+)\"", text))
    columns = set(re.findall(r"\w+", " ".join(re.findall(r"\| class ([\w ]+) \|", text))))
    assert TERMS - {word for pair in used for word in pair} - columns <= parents


@pytest.mark.parametrize("file", USERS, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_every_concept_that_is_used_is_in_its_scheme(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    used = set(re.findall(re.escape(SCHEME) + r"([a-z-]+/[a-z-]+)(?![\w/-])", text))
    for prefix, scheme in re.findall(rf"PREFIX ([a-z]+): <{re.escape(SCHEME)}([a-z-]+)/>", text):
        used |= {f"{scheme}/{name}" for name in re.findall(rf"(?<![\w-]){prefix}:([a-z-]+)", text)}
    for scheme, name in (u.split("/") for u in used):
        assert f"this:{name} a skos:Concept" in (ONTOLOGY / "schemes" / f"{scheme}.ttl").read_text(encoding="utf-8")
