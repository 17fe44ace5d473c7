"""Slots: a node for each part, role or seat that is expected in a place, with its state on the day."""

from __future__ import annotations

from collections.abc import Iterable

from cdpgraph.answers.statements import Statements
from cdpgraph.answers.states import ACCOUNTABLE, Slot, States
from cdpgraph.facts.moments import Place
from cdpgraph.model import State
from cdpgraph.vocab import ID, RDF_TYPE, cdp, concept, local

_HANDOVER = ID + "handover/"


class Slots(Statements):
    """Writes what is expected; ``slots`` keeps each slot by its address, for the evidence of a finding."""

    def __init__(self, states: States, places: Iterable[Place]) -> None:
        super().__init__(states, places)
        self.slots: dict[str, Slot] = {}
        self._covered: dict[tuple[str, int], bool] = {}

    def expected(self) -> None:
        """Write a slot for each part, role or seat that is expected in each place, with its state."""
        rows = self.moment.kg.index.rows("expectation", 'iri, involvement, matter, role, kind, each, strength, "from", until')
        for iri, involvement, matter, role, kind, each, strength, start, end in rows:
            if (start and start > self.moment.on) or (end and end <= self.moment.on):
                continue
            for place in self._each(local(each)):
                if matter and involvement:
                    slot = self.states.slot(matter, involvement, place.whole)
                    name = f"{ID}slot/{local(place.area)}/{local(matter)}/{local(involvement)}"
                    if name not in self.slots:
                        self.slots[name] = slot
                        self._slot(name, slot, place)
                elif role and place.board:
                    name = f"{ID}slot/{local(place.area)}/{local(role)}"
                    self.say(name, RDF_TYPE, cdp("Slot"))
                    self.say(name, cdp("ofRole"), role)
                    self.say(name, cdp("atPlace"), place.area)
                    self.say(name, cdp("onBoard"), place.board)
                    self.say(name, cdp("state"), concept("state", self._role_state(role, place).value))
                elif kind and place.board and local(each) == "partnership":
                    name = f"{ID}slot/{local(place.area)}/{local(iri)}"
                    self.say(name, RDF_TYPE, cdp("Slot"))
                    self.say(name, cdp("expectedKind"), kind)
                    self.say(name, cdp("onBoard"), place.board)
                    self.say(name, cdp("atPlace"), place.area)
                    self.say(name, cdp("state"), concept("state", self.states.unknown(None, None, place.whole).value))
                else:
                    continue
                self.say(name, cdp("ofExpectation"), iri)
                self.say(name, cdp("strength"), strength)

    def _each(self, each: str) -> Iterable[Place]:
        if each == "england":
            return [p for p in self.places if p.whole == self.records.england] or self._england()
        return self.places if each == "place" else [p for p in self.places if p.board]

    def _england(self) -> list[Place]:
        """England itself, where all of it is asked about; what is owned nationally is no gap of one place."""
        whole = self.target & self.records.england == self.records.england
        return [Place(ID + "area/E92000001", None, self.records.england)] if whole else []

    def _slot(self, name: str, slot: Slot, place: Place) -> None:
        self.say(name, RDF_TYPE, cdp("Slot"))
        self.say(name, cdp("matter"), slot.matter)
        self.say(name, cdp("involvement"), slot.involvement)
        self.say(name, cdp("atPlace"), place.area)
        self.say(name, cdp("state"), concept("state", slot.state.value))
        for b in slot.bearings:
            if not b.named:
                continue
            term = {State.HELD: "heldBy", State.PROPOSED: "proposedBy", State.LAPSED: "lapsedFrom"}.get(b.state)
            if term == "heldBy" and slot.state is not State.HELD:
                term = "partly"
            if term:
                self.say(name, cdp(term), b.situation.iri)
        for absence in slot.absences:
            self.say(name, cdp("absentBy"), absence)
        if slot.matter.startswith(_HANDOVER) and slot.documents and self._read(slot):
            self.say(name, cdp("readIn"), slot.documents[0])
        if slot.state is not State.HELD and slot.involvement == ACCOUNTABLE:
            for parent in self.records.above(slot.matter):
                for b in self.states.slot(parent, ACCOUNTABLE, place.whole).bearings:
                    if b.state is State.HELD and b.named:
                        self.say(name, cdp("inheritedFrom"), b.situation.iri)

    def _read(self, slot: Slot) -> bool:
        """Say whether what was read covers all of a slot; the three slots of a handover share the answer."""
        if (slot.matter, slot.target) not in self._covered:
            unknown = self.states.unknown(slot.matter, None, slot.target)
            self._covered[slot.matter, slot.target] = unknown is State.NOT_FOUND
        return self._covered[slot.matter, slot.target]

    def _role_state(self, role: str, place: Place) -> State:
        from cdpgraph.answers import parts

        found = {p.state for p in parts.seats(self.states, role, place.whole) if p.post and self._in(p.post.iri, place)}
        for state in (State.HELD, State.PROPOSED, State.LAPSED):
            if state in found:
                return state
        return self.states.unknown(None, role, place.whole)

    def _in(self, post: str, place: Place) -> bool:
        return any(seat.board == place.board for seat in self.records.posts.get(post, ()))
