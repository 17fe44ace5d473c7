"""The index gives rows by table and key, and areas as sets of smallest areas."""

from __future__ import annotations

import shutil
from pathlib import Path

from cdpgraph.facts import index
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.records import Records
from cdpgraph.vocab import ID


def area(world: KnowledgeGraph, code: str) -> tuple[int, int]:
    found = Records(world.index).area(f"{ID}area/{code}")
    return found.whole, found.part


def test_rows_are_found_by_one_key_or_by_many(world: KnowledgeGraph) -> None:
    one = world.index.rows("thing", "label", iri=ID + "prison/MRE")
    many = world.index.rows(
        "thing", "label", iri=[ID + "prison/MRE", ID + "icb/QME", ID + "nothing/there"], type="Organisation"
    )
    assert one == [("HMP Mere",)]
    assert sorted(many) == [("HMP Mere",), ("NHS Mereshire Integrated Care Board",)]


def test_more_keys_than_a_query_may_have_are_asked_in_parts(world: KnowledgeGraph) -> None:
    keys = [f"{ID}nothing/{n}" for n in range(1200)] + [ID + "prison/MRE"]
    assert world.index.rows("thing", "label", iri=keys) == [("HMP Mere",)]


def test_no_keys_find_nothing(world: KnowledgeGraph) -> None:
    assert world.index.rows("thing", "label", iri=[]) == []


def test_larger_areas_are_unions_of_smaller_ones(world: KnowledgeGraph) -> None:
    north, south, far = (area(world, f"E0600090{n}")[0] for n in (1, 2, 3))
    assert all(m.bit_count() == 1 for m in (north, south, far))
    assert area(world, "E23000901") == area(world, "cdp-mereshire") == (north | south, 0)
    assert area(world, "E92000001") == (north | south | far, 0)


def test_an_area_touches_what_belongs_to_it_in_part_without_covering_it(world: KnowledgeGraph) -> None:
    assert area(world, "E54000901") == (area(world, "E23000901")[0], area(world, "E06000903")[0])


def test_an_area_that_is_not_on_record_covers_nothing(world: KnowledgeGraph) -> None:
    assert area(world, "E00000000") == (0, 0)


def test_a_file_in_a_folder_with_odd_characters_opens(world: KnowledgeGraph, tmp_path: Path) -> None:
    folder = tmp_path / "what? 100% #1"
    shutil.copytree(world.folder, folder)
    opened = index.Index(str(folder / "index.sqlite"))
    assert opened.rows("thing", "label", iri=ID + "prison/MRE") == [("HMP Mere",)]
    opened.close()
