"""Pages: what the template of a map is given, in the order in which it says it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from cdpgraph.answers.endings import spoken
from cdpgraph.model import Evidence, Side, State
from cdpgraph.pictures.boxes import Box
from cdpgraph.pictures.layout import COLUMN_TITLES, COLUMNS, ROW_TITLES, ROWS, Layout
from cdpgraph.pictures.scene import TIES, Dossier, Node, Scene, Seam, Tie
from cdpgraph.pictures.strokes import Stroke
from cdpgraph.pictures.wording import SEAMS, STATES, plain_id, short

SECTORS = {
    "justice": "Justice",
    "health": "Health",
    "partnership": "Boards",
    "centre": "Central government",
    "local-government": "Local government",
    "community": "Community",
}
OFF = ("within",)  # ties that are not drawn until they are asked for

# The sign of each state: what is stroked, and what is filled; seven units to each side of the middle.
_DIAMOND = "M0,-7L7,0L0,7L-7,0Z"
SIGNS = {
    State.HELD: ("", "M-5.5,0a5.5,5.5 0 1,0 11,0a5.5,5.5 0 1,0 -11,0"),
    State.PROPOSED: ("M-5.5,0a5.5,5.5 0 1,0 11,0a5.5,5.5 0 1,0 -11,0", "M0,-5.5a5.5,5.5 0 0,1 0,11Z"),
    State.DISPUTED: ("M0,-7L7.5,6L-7.5,6Z", "M-0.9,-3h1.8v4.6h-1.8ZM-0.9,2.8h1.8v1.8h-1.8Z"),
    State.LAPSED: (_DIAMOND + "M-7,7L7,-7", ""),
    State.NOBODY: (_DIAMOND, "M-3.5,-0.9h7v1.8h-7Z"),
    State.NOT_FOUND: (_DIAMOND, ""),
    State.NOT_READ: ("M-3.2,-2.6a3.2,3.2 0 1,1 4.7,2.9q-1.5,0.8 -1.5,2.4", "M-1,4.6h2v2h-2Z"),
}


class Card(NamedTuple):
    """A card of the page: a dossier with the ties that touch it."""

    id: str
    dossier: Dossier
    out: tuple[Tie, ...]
    into: tuple[Tie, ...]


class Told(NamedTuple):
    """A handover of the page, with its sides in the order in which they are read."""

    id: str
    seam: Seam
    card: Card | None
    sides: tuple[tuple[str, Side], ...]


def context(scene: Scene, placed: Layout, lines: tuple[Stroke, ...]) -> dict[str, Any]:
    """Return the values of the template."""
    names = {n.id: n for n in scene.nodes}
    return {
        "scene": scene,
        "placed": placed,
        "when": said(scene.on),
        "nodes": [(n, placed.boxes[n.id], card_id(n)) for n in scene.nodes],
        "names": names,
        "strokes": [s for s in lines if s.kind not in OFF],
        "cards": _cards(scene),
        "outline": _outline(scene),
        "handovers": _told(scene),
        "legend": _legend(scene),
        "signs": {s.value: (*SIGNS[s], *STATES[s]) for s in State},
        "seams": SEAMS,
        "words": {s.value: STATES[s][0] for s in State},
        "ties": TIES,
        "shared": {s.id: s for s in scene.shared},
        "card_id": card_id,
        "short": short,
        "link": link,
        "spoken": said,
        "held": State.HELD,
    }


def frame(scene: Scene, placed: Layout) -> dict[str, Any]:
    """Return the size, the bands and the words that the script needs."""
    return {
        "width": round(placed.width, 1),
        "height": round(placed.height, 1),
        "whole": round(placed.whole, 1),
        "columns": [[" ".join(b.title), round(b.x, 1), round(b.w, 1), round(b.h, 1)] for b in placed.columns],
        "rows": [[list(b.title), round(b.y, 1), round(b.h, 1), b.layer] for b in placed.rows],
        "signs": {s.value: SIGNS[s] for s in State},
        "words": {s.value: STATES[s][0] for s in State},
        "ties": TIES,
        "quiet": scene.wide or len(scene.ties) > 160,
        "title": scene.title,
        "summary": scene.summary,
        "name": "map-" + plain_id(scene.area.label.lower().replace(" ", "-")) + f"-{scene.on}",
        "first": next((n.id for n in scene.nodes if n.shape in ("board", "tile") and n.sector == "partnership"), ""),
    }


def node(n: Node, b: Box) -> dict[str, Any]:
    """Return a node as vis-network takes it, with what our own renderer needs."""
    found: dict[str, Any] = {
        "id": n.id,
        "shape": "custom",
        "label": n.name,
        "x": round(b.x, 1),
        "y": round(b.y, 1),
        "w": round(b.w, 1),
        "h": round(b.h, 1),
        "lines": b.lines,
        "below": b.below,
        "form": n.shape,
        "sector": n.sector,
        "card": card_id(n),
        "full": n.ref.label,
    }
    if n.state is not None:
        found["state"] = n.state.value
    if n.lead is not None:
        found["lead"] = n.lead.value
    if n.holds:
        found["holds"] = "; ".join(n.holds)
    if n.sides is not None:
        found["sides"] = [s.value for s in n.sides]
    if b.size != 15:
        found["size"] = b.size
    for key in ("layer", "home", "kind"):
        if value := getattr(n, key):
            found[key] = value
    if n.ref.code:
        found["code"] = n.ref.code
    return found


def edge(s: Stroke) -> dict[str, Any]:
    """Return an edge as vis-network takes it; the line itself is drawn from its path, the same as in print."""
    found: dict[str, Any] = {
        "id": s.id,
        "from": s.source,
        "to": s.target,
        "kind": s.kind,
        "state": s.state.value,
        "d": s.path,
        "mx": round(s.middle[0], 1),
        "my": round(s.middle[1], 1),
    }
    if s.arrow:
        found["arrow"] = s.arrow
    return found


def card_id(n: Node) -> str:
    """Return the address of a node's card within the page; the sides of a seam share its card."""
    return "c-" + plain_id(n.home if n.shape == "side" else n.id)


