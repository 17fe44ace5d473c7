"""Where things are kept: the bundled data, a folder of one's own laid over it, the cache."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from laying import ROOT, write

from cdpgraph import workspace
from cdpgraph.errors import UsageError


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A workspace of one's own."""
    write(tmp_path / "mine" / "data" / "people", {"people.csv": "id,name\n"})
    return write(tmp_path / "mine", {"cdpgraph.toml": ""})


def test_in_a_checkout_the_bundled_data_are_those_of_the_checkout() -> None:
    assert workspace.bundled_root() == str(ROOT)


def test_without_a_workspace_there_are_the_bundled_data_only(tmp_path: Path) -> None:
    found = workspace.find(str(tmp_path))
    assert (found.ontology, found.data) == (str(ROOT / "ontology"), (str(ROOT / "data"),))


def test_the_nearest_settings_file_upward_names_the_workspace(mine: Path) -> None:
    for start in (mine, mine / "data", mine / "data" / "people"):
        assert workspace.find(str(start)).data == (str(ROOT / "data"), str(mine / "data"))


def test_a_variable_names_a_workspace_outright(mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDPGRAPH_WORKSPACE", str(mine))
    assert workspace.find(str(tmp_path)).data[-1] == str(mine / "data")
    monkeypatch.setenv("CDPGRAPH_WORKSPACE", str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="nowhere"):
        workspace.find()


def test_a_workspace_without_data_adds_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"cdpgraph.toml": ""})
    assert len(workspace.find(str(tmp_path)).data) == 1


def test_the_checkout_is_not_laid_over_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDPGRAPH_WORKSPACE", str(ROOT))
    assert len(workspace.find().data) == 1


@pytest.mark.parametrize(
    ("system", "settings", "folder"),
    [
        ("linux", {"CDPGRAPH_CACHE": "/a/b"}, "/a/b"),
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/cdpgraph"),
        ("linux", {}, "~/.cache/cdpgraph"),
        ("darwin", {}, "~/Library/Caches/cdpgraph"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/cdpgraph"),
        ("win32", {}, "~/cdpgraph"),
    ],
)
def test_the_cache_is_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, system: str, settings: dict[str, str], folder: str
) -> None:
    for name in ("CDPGRAPH_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(workspace.sys, "platform", system)
    assert workspace.cache_folder() == os.path.expanduser(folder)


def test_files_are_those_that_compiling_depends_on(mine: Path) -> None:
    write(mine / "data", {".hidden.csv": "", "_old.csv": "", "notes.txt": "", "more.ttl": ""})
    found = [Path(f) for f in workspace.find(str(mine)).files()]
    assert [f.name for f in found if mine in f.parents] == ["more.ttl", "people.csv"]
    assert {ROOT / "cdpgraph" / "facts" / "build.py", ROOT / "ontology" / "cdp.ttl"} <= set(found)


def test_the_key_of_content_depends_on_content_and_names_and_not_on_the_place(tmp_path: Path) -> None:
    def key(place: str, files: dict[str, str]) -> str:
        folder = write(tmp_path / place, files)
        return workspace.content_hash(sorted(str(f) for f in folder.iterdir()), (str(folder),))

    one = key("one", {"a.csv": "x", "b.csv": "y"})
    assert one == key("two", {"a.csv": "x", "b.csv": "y"})
    others = [
        key("3", {"a.csv": "x"}),
        key("4", {"a.csv": "y", "b.csv": "x"}),
        key("5", {"a.csv": "xy", "b.csv": ""}),
        key("6", {"a.csv": "x", "c.csv": "y"}),
    ]
    assert len({one, *others}) == 5


def test_a_missing_cache_is_no_error_and_a_broken_note_leads_nowhere(mine: Path, tmp_path: Path) -> None:
    space = workspace.find(str(mine))._replace(cache=str(tmp_path / "cache"))
    assert workspace.compiled_folder(space) is None
    workspace.note_compiled(space, "no-such-folder")
    assert workspace.compiled_folder(space) is None
