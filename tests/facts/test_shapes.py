"""The referee: the compiled checks and pySHACL find the same faults in the same records, for every shape there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
from laying import ONTOLOGY, write
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, SH

from cdpgraph import workspace
from cdpgraph.errors import BadSyntax
from cdpgraph.facts import build, engine, shapes
from cdpgraph.vocab import ID, ONT, PREFIXES, XSD

SHAPES = ONTOLOGY / "shapes"
FILES = sorted(f.stem for f in SHAPES.glob("*.ttl"))
HEAD = "".join(f"@prefix {p}: <{u}> .\n" for p, u in PREFIXES.items()) + "@prefix shape: <https://w3id.org/cdpgraph/shape/> .\n"
# What may stand in a record where something else should: each is tried on every property of every shape.
VALUES = {
    "nothing-there": f"<{ID}nothing/there>",
    "an-area": f"<{ID}area/E06000901>",
    "a-party": f"<{ID}council/E06000901>",
    "a-matter": f"<{ID}responsibility/W01>",
    "words": '"soon"',
    "no-words": '""',
    "long-words": '"' + "long " * 61 + '"',
    "day": f'"2022-10-01"^^<{XSD}date>',
    "no-day": f'"2022-02-30"^^<{XSD}date>',
    "whole": f'"1"^^<{XSD}integer>',
    "below": f'"-1"^^<{XSD}integer>',
    "share": f'"0.5"^^<{XSD}decimal>',
    "above": f'"1.5"^^<{XSD}decimal>',
}
# Ends of a period that begins on 1 October 2022.
ENDS = {
    "before": f'"2022-09-30"^^<{XSD}date>',
    "same": f'"2022-10-01"^^<{XSD}date>',
    "after": f'"2022-10-02"^^<{XSD}date>',
    "never": '"soon"',
}
PAIRED = ("words", "day", "whole", "an-area")


@pytest.fixture(scope="module")
def shapes_graph() -> Graph:
    graph = Graph()
    for file in sorted(SHAPES.glob("*.ttl")):
        graph.parse(file)
    return graph


@pytest.fixture(scope="module")
def store(world_space: workspace.Workspace, shapes_graph: Graph) -> engine.Store:
    """The small world, all of it sound, with broken records of every kind."""
    store = build.checked(world_space)
    lines = [line for node in shapes_graph.subjects(RDF.type, SH.NodeShape) for line in broken(shapes_graph, node)]
    engine.load(store, "".join(lines).encode(), ID + "broken")
    return store


def broken(graph: Graph, node: object) -> Iterator[str]:
    """Write records of one shape's class: one with nothing, then with each value, and pair of values, of each property."""
    name = str(node).rsplit("/", 1)[-1]
    target = graph.value(node, SH.targetClass)
    bare = f"{ID}bad/{name}"
    yield f"<{bare}> <{RDF.type}> <{target}> .\n<{bare}-more> <{RDF.type}> <{target}> .\n"
    yield f'<{bare}-more> <{ONT}setting> "more" .\n'
    for number, path in enumerate(sorted({p for s in graph.objects(node, SH.property) for p in graph.objects(s, SH.path)})):
        inverse = graph.value(path, SH.inversePath) if isinstance(path, BNode) else None
        for word, value in VALUES.items():
            for count in (1, 2) if word in PAIRED else (1,):
                it = f"{bare}-{number}-{word}-{count}"
                yield f"<{it}> <{RDF.type}> <{target}> .\n"
                for v in (value, f"<{ID}another/one>")[:count]:
                    if inverse is None:
                        yield f"<{it}> <{path}> {v} .\n"
                    elif v.startswith("<"):
                        yield f"{v} <{inverse}> <{it}> .\n"
    for word, until in ENDS.items():
        yield f"<{bare}-{word}> <{RDF.type}> <{target}> .\n<{bare}-{word}> <{ONT}validUntil> {until} .\n"
        yield f"<{bare}-{word}> <{ONT}validFrom> {VALUES['day']} .\n"


@pytest.fixture(scope="module")
def ours(store: engine.Store) -> set[tuple[str, str, str]]:
    """What the compiled checks find: record, shape, message."""
    checks = shapes.compile_shapes(str(SHAPES), build.subclasses(store))
    return {(v.focus, v.shape, v.message) for v in shapes.violations(store, checks)}


@pytest.fixture(scope="module")
def theirs(store: engine.Store, shapes_graph: Graph) -> set[tuple[str, str, str]]:
    """What pySHACL finds in the same records on rdflib."""
    data = Graph()
    data.parse(data=engine.construct(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes_graph, inference="none", advanced=False)
    owners = {p: s for s, p in shapes_graph.subject_objects(SH.property)}
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceShape)
        owner = owners.get(source, source)
        focus, message = report.value(result, SH.focusNode), report.value(result, SH.resultMessage)
        found.add((str(focus), str(owner).rsplit("/", 1)[-1], str(message)))
    return found


