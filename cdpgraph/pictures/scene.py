"""Scenes: what a picture shows, before anybody decides where it goes or what it looks like."""

from __future__ import annotations

from typing import NamedTuple

from cdpgraph.model import Coverage, Ending, Evidence, Handover, Part, Ref, State


class Node(NamedTuple):
    """Something with a place on the map.

    ``shape`` is one of ``party``, ``board``, ``post``, ``unnamed``, ``gone``, ``group``, ``gap``, ``side``, ``seam`` and
    ``tile``. ``state`` is empty for a party that simply exists. ``home`` is the node beside which it stands: the board of
    a post, the seam of a side. ``layer`` is what it waits for before it is drawn: nothing, or ``others``. A tile has the
    states of both sides of a handover and, where it stands for a partnership, of its senior responsible owner. ``holds`` are
    the names of what a group was made of.
    """

    id: str
    ref: Ref
    name: str
    shape: str
    sector: str = ""
    level: str = ""
    kind: str = ""
    state: State | None = None
    below: str = ""
    home: str = ""
    layer: str = ""
    sides: tuple[State, State] | None = None
    lead: State | None = None
    order: int = 0
    holds: tuple[str, ...] = ()


class Tie(NamedTuple):
    """A line between two nodes; ``kind`` is one of TIES. ``until`` is the first day it no longer holds."""

    id: str
    source: str
    target: str
    kind: str
    state: State
    says: str
    evidence: tuple[Evidence, ...] = ()
    from_: str | None = None
    until: str | None = None


class Shared(NamedTuple):
    """What every party of a kind carries by law or guidance, said once."""

    id: str
    kind: str
    parts: tuple[Part, ...]


class Dossier(NamedTuple):
    """What the card of a party says beside its ties: what it carries, with evidence, and what is known to end."""

    node: Node
    parts: tuple[Part, ...] = ()
    shared: str = ""
    posts: tuple[Part, ...] = ()
    ends: tuple[Ending, ...] = ()
    members: tuple[Ref, ...] = ()
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


class Seam(NamedTuple):
    """A handover as it stands in one place."""

    node: Node
    place: Ref
    handover: Handover


class Scene(NamedTuple):
    """Everything a map shows, in the order in which it is to be read."""

    wide: bool
    title: str
    area: Ref
    on: str
    scenario: str | None
    summary: str
    coverage: Coverage
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    seams: tuple[Seam, ...]
    dossiers: tuple[Dossier, ...]
    shared: tuple[Shared, ...]


TIES = {
    "sits": "sits on",
    "holds": "holds the post",
    "reports": "reports to",
    "funds": "funds",
    "contract": "has an agreement with",
    "commissions": "commissions",
    "within": "is part of",
    "sends": "sends",
    "receives": "receives",
    "coordinates": "coordinates",
    "accountable": "is accountable for",
    "supports": "supports",
}
