"""Names are compared as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdpgraph.facts.names import fold


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Combatting Drugs Partnership", "combating drugs partnership"),
        ("Herefordshire & Worcestershire", "Herefordshire and Worcestershire"),
        ("Bristol, City of", "bristol city"),
        ("King’s Lynn", "Kings Lynn"),
        ("King's Lynn", "Kings Lynn"),
        ("St. Helens", "St Helens"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("  The   Isle of Wight ", "Isle Wight"),
        ("STRASSE", "straße"),
    ],
)
def test_names_that_mean_the_same_fold_alike(one: str, two: str) -> None:
    assert fold(one) == fold(two)


@pytest.mark.parametrize(("one", "two"), [("Northmere", "Southmere"), ("E06000901", "E06000902"), ("R1", "R15"), ("The", "Of")])
def test_names_that_differ_fold_apart(one: str, two: str) -> None:
    assert fold(one) != fold(two)


@given(st.text())
def test_folding_twice_is_folding_once_and_never_takes_all_of_a_name(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert bool(fold(text)) == bool(text.strip())
