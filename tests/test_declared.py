"""The header grammar of declared files: ``# key: value`` before the first line of code, and nothing unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from laying import write

from cdpgraph import declared
from cdpgraph.errors import BadSyntax

NEEDS, MAY = {"title", "why"}, {"slot"}


def read(folder: Path, text: str) -> declared.Declared:
    write(folder, {"a-rule.rq": text})
    return declared.read(str(folder / "a-rule.rq"), NEEDS, MAY)


def test_a_header_is_read_with_its_lines(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "# title: A rule\n# why: Because: it matters.\n\n# slot: one\n#slot:two\nSELECT * { } # title: no\n# why: no\n",
    )
    assert (found.name, found.one("title"), found.one("why")) == ("a-rule", "A rule", "Because: it matters.")
    assert found.all("slot") == [("one", 4), ("two", 5)]
    assert (found.one("other"), found.one("other", "x"), found.all("other")) == ("", "x", [])
    assert found.body.endswith("# why: no\n")


@pytest.mark.parametrize(
    ("text", "line", "what", "fix"),
    [
        ("# title: A\n# why: B\n# sevreity: high\n", 3, "unknown key 'sevreity'", "Keys here: slot, title, why."),
        ("# title: A\nSELECT * { }\n# why: too late\n", 1, "the key 'why' is missing", "Add a line `# why: …`."),
        ("# title:\n# why: B\n", 1, "the key 'title' is missing", "Add a line"),
        ("", 1, "the key 'title' is missing", "Add a line"),
    ],
)
def test_a_header_that_does_not_fit_names_file_line_and_key(tmp_path: Path, text: str, line: int, what: str, fix: str) -> None:
    with pytest.raises(BadSyntax) as found:
        read(tmp_path, text)
    assert (found.value.file, found.value.line, found.value.what) == (str(tmp_path / "a-rule.rq"), line, what)
    assert fix in found.value.fix


def test_a_remark_that_is_no_key_is_only_a_remark(tmp_path: Path) -> None:
    assert read(tmp_path, "# A remark, with no key\n# title: A\n# See: that\n# why: B\n").one("title") == "A"


def test_a_shelf_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, {f"{n}.rq": "# title: A\n# why: B\n" for n in ("b", "a", "c")} | {"x.ttl": "", "README.md": ""})
    assert list(declared.shelf(str(tmp_path), ".rq", NEEDS, MAY)) == ["a", "b", "c"]
