"""Records: the rows of the index as small typed values, read when asked for and kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from cdpgraph.facts.index import Index
from cdpgraph.model import Evidence, Ref
from cdpgraph.vocab import ENGLAND, local


class Thing(NamedTuple):
    """Anything with a name. ``until`` is the first day it no longer exists."""

    ref: Ref
    kind: str | None
    from_: str | None
    until: str | None
    definition: str | None
    note: str | None


class Concept(NamedTuple):
    """A concept of a scheme."""

    iri: str
    scheme: str
    label: str
    broader: str | None
    raci: str | None
    shortcut: str | None
    sector: str | None
    level: str | None
    rolls: str | None
    seat: str | None
    weight: int
    months: int | None
    order: int
    definition: str

    @property
    def ref(self) -> Ref:
        """The concept as a reference."""
        return Ref(self.iri, self.label, "Concept")


class Situation(NamedTuple):
    """A dated fact: who (``subject``), which kind, in what (``object``), where, from when to when, on what it rests."""

    iri: str
    class_: str
    subject: str
    kind: str | None
    object: str | None
    areas: tuple[str, ...]
    standing: str
    lifecycle: str
    from_: str | None
    until: str | None
    precision: str | None
    law: str | None
    derived: tuple[str, ...]
    note: str | None


class Post(NamedTuple):
    """A seat, its role, and the board or body it is in."""

    iri: str
    role: str
    board: str


class Area(NamedTuple):
    """An area as sets of smallest areas, one bit each: wholly in it, and in it in part."""

    iri: str
    whole: int
    part: int

    @property
    def touched(self) -> int:
        """Every smallest area it takes in or touches."""
        return self.whole | self.part


_SITUATION = 'iri, class, subject, kind, object, area, standing, lifecycle, "from", until, precision, law, derived, note'


class Records:
    """Typed access to one index; what was read once is kept, because the index never changes."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._things: dict[str, Thing | None] = {}
        self._evidence: dict[str, tuple[Evidence, ...]] = {}
        self._footprints: dict[str, tuple[Situation, ...]] = {}
        self._documents: dict[str, Document | None] = {}
        self._of: dict[tuple[str, str], tuple[Situation, ...]] = {}

    def thing(self, iri: str) -> Thing | None:
        """Return the thing at an address, or nothing."""
        if iri not in self._things:
            rows = self.index.rows("thing", iri=iri)
            self._things[iri] = self._thing(rows) if rows else None
        return self._things[iri]

    def ref(self, iri: str) -> Ref:
        """Return a reference to the thing or concept at an address; one without a name is called by its last word."""
        found = self.thing(iri)
        if found is not None:
            return found.ref
        if iri in self.concepts:
            return self.concepts[iri].ref
        return Ref(iri, local(iri), "Thing")

    @staticmethod
    def _thing(rows: list[tuple[str | None, ...]]) -> Thing:
        row = rows[0]
        iri, label, type_, code, kind, start, end, definition, note = row
        return Thing(Ref(iri or "", label or "", type_ or "", code), kind, start, end, definition, note)

    @cached_property
    def concepts(self) -> dict[str, Concept]:
        """Every concept by address."""
        rows = self.index.rows(
            "concept",
            'iri, scheme, label, broader, raci, shortcut, sector, level, rolls, seat, weight, months, "order", definition',
        )
        found = {}
        for *words, weight, months, order, definition in rows:
            numbers = (int(weight or 9), int(months) if months else None, int(order or 0))
            found[words[0]] = Concept(*words, *numbers, definition)  # type: ignore[call-arg]
        return found

    @cached_property
    def involvements(self) -> dict[str, frozenset[str]]:
        """Each kind of part with all kinds it rolls up to, itself included."""
        return {iri: frozenset(self.broader(iri)) for iri, c in self.concepts.items() if c.scheme == "involvement"}

    def broader(self, iri: str | None) -> list[str]:
        """Return a concept and all broader ones."""
        found = []
        while iri is not None and iri in self.concepts and iri not in found:
            found.append(iri)
            iri = self.concepts[iri].broader
        return found

    def area(self, iri: str) -> Area:
        """Return an area as sets of smallest areas; one without any covers nothing."""
        return self.areas.get(iri) or Area(iri, 0, 0)

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Every area by address."""
        return {iri: Area(iri, int(whole, 16), int(part, 16)) for iri, whole, part in self.index.rows("mask")}

    @cached_property
    def england(self) -> int:
        """All smallest areas."""
        return self.area(ENGLAND).whole

    def about(self, matter: str) -> tuple[Situation, ...]:
        """Return every situation whose object is ``matter`` (or board, or post)."""
        return self._situations("object", matter)

    def by(self, party: str) -> tuple[Situation, ...]:
        """Return every situation whose subject is ``party``."""
        return self._situations("subject", party)

    def _situations(self, column: str, value: str) -> tuple[Situation, ...]:
        key = (column, value)
        if key not in self._of:
            self._of[key] = tuple(self._grouped(self.index.rows("situation", _SITUATION, **{column: value})))
        return self._of[key]

    def footprints(self, party: str) -> tuple[Situation, ...]:
        """Return the footprints of a party."""
        if party not in self._footprints:
            self.prefetch_footprints([party])
        return self._footprints[party]

    def prefetch_footprints(self, parties: Iterable[str]) -> None:
        """Read the footprints of many parties in one go; asking for each then costs nothing."""
        missing = [p for p in parties if p not in self._footprints]
        self._footprints.update((p, ()) for p in missing)
        for s in self._grouped(self.index.rows("situation", _SITUATION, subject=missing, **{"class": "Footprint"})):
            self._footprints[s.subject] = (*self._footprints[s.subject], s)

    def situation(self, iri: str) -> Situation | None:
        """Return one situation, or nothing."""
        found = list(self._grouped(self.index.rows("situation", _SITUATION, iri=iri)))
        return found[0] if found else None

    @cached_property
    def situations(self) -> tuple[Situation, ...]:
        """Every situation there is."""
        found = tuple(self._grouped(self.index.rows("situation", _SITUATION)))
        by_object: dict[str, list[Situation]] = {}
        by_subject: dict[str, list[Situation]] = {}
        for s in found:
            by_subject.setdefault(s.subject, []).append(s)
            if s.object is not None:
                by_object.setdefault(s.object, []).append(s)
        for column, grouped in (("object", by_object), ("subject", by_subject)):
            self._of.update({(column, value): tuple(group) for value, group in grouped.items()})
        return found

    @staticmethod
    def _grouped(rows: Iterable[tuple[Any, ...]]) -> Iterable[Situation]:
        """Join the rows of one situation: a row for each area, subject or object it has."""
        together: dict[tuple[str | None, ...], Situation] = {}
        for row in rows:
            iri, class_, subject, kind, about, area, standing, lifecycle, start, end, precision, law, derived, note = row
            key = (iri, class_, subject, kind, about)
            known = together.get(key)
            if known is None:
                areas, rests = (area,) if area else (), (derived,) if derived else ()
                together[key] = Situation(
                    iri, class_, subject, kind, about, areas, standing, lifecycle, start, end, precision, law, rests, note
                )
            else:
                if area and area not in known.areas:
                    known = known._replace(areas=(*known.areas, area))
                if derived and derived not in known.derived:
                    known = known._replace(derived=(*known.derived, derived))
                together[key] = known
        return together.values()

    def evidence(self, *about: str) -> tuple[Evidence, ...]:
        """Return the evidence about each address, weightiest kind of document first, then newest."""
        found: list[Evidence] = []
        for iri in about:
            if iri not in self._evidence:
                rows = self.index.rows("evidence", "document, locator, quote, stance, speaker", about=iri)
                self._evidence[iri] = self._weighed([self._said(*row) for row in rows])
            found += [e for e in self._evidence[iri] if e not in found]
        return tuple(found) if len(about) == 1 else self._weighed(found)

    def _weighed(self, found: list[Evidence]) -> tuple[Evidence, ...]:
        """Sort evidence, and keep one line for each place of a document, with a quotation if there is one."""
        once: dict[tuple[str, str, str], Evidence] = {}
        for e in found:
            key = (e.document.iri, e.locator, e.stance)
            if key not in once or (e.quote and not once[key].quote):
                once[key] = e
        kept = sorted(once.values(), key=lambda e: e.locator)
        kept.sort(key=lambda e: e.issued or "", reverse=True)
        return tuple(sorted(kept, key=lambda e: self.weight(e.document.iri)))

    def _said(self, document: str, locator: str, quote: str | None, stance: str, speaker: str | None) -> Evidence:
        about = self.document(document)
        return Evidence(
            self.ref(document),
            locator,
            local(stance),
            self.ref(speaker) if speaker else None,
            about.issued if about else None,
            about.url if about else None,
            quote,
        )

    def weight(self, document: str) -> int:
        """Return how weighty a document's kind is; 1 is weightiest."""
        about = self.document(document)
        return self.concepts[about.kind].weight if about and about.kind in self.concepts else 9

    def document(self, iri: str) -> Document | None:
        """Return what is known of a document, or nothing."""
        if iri not in self._documents:
            rows = self.index.rows("document", iri=iri)
            self._documents[iri] = Document(*rows[0]) if rows else None
        return self._documents[iri]

    @cached_property
    def posts(self) -> dict[str, tuple[Post, ...]]:
        """Every post by address; a corporation sole or a mayor may have more than one role."""
        found: dict[str, tuple[Post, ...]] = {}
        for row in self.index.rows("post"):
            found[row[0]] = (*found.get(row[0], ()), Post(*row))
        return found

    @cached_property
    def relations(self) -> dict[str, list[tuple[str, str]]]:
        """Each matter with its parents: (relation, parent)."""
        found: dict[str, list[tuple[str, str]]] = {}
        for child, relation, parent in self.index.rows("relation"):
            found.setdefault(child, []).append((relation, parent))
        return found

    def above(self, matter: str, *relations: str) -> list[str]:
        """Return every matter above one, nearest first, by the named relations or by part-of and serves."""
        wanted = relations or ("partOf", "contributesTo")
        found: list[str] = []
        queue = [matter]
        while queue:
            for relation, parent in self.relations.get(queue.pop(0), []):
                if relation in wanted and parent not in found:
                    found.append(parent)
                    queue.append(parent)
        return found


class Document(NamedTuple):
    """When a document was published, by whom, of what kind, and how much of it was read."""

    iri: str
    publisher: str
    party: str | None
    issued: str | None
    kind: str
    url: str | None
    read: str
