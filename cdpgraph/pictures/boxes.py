"""Boxes: how large each node is with its name wrapped, and how boxes are set beside one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from cdpgraph.pictures.scene import Node, Scene
from cdpgraph.pictures.wording import wrap

WIDE, BOARD, GAP = 166, 356, 10
SIZE, SMALL, LINE, SMALL_LINE, PAD = 15, 13, 18, 16, 7
LARGE, SEAM, TILE = 21, 92, 272
MARKED = ("post", "gap", "unnamed", "gone", "side")  # shapes with the sign of their state before the name


class Box(NamedTuple):
    """A node's middle and size, and its lines: the name, and what stands below it in smaller letters."""

    x: float
    y: float
    w: float
    h: float
    lines: tuple[str, ...]
    below: tuple[str, ...]
    size: int = 15

    @property
    def line(self) -> int:
        """The height of a line of the name."""
        return self.size + 3


class Cluster(NamedTuple):
    """Boards with their posts, set out from a corner of their own."""

    boxes: dict[str, Box]
    width: float
    height: float


Room = tuple[float, float, float, float]  # left, top, width, height
Clusters = Callable[[int], Cluster]


def sized(node: Node, w: float) -> Box:
    """Return the box of a node in its width, as high as its lines need."""
    size = LARGE if node.shape == "side" else SIZE + 2 if node.shape == "board" and w > WIDE else SIZE
    room = w - 2 * PAD - (24 if node.shape in MARKED else 0)
    lines = wrap(node.name, room, size, bold=node.shape in ("board", "side"))
    small, most = (SIZE, 2) if node.shape == "side" else (SMALL, 3)
    below = wrap(node.below, room, small, most=most) if node.below else ()
    h = 2 * PAD + (size + 3) * len(lines) + SMALL_LINE * len(below) + (3 if node.shape == "board" else 0)
    return Box(0, 0, w, max(h, 36), lines, below, size)


def stacked(nodes: list[Node], across: int) -> float:
    """Return how high nodes are, set ``across`` to a line."""
    heights = [sized(n, WIDE).h for n in nodes]
    lines = [max(heights[i : i + across]) for i in range(0, len(heights), across)]
    return sum(lines) + GAP * max(len(lines) - 1, 0)


def flow(nodes: list[Node], room: Room, across: int, inward: Callable[[Node], int]) -> dict[str, Box]:
    """Set nodes ``across`` to a line, each line in the middle of the column, all in the middle of the row.

    ``inward`` orders a line, so that what is tied most stands nearest to the boards.
    """
    placed: dict[str, Box] = {}
    x, y, w, h = room
    top = y + (h - stacked(nodes, across)) / 2
    for i in range(0, len(nodes), across):
        line = sorted(((n, sized(n, WIDE)) for n in nodes[i : i + across]), key=lambda each: inward(each[0]))
        high = max(b.h for _, b in line)
        left = x + (w - len(line) * WIDE - (len(line) - 1) * GAP) / 2
        for j, (n, b) in enumerate(line):
            placed[n.id] = b._replace(x=left + j * (WIDE + GAP) + WIDE / 2, y=top + high / 2, h=high)
        top += high + GAP
    return placed


def clusters(nodes: list[Node]) -> Clusters:
    """Return a function that sets boards with their posts out in so many columns."""
    homes: dict[str, list[Node]] = defaultdict(list)
    for n in nodes:
        if n.home:
            homes[n.home].append(n)
    tiles = any(n.shape == "tile" for n in nodes)
    heads = sorted((n for n in nodes if not n.home), key=lambda n: (n.shape == "gap", tiles and n.shape != "tile"))
    sets = [_board(n, homes[n.id], TILE if tiles else BOARD) for n in heads]
    unit, gap = (max(s.width for s in sets), GAP if tiles else 2 * GAP) if sets else (0.0, 0)

    def set_out(across: int) -> Cluster:
        heights = [0.0] * across
        placed: dict[str, Box] = {}
        for each in sets:
            i = heights.index(min(heights))
            for key, b in each.boxes.items():
                placed[key] = b._replace(x=b.x + i * (unit + gap), y=b.y + heights[i])
            heights[i] += each.height + gap
        n = min(across, len(sets))
        return Cluster(placed, max(n * (unit + gap) - gap, 0), max(*heights, 0) - gap if sets else 0)

    return set_out


