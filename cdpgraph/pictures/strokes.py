"""Strokes: the path of each tie between two boxes, the same on the screen, in print and without a script."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import NamedTuple

from cdpgraph.model import State
from cdpgraph.pictures.boxes import Box
from cdpgraph.pictures.layout import Layout
from cdpgraph.pictures.scene import Scene, Tie

_POINTED = ("reports", "funds", "commissions", "contract")
Point = tuple[float, float]


class Stroke(NamedTuple):
    """A drawn line: SVG path data, the middle where its sign stands, and the point and angle of an arrowhead."""

    id: str
    source: str
    target: str
    kind: str
    state: State
    path: str
    middle: Point
    arrow: tuple[float, float, float] | None


def strokes(scene: Scene, placed: Layout) -> tuple[Stroke, ...]:
    """Return a stroke for every tie, and one from each side of a handover to its seam."""
    foot = {n.id for n in scene.nodes if n.shape in ("side", "seam")}
    beside: dict[int, list[Box]] = defaultdict(list)
    for n in scene.nodes:
        if n.shape not in ("side", "seam", "tile"):
            beside[round(placed.boxes[n.id].y)].append(placed.boxes[n.id])
    found = [_stroke(t, placed.boxes, beside, foot) for t in scene.ties]
    for s in scene.seams:
        if s.node.shape == "seam":
            for word, side in (("sends", s.handover.sends), ("receives", s.handover.receives)):
                ends = (placed.boxes[f"{s.node.id}/{word}"], placed.boxes[s.node.id])
                found.append(_seam(f"{s.node.id}/{word}", s.node.id, side.state, *ends))
    return tuple(found)


def _seam(source: str, target: str, state: State, one: Box, two: Box) -> Stroke:
    way = 1 if two.x > one.x else -1
    start, end = (one.x + way * one.w / 2, one.y), (two.x - way * two.w / 2, two.y)
    middle = ((start[0] + end[0]) / 2, one.y)
    path = _zigzag([start, end]) if state is State.DISPUTED else f"M{_n(*start)}L{_n(*end)}"
    return Stroke(f"{source}/link", source, target, "seam", state, path, middle, None)


def _stroke(tie: Tie, boxes: dict[str, Box], beside: dict[int, list[Box]], foot: set[str]) -> Stroke:
    one, two = boxes[tie.source], boxes[tie.target]
    a, c, d, b = _bend(one, two, _shut(one, two, beside), tie.target in foot or _shut(two, one, beside))
    middle = _at(a, c, d, b, 0.5)
    if tie.state is State.DISPUTED:
        path = _zigzag([_at(a, c, d, b, i / 24) for i in range(25)])
    else:
        path = f"M{_n(*a)}C{_n(*c)} {_n(*d)} {_n(*b)}"
    arrow = (round(b[0], 1), round(b[1], 1), round(math.atan2(b[1] - d[1], b[0] - d[0]), 3)) if tie.kind in _POINTED else None
    return Stroke(tie.id, tie.source, tie.target, tie.kind, tie.state, path, middle, arrow)


def _bend(one: Box, two: Box, shut_in: bool, shut_out: bool) -> tuple[Point, Point, Point, Point]:
    """Return a curve that leaves and arrives sideways between columns, and upright within one.

    Where a neighbour stands in the way of an end, that end is upright as well.
    """
    dx, dy = two.x - one.x, two.y - one.y
    if abs(dx) > (one.w + two.w) / 2:
        way = 1 if dx > 0 else -1
        reach = max((abs(dx) - (one.w + two.w) / 2) * 0.5, 12)
        a, c = _upright(one, dy, reach) if shut_in else _sideways(one, way, reach)
        b, d = _upright(two, -dy, reach) if shut_out else _sideways(two, -way, reach)
        return a, c, d, b
    way = 1 if dy > 0 else -1
    x = min(max(one.x, two.x - two.w / 2 + 16), two.x + two.w / 2 - 16)
    a, b = (one.x, one.y + way * one.h / 2), (x, two.y - way * two.h / 2)
    reach = (b[1] - a[1]) * 0.5
    return a, (a[0], a[1] + reach), (b[0], b[1] - reach), b


def _sideways(box: Box, way: int, reach: float) -> tuple[Point, Point]:
    return (box.x + way * box.w / 2, box.y), (box.x + way * (box.w / 2 + reach), box.y)


def _upright(box: Box, dy: float, reach: float) -> tuple[Point, Point]:
    way = 1 if dy > 0 else -1
    return (box.x, box.y + way * box.h / 2), (box.x, box.y + way * (box.h / 2 + min(max(abs(dy) * 0.6, 26), reach)))


def _shut(one: Box, two: Box, beside: dict[int, list[Box]]) -> bool:
    """Say whether a neighbour in the same line and column stands between a box and the way to another."""
    way = 1 if two.x > one.x else -1
    near = [b for b in beside[round(one.y)] if b.w == one.w and b is not two]
    return any(one.w / 2 < way * (b.x - one.x) < 3.5 * one.w and way * (two.x - b.x) > 0 for b in near)


def _at(a: Point, c: Point, d: Point, b: Point, t: float) -> Point:
    u = 1 - t
    x, y = (u**3 * a[i] + 3 * u * u * t * c[i] + 3 * u * t * t * d[i] + t**3 * b[i] for i in (0, 1))
    return x, y


def _zigzag(points: list[Point]) -> str:
    """Return a path that swings from side to side along a line."""
    if len(points) == 2:
        (x1, y1), (x2, y2) = points
        points = [(x1 + (x2 - x1) * i / 12, y1 + (y2 - y1) * i / 12) for i in range(13)]
    bent = []
    for i, (x, y) in enumerate(points):
        (px, py), (qx, qy) = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        long = math.hypot(qx - px, qy - py) or 1
        off = 0 if i in (0, len(points) - 1) else 4 * (-1) ** i
        bent.append((x - off * (qy - py) / long, y + off * (qx - px) / long))
    return "M" + "L".join(_n(*p) for p in bent)


def _n(x: float, y: float) -> str:
    return f"{x:.1f},{y:.1f}"
