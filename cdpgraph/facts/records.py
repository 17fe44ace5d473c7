"""Records: the rows of the index as small typed values, read when asked for and kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from cdpgraph.facts.index import Index
from cdpgraph.facts.rows import Area, Concept, Document, Post, Situation, Thing
from cdpgraph.model import Evidence, Ref
from cdpgraph.vocab import ENGLAND, local

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
            self.prefetch_things([iri])
        return self._things[iri]

    def prefetch_things(self, iris: Iterable[str]) -> None:
        """Read many things in one go; each look-up of its own would cost as much as all of them."""
        missing = {i for i in iris if i not in self._things}
        if not missing:
            return
        self._things.update(dict.fromkeys(missing))
        for iri, label, type_, code, kind, start, end, definition, note in self.index.rows("thing", iri=missing):
            if self._things[iri] is None:
                self._things[iri] = Thing(Ref(iri, label, type_, code), kind, start, end, definition, note)

    def ref(self, iri: str) -> Ref:
        """Return a reference to the thing or concept at an address; one without a name is called by its last word."""
        found = self.thing(iri)
        if found is not None:
            return found.ref
        if iri in self.concepts:
            return self.concepts[iri].ref
        return Ref(iri, local(iri), "Thing")

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
        self.prefetch_evidence(about)
        if len(about) == 1:
            return self._evidence[about[0]]
        found: list[Evidence] = []
        for iri in about:
            found += [e for e in self._evidence[iri] if e not in found]
        return self._weighed(found)

    def prefetch_evidence(self, about: Iterable[str]) -> None:
        """Read the evidence about many things in one go, with the documents it is in."""
        missing = {i for i in about if i not in self._evidence}
        if not missing:
            return
        rows = self.index.rows("evidence", "about, document, locator, quote, stance, speaker", about=missing)
        self.prefetch_things({r[1] for r in rows} | {r[5] for r in rows if r[5]})
        unread = {r[1] for r in rows if r[1] not in self._documents}
        self._documents.update({r[0]: Document(*r) for r in self.index.rows("document", iri=unread)})
        grouped: dict[str, list[Evidence]] = {iri: [] for iri in missing}
        for iri, *said in rows:
            grouped[iri].append(self._said(*said))
        self._evidence.update({iri: self._weighed(found) for iri, found in grouped.items()})

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
            about.dated if about else None,
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
    def endings(self) -> list[tuple[Any, ...]]:
        """Every announced ending: address, party, kind of party, day, standing, lifecycle, precision, note."""
        return self.index.rows("ending", 'iri, party, kind, "on", standing, lifecycle, precision, note')

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
