"""States: what is known of who holds a part in a matter, somewhere, on the day of a moment.

The order in which the seven words are tried, and the rules for ties, are decision 0004. Nothing else in the project
decides a state.
"""

from __future__ import annotations

from typing import NamedTuple

from cdpgraph.answers.readings import Readings, months_later
from cdpgraph.facts.moments import Moment
from cdpgraph.facts.rows import Situation
from cdpgraph.model import Evidence, State
from cdpgraph.vocab import concept, local


class Bearing(NamedTuple):
    """One assignment as it bears on a question: who, whether it holds, where. ``named`` is false for a placeholder."""

    situation: Situation
    carrier: str
    state: State
    whole: int
    part: int
    named: bool

    @property
    def touched(self) -> int:
        """The smallest areas it takes in or touches."""
        return self.whole | self.part


class Slot(NamedTuple):
    """The state of one kind of part in one matter over one stretch of smallest areas."""

    matter: str
    involvement: str
    target: int
    state: State
    marks: tuple[str, ...]
    bearings: tuple[Bearing, ...]
    absences: tuple[str, ...]
    documents: tuple[str, ...]


class States(Readings):
    """The states of one moment; what was worked out for a matter once is kept."""

    def __init__(self, moment: Moment) -> None:
        super().__init__(moment)
        self._located: dict[str, list[tuple[Situation, int, int]]] = {}
        self._bearings: dict[str, Bearing | None] = {}
        self._single: set[tuple[str, str]] | None = None

    def slot(self, matter: str, involvement: str, target: int) -> Slot:
        """Return the state of a kind of part, finer kinds included, in ``matter`` over ``target``."""
        mine = [b for b in self.bearings(matter, target) if involvement in self._kinds(b.situation)]
        mine = self._settle(mine, matter, involvement)
        held = [b for b in mine if b.state is State.HELD and b.named]
        union = 0
        for b in held:
            union |= b.whole
        absent = self.absences(matter, involvement, target)
        documents = self.read(matter, None, target)
        if held and union & target == target:
            state = State.HELD
        elif any(b.state is State.DISPUTED for b in mine):
            state = State.DISPUTED
        elif any(b.state is State.PROPOSED and b.named for b in mine):
            state = State.PROPOSED
        elif absent:
            state = State.NOBODY
        elif any(b.state is State.LAPSED for b in mine) and not held:
            state = State.LAPSED
        else:
            state = self.unknown(matter, None, target)
        marks = self._marks(held, target, union) if held else ()
        return Slot(matter, involvement, target, state, marks, tuple(mine), absent, documents)

    def bearings(self, matter: str, target: int) -> list[Bearing]:
        """Return every assignment in ``matter`` that touches ``target`` and has begun by the day."""
        if matter not in self._located:
            about = (s for s in self.records.about(matter) if s.class_ == "Assignment")
            self._located[matter] = [(s, *self.moment.mask(s)) for s in about]
        here = [located for located in self._located[matter] if (located[1] | located[2]) & target]
        self.records.prefetch_things(s.subject for s, _, _ in here)
        self.records.prefetch_evidence(i for s, _, _ in here for i in (s.iri, *s.derived))
        found = []
        for s, whole, part in here:
            bearing = self.bearing(s, whole, part)
            if bearing is not None:
                found.append(bearing)
        return found

    def bearing(self, s: Situation, whole: int, part: int) -> Bearing | None:
        """Return one assignment, which holds over ``whole`` and ``part``, as it bears on a question, once it has begun."""
        if s.iri not in self._bearings:
            self._bearings[s.iri] = self._bearing(s, whole, part)
        return self._bearings[s.iri]

    def evidence(self, s: Situation) -> tuple[Evidence, ...]:
        """Return what supports, qualifies or denies a situation; what is derived rests on its duty."""
        return self.records.evidence(s.iri, *s.derived)

    def supported(self, s: Situation) -> bool:
        """Say whether a passage supports a situation outright; one that only qualifies it, or our judgement, does not."""
        if local(s.standing) == "judged":
            return False
        rests = s.derived or (s.iri,)
        return all(any(e.stance == "supports" for e in self.records.evidence(r)) for r in rests)

    def stale(self, s: Situation) -> bool:
        """Say whether all that supports a situation is past its review date; law has none."""
        supports = [e for e in self.evidence(s) if e.stance == "supports"]
        return bool(supports) and all(self._past_review(e) for e in supports)

    def marks(self, bearing: Bearing, target: int) -> tuple[str, ...]:
        """Return the marks of one bearing for ``target``: inherited, partial, single-source, stale."""
        return self._marks([bearing], target, bearing.whole)

    def _bearing(self, s: Situation, whole: int, part: int) -> Bearing | None:
        state = self.moment.state(s)
        if state is None:
            return None
        carrier = self.moment.carrier(s)
        seat = self.moment.seat(carrier)
        if state is State.PROPOSED and seat is State.LAPSED:
            return None  # what was only proposed to a holder who has gone is proposed to nobody
        if state is State.HELD and seat in (State.LAPSED, State.PROPOSED):
            state = seat
        if state is State.HELD and not self.supported(s):
            state = State.PROPOSED
        denials = [e for e in self.evidence(s) if e.stance == "denies"]
        if denials:
            state = self._denied(s, denials, state)
        thing = self.records.thing(carrier)
        named = thing is not None and thing.ref.type != "Placeholder"
        return Bearing(s, carrier, state, whole, part, named)

    def _denied(self, s: Situation, denials: list[Evidence], state: State) -> State:
        """A denial that is newer and no weaker than all support ends a situation; any other makes it disputed."""
        supports = [e for e in self.evidence(s) if e.stance == "supports"]
        if not supports:
            return State.LAPSED
        newest = max(e.issued or "" for e in supports)
        strongest = min(self.records.weight(e.document.iri) for e in supports)
        wins = any((d.issued or "") > newest and self.records.weight(d.document.iri) <= strongest for d in denials)
        return State.LAPSED if wins else State.DISPUTED if state is State.HELD else state

    def _settle(self, mine: list[Bearing], matter: str, involvement: str) -> list[Bearing]:
        """Where at most one holder is expected and several hold, the newest evidence wins unless its standing is weaker."""
        held = [b for b in mine if b.state is State.HELD and b.named]
        if len({self.moment.resolve(b.carrier) for b in held}) < 2 or (matter, involvement) not in self.single:
            return mine
        changed = {b.situation.iri: b for b in mine}
        for b in held:
            rivals = [
                o for o in held if self.moment.resolve(o.carrier) != self.moment.resolve(b.carrier) and o.touched & b.touched
            ]
            for other in rivals:
                newer, as_strong = self._newest(other) > self._newest(b), self._strength(other) <= self._strength(b)
                older_wins = self._newest(b) > self._newest(other) and self._strength(b) <= self._strength(other)
                if newer and as_strong:
                    changed[b.situation.iri] = b._replace(state=State.LAPSED)
                elif not older_wins and changed[b.situation.iri].state is not State.LAPSED:
                    changed[b.situation.iri] = b._replace(state=State.DISPUTED)
        return list(changed.values())

    @property
    def single(self) -> set[tuple[str, str]]:
        """The parts of which at most one holder is expected, as (matter, kind of part)."""
        if self._single is None:
            rows = self.moment.kg.index.rows("expectation", "matter, involvement", maximum="1")
            self._single = {(m, i) for m, i in rows if m and i}
        return self._single

    def _newest(self, b: Bearing) -> str:
        return max((e.issued or "" for e in self.evidence(b.situation) if e.stance == "supports"), default="")

    def _strength(self, b: Bearing) -> int:
        return self.records.concepts[b.situation.standing].order

    def _kinds(self, s: Situation) -> frozenset[str]:
        return self.records.involvements.get(s.kind or "", frozenset())

    def _marks(self, held: list[Bearing], target: int, union: int) -> tuple[str, ...]:
        marks = []
        if union & target == target and all(b.whole & ~target for b in held):
            marks.append("inherited")
        if union & target != target:
            marks.append("partial")
        documents = {e.document.iri for b in held for e in self.evidence(b.situation) if e.stance == "supports"}
        if len(documents) == 1:
            marks.append("single-source")
        if all(self.stale(b.situation) for b in held):
            marks.append("stale")
        return tuple(marks)

    def _past_review(self, e: Evidence) -> bool:
        about = self.records.document(e.document.iri)
        kind = self.records.concepts.get(about.kind) if about else None
        if about is None or kind is None or kind.months is None or not about.issued:
            return False
        return months_later(about.issued, kind.months) <= self.moment.on


ACCOUNTABLE = concept("involvement", "accountable")
RESPONSIBLE = concept("involvement", "responsible")
SENDS, RECEIVES, COORDINATES = (concept("involvement", k) for k in ("sends", "receives", "coordinates"))
