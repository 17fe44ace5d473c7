"""Moments: what is in force on a day, in a scenario.

Time and what-if are decided here and nowhere else. Cards ask a moment in Python; rules ask the graph that
:mod:`cdpgraph.facts.snapshots` writes from it. Days are ISO 8601 text; a period holds from its first day and no longer
on its ``until`` day.
"""

from __future__ import annotations

import datetime
import re
from functools import cached_property
from typing import NamedTuple

from cdpgraph.errors import BadDate, UnknownName
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.records import Records
from cdpgraph.facts.rows import Situation, Thing
from cdpgraph.model import State
from cdpgraph.vocab import ID, concept, local

FIRST, LAST = "2015-01-01", "2040-01-01"
ABSENCE_MONTHS = 24  # a statement that there is nobody is perishable: it counts for two years

_IN_FORCE = concept("lifecycle", "in-force")
_PUT_FORWARD = {concept("lifecycle", "proposed"), concept("lifecycle", "agreed-in-principle")}
_OVER = concept("lifecycle", "ended")
_ANNOUNCED = concept("standing", "announced")


class Place(NamedTuple):
    """A partnership footprint, or an upper-tier council area that no partnership is known to cover."""

    area: str
    board: str | None
    whole: int


class Changes(NamedTuple):
    """What a scenario has done by the day: who is gone, who took over from whom, what ended, what was added."""

    gone: frozenset[str]
    kinds_gone: frozenset[str]
    passed: dict[str, str]
    ended: frozenset[str]
    added: frozenset[str]
    elsewhere: frozenset[str]


def day(text: str | datetime.date | None) -> str:
    """Return a day as ISO 8601 text; nothing means today. Raises BadDate.

    >>> day("2022-10-01")
    '2022-10-01'
    """
    if text is None:
        return datetime.date.today().isoformat()
    if isinstance(text, datetime.date):
        text = text.isoformat()
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
        raise BadDate(text, "is not a date")
    try:
        found = datetime.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise BadDate(text, "is a day that does not exist") from None
    if not FIRST <= found < LAST:
        raise BadDate(text, f"lies outside the years this can answer for, {FIRST[:4]} to {int(LAST[:4]) - 1}")
    return found


