"""Readings: what was read about a place, and where a source says that there is nobody.

This is what separates ``not-found`` from ``not-read``, and both from ``nobody``.
"""

from __future__ import annotations

import datetime

from cdpgraph.facts.moments import ABSENCE_MONTHS, FIRST, Moment
from cdpgraph.model import Coverage, State


class Readings:
    """The readings and the absences of one moment."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self.records = moment.records
        self._readings: list[tuple[str, int, bool, set[str], set[str]]] | None = None
        self._covers: dict[tuple[str | None, str | None, int], list[tuple[str, int]]] = {}
        self._absences: dict[str, list[tuple[str, str, int]]] | None = None

    def read(self, matter: str | None, role: str | None, target: int) -> tuple[str, ...]:
        """Return the documents recorded as read that bear on ``target`` and on the matter or the role."""
        return tuple(dict.fromkeys(d for d, mask in self._covering(matter, role, target) if mask & target))

    def unknown(self, matter: str | None, role: str | None, target: int) -> State:
        """Return ``not-found`` where what was read covers all of ``target``, ``not-read`` where it does not."""
        union = 0
        for _, mask in self._covering(matter, role, target):
            union |= mask
        return State.NOT_FOUND if target and union & target == target else State.NOT_READ

    def coverage(self, matter: str | None, role: str | None, target: int) -> Coverage:
        """Return how much has been read that could have answered."""
        documents = tuple(self.records.ref(d) for d in self.read(matter, role, target))
        return Coverage(len(documents), documents)

    def absences(self, matter: str, involvement: str, target: int) -> tuple[str, ...]:
        """Return the absences, in force on the day, that say nobody carries the part over all of ``target``."""
        if self._absences is None:
            self._absences = self._absent_on_the_day()
        kinds = self.records.involvements[involvement]
        return tuple(a for a, kind, mask in self._absences.get(matter, []) if kind in kinds and mask & target == target)

    def _absent_on_the_day(self) -> dict[str, list[tuple[str, str, int]]]:
        together: dict[str, tuple[str, str, str | None, str | None, int]] = {}
        rows = self.moment.kg.index.rows("absence", 'iri, matter, involvement, area, "from", until')
        for iri, matter, involvement, area, start, end in rows:
            mask = self.records.area(area).whole if area else self.records.england
            known = together.get(iri)
            together[iri] = (matter, involvement, start, end, mask | (known[4] if known else 0))
        found: dict[str, list[tuple[str, str, int]]] = {}
        for iri, (matter, involvement, start, end, mask) in together.items():
            said = start or first_day(max((e.issued or "" for e in self.records.evidence(iri)), default="") or FIRST)
            until = end or months_later(said, ABSENCE_MONTHS)
            if said <= self.moment.on < until:
                found.setdefault(matter, []).append((iri, involvement, mask))
        return found

    def _covering(self, matter: str | None, role: str | None, target: int) -> list[tuple[str, int]]:
        """A reading of a national document counts for England only; nobody has read about a place by reading about all."""
        asked = (matter, role, target)
        if asked in self._covers:
            return self._covers[asked]
        wanted = {matter, *self.records.above(matter, "partOf", "contributesTo", "concerns")} if matter else set()
        national = target == self.records.england
        found = []
        for document, mask, of_england, matters, roles in self.readings:
            if of_england and not national:
                continue
            if (not matters and not roles) or (matters & wanted) or (role is not None and role in roles):
                found.append((document, mask))
        self._covers[asked] = found
        return found

    @property
    def readings(self) -> list[tuple[str, int, bool, set[str], set[str]]]:
        """Each reading that counts on the day: document, where, whether for England as a whole, matters, roles."""
        if self._readings is None:
            self._readings = self._readings_on_the_day()
        return self._readings

    def _readings_on_the_day(self) -> list[tuple[str, int, bool, set[str], set[str]]]:
        together: dict[str, tuple[str, set[str], set[str], set[str]]] = {}
        rows = self.moment.kg.index.rows("reading", 'iri, document, area, matter, role, "from"')
        for iri, document, area, matter, role, begins in rows:
            if begins is None or begins > self.moment.on:
                continue
            _, areas, matters, roles = together.setdefault(iri, (document, set(), set(), set()))
            for value, into in ((area, areas), (matter, matters), (role, roles)):
                if value:
                    into.add(value)
        found = []
        for document, areas, matters, roles in together.values():
            mask = 0
            for area in areas:
                mask |= self.records.area(area).whole
            found.append((document, mask, mask == self.records.england, matters, roles))
        return found


def months_later(day: str, months: int) -> str:
    """Return the day some months after a day; the first of the month stands for days that do not exist.

    >>> months_later("2022-09-07", 24)
    '2024-09-07'
    """
    date = datetime.date.fromisoformat(day)
    month = date.month - 1 + months
    year, month = date.year + month // 12, month % 12 + 1
    try:
        return date.replace(year=year, month=month).isoformat()
    except ValueError:
        return datetime.date(year + month // 12, month % 12 + 1, 1).isoformat()


def first_day(date: str) -> str:
    """Return the first day of a date that may stop at the month or the year.

    >>> first_day("2018"), first_day("2022-09-07")
    ('2018-01-01', '2022-09-07')
    """
    return date + "0000-01-01"[len(date) :]
