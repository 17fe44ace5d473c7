"""Ties: which party is tied to which, read from the dated facts of a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from cdpgraph.answers.states import Bearing, States
from cdpgraph.facts.rows import Situation
from cdpgraph.model import Evidence, State
from cdpgraph.pictures.scene import TIES, Tie
from cdpgraph.vocab import concept, local

_BEST = (State.HELD, State.DISPUTED, State.PROPOSED, State.LAPSED, State.NOBODY, State.NOT_FOUND, State.NOT_READ)
_BINARY = {"Membership": "sits", "Holding": "holds", "ReportingLine": "reports"}
_COMMISSIONS, _DELIVERS = concept("involvement", "commissions"), concept("involvement", "delivers")


class Ground:
    """A moment seen over one stretch of smallest areas; what a party covers is worked out once."""

    def __init__(self, states: States, target: int) -> None:
        self.states = states
        self.moment = states.moment
        self.records = states.records
        self.target = target
        self._covers: dict[str, int] = {}

    def covers(self, party: str) -> int:
        """Return the smallest areas a party covers on the day; none for one without a footprint."""
        if party not in self._covers:
            self._covers[party] = self.moment.covers(party)
        return self._covers[party]

    def here(self, party: str) -> bool:
        """Say whether a party covers some of the area."""
        return bool(self.covers(party) & self.target)

    def elsewhere(self, party: str) -> bool:
        """Say whether a party has a footprint and it lies outside the area."""
        return bool(self.covers(party)) and not self.here(party)


def found(ground: Ground) -> list[Tie]:
    """Return every tie that touches the area, the best known of each kind between two parties."""
    together: dict[tuple[str, str, str], Tie] = {}
    for tie in (*_facts(ground), *_agreements(ground), *_commissioning(ground), *_within(ground)):
        if tie.source == tie.target or ground.elsewhere(tie.source) or ground.elsewhere(tie.target):
            continue
        key = (tie.source, tie.target, tie.kind)
        known = together.get(key)
        together[key] = tie if known is None else _merged(known, tie)
    return [t._replace(id=f"t{n}") for n, (_, t) in enumerate(sorted(together.items()), 1)]


def state(states: States, s: Situation) -> State | None:
    """Return what a tie is on the day: held only if a passage supports it outright, disputed if one denies it."""
    on_the_day = states.moment.state(s)
    if on_the_day is not State.HELD:
        return on_the_day
    evidence = states.evidence(s)
    if any(e.stance == "denies" for e in evidence):
        return State.DISPUTED
    return State.HELD if any(e.stance == "supports" for e in evidence) else State.PROPOSED


def _facts(ground: Ground) -> Iterator[Tie]:
    for s in ground.records.situations:
        if s.class_ in _BINARY and s.object is not None:
            yield from _tie(ground, s, _BINARY[s.class_], s.object)
        elif s.class_ == "Grant" and s.kind is not None:
            whole, part = ground.moment.mask(s)
            if (whole | part) & ground.target:
                yield from _tie(ground, s, "funds", s.kind)


def _tie(ground: Ground, s: Situation, kind: str, target: str) -> Iterator[Tie]:
    on_the_day = state(ground.states, s)
    if on_the_day is None:
        return
    manner = ground.records.concepts.get(s.kind or "")
    says = f"{TIES[kind]} ({manner.label})" if kind in ("sits", "reports") and manner else TIES[kind]
    yield Tie("", ground.moment.carrier(s), target, kind, on_the_day, says, ground.states.evidence(s), s.from_, s.until)


def _agreements(ground: Ground) -> Iterator[Tie]:
    """Give a tie between each two parties to an agreement; one with many parties is told on their cards alone."""
    together: dict[str, list[Situation]] = {}
    for s in ground.records.situations:
        if s.class_ == "Agreement":
            whole, part = ground.moment.mask(s)
            if (whole | part) & ground.target:
                together.setdefault(s.iri, []).append(s)
    for rows in together.values():
        parties = sorted({ground.moment.carrier(s) for s in rows}, key=lambda p: (_giver(ground, p), p))
        if not 2 <= len(parties) <= 4:
            continue
        on_the_day = state(ground.states, rows[0])
        if on_the_day is None:
            continue
        covered = "; ".join(sorted({ground.records.ref(s.object).label for s in rows if s.object}))
        kind = ground.records.concepts.get(rows[0].kind or "")
        says = f"{kind.label if kind else 'agreement'}: {covered}" if covered else kind.label if kind else "agreement"
        for one, two in combinations(parties, 2):
            yield Tie("", one, two, "contract", on_the_day, says, ground.states.evidence(rows[0]), rows[0].from_, rows[0].until)


def _giver(ground: Ground, party: str) -> int:
    """Order the parties to an agreement: those who buy before those who provide."""
    thing = ground.records.thing(party)
    kind = ground.records.concepts.get(thing.kind or "") if thing else None
    return 1 if kind is not None and local(kind.level) == "service" else 0


def _commissioning(ground: Ground) -> Iterator[Tie]:
    """Give a tie where one party commissions a service that another delivers in the same place."""
    for (iri,) in ground.moment.kg.index.rows("thing", "iri", type="Service"):
        bearings = ground.states.bearings(iri, ground.target)
        buyers, sellers = _of(bearings, _COMMISSIONS, ground), _of(bearings, _DELIVERS, ground)
        label = ground.records.ref(iri).label
        for buyer in buyers:
            for seller in sellers:
                if buyer.touched & seller.touched & ground.target:
                    worse = max(buyer.state, seller.state, key=_BEST.index)
                    evidence = _both(ground.states.evidence(buyer.situation), ground.states.evidence(seller.situation))
                    says = f"commissions what the other delivers: {label}"
                    yield Tie("", buyer.carrier, seller.carrier, "commissions", worse, says, evidence)


def _of(bearings: Iterable[Bearing], involvement: str, ground: Ground) -> list[Bearing]:
    kinds = ground.records.involvements
    return [b for b in bearings if involvement in kinds.get(b.situation.kind or "", ()) and b.state is not State.LAPSED]


def _within(ground: Ground) -> Iterator[Tie]:
    for child, parent in ground.moment.kg.index.rows("parent", "child, parent"):
        if all(ground.moment.exists(ground.records.thing(p)) for p in (child, parent)):
            yield Tie("", child, parent, "within", State.HELD, TIES["within"], ground.records.evidence(child))


def _merged(one: Tie, two: Tie) -> Tie:
    best, other = sorted((one, two), key=lambda t: _BEST.index(t.state))
    return best._replace(evidence=_both(best.evidence, other.evidence))


def _both(one: tuple[Evidence, ...], two: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys((*one, *two)))
