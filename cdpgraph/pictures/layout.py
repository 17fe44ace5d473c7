"""Layout: sectors as columns, levels of government as rows, the boards in the middle, the handovers along the foot.

Nothing is random and nothing moves: the place of a node follows from what it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from itertools import combinations_with_replacement
from typing import NamedTuple

from cdpgraph.pictures import boxes
from cdpgraph.pictures.boxes import Box
from cdpgraph.pictures.scene import Node, Scene

COLUMNS = ("justice", "health", "middle", "local-government", "community")
ROWS = ("nation", "region", "force-area", "council", "service")
COLUMN_TITLES = ("Justice", "Health", "Boards and centre", "Local government", "Community")
ROW_TITLES = ("Nation", "Region", "Police, health or combined area", "Council", "Services")
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


Cells = dict[tuple[str, str], list[Node]]


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
    foot = sum(boxes.SEAM + GAP for s in scene.seams if s.node.shape == "seam")
    wide = _widths(cells, boxes.clusters([n for n in scene.nodes if _in_middle(n)]), foot)
    columns, x = [], float(MARGIN)
    for key, title in zip(COLUMNS, COLUMN_TITLES, strict=True):
        columns.append(Band((title,), x, 0, wide[key].room, 0))
        x += wide[key].room + GUTTER
    right = x - GUTTER
    rows = _rows(cells, wide, right)
    placed: dict[str, Box] = {}
    inward = _inward(scene)
    for name, row in rows.items():
        for band, key in zip(columns, COLUMNS, strict=True):
            placed.update(boxes.flow(cells[key, name], (band.x, row.y, band.w, row.h), wide[key].across, inward[key]))
    y = max(r.y + r.h for r in rows.values())
    first = next((r.y for name, r in rows.items() if name != ROWS[0]), y)
    placed.update(boxes.centred(wide["middle"].cluster, columns[2].x, first, columns[2].w, y - first))
    height, feet = boxes.seams(scene, placed, [(c.x, c.w) for c in columns], y + GAP * 2, right)
    bands = [*rows.values(), *(Band(title, 0, top, right, h, layer) for title, top, h, layer in feet)]
    whole = max([height, *(b.y + b.h + GAP for b in bands if b.layer)])
    columns = [c._replace(h=y + GAP) for c in columns]
    return Layout(right, height, whole, placed, tuple(columns), tuple(bands))


def _rows(cells: Cells, wide: dict[str, _Width], right: float) -> dict[str, Band]:
    """Return the rows that are used, made higher where the boards in the middle need more room than they give."""
    used = [r for r in ROWS if _row(cells, wide, r)] or ["service"]
    lacking = max(wide["middle"].cluster.height - _height(cells, wide, ROWS[1:]), 0)
    share = lacking / max(len([r for r in used if r != ROWS[0]]), 1)
    rows, y = {}, float(HEAD)
    for r in used:
        h = _row(cells, wide, r) + (share if r != ROWS[0] else 0)
        rows[r] = Band(boxes.title(ROW_TITLES[ROWS.index(r)]), 0, y, right, h)
        y += h + GAP * 2
    return rows


class _Width(NamedTuple):
    """How many boxes a column is across, the room that takes, and the boards set out for it (in the middle only)."""

    across: int
    room: float
    cluster: boxes.Cluster


def _widths(cells: Cells, cluster: boxes.Clusters, foot: float) -> dict[str, _Width]:
    """Widen the column, two columns or all that make the picture largest on a sheet of the wanted proportions."""
    choices = {key: [_column_width(cells, cluster, key, n) for n in range(1, 25)] for key in COLUMNS}
    chosen = dict.fromkeys(COLUMNS, 0)

    def size(numbers: dict[str, int]) -> float:
        wide = {key: choices[key][n] for key, n in numbers.items()}
        return max(_across(wide), (_total(cells, wide) + foot) * ASPECT)

    best = size(chosen)
    while True:
        together = [*combinations_with_replacement(COLUMNS, 2), COLUMNS]
        steps = [{k: min(chosen[k] + (k in some), len(choices[k]) - 1) for k in COLUMNS} for some in together]
        found, wider = min(((size(step), step) for step in steps), key=lambda each: each[0])
        if found >= best:
            return {key: choices[key][n] for key, n in chosen.items()}
        best, chosen = found, wider


def _column_width(cells: Cells, cluster: boxes.Clusters, key: str, across: int) -> _Width:
    room = across * boxes.WIDE + (across - 1) * GAP
    if key != "middle":
        return _Width(across, room, boxes.Cluster({}, 0, 0))
    set_out = cluster(across)
    return _Width(max(across, int((set_out.width + GAP) // (boxes.WIDE + GAP))), max(room, set_out.width), set_out)


def _across(wide: dict[str, _Width]) -> float:
    return MARGIN + sum(w.room + GUTTER for w in wide.values()) - GUTTER


def _total(cells: Cells, wide: dict[str, _Width]) -> float:
    below = _height(cells, wide, ROWS[1:])
    return HEAD + _height(cells, wide, ROWS[:1]) + max(below, wide["middle"].cluster.height) + GAP * 2


def _height(cells: Cells, wide: dict[str, _Width], rows: tuple[str, ...]) -> float:
    heights = [h for r in rows if (h := _row(cells, wide, r))]
    return sum(heights) + GAP * 2 * max(len(heights) - 1, 0)


def _row(cells: Cells, wide: dict[str, _Width], row: str) -> float:
    tallest = max(boxes.stacked(cells[key, row], wide[key].across) for key in COLUMNS)
    return tallest + 2 * GAP if tallest else 0


def _inward(scene: Scene) -> dict[str, Callable[[Node], int]]:
    """Return for each column the order of a line: most tied last on the left of the boards, first on their right."""
    tied = Counter(p for t in scene.ties if t.kind != "within" for p in (t.source, t.target))
    ways = {"justice": 1, "health": 1, "middle": 0, "local-government": -1, "community": -1}
    return {key: partial(_pull, tied, way) for key, way in ways.items()}


def _pull(tied: Counter[str], way: int, node: Node) -> int:
    return way * tied[node.id]


def _column(node: Node) -> str:
    return node.sector if node.sector in COLUMNS else "middle"


def _in_middle(node: Node) -> bool:
    return _column(node) == "middle" and node.level != "nation" and not _at_foot(node)


def _at_foot(node: Node) -> bool:
    return node.shape in ("side", "seam") or bool(node.layer)


def _cells(scene: Scene) -> Cells:
    cells: Cells = defaultdict(list)
    homes: dict[str, list[Node]] = defaultdict(list)
    for n in scene.nodes:
        if n.home and n.shape in ("post", "gap"):
            homes[n.home].append(n)
    for n in scene.nodes:
        column = _column(n)
        if _at_foot(n) or n.home or _in_middle(n):
            continue
        row = {"partnership": "force-area"}.get(n.level, n.level)
        cells[column, row if row in ROWS else "service"] += [n, *homes[n.id]]
    return cells