def link(e: Evidence) -> str:
    """Return the address of a document if it is one that a browser may follow safely."""
    return e.url if e.url and e.url.startswith(("https://", "http://")) else ""


def said(day: str) -> str:
    """Return a day, a month or a year as people say it.

    >>> said("2022-08"), said("2022-10-01")
    ('August 2022', '1 October 2022')
    """
    if len(day) == 10:
        return spoken(day).removeprefix("on ")
    return spoken(day + "-01", "month").removeprefix("in ") if len(day) == 7 else day


def _cards(scene: Scene) -> list[Card]:
    out, into = defaultdict(list), defaultdict(list)
    for t in scene.ties:
        out[t.source].append(t)
        into[t.target].append(t)
    return [Card(card_id(d.node), d, tuple(out[d.node.id]), tuple(into[d.node.id])) for d in scene.dossiers]


def _outline(scene: Scene) -> list[tuple[str, list[tuple[str, list[Card]]]]]:
    """Return the cards by column and row, for reading in order."""
    cards: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in _cards(scene):
        n = card.dossier.node
        if n.shape == "tile":
            continue
        column = n.sector if n.sector in COLUMNS else "middle"
        level = {"partnership": "force-area"}.get(n.level, n.level) if column != "middle" else n.level
        cards[column, level].append(card)
    levels = [*zip(ROWS, ROW_TITLES, strict=True)]
    levels.insert(3, ("partnership", "Partnership"))
    found = []
    for column, title in zip(COLUMNS, COLUMN_TITLES, strict=True):
        rows = [(name, cards[column, level]) for level, name in levels if cards[column, level]]
        if rows:
            found.append((title, rows))
    return found


def _told(scene: Scene) -> list[Told]:
    boards = {c.dossier.node.id: c for c in _cards(scene) if c.dossier.node.shape == "tile"}
    found = []
    for s in scene.seams:
        h = s.handover
        sides = (("sends", h.sends), ("receives", h.receives), ("coordinates", h.coordinates), ("accountable", h.accountable))
        found.append(Told(card_id(s.node), s, boards.get(s.node.id), sides))
    return found


def _legend(scene: Scene) -> dict[str, list[tuple[str, str, int]]]:
    """Return the entries of the legend with their counts: sectors, kinds of tie, states."""
    drawn = [n for n in scene.nodes if n.layer == ""]
    sectors = Counter(n.sector for n in drawn if n.shape not in ("side", "seam") and not n.layer)
    kinds = Counter(t.kind for t in scene.ties)
    states = Counter(t.state for t in scene.ties) + Counter(n.state for n in drawn if n.state is not None)
    return {
        "sectors": [(k, name, sectors[k]) for k, name in SECTORS.items() if sectors[k]],
        "ties": [(k, name, kinds[k]) for k, name in TIES.items() if kinds[k]],
        "states": [(s.value, STATES[s][0], states[s]) for s in State],
        "others": [("others", "other handovers", sum(n.layer == "others" for n in scene.nodes))],
    }
