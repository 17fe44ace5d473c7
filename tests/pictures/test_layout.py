"""The layout: no two boxes meet, position means what it says, and the same scene always lies the same way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdpgraph.answers import lookup
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.model import State
from cdpgraph.pictures.boxes import Box
from cdpgraph.pictures.layout import COLUMNS, ROW_TITLES, ROWS, Layout, layout
from cdpgraph.pictures.ownership import ownership
from cdpgraph.pictures.scene import Scene
from cdpgraph.pictures.strokes import strokes
from cdpgraph.pictures.wording import width, wrap

AREAS = [
    ("West Mercia", "2022-10-01"),
    ("Herefordshire", "2026-10-01"),
    ("Greater Manchester", "2024-01-01"),
    ("England", "2022-10-01"),
]


def overlapping(a: Box, b: Box) -> bool:
    return abs(a.x - b.x) < (a.w + b.w) / 2 - 0.01 and abs(a.y - b.y) < (a.h + b.h) / 2 - 0.01


@pytest.fixture(scope="module", params=AREAS, ids=[a for a, _ in AREAS])
def placed(kg: KnowledgeGraph, request: pytest.FixtureRequest) -> tuple[Scene, Layout]:
    area, on = request.param
    moment = Moment(kg, on)
    scene = ownership(moment, lookup.area(moment, area).iri)
    return scene, layout(scene)


def test_everything_has_a_place_inside_the_picture(placed: tuple[Scene, Layout]) -> None:
    scene, lay = placed
    assert set(lay.boxes) == {n.id for n in scene.nodes}
    for n in scene.nodes:
        b = lay.boxes[n.id]
        assert b.w / 2 <= b.x <= lay.width - b.w / 2 + 0.1, n.id
        assert b.h / 2 <= b.y <= (lay.whole if n.layer else lay.height) - b.h / 2 + 0.1, n.id


def test_no_two_boxes_meet(placed: tuple[Scene, Layout]) -> None:
    _, lay = placed
    boxes = sorted(lay.boxes.items(), key=lambda each: each[1].y)
    meet = [(one, two) for i, (one, a) in enumerate(boxes) for two, b in boxes[i + 1 :] if overlapping(a, b)]
    assert meet == []


def test_no_name_is_wider_or_higher_than_its_box(placed: tuple[Scene, Layout]) -> None:
    scene, lay = placed
    for n in scene.nodes:
        b = lay.boxes[n.id]
        bold = n.shape in ("board", "side", "seam")
        assert all(width(line, b.size, bold) <= b.w for line in b.lines), n.name
        assert b.line * len(b.lines) + 16 * len(b.below) <= b.h + 0.1, n.name


def test_columns_are_sectors_and_rows_are_levels(placed: tuple[Scene, Layout]) -> None:
    scene, lay = placed
    rows = {" ".join(r.title): r for r in lay.rows}
    for n in scene.nodes:
        if n.shape not in ("party", "unnamed", "group") or n.sector not in COLUMNS:
            continue
        b, column = lay.boxes[n.id], lay.columns[COLUMNS.index(n.sector)]
        assert column.x - 0.1 <= b.x - b.w / 2, n.id
        assert b.x + b.w / 2 <= column.x + column.w + 0.1, n.id
        row = rows[ROW_TITLES[ROWS.index({"partnership": "force-area"}.get(n.level, n.level))]]
        assert row.y <= b.y <= row.y + row.h, n.id


def test_the_boards_are_in_the_middle_and_custody_is_on_the_left(placed: tuple[Scene, Layout]) -> None:
    scene, lay = placed
    middle = lay.columns[2]
    assert all(
        middle.x <= lay.boxes[n.id].x <= middle.x + middle.w
        for n in scene.nodes
        if n.shape == "board" and n.sector == "partnership"
    )
    for s in scene.seams:
        if s.node.shape == "seam":
            ends = [lay.boxes[f"{s.node.id}/sends"], lay.boxes[s.node.id], lay.boxes[f"{s.node.id}/receives"]]
            assert [b.x for b in ends] == sorted(b.x for b in ends)
            assert len({round(b.y) for b in ends}) == 1


def test_the_same_scene_lies_the_same_way(placed: tuple[Scene, Layout]) -> None:
    scene, lay = placed
    assert layout(scene) == lay


def test_every_tie_has_a_stroke_and_a_disputed_one_swings(placed: tuple[Scene, Layout]) -> None:
    scene, lay = placed
    found = strokes(scene, lay)
    assert {t.id for t in scene.ties} <= {s.id for s in found}
    disputed = scene._replace(ties=tuple(t._replace(state=State.DISPUTED) for t in scene.ties))
    assert all("L" in s.path for s in strokes(disputed, lay))


@given(st.text(min_size=1, max_size=80).filter(str.strip), st.integers(40, 300))
def test_wrapped_lines_fit_and_say_the_same(text: str, room: int) -> None:
    lines = wrap(text, room, 15, most=99)
    assert all(width(line, 15) <= room or len(line.rstrip("-")) <= 1 for line in lines)
    assert "".join("".join(lines).split()).replace("-", "") == "".join(text.split()).replace("-", "")
