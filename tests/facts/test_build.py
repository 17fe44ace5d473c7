"""The build keeps what is sound, by content, and nothing else; it can be repeated, shared and killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from laying import ONTOLOGY, ROOT, WORLD, write

from cdpgraph import workspace
from cdpgraph.errors import BadInput, BadRecords
from cdpgraph.facts import build
from cdpgraph.facts.graph import KnowledgeGraph, open_graph
from cdpgraph.vocab import PREFIXES

TURTLE = "".join(f"@prefix {p}: <{u}> .\n" for p, u in PREFIXES.items())
SCRIPT = """
import sys
from cdpgraph import workspace
from cdpgraph.facts import build
space = workspace.Workspace(sys.argv[1], (sys.argv[2],), sys.argv[3])
if len(sys.argv) > 4:
    real = build.index.write
    def slow(*args):
        real(*args)
        print("half done", flush=True)
        sys.stdin.read()
    build.index.write = slow
print(build.compiled(space))
"""


@pytest.fixture
def space(tmp_path: Path) -> workspace.Workspace:
    """A copy of the small world with a cache of its own."""
    shutil.copytree(WORLD, tmp_path / "world")
    return workspace.Workspace(str(ONTOLOGY), (str(tmp_path / "world"),), str(tmp_path / "cache"))


def results(space: workspace.Workspace) -> list[str]:
    """What the cache holds of what was compiled, finished or not."""
    return sorted(n for n in os.listdir(space.cache) if n != "touched") if os.path.isdir(space.cache) else []


def faults(space: workspace.Workspace, files: dict[str, str]) -> list[BadInput]:
    """What is wrong once these files are laid into the world."""
    write(Path(space.data[0]) / "more", files)
    with pytest.raises(BadRecords) as found:
        build.compiled(space)
    return list(found.value.faults)


def test_a_cold_build_is_kept_and_found_again_without_building(
    space: workspace.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workspace.compiled_folder(space) is None
    folder = build.compiled(space)
    assert workspace.compiled_folder(space) == folder
    monkeypatch.setattr(build, "build", lambda *_: pytest.fail("built again"))
    assert build.compiled(space) == folder
    assert KnowledgeGraph(folder, space).built["quads"] > 1000


def test_a_file_that_was_only_touched_is_not_built_again(space: workspace.Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build.compiled(space)
    os.utime(Path(space.data[0]) / "places" / "areas.csv", (1, 1))
    assert workspace.compiled_folder(space) is None
    monkeypatch.setattr(build, "build", lambda *_: pytest.fail("built again"))
    assert build.compiled(space) == folder
    assert workspace.compiled_folder(space) == folder


@pytest.mark.parametrize("change", ["changed", "added", "removed", "renamed"])
def test_whatever_happens_to_a_file_leads_to_another_build(space: workspace.Workspace, change: str) -> None:
    before = build.compiled(space)
    file = Path(space.data[0]) / "partnership" / "grants.csv"
    if change == "changed":
        file.write_text(file.read_text().replace("250000", "250001"))
    elif change == "added":
        write(file.parent, {"people.more.csv": "id,name\nben-holt,Ben Holt\n"})
    elif change == "removed":
        file.unlink()
    else:
        file.rename(file.parent / "grants.of-2022.csv")
    assert workspace.compiled_folder(space) is None
    after = build.compiled(space)
    assert (after != before, results(space)) == (True, sorted((os.path.basename(before), os.path.basename(after))))


def test_two_tables_of_one_kind_may_stand_side_by_side(space: workspace.Workspace) -> None:
    write(Path(space.data[0]) / "partnership", {"people.more.csv": "id,name\nben-holt,Ben Holt\n"})
    rows = KnowledgeGraph(build.compiled(space), space).index.rows("thing", "label", type="OfficeHolder")
    assert sorted(rows) == [("Ada Marsh",), ("Ben Holt",)]


def test_broken_data_keep_nothing_and_leave_no_folder(space: workspace.Workspace) -> None:
    faults(space, {"areas.csv": "code\nE1\n"})
    assert results(space) == []
    assert workspace.compiled_folder(space) is None


def test_broken_data_leave_what_was_compiled_before_as_it_was(space: workspace.Workspace) -> None:
    before = build.compiled(space)
    faults(space, {"areas.csv": "code\nE1\n"})
    with pytest.raises(BadRecords):
        build.rebuild(space)
    assert results(space) == [os.path.basename(before)]
    shutil.rmtree(Path(space.data[0]) / "more")
    assert build.compiled(space) == before


def test_a_rebuild_takes_the_place_of_what_was_there(space: workspace.Workspace) -> None:
    folder = build.compiled(space)
    mark = write(Path(folder), {"mark": ""}) / "mark"
    build.rebuild(space)
    assert (mark.exists(), workspace.compiled_folder(space), results(space)) == (False, folder, [os.path.basename(folder)])


def test_two_processes_may_build_at_once(space: workspace.Workspace) -> None:
    command = [sys.executable, "-c", SCRIPT, space.ontology, space.data[0], space.cache]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [p.communicate(timeout=60)[0].strip() for p in both]
    assert [p.returncode for p in both] == [0, 0]
    assert said[0] == said[1] == workspace.compiled_folder(space)
    assert results(space) == [os.path.basename(said[0])]
    assert len(KnowledgeGraph(said[0], space).store) == KnowledgeGraph(said[0], space).built["quads"]


def test_a_killed_build_leaves_nothing_that_is_mistaken_for_a_result(space: workspace.Workspace) -> None:
    command = [sys.executable, "-c", SCRIPT, space.ontology, space.data[0], space.cache, "slow"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half done\n"
        process.kill()
    assert [n.startswith(".building-") for n in results(space)] == [True]
    assert workspace.compiled_folder(space) is None
    folder = build.compiled(space)
    assert len(KnowledgeGraph(folder, space).store) > 1000


def test_what_was_left_unfinished_or_unused_for_a_month_is_swept_away(space: workspace.Workspace) -> None:
    long_ago = time.time() - 31 * 86400
    for name in (".building-old", "0123456789", "fresh"):
        write(Path(space.cache) / name, {"index.sqlite": ""})
        if name != "fresh":
            os.utime(Path(space.cache) / name, (long_ago, long_ago))
    folder = build.compiled(space)
    assert results(space) == sorted(["fresh", os.path.basename(folder)])


def test_every_fault_of_every_table_is_told_at_once_with_file_and_line(space: workspace.Workspace) -> None:
    found = faults(space, {"areas.csv": "code\nE1\n", "boards.csv": "id,name,kind,document,locator\nboard/b,B,cpd,minutes,1\n"})
    assert ("world/more/boards.csv", 2) in [(f.file, f.line) for f in found]
    assert {f.file for f in found} == {"world/more/areas.csv", "world/more/boards.csv"}
    assert all(f.fix for f in found)


@pytest.mark.parametrize(
    ("name", "content", "line", "what"),
    [
        ("boards.csv", "id,name,kind,document,locator\nboard/b,B,cdp,minutes,1\nboard/c,C,cdp,nowhere,1\n", 3, "the document is not on record"),
        ("boards.csv", "id,name,kind,parent,document,locator\nboard/b,B,cdp,board/x,minutes,1\n", 2, "the board it belongs to is not on record (board/x)"),
        ("boards.csv", "id,name,kind,document,locator\nboard/b,B,cdp,minutes,1\nboard/b,C,cdp,minutes,2\n", 2, "there are two names"),
        ("holdings.csv", "post,holder,standing,document,locator\ncouncil/E06000901,pcc/E23000901,practised,minutes,1\n", 2, "the post must be one that is on record (council/E06000901)"),
        ("footprints.csv", "party,area,from,until,standing,document,locator\npolice/E23000901,E06000903,2023,2022,practised,minutes,1\n", 2, "the first day must be one date (2023-01-01)"),
        ("handovers.csv", "id,from_stage,to_stage,document,locator\ninto-treatment,prison,nowhere,minutes,1\n", 2, "the stage people reach must be one"),
        ("made.ttl", f"{TURTLE}\nid:area\\/E1\n  a cdp:Area .\n", 15, "the name is missing"),
        ("made.ttl", "<board/bb> a <b> .\n<board/b> a <https://w3id.org/cdpgraph/ont#Board> .\n", 2, "no document says so"),
    ],
)  # fmt: skip
def test_a_record_that_breaks_a_shape_is_found_in_its_file_and_line(
    space: workspace.Workspace, name: str, content: str, line: int, what: str
) -> None:
    found = [f for f in faults(space, {name: content}) if what in f.what]
    assert {(f.file, f.line) for f in found} == {(f"world/more/{name}", line)}
    assert "ontology/shapes/" in found[0].fix


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("@prefix cdp: <https://w3id.org/cdpgraph/ont#> .\n<a> a cdp:Area\n<b> a cdp:Area .\n", 3, ""),
        ("<a> a cdp:Area .\n", 1, "cdp"),
        ("<a> a <b> .\n[] a <b> .\n", None, "a blank node"),
        ("<a> <p> [ <q> <b> ] .\n", None, "a blank node"),
        ("_:x <q> <b> .\n", None, "a blank node"),
        ("<a> <p> ( <b> ) .\n", None, "a blank node"),
        ("<a> <p> _:b .\n", None, "a blank node"),
    ],
)
def test_turtle_that_does_not_parse_or_has_blank_nodes_is_refused(
    space: workspace.Workspace, content: str, line: int | None, what: str
) -> None:
    (found,) = faults(space, {"made.ttl": content})
    assert (found.file, found.line) == ("world/more/made.ttl", line)
    assert what in found.what


def test_the_progress_of_a_build_is_told_step_by_step(space: workspace.Workspace) -> None:
    said: list[str] = []
    build.compiled(space, said.append)
    assert said == ["reading 3 sources", "checking every record", "writing the store"]


def test_a_workspace_of_ones_own_is_laid_over_the_bundled_data(
    space: workspace.Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ontology").symlink_to(ONTOLOGY)
    (tmp_path / "world").rename(tmp_path / "data")
    monkeypatch.setattr(workspace, "bundled_root", lambda: str(tmp_path))
    write(tmp_path / "mine", {"cdpgraph.toml": ""})
    write(tmp_path / "mine" / "data" / "people", {"people.csv": "id,name\nben-holt,Ben Holt\n"})
    found = open_graph(str(tmp_path / "mine")).index.rows("thing", "label", type="OfficeHolder")
    assert sorted(found) == [("Ada Marsh",), ("Ben Holt",)]
