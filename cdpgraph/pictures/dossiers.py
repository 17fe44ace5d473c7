"""Dossiers: what the card of each party on a map says it carries, with evidence."""

from __future__ import annotations

from collections import defaultdict

from cdpgraph.answers import endings, parts
from cdpgraph.answers.states import Bearing, States
from cdpgraph.model import Part, State
from cdpgraph.pictures.scene import Dossier, Node, Shared
from cdpgraph.pictures.ties import Ground

_ORDER = tuple(State)
Key = tuple[tuple[str, ...], str, str, str]


def bearings(ground: Ground) -> dict[str, list[Bearing]]:
    """Return every assignment that touches the area by who carries it, ties between rivals settled."""
    states = ground.states
    matters = sorted({s.object for s in ground.records.situations if s.class_ == "Assignment" and s.object})
    single = defaultdict(list)
    for matter, involvement in sorted(states.single):
        single[matter].append(involvement)
    found: dict[str, list[Bearing]] = defaultdict(list)
    for matter in matters:
        mine = {b.situation.iri: b for b in states.bearings(matter, ground.target)}
        for involvement in single[matter]:
            mine.update({b.situation.iri: b for b in states.slot(matter, involvement, ground.target).bearings})
        for b in mine.values():
            found[b.carrier].append(b)
    return found


class Dossiers:
    """The dossiers of one map; what law and guidance give to all parties of a kind is kept once."""

    def __init__(self, ground: Ground, carried: dict[str, list[Bearing]]) -> None:
        self.ground = ground
        self.carried = carried
        self._bundles: dict[frozenset[Key], Shared] = {}
        self._parts: dict[Key, Part] = {}

    @property
    def shared(self) -> tuple[Shared, ...]:
        """Every bundle of duties made so far."""
        return tuple(self._bundles.values())

    def of(self, node: Node) -> Dossier:
        """Return the dossier of a party, board or post."""
        states, records = self.ground.states, self.ground.records
        iri = node.ref.iri
        thing = records.thing(iri)
        mine = self.carried.get(iri, [])
        own = [_part(states, b, self.ground.target) for b in mine if not b.situation.derived]
        return Dossier(
            node=node,
            parts=tuple(sorted(own, key=_order)),
            shared=self._bundle(node, [b for b in mine if b.situation.derived]),
            posts=_chain(states, iri),
            ends=tuple(dict.fromkeys(endings.of(self.ground.moment, iri))),
            note=(thing.note or thing.definition or "") if thing else "",
            evidence=records.evidence(iri),
        )

    def _bundle(self, node: Node, derived: list[Bearing]) -> str:
        keys: set[Key] = set()
        for b in derived:
            s = b.situation
            key = (s.derived, s.object or "", s.kind or "", b.state.value)
            keys.add(key)
            if key not in self._parts:
                part = _part(self.ground.states, b, self.ground.target)
                marks = tuple(m for m in part.marks if m in ("single-source", "stale"))
                bare = part._replace(party=None, post=None, holder=None, area=None, through=(), ends=())
                self._parts[key] = bare._replace(marks=marks)
        if not keys:
            return ""
        bundle = frozenset(keys)
        if bundle not in self._bundles:
            every = sorted((self._parts[k] for k in keys), key=_order)
            self._bundles[bundle] = Shared(f"law-{len(self._bundles) + 1}", node.kind or node.name, tuple(every))
        return self._bundles[bundle].id


def _part(states: States, b: Bearing, target: int) -> Part:
    return parts.part(states, b, target, None)._replace(matter=states.records.ref(b.situation.object or ""))


def _chain(states: States, iri: str) -> tuple[Part, ...]:
    """Return who sits in a post, as parts, so that a card can say it with evidence."""
    role = next((p.role for p in states.records.posts.get(iri, ())), None)
    if role is None:
        return ()
    return tuple(
        Part(
            involvement=states.records.ref(role),
            party=link.holder,
            post=None,
            holder=None,
            area=None,
            state=link.state,
            marks=(),
            standing=None,
            from_=link.from_,
            until=link.until,
            evidence=link.evidence,
        )
        for link in parts.through(states, iri)
    )


def _order(part: Part) -> tuple[int, str, str]:
    return _ORDER.index(part.state), part.involvement.label, (part.matter.code or part.matter.label) if part.matter else ""
