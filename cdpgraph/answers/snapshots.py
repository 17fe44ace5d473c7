"""Snapshots: a moment written out as a graph, which is all that a gap rule reads.

It holds the matters, the parties and posts, what is in force on the day with its shortcuts, and a slot for each part that
is expected in a place, with its state. Time, scenarios, areas and states are settled when it is written, so rules stay
short; it is small, because only the places asked about are in it.
"""

from __future__ import annotations

from cdpgraph.answers.in_force import InForce
from cdpgraph.answers.slots import Slots
from cdpgraph.facts import engine
from cdpgraph.facts.cells import literal
from cdpgraph.vocab import ID, ONT, PREFIXES, RDF_TYPE, RDFS, XSD, cdp, concept, local

_ORG = PREFIXES["org"]


class Snapshot(InForce, Slots):
    """The graph of a moment for some places; ``store`` makes what rules are run on."""

    def store(self) -> engine.Store:
        """Write the moment into a store in memory."""
        _ = self.records.situations  # read everything in one go rather than party by party
        self._matters()
        self._places()
        self._boards()
        self.assignments()
        self.others()
        self.expected()
        self._described()
        store = engine.store_in_memory()
        engine.load(store, "".join(self.out).encode(), ID + "moment/now")
        return store

    def _matters(self) -> None:
        index = self.moment.kg.index
        for iri, level, _, _, due, place in index.rows("matter"):
            thing = self.records.thing(iri)
            if thing is None or (place and not self.records.area(place).touched & self.target):
                continue
            self.say(iri, RDF_TYPE, cdp("Matter"))
            self.say(iri, RDF_TYPE, ONT + thing.ref.type)
            self.word(iri, RDFS + "label", literal(thing.ref.label))
            if level:
                self.say(iri, cdp("areaLevel"), level)
            self.day(iri, cdp("dueDate"), due)
        for child, relation, parent in index.rows("relation"):
            self.say(child, ONT + relation, parent)
        for iri, start, end, time, days, *_ in index.rows("handover"):
            self.say(iri, cdp("fromStage"), start)
            self.say(iri, cdp("toStage"), end)
            if time:
                self.word(iri, cdp("timeStandard"), literal(time))
            if days:
                self.word(iri, cdp("withinDays"), f'"{days}"^^<{XSD}integer>')
        for iri, information in index.rows("required_information"):
            self.say(iri, cdp("requiresInformation"), information)
        for iri, cohort in index.rows("served_cohort"):
            self.say(iri, cdp("servesCohort"), cohort)

    def _places(self) -> None:
        for place in self.places:
            self.say(place.area, RDF_TYPE, cdp("Place"))
            self.word(place.area, RDFS + "label", literal(self.records.ref(place.area).label))
            # the state of whatever nobody is recorded as doing here: was anything read without limit to one matter?
            self.say(place.area, cdp("state"), concept("state", self.states.unknown(None, None, place.whole).value))
            if place.board:
                self.say(place.area, cdp("onBoard"), place.board)
                self.parties.add(place.board)
        for other in self.moment.partnerships:
            for place in self.places:
                if place.board and other.board and other.whole & place.whole:
                    self.say(other.board, cdp("coversArea"), place.area)
                    self.parties.add(other.board)

    def _boards(self) -> None:
        """Write each board that touches the places, its posts, and who sits in them and on it."""
        parents = dict(self.moment.kg.index.rows("parent"))
        for (iri,) in self.moment.kg.index.rows("thing", "iri", type="Board"):
            top = iri
            while not self.moment.footprint(top) and top in parents:
                top = parents[top]
            if self.moment.exists(self.records.thing(iri)) and self.moment.covers(top) & self.target:
                self.parties.add(iri)
        for posts in self.records.posts.values():
            for seat in posts:
                if seat.board in self.parties or self.moment.covers(seat.iri) & self.target:
                    self.parties.add(seat.iri)

    def _described(self) -> None:
        """Write what each party in the picture is, and to whom it resolves."""
        seen: set[str] = set()
        queue = sorted(self.parties)
        parents = dict(self.moment.kg.index.rows("parent"))
        while queue:
            party = queue.pop()
            thing = self.records.thing(party)
            if party in seen or thing is None:
                continue
            seen.add(party)
            self.say(party, RDF_TYPE, cdp("Party"))
            self.say(party, RDF_TYPE, ONT + thing.ref.type)
            self.word(party, RDFS + "label", literal(thing.ref.label))
            for kind in self.records.broader(thing.kind):
                self.say(party, _ORG + "classification", kind)
            self.day(party, cdp("validUntil"), thing.until)
            if party in parents:
                self.say(party, _ORG + "subOrganizationOf", parents[party])
            for seat in self.records.posts.get(party, ()):
                self.say(party, _ORG + "role", seat.role)
                if seat.board != party:
                    self.say(party, _ORG + "postIn", seat.board)
            resolved = self.moment.resolve(party)
            self.say(party, cdp("resolvesTo"), resolved)
            queue.append(resolved)
        self._ends(seen)

    def _ends(self, parties: set[str]) -> None:
        """Write what is known or announced to end among the parties, and who is to follow whom."""
        rows = self.moment.kg.index.rows("ending", 'iri, party, kind, "on", standing, lifecycle')
        for iri, named, kind, on, standing, lifecycle in rows:
            ending = [p for p in parties if p == named or (kind and self.kind(p) == kind)]
            if not ending or local(lifecycle) == "withdrawn":
                continue
            self.say(iri, RDF_TYPE, cdp("Ending"))
            self.day(iri, cdp("effectiveDate"), on)
            self.say(iri, cdp("standing"), standing)
            for party in ending:
                self.say(iri, cdp("party"), party)
        for s in self.records.situations:
            if s.class_ == "Succession" and s.subject in parties and s.object:
                self.say(s.subject, cdp("successor"), s.object)
