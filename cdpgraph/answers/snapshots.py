"""Snapshots: a moment written out as a graph, which is all that a gap rule reads.

It holds the matters, the parties and posts, what is in force on the day with its shortcuts, and a slot for each part that
is expected in a place, with its state. Time, scenarios, areas and states are settled when it is written, so rules stay
short; it is small, because only the places asked about are in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from cdpgraph.answers.readings import first_day
from cdpgraph.answers.states import ACCOUNTABLE, COORDINATES, RECEIVES, SENDS, Bearing, Slot, States
from cdpgraph.facts import engine
from cdpgraph.facts.cells import literal
from cdpgraph.facts.moments import Place
from cdpgraph.facts.rows import Situation
from cdpgraph.model import State
from cdpgraph.vocab import ENGLAND, ID, ONT, PREFIXES, RDF_TYPE, RDFS, XSD, cdp, concept, local

_ORG = PREFIXES["org"]
_PROPERTIES = {
    "Holding": ("holder", "post"),
    "Membership": ("", ""),
    "ReportingLine": ("reporter", "reportsTo"),
    "Grant": ("grantor", "funds"),
    "Agreement": ("party", "covers"),
    "InformationFlow": ("discloser", "atHandover"),
}
_KIND = {"ReportingLine": "lineKind", "Agreement": "agreementKind", "InformationFlow": "informationKind", "Grant": "recipient"}
_SHOWN = (State.HELD, State.PROPOSED, State.LAPSED)
_SPREAD = {ACCOUNTABLE, SENDS, RECEIVES, COORDINATES}
_HANDOVER = ID + "handover/"
_COHORTS = f"SELECT DISTINCT ?handover ?cohort WHERE {{ ?handover a <{ONT}Handover> ; <{ONT}servesCohort> ?cohort }}"


class Snapshot:
    """The graph of a moment for some places; ``store`` is what rules are run on."""

    def __init__(self, states: States, places: Iterable[Place]) -> None:
        self.states = states
        self.moment = states.moment
        self.records = states.records
        self.places = tuple(places)
        self.target = 0
        for place in self.places:
            self.target |= place.whole
        self.slots: dict[str, Slot] = {}
        self._out: list[str] = []
        self._parties: set[str] = set()
        self._councils: dict[str, list[Place]] = {}
        self._covered: dict[tuple[str, int], bool] = {}

    def store(self) -> engine.Store:
        """Write the moment into a store in memory."""
        _ = self.records.situations  # read everything in one go rather than party by party
        self._matters()
        self._places()
        self._boards()
        self._assignments()
        self._others()
        self._expected()
        self._described()
        store = engine.store_in_memory()
        engine.load(store, "".join(self._out).encode(), ID + "moment/now")
        return store

    def _say(self, subject: str, predicate: str, value: str) -> None:
        self._out.append(f"<{subject}> <{predicate}> <{value}> .\n")

    def _word(self, subject: str, predicate: str, term: str) -> None:
        self._out.append(f"<{subject}> <{predicate}> {term} .\n")

    def _day(self, subject: str, predicate: str, day: str | None) -> None:
        if day:
            self._word(subject, predicate, f'"{day}"^^<{XSD}date>')

    def _matters(self) -> None:
        index = self.moment.kg.index
        for iri, level, _, _, due, place in index.rows("matter"):
            thing = self.records.thing(iri)
            if thing is None or (place and not self.records.area(place).touched & self.target):
                continue
            self._say(iri, RDF_TYPE, cdp("Matter"))
            self._say(iri, RDF_TYPE, ONT + thing.ref.type)
            self._word(iri, RDFS + "label", literal(thing.ref.label))
            if level:
                self._say(iri, cdp("areaLevel"), level)
            self._day(iri, cdp("dueDate"), due)
        for child, relation, parent in index.rows("relation"):
            self._say(child, ONT + relation, parent)
        for iri, start, end, time, days, *_ in index.rows("handover"):
            self._say(iri, cdp("fromStage"), start)
            self._say(iri, cdp("toStage"), end)
            if time:
                self._word(iri, cdp("timeStandard"), literal(time))
            if days:
                self._word(iri, cdp("withinDays"), f'"{days}"^^<{XSD}integer>')
        for iri, information in index.rows("required_information"):
            self._say(iri, cdp("requiresInformation"), information)
        _, cohorts = self.moment.kg.query(_COHORTS)
        for iri, cohort in cohorts:
            self._say(iri or "", cdp("servesCohort"), cohort or "")

    def _places(self) -> None:
        for place in self.places:
            self._say(place.area, RDF_TYPE, cdp("Place"))
            self._word(place.area, RDFS + "label", literal(self.records.ref(place.area).label))
            # the state of whatever nobody is recorded as doing here: was anything read without limit to one matter?
            self._say(place.area, cdp("state"), concept("state", self.states.unknown(None, None, place.whole).value))
            if place.board:
                self._say(place.area, cdp("onBoard"), place.board)
                self._parties.add(place.board)
        for other in self.moment.partnerships:
            for place in self.places:
                if place.board and other.board and other.whole & place.whole:
                    self._say(other.board, cdp("coversArea"), place.area)
                    self._parties.add(other.board)

    def _boards(self) -> None:
        """Write each board that touches the places, its posts, and who sits in them and on it."""
        parents = dict(self.moment.kg.index.rows("parent"))
        for (iri,) in self.moment.kg.index.rows("thing", "iri", type="Board"):
            top = iri
            while not self.moment.footprint(top) and top in parents:
                top = parents[top]
            if self.moment.exists(self.records.thing(iri)) and self.moment.covers(top) & self.target:
                self._parties.add(iri)
        for posts in self.records.posts.values():
            for seat in posts:
                if seat.board in self._parties or self.moment.covers(seat.iri) & self.target:
                    self._parties.add(seat.iri)

    def _assignments(self) -> None:
        matters = {s.object for s in self.records.situations if s.class_ == "Assignment" and s.object}
        for matter in sorted(matters):
            for b in self.states.bearings(matter, self.target):
                self._assignment(b)

    def _assignment(self, b: Bearing) -> None:
        s = b.situation
        self._parties.add(b.carrier)
        self._say(s.iri, RDF_TYPE, cdp("Assignment"))
        self._say(s.iri, cdp("party"), b.carrier)
        self._say(s.iri, cdp("matter"), s.object or "")
        for kind in self.records.involvements.get(s.kind or "", ()):
            self._say(s.iri, cdp("involvement"), kind)
        self._dated(s, b.state)
        kinds = self.records.involvements.get(s.kind or "", frozenset())
        for place in self.places:
            if b.touched & place.whole:
                self._say(s.iri, cdp("atPlace"), place.area)
                if b.named and kinds & _SPREAD:
                    self._spread(b, place)
        shortcut = self.records.concepts[s.kind].shortcut if s.kind in self.records.concepts else None
        if b.state is State.HELD and shortcut:
            self._say(b.carrier, shortcut, s.object or "")

    def _spread(self, b: Bearing, place: Place) -> None:
        """Write whether an assignment takes in all of a place, and which councils of a place that has several."""
        if b.whole & place.whole == place.whole:
            self._say(b.situation.iri, cdp("coversArea"), place.area)
        if place.area not in self._councils:
            inside = [c for c in self.moment.councils if c.whole & place.whole]
            self._councils[place.area] = inside if len(inside) > 1 else []
        for council in self._councils[place.area]:
            if b.touched & council.whole & place.whole:
                self._say(b.situation.iri, cdp("coversArea"), council.area)

    def _dated(self, s: Situation, state: State) -> None:
        self._say(s.iri, cdp("state"), concept("state", state.value))
        self._say(s.iri, cdp("standing"), s.standing)
        self._say(s.iri, cdp("lifecycle"), s.lifecycle)
        self._day(s.iri, cdp("validFrom"), s.from_)
        self._day(s.iri, cdp("validUntil"), s.until)
        if s.law:
            self._word(s.iri, cdp("legalBasis"), literal(s.law))
        for duty in s.derived:
            self._say(s.iri, cdp("derivedFrom"), duty)
        evidence = self.states.evidence(s)
        for stance, term in (("supports", "supportedBy"), ("qualifies", "qualifiedBy"), ("denies", "deniedBy")):
            count = sum(e.stance == stance for e in evidence)
            self._word(s.iri, cdp(term), f'"{count}"^^<{XSD}integer>')
        newest = max((e.issued or "" for e in evidence), default="")
        self._day(s.iri, cdp("evidenceFrom"), first_day(newest) if newest else None)

    def _others(self) -> None:
        for s in self.records.situations:
            if s.class_ not in _PROPERTIES:
                continue
            state = self.moment.state(s)
            if state is None and s.class_ == "Agreement" and (s.from_ or "") > self.moment.on:
                state = State.PROPOSED  # signed and not yet begun: whoever asks what ends has to know
            if state not in _SHOWN or not self._near(s):
                continue
            self._say(s.iri, RDF_TYPE, ONT + s.class_)
            self._dated(s, state)
            carrier = self.moment.carrier(s)
            subject, target = _PROPERTIES[s.class_]
            if s.class_ == "Membership":
                self._say(s.iri, _ORG + "member", carrier)
                self._say(s.iri, _ORG + "organization", s.object or "")
                if state is not State.LAPSED:
                    self._say(carrier, cdp("sitsOn"), s.object or "")
            else:
                self._say(s.iri, cdp(subject), carrier)
                if s.object:
                    self._say(s.iri, cdp(target), s.object)
                if s.kind and s.class_ in _KIND:
                    self._say(s.iri, cdp(_KIND[s.class_]), s.kind)
            if s.class_ == "Holding":
                self._parties.add(s.object or "")
                if state is State.HELD:
                    self._say(carrier, cdp("holds"), s.object or "")
            self._located(s)
            self._parties.add(carrier)
        for iri, receiver in self.moment.kg.index.rows("flow"):
            self._say(iri, cdp("receiver"), receiver)

    def _located(self, s: Situation) -> None:
        """Write where a situation with areas of its own is; money for all of England is of no one place."""
        whole, part = self.moment.mask(s) if s.areas else (0, 0)
        if s.class_ == "Grant" and whole == self.records.england:
            self._say(s.iri, cdp("atPlace"), ENGLAND)
            return
        for place in self.places:
            if (whole | part) & place.whole:
                self._say(s.iri, cdp("atPlace"), place.area)

    def _near(self, s: Situation) -> bool:
        """Say whether a situation bears on the places: by its own areas, or by a party that is in the picture."""
        if s.areas:
            whole, part = self.moment.mask(s)
            return bool((whole | part) & self.target)
        if s.class_ == "ReportingLine":  # half the country reports to the same national unit
            return s.subject in self._parties or bool(self.moment.covers(s.object or "") & self.target)
        return s.subject in self._parties or s.object in self._parties or (s.object or "").startswith(_HANDOVER)

    def _expected(self) -> None:
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
                    self._say(name, RDF_TYPE, cdp("Slot"))
                    self._say(name, cdp("ofRole"), role)
                    self._say(name, cdp("atPlace"), place.area)
                    self._say(name, cdp("onBoard"), place.board)
                    self._say(name, cdp("state"), concept("state", self._role_state(role, place).value))
                elif kind and place.board and local(each) == "partnership":
                    name = f"{ID}slot/{local(place.area)}/{local(iri)}"
                    self._say(name, RDF_TYPE, cdp("Slot"))
                    self._say(name, cdp("expectedKind"), kind)
                    self._say(name, cdp("onBoard"), place.board)
                    self._say(name, cdp("atPlace"), place.area)
                    self._say(name, cdp("state"), concept("state", self.states.unknown(None, None, place.whole).value))
                else:
                    continue
                self._say(name, cdp("ofExpectation"), iri)
                self._say(name, cdp("strength"), strength)

    def _each(self, each: str) -> Iterable[Place]:
        if each == "england":
            return [p for p in self.places if p.whole == self.records.england] or self._england()
        return self.places if each == "place" else [p for p in self.places if p.board]

    def _england(self) -> list[Place]:
        """England itself, where all of it is asked about; what is owned nationally is no gap of one place."""
        whole = self.target & self.records.england == self.records.england
        return [Place(ID + "area/E92000001", None, self.records.england)] if whole else []

    def _slot(self, name: str, slot: Slot, place: Place) -> None:
        self._say(name, RDF_TYPE, cdp("Slot"))
        self._say(name, cdp("matter"), slot.matter)
        self._say(name, cdp("involvement"), slot.involvement)
        self._say(name, cdp("atPlace"), place.area)
        self._say(name, cdp("state"), concept("state", slot.state.value))
        for b in slot.bearings:
            if not b.named:
                continue
            term = {State.HELD: "heldBy", State.PROPOSED: "proposedBy", State.LAPSED: "lapsedFrom"}.get(b.state)
            if term == "heldBy" and slot.state is not State.HELD:
                term = "partly"
            if term:
                self._say(name, cdp(term), b.situation.iri)
        for absence in slot.absences:
            self._say(name, cdp("absentBy"), absence)
        if slot.matter.startswith(_HANDOVER) and slot.documents and self._read(slot):
            self._say(name, cdp("readIn"), slot.documents[0])
        if slot.state is not State.HELD and slot.involvement == ACCOUNTABLE:
            for parent in self.records.above(slot.matter):
                for b in self.states.slot(parent, ACCOUNTABLE, place.whole).bearings:
                    if b.state is State.HELD and b.named:
                        self._say(name, cdp("inheritedFrom"), b.situation.iri)

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

    def _described(self) -> None:
        """Write what each party in the picture is, and to whom it resolves."""
        seen: set[str] = set()
        queue = sorted(self._parties)
        parents = dict(self.moment.kg.index.rows("parent"))
        while queue:
            party = queue.pop()
            thing = self.records.thing(party)
            if party in seen or thing is None:
                continue
            seen.add(party)
            self._say(party, RDF_TYPE, cdp("Party"))
            self._say(party, RDF_TYPE, ONT + thing.ref.type)
            self._word(party, RDFS + "label", literal(thing.ref.label))
            for kind in self.records.broader(thing.kind):
                self._say(party, _ORG + "classification", kind)
            self._day(party, cdp("validUntil"), thing.until)
            if party in parents:
                self._say(party, _ORG + "subOrganizationOf", parents[party])
            for seat in self.records.posts.get(party, ()):
                self._say(party, _ORG + "role", seat.role)
                if seat.board != party:
                    self._say(party, _ORG + "postIn", seat.board)
            resolved = self.moment.resolve(party)
            self._say(party, cdp("resolvesTo"), resolved)
            queue.append(resolved)
        self._ends(seen)

    def _ends(self, parties: set[str]) -> None:
        """Write what is known or announced to end among the parties, and who is to follow whom."""
        rows = self.moment.kg.index.rows("ending", 'iri, party, kind, "on", standing, lifecycle')
        for iri, named, kind, on, standing, lifecycle in rows:
            ending = [p for p in parties if p == named or (kind and self._kind(p) == kind)]
            if not ending or local(lifecycle) == "withdrawn":
                continue
            self._say(iri, RDF_TYPE, cdp("Ending"))
            self._day(iri, cdp("effectiveDate"), on)
            self._say(iri, cdp("standing"), standing)
            for party in ending:
                self._say(iri, cdp("party"), party)
        for s in self.records.situations:
            if s.class_ == "Succession" and s.subject in parties and s.object:
                self._say(s.subject, cdp("successor"), s.object)

    def _kind(self, party: str) -> str | None:
        thing = self.records.thing(party)
        return thing.kind if thing else None
