"""The command line: every verb starts, every mistake has its words and its exit code, results and remarks stay apart."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from laying import ROOT, write

import cdpgraph
from cdpgraph import cli, workspace
from cdpgraph.facts.graph import KnowledgeGraph

CARD = ("who", "continuity of care", "--area", "Herefordshire", "--on", "2022-10-01")
BOARD_HEAD = "id,name,kind,document,locator\n"


class Outcome(NamedTuple):
    """How a command ended and what it said where."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, on the bundled data."""
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR", "DEBUG"):
        monkeypatch.delenv(name, raising=False)

    monkeypatch.setattr(cli, "_leave", sys.exit)  # this process goes on

    def command(*words: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["cdpgraph", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        sys.stdout.flush()
        out, err = capfd.readouterr()
        code = ended.value.code
        return Outcome(code if isinstance(code, int) else 0, out, err)

    return command


def shell(*words: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "cdpgraph", *words]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, timeout=120, check=False)


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_verb_starts_and_its_help_begins_with_examples(run: Run, verb: str) -> None:
    for flag in ("--help", "-h"):
        code, out, err = run(verb, flag)
        assert (code, err) == (0, "")
        assert out.startswith(f"Usage: cdpgraph {verb}")
        assert re.search(rf"^  (.* \| )?cdpgraph {verb}\b", out, re.M)


@pytest.mark.parametrize("verb", cli.VERBS)
def test_the_examples_of_every_verb_use_options_that_exist(run: Run, verb: str) -> None:
    out = run(verb, "--help").out
    examples, _, options = out.partition("Options:")
    used = set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", "\n".join(re.findall(rf"cdpgraph {verb} .*", examples))))
    assert used <= set(re.findall(r"--?[a-z][a-z-]*", options))


def test_the_help_lists_every_verb(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert all(re.search(rf"^  {verb} +\S", out, re.M) for verb in cli.VERBS)


def test_every_module_of_the_command_line_that_has_a_command_is_a_verb() -> None:
    files = {f.stem for f in (ROOT / "cdpgraph" / "cli").glob("*.py") if "\ndef command(" in f.read_text()}
    assert files == set(cli.VERBS)


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.strip().endswith(cdpgraph.__version__)


@pytest.mark.parametrize(("slip", "meant"), [("woh", "who"), ("gap", "gaps"), ("pathways", "pathway"), ("chekc", "check")])
def test_an_unknown_verb_offers_the_nearest(run: Run, slip: str, meant: str) -> None:
    code, out, err = run(slip)
    assert (code, out) == (2, "")
    assert f"No command '{slip}'. Did you mean '{meant}'?" in err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("who",), 2, "Missing argument 'MATTER'"),
        (("who", "continuity of care", "--area", "Herefordshir", "--on", "soon"), 2, "'soon' is not a date."),
        (("who", "continuity of care", "--on", "1066-10-14"), 2, "outside the years"),
        (
            ("who", "continuity of care", "--area", "Hertfordshireshire"),
            2,
            "No area is called 'Hertfordshireshire'.\nDid you mean '",
        ),
        (("who", "contnuity of cheese"), 2, "No matter is called"),
        (("who", "SRO", "--scenario", "none-such"), 2, "No scenario is called 'none-such'."),
        ((*CARD, "-f", "docx"), 2, "This answer has no format 'docx'.\nChoose one of: table, json"),
        ((*CARD, "-o", "answer.docx"), 2, "has no format 'docx'"),
        ((*CARD, "--colour"), 2, "No such option"),
        (("gaps", "--rule", "no-such-rule"), 2, "No gap rule is called 'no-such-rule'."),
        (("gaps", "--severity", "dire"), 2, "Invalid value for '--severity'"),
        (("gaps", "--top", "0"), 2, "Invalid value for '--top'"),
        (("what", "Nobody and Sons of Nowhere"), 2, "No party is called"),
        (("pathway", "nowhere at all"), 2, "No pathway is called"),
        (("check", "no/such/folder"), 2, "There is no file or folder 'no/such/folder'."),
        (("query", "no-such-file.rq"), 4, "no-such-file.rq: No such file"),
    ],
)
def test_a_mistake_is_told_in_words_on_the_error_side(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    found = run(*words)
    assert (found.code, found.out) == (code, "")
    assert said in found.err
    assert "Traceback" not in found.err


def test_a_result_goes_to_the_one_side_and_remarks_to_the_other(run: Run) -> None:
    code, out, err = run("who", "continuity of care", "--area", "worcestershir", "--on", "2022-10-01", "-f", "json")
    assert code == 0
    assert json.loads(out)["area"]["label"]
    assert "Taking 'worcestershir'" in err
    assert "Taking" not in out


PLACE = ("--area", "Herefordshire", "--on", "2022-10-01")
VERB_AND_FORM = [(CARD, form) for form in ("table", "json", "ndjson", "csv", "tsv", "md", "html")] + [
    (verb, form)
    for verb in (("gaps", *PLACE), ("pathway", *PLACE), ("what", "Herefordshire Council", "--on", "2022-10-01"))
    for form in ("table", "json", "csv")
]


@pytest.mark.parametrize(("verb", "form"), VERB_AND_FORM, ids=lambda w: w if isinstance(w, str) else w[0])
def test_every_answer_comes_in_the_formats_there_are(run: Run, verb: tuple[str, ...], form: str) -> None:
    code, out, _ = run(*verb, "-f", form)
    assert code == 0
    assert out.strip()
    if form == "json":
        assert json.loads(out)["on"] == "2022-10-01"
    if form in ("csv", "tsv"):
        found = list(csv.reader(io.StringIO(out), delimiter="," if form == "csv" else "\t"))
        assert len({len(row) for row in found}) == 1
    if form == "html":
        assert out.startswith("<!doctype html>")


@pytest.mark.parametrize(("name", "start"), [("a.json", "{"), ("a.csv", "matter,"), ("a.md", "| matter"), ("a.html", "<!doctype"), ("a.txt", "From "), ("a", "From ")])  # fmt: skip
def test_the_ending_of_the_file_decides_the_format(run: Run, tmp_path: Path, name: str, start: str) -> None:
    code, out, err = run(*CARD, "-o", str(tmp_path / name))
    assert (code, out) == (0, "")
    assert f"Wrote {tmp_path / name}." in err
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert written.startswith(start) if start != "From " else "NOT-FOUND" in written


def test_a_format_that_is_named_wins_over_the_ending(run: Run, tmp_path: Path) -> None:
    run(*CARD, "-f", "json", "-o", str(tmp_path / "a.csv"))
    assert json.loads((tmp_path / "a.csv").read_text(encoding="utf-8"))


def test_a_hyphen_is_the_screen(run: Run) -> None:
    assert run(*CARD, "-o", "-").out == run(*CARD).out


def test_gaps_fail_on_what_they_are_asked_to_fail_on(run: Run) -> None:
    asked = ("gaps", "--area", "Herefordshire", "--on", "2022-10-01")
    assert run(*asked).code == 0
    assert run(*asked, "--fail-on", "critical").code == 1
    assert run(*asked, "--rule", "handover-without-coordinator", "--fail-on", "critical").code == 0


def test_gaps_may_be_narrowed(run: Run) -> None:
    asked = ("gaps", "--area", "Herefordshire", "--on", "2022-10-01", "-f", "json")
    everything = json.loads(run(*asked).out)["findings"]
    critical = json.loads(run(*asked, "--severity", "critical").out)["findings"]
    assert critical == [f for f in everything if f["severity"] == "critical"]
    assert json.loads(run(*asked, "--top", "2").out)["findings"] == everything[:2]
    assert f"{len(everything)} findings: " in run(*asked[:-2], "--top", "2").out


@pytest.fixture
def small(world_space: workspace.Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> workspace.Workspace:
    """Check the small world instead of the bundled data, with a folder of one's own called ``data``."""
    space = world_space._replace(data=(*world_space.data, str(write(tmp_path / "data", {}))))
    monkeypatch.setattr(workspace, "find", lambda: space)
    return space


@pytest.mark.parametrize("path", ["mine", "mine/boards.csv", "data-new"])
def test_check_finds_what_is_wrong_with_a_folder_or_a_file_and_exits_1(
    run: Run, small: workspace.Workspace, tmp_path: Path, path: str
) -> None:
    folder = path.split("/")[0]
    write(tmp_path / folder, {"boards.csv": BOARD_HEAD + "board/x,X,cpd,minutes,item 1\n"})
    code, out, _ = run("check", str(tmp_path / path))
    assert code == 1
    assert f"{folder}/boards.csv, line 2: column 'kind': 'cpd' is not in the scheme 'party-kind'" in out
    assert "1 fault; nothing was loaded." in out


def test_check_finds_nothing_wrong_with_what_is_sound(run: Run, small: workspace.Workspace, tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", {"boards.csv": BOARD_HEAD + "board/x,X,cdp,minutes,item 1\n"})
    for words in ((), (str(folder),)):
        code, out, _ = run("check", *words)
        assert code == 0
        assert out.startswith("All records are well formed: ")


def test_a_broken_workspace_stops_every_answer_with_file_and_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"cdpgraph.toml": ""})
    write(tmp_path / "data" / "mine", {"boards.csv": BOARD_HEAD + "board/x,X,cpd,003,paragraph 1\n"})
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*CARD)
    assert (code, out) == (4, "")
    assert "data/mine/boards.csv, line 2" in err


