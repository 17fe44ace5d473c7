"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cdpgraph import files
from cdpgraph.errors import UsageError


@pytest.mark.parametrize("content", ["words: é", b"\x00\xff"])
def test_a_file_is_written_whole_with_nothing_beside_it(tmp_path: Path, content: str | bytes) -> None:
    file = tmp_path / "answer.csv"
    files.save(str(file), content)
    assert file.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert os.listdir(file.parent) == ["answer.csv"]


def test_a_file_may_be_read_by_whoever_may_read_other_new_files(tmp_path: Path) -> None:
    files.save(str(tmp_path / "a"), "x")
    (tmp_path / "b").write_text("x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no folder"):
        files.save(str(tmp_path / "mistyped" / "answer.csv"), "x")
    assert os.listdir(tmp_path) == []


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "answer.csv"
    file.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.save(str(file), "new")
    assert (file.read_text(), os.listdir(tmp_path)) == ("old", ["answer.csv"])
