"""Each folder of data is one named graph, made of its tables and its Turtle."""

from __future__ import annotations

from pathlib import Path

from laying import ONTOLOGY, WORLD, write

from cdpgraph.facts import sources


def test_each_folder_with_files_is_a_source_named_by_its_path(tmp_path: Path) -> None:
    write(tmp_path / "data" / "places", {"areas.csv": ""})
    write(tmp_path / "data" / "sources" / "paper", {"about.ttl": "", "notes.txt": ""})
    write(tmp_path / "data" / "empty", {"README.md": ""})
    found = sources.find((str(tmp_path / "data"),))
    assert [s.name for s in found] == ["places", "sources/paper"]
    assert [s.graph.rsplit("/graph/")[1] for s in found] == ["places", "sources/paper"]
    assert [[Path(f).name for f in s.files] for s in found] == [["areas.csv"], ["about.ttl"]]


def test_what_an_editor_or_a_file_system_left_behind_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "data" / "places", {"areas.csv": "", "._areas.csv": "", ".hidden.ttl": "", "_old.csv": ""})
    write(tmp_path / "data" / ".git", {"x.csv": ""})
    (found,) = sources.find((str(tmp_path / "data"),))
    assert [Path(f).name for f in found.files] == ["areas.csv"]


def test_a_single_file_is_a_source_of_its_own(tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", {"areas.csv": "", "boards.csv": ""})
    (found,) = sources.find((str(folder / "areas.csv"),))
    assert (found.name, [Path(f).name for f in found.files]) == ("mine", ["areas.csv"])
    assert found.shown(str(folder / "areas.csv")) == "mine/areas.csv"


def test_files_are_shown_from_the_folder_that_holds_the_data() -> None:
    places = next(s for s in sources.find((str(WORLD),)) if s.name == "places")
    assert places.shown(str(WORLD / "places" / "areas.csv")) == "world/places/areas.csv"


def test_the_small_world_uses_every_standard_table() -> None:
    used = {Path(f).stem for s in sources.find((str(WORLD),)) for f in s.files}
    assert used == set(sources.lifts(str(ONTOLOGY / "lifts")))
