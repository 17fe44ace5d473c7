"""In force: the situations of a moment, written as statements with their state, places and shortcuts."""

from __future__ import annotations

from collections.abc import Iterable

from cdpgraph.answers.readings import first_day
from cdpgraph.answers.statements import Statements
from cdpgraph.answers.states import ACCOUNTABLE, COORDINATES, RECEIVES, SENDS, Bearing, States
from cdpgraph.facts.cells import literal
from cdpgraph.facts.moments import Place
from cdpgraph.facts.rows import Situation
from cdpgraph.model import State
from cdpgraph.vocab import ENGLAND, ID, ONT, PREFIXES, RDF_TYPE, XSD, cdp, concept

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


class InForce(Statements):
    """Writes what is in force, put forward or lapsed on the day."""

    def __init__(self, states: States, places: Iterable[Place]) -> None:
        super().__init__(states, places)
        self._councils: dict[str, list[Place]] = {}

    def assignments(self) -> None:
        """Write every assignment that touches the places, with its state and its shortcuts."""
        matters = {s.object for s in self.records.situations if s.class_ == "Assignment" and s.object}
        for matter in sorted(matters):
            for b in self.states.bearings(matter, self.target):
                self._assignment(b)

    def _assignment(self, b: Bearing) -> None:
        s = b.situation
        self.parties.add(b.carrier)
        self.say(s.iri, RDF_TYPE, cdp("Assignment"))
        self.say(s.iri, cdp("party"), b.carrier)
        self.say(s.iri, cdp("matter"), s.object or "")
        for kind in self.records.involvements.get(s.kind or "", ()):
            self.say(s.iri, cdp("involvement"), kind)
        self._dated(s, b.state)
        kinds = self.records.involvements.get(s.kind or "", frozenset())
        for place in self.places:
            if b.touched & place.whole:
                self.say(s.iri, cdp("atPlace"), place.area)
                if b.named and kinds & _SPREAD:
                    self._spread(b, place)
        shortcut = self.records.concepts[s.kind].shortcut if s.kind in self.records.concepts else None
        if b.state is State.HELD and shortcut:
            self.say(b.carrier, shortcut, s.object or "")

    def _spread(self, b: Bearing, place: Place) -> None:
        """Write whether an assignment takes in all of a place, and which councils of a place that has several."""
        if b.whole & place.whole == place.whole:
            self.say(b.situation.iri, cdp("coversArea"), place.area)
        if place.area not in self._councils:
            inside = [c for c in self.moment.councils if c.whole & place.whole]
            self._councils[place.area] = inside if len(inside) > 1 else []
        for council in self._councils[place.area]:
            if b.touched & council.whole & place.whole:
                self.say(b.situation.iri, cdp("coversArea"), council.area)

    def _dated(self, s: Situation, state: State) -> None:
        self.say(s.iri, cdp("state"), concept("state", state.value))
        self.say(s.iri, cdp("standing"), s.standing)
        self.say(s.iri, cdp("lifecycle"), s.lifecycle)
        self.day(s.iri, cdp("validFrom"), s.from_)
        self.day(s.iri, cdp("validUntil"), s.until)
        if s.law:
            self.word(s.iri, cdp("legalBasis"), literal(s.law))
        for duty in s.derived:
            self.say(s.iri, cdp("derivedFrom"), duty)
        evidence = self.states.evidence(s)
        for stance, term in (("supports", "supportedBy"), ("qualifies", "qualifiedBy"), ("denies", "deniedBy")):
            count = sum(e.stance == stance for e in evidence)
            self.word(s.iri, cdp(term), f'"{count}"^^<{XSD}integer>')
        newest = max((e.issued or "" for e in evidence), default="")
        self.day(s.iri, cdp("evidenceFrom"), first_day(newest) if newest else None)

    def others(self) -> None:
        """Write the memberships, holdings, lines, grants, agreements and flows that bear on the places."""
        for s in self.records.situations:
            if s.class_ not in _PROPERTIES:
                continue
            state = self.moment.state(s)
            if state is None and s.class_ == "Agreement" and (s.from_ or "") > self.moment.on:
                state = State.PROPOSED  # signed and not yet begun: whoever asks what ends has to know
            if state not in _SHOWN or not self._near(s):
                continue
            self.say(s.iri, RDF_TYPE, ONT + s.class_)
            self._dated(s, state)
            carrier = self.moment.carrier(s)
            subject, target = _PROPERTIES[s.class_]
            if s.class_ == "Membership":
                self.say(s.iri, _ORG + "member", carrier)
                self.say(s.iri, _ORG + "organization", s.object or "")
                if state is not State.LAPSED:
                    self.say(carrier, cdp("sitsOn"), s.object or "")
            else:
                self.say(s.iri, cdp(subject), carrier)
                if s.object:
                    self.say(s.iri, cdp(target), s.object)
                if s.kind and s.class_ in _KIND:
                    self.say(s.iri, cdp(_KIND[s.class_]), s.kind)
            if s.class_ == "Holding":
                self.parties.add(s.object or "")
                if state is State.HELD:
                    self.say(carrier, cdp("holds"), s.object or "")
            self._located(s)
            self.parties.add(carrier)
        for iri, receiver in self.moment.kg.index.rows("flow"):
            self.say(iri, cdp("receiver"), receiver)

    def _located(self, s: Situation) -> None:
        """Write where a situation with areas of its own is; money for all of England is of no one place."""
        whole, part = self.moment.mask(s) if s.areas else (0, 0)
        if s.class_ == "Grant" and whole == self.records.england:
            self.say(s.iri, cdp("atPlace"), ENGLAND)
            return
        for place in self.places:
            if (whole | part) & place.whole:
                self.say(s.iri, cdp("atPlace"), place.area)

    def _near(self, s: Situation) -> bool:
        """Say whether a situation bears on the places: by its own areas, or by a party that is in the picture."""
        if s.areas:
            whole, part = self.moment.mask(s)
            return bool((whole | part) & self.target)
        if s.class_ == "ReportingLine":  # half the country reports to the same national unit
            return s.subject in self.parties or bool(self.moment.covers(s.object or "") & self.target)
        return s.subject in self.parties or s.object in self.parties or (s.object or "").startswith(_HANDOVER)