class Moment:
    """The graph on one day in one scenario; ``scenario`` is the name of a file in ``ontology/scenarios``, or nothing."""

    def __init__(self, kg: KnowledgeGraph, on: str | datetime.date | None = None, scenario: str | None = None) -> None:
        self.kg = kg
        self.on = day(on)
        self.scenario = scenario
        self.records = Records(kg.index)

    @cached_property
    def changes(self) -> Changes:
        """What the scenario has done by the day. Raises UnknownName for a scenario that does not exist."""
        rows = self.kg.index.rows("scenario_change", 'scenario, class, party, kind, "to", situation, "on"')
        names = {local(r[0]) for r in rows}
        if self.scenario is not None and self.scenario not in names:
            raise UnknownName(self.scenario, "scenario", sorted(names))
        mine = [r for r in rows if self.scenario == local(r[0])]
        done = [r for r in mine if r[6] <= self.on]
        added = {r[5] for r in done if r[1] == "Addition"}
        return Changes(
            gone=frozenset(r[2] for r in done if r[1] == "Abolition" and r[2]),
            kinds_gone=frozenset(r[3] for r in done if r[1] == "Abolition" and r[3]),
            passed={r[2]: r[4] for r in done if r[1] == "Transfer"},
            ended=frozenset(r[5] for r in done if r[1] == "Termination"),
            added=frozenset(added),
            elsewhere=frozenset(r[5] for r in rows if r[1] == "Addition") - added,
        )

    def exists(self, thing: Thing | None) -> bool:
        """Say whether a party or an area exists on the day."""
        if thing is None or (thing.from_ is not None and thing.from_ > self.on):
            return False
        return not self.gone(thing)

    def gone(self, thing: Thing) -> bool:
        """Say whether a party has ended by the day, or the scenario has abolished it or the board its seat is in."""
        if thing.until is not None and thing.until <= self.on:
            return True
        changes = self.changes
        if thing.ref.iri in changes.gone or thing.kind in changes.kinds_gone:
            return True
        seats = (
            self.records.posts.get(thing.ref.iri, ()) if changes.gone or changes.kinds_gone or thing.ref.type == "Post" else ()
        )
        boards = (self.records.thing(s.board) for s in seats if s.board != s.iri)
        return any(b is not None and self.gone(b) for b in boards)

    def state(self, s: Situation) -> State | None:
        """Return what a situation is on the day: held, proposed or lapsed; nothing if it has not begun or was withdrawn.

        A situation without its own end has ended when a party to it has.
        """
        if s.iri in self.changes.elsewhere:
            return None
        if s.from_ is not None and s.from_ > self.on:
            return None
        parties = [self.records.thing(p) for p in (s.subject, s.object) if p is not None and not p.startswith(_MATTERS)]
        if any(p is not None and p.from_ is not None and p.from_ > self.on for p in parties):
            return None
        ended = (s.until is not None and s.until <= self.on) or s.iri in self.changes.ended or s.lifecycle == _OVER
        if s.class_ != "Succession" and any(p is not None and self.gone(p) for p in parties):
            ended = True
        if ended:
            return State.LAPSED if s.lifecycle in (_IN_FORCE, _OVER) else None
        if s.lifecycle in _PUT_FORWARD or (s.standing == _ANNOUNCED and s.class_ != "Succession"):
            return State.PROPOSED
        if s.class_ == "Holding" and not any(e.stance == "supports" for e in self.records.evidence(s.iri)):
            return State.PROPOSED  # said only of holders in general, or only in part
        return State.HELD if s.lifecycle == _IN_FORCE else None

    def carrier(self, s: Situation) -> str:
        """Return who carries a situation, after what the scenario has passed on."""
        return self.changes.passed.get(s.subject, s.subject)

    def holdings(self, post: str) -> list[tuple[Situation, State]]:
        """Return the holdings of a post with their states, held ones first, then the latest."""
        found = [(s, st) for s in self.records.about(post) if s.class_ == "Holding" and (st := self.state(s)) is not None]
        rank = {State.HELD: 0, State.PROPOSED: 1, State.LAPSED: 2}
        return sorted(found, key=lambda pair: (rank[pair[1]], "".join(chr(0x10FF - ord(c)) for c in pair[0].from_ or "")))

    def seat(self, party: str) -> State | None:
        """Return the state of whoever sits in a post; nothing where no holder is recorded or the party is no post."""
        if party not in self.records.posts:
            return None
        found = self.holdings(party)
        if not found or self.records.thing(party) is None:
            return None
        holding, state = found[0]
        if state is State.LAPSED and any(p.role in _ELECTED for p in self.records.posts[party]):
            return None  # an elected office goes on when a term ends; that no later holder was read says nothing
        if state is State.HELD and (below := self.seat(self.carrier(holding))) is State.LAPSED:
            return below
        return state

    def resolve(self, party: str) -> str:
        """Return the body or person that in the end holds a post; a party that is no post resolves to itself."""
        for _ in range(5):
            held = (
                next((s for s, st in self.holdings(party) if st is State.HELD), None) if party in self.records.posts else None
            )
            if held is None or self.carrier(held).startswith(_PEOPLE):
                return party
            party = self.carrier(held)
        return party

    def mask(self, s: Situation) -> tuple[int, int]:
        """Return where a situation holds, as smallest areas wholly and in part.

        Without areas of its own it holds wherever the party's footprint is; a post has the footprint of its board; a
        party of national level without a footprint covers England.
        """
        areas = s.areas or self.footprint(self.carrier(s))
        whole = part = 0
        for iri in areas:
            area = self.records.area(iri)
            whole |= area.whole
            part |= area.part
        if not areas:
            kind = self.records.concepts.get((self.records.thing(s.subject) or _NOBODY).kind or "")
            if kind is not None and local(kind.level) == "nation":
                whole = self.records.england
        return whole, part & ~whole

    def footprint(self, party: str) -> tuple[str, ...]:
        """Return the areas a party covers on the day, or is proposed to cover if that is all that is known."""
        known = [(s, self.state(s)) for s in self.records.footprints(party)]
        best = State.HELD if any(state is State.HELD for _, state in known) else State.PROPOSED
        found = [a for s, state in known if state is best for a in s.areas]
        if not found:
            for seat in self.records.posts.get(party, ()):
                if seat.board != party:
                    found += [a for a in self.footprint(seat.board) if a not in found]
        return tuple(found)

    def covers(self, party: str) -> int:
        """Return the smallest areas a party covers on the day, wholly or in part."""
        mask = 0
        for iri in self.footprint(party):
            mask |= self.records.area(iri).touched
        return mask

    @cached_property
    def partnerships(self) -> tuple[Place, ...]:
        """Every combating drugs partnership on the day with its footprint."""
        kind = concept("party-kind", "cdp")
        found = []
        boards = [iri for (iri,) in self.kg.index.rows("thing", "iri", kind=kind)]
        self.records.prefetch_things(boards)
        self.records.prefetch_footprints(boards)
        for iri in boards:
            thing = self.records.thing(iri)
            settled = any(self.state(s) is State.HELD for s in self.records.footprints(iri))
            areas = self.footprint(iri) if settled and self.exists(thing) else ()
            whole = 0
            for area in areas:
                whole |= self.records.area(area).whole
            if whole:
                found.append(Place(areas[0], iri, whole))
        return tuple(sorted(found, key=lambda p: self.records.ref(p.board or p.area).label))

    @cached_property
    def councils(self) -> tuple[Place, ...]:
        """Every upper-tier council area on the day."""
        kind = concept("area-kind", "upper-tier")
        rows = self.kg.index.rows("area", 'iri, "from", until', kind=kind)
        live = [i for i, start, end in rows if (start is None or start <= self.on) and (end is None or end > self.on)]
        return tuple(Place(i, None, self.records.area(i).whole) for i in sorted(live) if self.records.area(i).whole)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every partnership footprint, then every upper-tier council area that none of them covers."""
        covered = 0
        for place in self.partnerships:
            covered |= place.whole
        return self.partnerships + tuple(c for c in self.councils if c.whole & ~covered)


_NOBODY = Thing(None, None, None, None, None, None)  # type: ignore[arg-type]
_ELECTED = {concept("role", "commissioner"), concept("role", "mayor")}
_PEOPLE = ID + "person/"
_MATTERS = tuple(
    f"{ID}{kind}/"
    for kind in (
        "strategy", "priority", "commitment", "outcome", "metric", "responsibility", "milestone", "pathway", "stage",
        "handover", "service", "funding", "plan", "flow", "area",
    )
)  # fmt: skip
