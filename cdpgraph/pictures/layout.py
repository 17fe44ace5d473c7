"""Layout: sectors as columns, levels of government as rows, the boards in the middle, the handovers along the foot.

Nothing is random and nothing moves: the place of a node follows from what it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations_with_replacement
from typing import NamedTuple

from cdpgraph.pictures import boxes
from cdpgraph.pictures.boxes import Box
from cdpgraph.pictures.scene import Node, Scene

COLUMNS = ("justice", "health", "middle", "local-government", "community")
ROWS = ("nation", "region", "force-area", "council", "service")
COLUMN_TITLES = ("Justice", "Health", "Boards and centre", "Local government", "Community")
ROW_TITLES = ("Nation", "Region", "Police, health or combined area", "Council", "Services")
_FOOT = ("side", "seam", "tile")
ASPECT = 2.1  # of the whole picture: a laptop window under a heading, nearly an A3 sheet
GAP, GUTTER, MARGIN, HEAD = 10, 44, 112, 46


class Band(NamedTuple):
    """A column (``x`` and ``w`` matter) or a row (``y`` and ``h``) with its title."""

    title: tuple[str, ...]
    x: float
    y: float
    w: float
    h: float
    layer: str = ""


class Layout(NamedTuple):
    """Where everything is, in pixels at full size from the top left; ``height`` leaves out what waits to be drawn."""

    width: float
    height: float
    whole: float
    boxes: dict[str, Box]
    columns: tuple[Band, ...]
    rows: tuple[Band, ...]


def layout(scene: Scene) -> Layout:
    """Return the place of every node; the same scene always gives the same places."""
    cells = _cells(scene)
    cluster = boxes.clusters([n for n in scene.nodes if _column(n) == "middle" and n.level != "nation" and n.shape not in _FOOT])
    foot = sum(boxes.SEAM + GAP for s in scene.seams if s.node.shape == "seam")
    wide = _widths(cells, cluster, foot)
    placed: dict[str, Box] = {}
    columns, x = [], float(MARGIN)
    for key, title in zip(COLUMNS, COLUMN_TITLES, strict=True):
        columns.append(Band((title,), x, 0, wide[key].room, 0))
        x += wide[key].room + GUTTER
    right = x - GUTTER
    rows, y = [], float(HEAD)
    tops: dict[str, float] = {}
    middle = max(wide["middle"].cluster.height - _height(cells, wide, ROWS[1:]), 0)
    inward = _inward(scene)
    used = [r for r in ROWS if _row(cells, wide, r)] or ["service"]
    for r in used:
        h = _row(cells, wide, r) + (middle / max(len(used) - (ROWS[0] in used), 1) if r != ROWS[0] else 0)
        rows.append(Band(boxes.title(ROW_TITLES[ROWS.index(r)]), 0, y, right, h))
        tops[r] = y
        for band, key in zip(columns, COLUMNS, strict=True):
            placed.update(boxes.flow(cells[key, r], band.x, y, h, wide[key].across, band.w, inward[key]))
        y += h + GAP * 2
    first = next((tops[r] for r in used if r != ROWS[0]), y)
    placed.update(boxes.centred(wide["middle"].cluster, columns[2].x, first, columns[2].w, y - GAP * 2 - first))
    y, band = boxes.seams(scene, placed, [(c.x, c.w) for c in columns], y, right)
    rows += [Band(t, 0, top, right, h, layer) for t, top, h, layer in band if not layer]
    height = y
    others = [(t, top, h, layer) for t, top, h, layer in band if layer]
    rows += [Band(t, 0, top, right, h, layer) for t, top, h, layer in others]
    whole = max([height, *(top + h + GAP for _, top, h, _ in others)])
    columns = [c._replace(h=_seam_top(rows, height)) for c in columns]
    return Layout(right, height, whole, placed, tuple(columns), tuple(rows))


class _Width(NamedTuple):
    """How many boxes a column is across, the room that takes, and the boards set out for it (in the middle only)."""

    across: int
    room: float
    cluster: boxes.Cluster


def _widths(cells: dict[tuple[str, str], list[Node]], cluster: boxes.Clusters, foot: float) -> dict[str, _Width]:
    """Widen the column, or the two columns, that make the whole picture largest on a sheet of the wanted proportions."""
    choices = {key: [_column_width(cells, cluster, key, n) for n in range(1, 16)] for key in COLUMNS}
    chosen = dict.fromkeys(COLUMNS, 0)

    def size(numbers: dict[str, int]) -> float:
        wide = {key: choices[key][n] for key, n in numbers.items()}
        return max(_across(wide), (_total(cells, wide) + foot) * ASPECT)

    best = size(chosen)
    while True:
        steps = [{k: min(chosen[k] + (k in pair), 14) for k in COLUMNS} for pair in combinations_with_replacement(COLUMNS, 2)]
        found, wider = min(((size(step), step) for step in steps), key=lambda each: each[0])
        if found >= best:
            return {key: choices[key][n] for key, n in chosen.items()}
        best, chosen = found, wider


def _column_width(cells: dict[tuple[str, str], list[Node]], cluster: boxes.Clusters, key: str, across: int) -> _Width:
    room = across * boxes.WIDE + (across - 1) * GAP
    if key != "middle":
        return _Width(across, room, boxes.Cluster({}, 0, 0))
    set_out = cluster(across)
    return _Width(max(across, int((set_out.width + GAP) // (boxes.WIDE + GAP))), max(room, set_out.width), set_out)


def _across(wide: dict[str, _Width]) -> float:
    return MARGIN + sum(w.room + GUTTER for w in wide.values()) - GUTTER


def _total(cells: dict[tuple[str, str], list[Node]], wide: dict[str, _Width]) -> float:
    below = _height(cells, wide, ROWS[1:])
    return HEAD + _height(cells, wide, ROWS[:1]) + max(below, wide["middle"].cluster.height) + GAP * 2


def _height(cells: dict[tuple[str, str], list[Node]], wide: dict[str, _Width], rows: tuple[str, ...]) -> float:
    heights = [h for r in rows if (h := _row(cells, wide, r))]
    return sum(heights) + GAP * 2 * max(len(heights) - 1, 0)


def _row(cells: dict[tuple[str, str], list[Node]], wide: dict[str, _Width], row: str) -> float:
    tallest = max(boxes.stacked(cells[key, row], wide[key].across) for key in COLUMNS)
    return tallest + 2 * GAP if tallest else 0


def _inward(scene: Scene) -> dict[str, Callable[[Node], int]]:
    """Return for each column the order of a line: most tied last on the left of the boards, first on their right."""
    tied = Counter(p for t in scene.ties if t.kind != "within" for p in (t.source, t.target))
    ways = {"justice": 1, "health": 1, "middle": 0, "local-government": -1, "community": -1}
    return {key: lambda n, way=way: way * tied[n.id] for key, way in ways.items()}  # type: ignore[misc]


def _seam_top(rows: list[Band], height: float) -> float:
    return next((r.y - GAP for r in rows if r.title and r.title[0].startswith("Prison")), height)


def _column(node: Node) -> str:
    return node.sector if node.sector in COLUMNS else "middle"


def _cells(scene: Scene) -> dict[tuple[str, str], list[Node]]:
    cells: dict[tuple[str, str], list[Node]] = defaultdict(list)
    homes: dict[str, list[Node]] = defaultdict(list)
    for n in scene.nodes:
        if n.home and n.shape in ("post", "gap"):
            homes[n.home].append(n)
    for n in scene.nodes:
        column = _column(n)
        if n.shape in _FOOT or n.home or (column == "middle" and n.level != "nation"):
            continue
        row = {"partnership": "force-area"}.get(n.level, n.level)
        cells[column, row if row in ROWS else "service"] += [n, *homes[n.id]]
    return cells