def test_the_compiled_checks_and_pyshacl_find_the_same_faults(
    ours: set[tuple[str, str, str]], theirs: set[tuple[str, str, str]]
) -> None:
    assert sorted(ours - theirs) == []
    assert sorted(theirs - ours) == []


@pytest.mark.parametrize("shape", FILES)
def test_every_shape_stops_something(ours: set[tuple[str, str, str]], shape: str) -> None:
    assert any(found == shape for _, found, _ in ours)


def test_every_message_of_every_shape_is_given_for_some_record(ours: set[tuple[str, str, str]], shapes_graph: Graph) -> None:
    messages = {str(m) for m in shapes_graph.objects(None, SH.message)}
    assert messages == {message for _, _, message in ours}


def test_no_sound_record_is_stopped(ours: set[tuple[str, str, str]]) -> None:
    assert {focus for focus, _, _ in ours if not focus.startswith((ID + "bad/", ID + "another/", ID + "nothing/"))} == set()


def test_each_file_holds_the_shape_of_its_name(shapes_graph: Graph) -> None:
    named = {str(s).rsplit("/", 1)[-1] for s in shapes_graph.subjects(RDF.type, SH.NodeShape)}
    assert named == set(FILES)
    for file in SHAPES.glob("*.ttl"):
        assert URIRef("https://w3id.org/cdpgraph/shape/" + file.stem) in Graph().parse(file).subjects()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("sh:targetClass cdp:Area ; sh:sparql [ sh:select 'SELECT * {}' ]", "sh:sparql"),
        ("sh:targetClass cdp:Area ; sh:xone ( )", "sh:xone"),
        ("sh:targetClass cdp:Area ; sh:deactivated true", "sh:deactivated"),
        ("sh:targetClass cdp:Area ; sh:property [ sh:path cdp:within ; sh:in ( cdp:Area ) ]", "sh:in"),
        ("sh:targetClass cdp:Area ; sh:property [ sh:path cdp:within ; sh:qualifiedMinCount 1 ]", "sh:qualifiedMinCount"),
        ("sh:targetClass cdp:Area ; sh:property [ sh:path cdp:within ; sh:nodeKind sh:Literal ]", "sh:nodeKind"),
        ("sh:targetClass cdp:Area ; sh:or ( [ sh:path cdp:within ; sh:class cdp:Area ] )", "sh:or"),
        ("sh:targetClass cdp:Area ; sh:or ( [ sh:path cdp:within ; sh:minCount 2 ] )", "sh:or"),
        ("sh:targetSubjectsOf cdp:within", "targetClass"),
        ("sh:targetClass cdp:Area , cdp:Board", "targetClass"),
        ("sh:targetClass cdp:Area ; sh:property [ sh:path ( cdp:within cdp:within ) ; sh:minCount 1 ]", "sh:path"),
        ("sh:targetClass cdp:Area ; sh:property [ sh:path cdp:within ; sh:class cdp:Area , cdp:Board ]", "sh:class"),
    ],
)
def test_what_is_not_compiled_is_an_error_rather_than_unenforced(tmp_path: Path, body: str, what: str) -> None:
    folder = write(tmp_path / "shapes", {"x.ttl": f"{HEAD}shape:x a sh:NodeShape ; {body} ."})
    with pytest.raises(BadSyntax, match=what):
        shapes.compile_shapes(str(folder), {})


@pytest.mark.parametrize("end", ["sh:pattern '^[A-Z]+$'", "sh:minLength 3", "sh:minCount 2", "sh:maxLength 2"])
def test_the_constraints_no_shape_uses_yet_are_compiled_rightly_too(tmp_path: Path, end: str) -> None:
    text = f"{HEAD}shape:x a sh:NodeShape ; sh:targetClass cdp:Area ; sh:property [ sh:path rdfs:label ; {end} ; sh:message 'm' ] ."
    folder = write(tmp_path / "shapes", {"x.ttl": text})
    store = engine.store_in_memory()
    names = {"short": ('"AB"',), "long": ('"ABCD"',), "small": ('"abc"',), "two": ('"ABC"', '"ABD"'), "none": ()}
    for it, labels in names.items():
        said = "".join(f"<{ID}{it}> <{PREFIXES['rdfs']}label> {v} .\n" for v in labels)
        engine.load(store, f"<{ID}{it}> <{RDF.type}> <{ONT}Area> .\n{said}".encode(), ID + "g")
    found = {v.focus for v in shapes.violations(store, shapes.compile_shapes(str(folder), {}))}
    data = Graph().parse(data=engine.construct(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=Graph().parse(data=text))
    assert found == {str(f) for f in report.objects(None, SH.focusNode)}
    assert 0 < len(found) < len(names)
