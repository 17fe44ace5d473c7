"""The map as a file: the same bytes each time, nothing fetched, nothing of the data read as markup, not too large."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cdpgraph.answers import lookup
from cdpgraph.errors import BadDate, UnknownName
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.model import Coverage, Ref
from cdpgraph.pictures import maps
from cdpgraph.pictures.ownership import ownership
from cdpgraph.pictures.scene import Dossier, Node, Scene

HOSTILE = "</script><img src=x onerror=alert(1)>\u2028\"'&<!--"


def scene(kg: KnowledgeGraph, area: str = "West Mercia", on: str = "2022-10-01", scenario: str | None = None) -> Scene:
    moment = Moment(kg, on, scenario)
    return ownership(moment, lookup.area(moment, area).iri)


@pytest.fixture(scope="module")
def west_mercia(kg: KnowledgeGraph) -> str:
    return maps.html(scene(kg))


class Page(HTMLParser):
    """What a browser would load, run or give an id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.targets: list[str] = []
        self.tags: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "meta" and dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attrs).get("content") or ""
        for name, value in attrs:
            if name in ("src", "srcset", "data", "poster", "action", "background") or (tag == "link" and name == "href"):
                self.loads.append(f"{tag} {value}")
            if name == "href" and tag != "a" and not (value or "").startswith("#"):
                self.loads.append(f"{tag} {value}")
            if tag == "a" and name == "href":
                self.targets.append(value or "")
            if name.startswith("on") or name == "style":
                self.handlers.append(name)
            if name == "id" and value:
                self.ids.append(value)


def test_the_same_bytes_twice(kg: KnowledgeGraph, west_mercia: str) -> None:
    assert maps.html(scene(kg)) == west_mercia


def test_nothing_is_fetched(west_mercia: str) -> None:
    page = Page(west_mercia)
    assert page.loads == []
    assert page.handlers == []
    assert "@import" not in west_mercia
    assert not re.search(r"url\((?!data:)", west_mercia.split("<style>")[1].split("</style>")[0])
    assert page.policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in page.policy


def test_links_and_ids_hold(west_mercia: str) -> None:
    page = Page(west_mercia)
    assert len(page.ids) == len(set(page.ids))
    assert {t[1:] for t in page.targets if t.startswith("#")} <= set(page.ids)
    assert all(t.startswith(("#", "https://", "http://")) for t in page.targets)


def test_an_ordinary_area_is_under_a_megabyte_and_a_half(west_mercia: str) -> None:
    assert len(west_mercia.encode()) < 1_500_000


def test_the_handover_is_there_in_words_with_its_paragraph(west_mercia: str) -> None:
    words = west_mercia[west_mercia.index('id="words"') :]
    for said in ("Handover from prison to community treatment", "Turning Point", "Sending side", "Receiving side", "paragraph"):
        assert said in words


def test_hostile_names_stay_text() -> None:
    ref = Ref("https://w3id.org/cdpgraph/id/body/x" + HOSTILE, HOSTILE, "Organisation", HOSTILE)
    node = Node("body/x" + HOSTILE, ref, HOSTILE, "party", "justice", "nation", HOSTILE, below=HOSTILE)
    made = Scene(
        False,
        HOSTILE,
        ref,
        "2022-10-01",
        HOSTILE,
        HOSTILE,
        Coverage(0, ()),
        (node,),
        (),
        (),
        (Dossier(node, note=HOSTILE),),
        (),
    )
    text = maps.html(made)
    page = Page(text)
    assert "img" not in page.tags
    assert page.tags.count("script") == 4
    assert page.handlers == []
    data = json.loads(text.split('<script type="application/json" id="data">')[1].split("</script>")[0])
    assert data["nodes"][0]["full"] == HOSTILE
    assert data["title"] == HOSTILE


def test_links_of_other_schemes_are_not_followed(kg: KnowledgeGraph) -> None:
    from cdpgraph.model import Evidence
    from cdpgraph.pictures.page import link

    document = Ref("d", "d", "Document")
    assert link(Evidence(document, "p", "supports", url="javascript:alert(1)")) == ""
    assert link(Evidence(document, "p", "supports", url="https://www.gov.uk/")) == "https://www.gov.uk/"


@pytest.mark.parametrize("area", ["Herefordshire", "Greater Manchester", "Kent", "England", "Isles of Scilly"])
def test_every_kind_of_area_can_be_drawn(kg: KnowledgeGraph, area: str, tmp_path: Path) -> None:
    file = maps.draw(kg, str(tmp_path / "x.html"), area=area, on="2026-10-01")
    assert Path(file).read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_scenario_leaves_its_mark(kg: KnowledgeGraph) -> None:
    without = scene(kg, on="2028-06-01")
    after = scene(kg, on="2028-06-01", scenario="pccs-abolished-2028")
    pcc = "pcc/E23000016"
    assert next(n for n in without.nodes if n.id == pcc).shape == "party"
    assert not any(n.id == pcc and n.shape == "party" for n in after.nodes)
    assert "pccs-abolished-2028" in maps.html(after)


def test_the_command_writes_the_file_and_says_so_beside_it(kg: KnowledgeGraph, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from cdpgraph.cli.map import command

    file = tmp_path / "map.html"
    done = CliRunner().invoke(command, ["--area", "Herefordshire", "--on", "2022-10-01", "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "Wrote" in done.stderr
    assert file.stat().st_size > 500_000


def test_wrong_words_are_told(kg: KnowledgeGraph, tmp_path: Path) -> None:
    file = str(tmp_path / "x.html")
    with pytest.raises(UnknownName):
        maps.draw(kg, file, area="West Mercia", view="hairball")
    with pytest.raises(UnknownName):
        maps.draw(kg, file, area="Atlantis upon Sea")
    with pytest.raises(BadDate):
        maps.draw(kg, file, area="Kent", on="2022-13-01")
    assert not Path(file).exists()
