"""The public words: which they are, that they work, and that they cost nothing until they are used."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from laying import ROOT

import cdpgraph
from cdpgraph.facts.graph import KnowledgeGraph

HEAVY = (
    "click",
    "jinja2",
    "networkx",
    "oxrdflib",
    "pyoxigraph",
    "pyvis",
    "rdflib",
    "sqlite3",
    "difflib",
    "json",
    "hashlib",
    "dataclasses",
)


def loaded_after(code: str) -> set[str]:
    """The modules a fresh interpreter has loaded after running some code."""
    command = [sys.executable, "-c", f"import sys\n{code}\nsys.stderr.write(' '.join(sys.modules))"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_the_public_words_are_these() -> None:
    assert cdpgraph.__all__ == [
        "CdpgraphError",
        "KnowledgeGraph",
        "Moment",
        "draw",
        "gaps",
        "open",
        "pathway",
        "plain",
        "what",
        "who",
    ]


@pytest.mark.parametrize("name", cdpgraph.__all__)
def test_every_public_word_is_there_and_says_what_it_does(name: str) -> None:
    assert inspect.getdoc(getattr(cdpgraph, name))


def test_a_word_that_is_not_public_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'cdpgraph' has no attribute 'whom'"):
        _ = cdpgraph.whom


@pytest.mark.parametrize(
    ("word", "first"), [("who", ["kg", "matter"]), ("what", ["kg", "party"]), ("gaps", ["kg"]), ("pathway", ["kg", "name"])]
)
def test_the_questions_take_the_same_words(word: str, first: list[str]) -> None:
    asked = inspect.signature(getattr(cdpgraph, word)).parameters
    assert [n for n, p in asked.items() if p.kind is not p.KEYWORD_ONLY] == first
    assert {"area", "on", "scenario", "say"} <= asked.keys()


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_after("import cdpgraph") & set(HEAVY) == set()


def test_a_card_is_answered_without_the_graph_libraries(kg: KnowledgeGraph) -> None:
    run = "sys.argv = ['cdpgraph', 'who', 'continuity of care', '--area', 'Herefordshire', '--on', '2022-10-01']\n"
    run += "import cdpgraph.cli\ncdpgraph.cli._leave = lambda code: None\ncdpgraph.cli.main()"
    assert (
        loaded_after(run) & {"jinja2", "networkx", "oxrdflib", "pyoxigraph", "pyvis", "rdflib", "hashlib", "difflib"} == set()
    )


def test_a_graph_opened_in_python_answers_like_the_command(kg: KnowledgeGraph) -> None:
    mine = cdpgraph.open()
    assert mine.folder == kg.folder
    assert cdpgraph.who(mine, "SRO", area="Herefordshire", on="2022-10-01") == cdpgraph.who(
        kg, "SRO", area="Herefordshire", on="2022-10-01"
    )
