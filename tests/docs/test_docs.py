"""Every command and every piece of Python in the documentation is run, and the generated reference is up to date."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cdpgraph.facts.graph import KnowledgeGraph

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "data" / "README.md", ROOT / "ontology" / "README.md"]
)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def fenced(kind: str) -> list[tuple[str, str]]:
    return [(str(p.relative_to(ROOT)), m[2]) for p in PAGES for m in FENCE.finditer(p.read_text("utf-8")) if m[1] == kind]


def blocks() -> list[tuple[str, str]]:
    return [
        (page, "\n".join(line[2:] for line in text.splitlines() if line.startswith("$ "))) for page, text in fenced("console")
    ]


@pytest.mark.parametrize(("page", "commands"), blocks(), ids=[f"{p}-{i}" for i, (p, _) in enumerate(blocks())])
def test_commands_in_the_docs_run(page: str, commands: str, kg: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    for command in commands.splitlines():
        words = shlex.split(command)
        words = [sys.executable, "-m", "cdpgraph", *words[1:]] if words[0] == "cdpgraph" else words
        assert words[0] == sys.executable or words[0] in ("mkdir", "touch")
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "COLUMNS": "100"})
        assert done.returncode == 0, f"{command}\n{done.stderr}"


@pytest.mark.parametrize(("page", "code"), fenced("python"), ids=[f"{p}-{i}" for i, (p, _) in enumerate(fenced("python"))])
def test_python_in_the_docs_runs(page: str, code: str, kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, page, "exec"), {})
    assert capsys.readouterr().out.strip()


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_reference_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert (ROOT / "docs" / "reference.md").read_text("utf-8") == generate.reference(), "run: python docs/generate.py"


def test_no_page_names_a_path_of_a_machine() -> None:
    for page in PAGES:
        text = page.read_text("utf-8")
        assert "/home/" not in text
        assert "/root/" not in text
