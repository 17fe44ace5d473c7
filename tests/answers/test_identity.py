"""A finding keeps its id from one meeting to the next."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdpgraph.answers import asking
from cdpgraph.answers.identity import finding_id, missing_part, missing_part_rule
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.model import Ref
from cdpgraph.vocab import concept

WORD = st.one_of(st.none(), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=8))


@given(st.tuples(WORD, WORD, WORD, WORD), st.tuples(WORD, WORD, WORD, WORD))
def test_two_findings_have_one_id_only_if_they_are_about_the_same(
    one: tuple[str | None, ...], two: tuple[str | None, ...]
) -> None:
    assert (finding_id("a-rule", *one) == finding_id("a-rule", *two)) is (one == two)


def test_the_same_word_in_another_place_is_another_finding() -> None:
    ids = {finding_id("a-rule", *places) for places in set(itertools.permutations(["x", None, None, None]))}
    assert len(ids) == 4


@pytest.mark.parametrize(
    ("kind", "involvement", "rule"),
    [
        ("Handover", "coordinates", "handover-without-coordinator"),
        ("Handover", "sends", "handover-side-missing"),
        ("Handover", "receives", "handover-side-missing"),
        ("Handover", "accountable", "expected-part-missing"),
        ("Responsibility", "sends", "expected-part-missing"),
    ],
)
def test_a_missing_part_is_reported_by_the_rule_made_for_it(kind: str, involvement: str, rule: str) -> None:
    assert missing_part_rule(kind, concept("involvement", involvement)) == rule
    assert missing_part(Ref("m", "M", kind), concept("involvement", involvement), "a").startswith(rule + "-")


def test_a_finding_has_the_same_id_on_another_day_and_in_a_wider_area(world: KnowledgeGraph) -> None:
    def ids(area: str, on: str) -> set[str]:
        return {f.id for f in asking.gaps(world, area=area, on=on, rule="expected-part-missing").findings}

    one = ids("E23000901", "2023-03-01")
    assert one == ids("E23000901", "2023-04-01")
    assert one < ids("England", "2023-03-01")
    assert len(one) == 3