def _board(board: Node, posts: list[Node], width: int) -> Cluster:
    """Set a board over its posts, two to a line; a tile stands alone."""
    b = tile(board, width) if board.shape == "tile" else sized(board, width)
    if not posts:
        return Cluster({board.id: b._replace(x=width / 2, y=b.h / 2)}, width, b.h)
    placed = {board.id: b._replace(x=width / 2, y=b.h / 2)}
    y, half = b.h + 6, (width - 6) / 2
    for i in range(0, len(posts), 2):
        pair = [(n, sized(n, half)) for n in posts[i : i + 2]]
        high = max(p.h for _, p in pair)
        for j, (n, p) in enumerate(pair):
            placed[n.id] = p._replace(x=half / 2 + j * (half + 6), y=y + high / 2, h=high)
        y += high + 6
    return Cluster(placed, width, y - 6)


def centred(cluster: Cluster, x: float, y: float, w: float, h: float) -> dict[str, Box]:
    """Put a cluster in the middle of a room."""
    left, top = x + (w - cluster.width) / 2, y + (h - cluster.height) / 2
    return {key: b._replace(x=b.x + left, y=b.y + top) for key, b in cluster.boxes.items()}


Title = tuple[tuple[str, ...], float, float, str]


def seams(
    scene: Scene, placed: dict[str, Box], columns: list[tuple[float, float]], y: float, right: float
) -> tuple[float, list[Title]]:
    """Put each seam along the foot, custody on the left and community on the right, and tiles under them."""
    bands: list[Title] = []
    left_x, left_w = columns[0][0], columns[1][0] + columns[1][1] - columns[0][0]
    right_x = columns[3][0]
    right_w = columns[4][0] + columns[4][1] - right_x
    top = y
    nodes = {n.id: n for n in scene.nodes}
    for s in (s.node for s in scene.seams if s.node.shape == "seam"):
        for word, x, w in (("sends", left_x, left_w), ("receives", right_x, right_w)):
            side = nodes[f"{s.id}/{word}"]
            placed[side.id] = sized(side, w)._replace(x=x + w / 2, y=y + GAP + (SEAM - GAP) / 2, h=SEAM - GAP)
        middle, room = columns[2][0] + columns[2][1] / 2, min(columns[2][1] - 60, BOARD)
        lines, below = wrap(s.name, room - 2 * PAD, LARGE - 3, bold=True, most=2), wrap(s.below, room - 2 * PAD, SMALL, most=2)
        placed[s.id] = Box(middle, y + GAP + (SEAM - GAP) / 2, room, SEAM - GAP, lines, below, LARGE - 3)
        y += SEAM + GAP
    if y > top:
        bands.append((title("Prison to community: the handover"), top, y - top, ""))
    tiles = [s.node for s in scene.seams if s.node.shape == "tile" and s.node.layer]
    if tiles:
        high = _tiles(tiles, placed, columns[0][0], y + GAP, right)
        bands.append((title("The other handovers of the pathway"), y, high + 2 * GAP, "others"))
    return y, bands


def _tiles(tiles: list[Node], placed: dict[str, Box], x: float, y: float, right: float) -> float:
    across = max(int((right - x + GAP) // (TILE + GAP)), 1)
    w = (right - x + GAP) / across - GAP
    top = y
    for i in range(0, len(tiles), across):
        line = [(n, tile(n, w)) for n in tiles[i : i + across]]
        high = max(b.h for _, b in line)
        for j, (n, b) in enumerate(line):
            placed[n.id] = b._replace(x=x + j * (w + GAP) + w / 2, y=y + high / 2, h=high)
        y += high + GAP
    return y - GAP - top


def tile(node: Node, w: float) -> Box:
    """Return the box of a tile: the signs of two sides on the left, of a post on the right where it has one."""
    room = w - 74 - (58 if node.lead else 0)
    lines = wrap(node.name, room, SIZE, most=3)
    below = () if node.lead or not node.layer else wrap(node.below, room, SMALL, most=1)
    return Box(0, 0, w, max(2 * PAD + LINE * len(lines) + SMALL_LINE * len(below), 36), lines, below)


def title(text: str) -> tuple[str, ...]:
    """Return a row's title in lines."""
    return wrap(text, 98, SIZE, bold=True)