def test_a_workspace_that_is_not_there_is_wrong_use(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDPGRAPH_WORKSPACE", "/no/such/folder")
    found = run("info")
    assert found.code == 2
    assert "CDPGRAPH_WORKSPACE names '/no/such/folder'" in found.err


@pytest.mark.parametrize(
    ("query", "words", "code", "said"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", (), 5, "SERVICE is refused"),
        ("DROP ALL", (), 5, "Updates are refused"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", ("--timeout", "0.5"), 5, "stopped after 0.5 seconds"),
        ("SELECT *\n{ ?s ?p }", (), 4, "question.rq, line 2"),
        ("SELECT * { ?s a cdp:Board } LIMIT 1", ("-f", "turtle"), 2, "no format 'turtle'"),
    ],
)
def test_a_query_that_may_not_or_cannot_run_is_told(
    run: Run, tmp_path: Path, query: str, words: tuple[str, ...], code: int, said: str
) -> None:
    write(tmp_path, {"question.rq": query})
    found = run("query", str(tmp_path / "question.rq"), *words)
    assert (found.code, found.out) == (code, "")
    assert said in found.err


def test_a_query_that_is_not_utf_8_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes("# £\nASK { ?s ?p ?o }".encode("latin-1"))
    found = run("query", str(tmp_path / "q.rq"))
    assert found.code == 4
    assert "not UTF-8" in found.err


@pytest.mark.parametrize(
    ("form", "start"),
    [("table", "name"), ("csv", "name"), ("json", "{"), ("md", "| name"), ("html", "<!doctype"), ("ndjson", '{"name"')],
)
def test_a_query_is_answered_in_every_format(run: Run, tmp_path: Path, form: str, start: str) -> None:
    write(tmp_path, {"q.rq": "SELECT ?name { id:area\\/E92000001 rdfs:label ?name }"})
    code, out, err = run("query", str(tmp_path / "q.rq"), "-f", form)
    assert (code, err, "England" in out, out.startswith(start)) == (0, "", True, True)


def test_info_says_what_is_loaded(run: Run, kg: KnowledgeGraph) -> None:
    found = json.loads(run("info", "-f", "json").out)
    assert (found["version"], found["quads"]) == (cdpgraph.__version__, kg.built["quads"])
    assert sum(found["read"].values()) > 100
    assert f"{kg.built['quads']:,} statements" in run("info").out


def test_build_says_what_it_compiled(run: Run, kg: KnowledgeGraph) -> None:
    code, out, _ = run("build")
    assert (code, out.strip()) == (0, f"{kg.built['quads']:,} statements compiled in {kg.folder}")


def test_colour_is_for_terminals_and_for_those_who_ask(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run(*CARD).out
    assert "\033" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run(*CARD).out
    assert "\033[" in coloured
    assert re.sub(r"\033\[\d+m", "", coloured).split() == plain.split()
    assert "\033" not in run(*CARD, "-f", "json").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(*CARD).out == plain


def test_lines_are_no_wider_than_the_window(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert max(len(line) for line in run(*CARD).out.splitlines() if line.startswith(" ")) <= columns


def test_an_error_in_the_code_is_shown_only_to_those_who_debug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from cdpgraph.errors import BadDate

    assert run(*CARD[:-1], "soon").code == 2
    monkeypatch.setattr(sys, "argv", ["cdpgraph", "--debug", *CARD[:-1], "soon"])
    with pytest.raises(BadDate):
        cli.main()


def test_the_module_is_the_command_in_any_locale(kg: KnowledgeGraph, run: Run) -> None:
    done = shell(*CARD, PYTHONUTF8="0", LC_ALL="C", COLUMNS="100")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8") == run(*CARD).out
    assert "“" in done.stdout.decode("utf-8")


def test_names_beyond_ascii_work_in_any_locale(kg: KnowledgeGraph) -> None:
    done = shell("who", "SRO", "--area", "Ærøskøbing", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith("cdpgraph: No area is called '")


def test_a_reader_that_goes_away_is_no_error(kg: KnowledgeGraph) -> None:
    command = [sys.executable, "-m", "cdpgraph", *CARD]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said
