"""Endings: what is known or announced to end, whether or not it is law yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from cdpgraph.facts.moments import Moment
from cdpgraph.model import Ending, Part
from cdpgraph.vocab import local


def of(moment: Moment, party: str) -> tuple[Ending, ...]:
    """Return the announced endings of a party, or of its kind, that have not been withdrawn."""
    records = moment.records
    thing = records.thing(party)
    if thing is None:
        return ()
    found = []
    for iri, named, kind, on, standing, lifecycle, precision, note in records.endings:
        if local(lifecycle) == "withdrawn" or (named != party and (kind is None or kind != thing.kind)):
            continue
        when = spoken(on, local(precision))
        law = "by law" if local(standing) == "in-law" else "as announced"
        sentence = f"{thing.ref.label} is to end {when}, {law}." + (f" {note}" if note else "")
        found.append(Ending(thing.ref, on, local(standing), sentence, records.evidence(iri)))
    return tuple(found)


def of_parts(parts: Iterable[Part]) -> tuple[Ending, ...]:
    """Return the endings of all ``parts``, each once."""
    return tuple(dict.fromkeys(e for p in parts for e in p.ends))


def spoken(day: str, precision: str = "") -> str:
    """Return a day as people say it.

    >>> spoken("2028-05-01", "month"), spoken("2022-10-01")
    ('in May 2028', 'on 1 October 2022')
    """
    date = datetime.date.fromisoformat(day)
    if precision == "year":
        return f"in {date.year}"
    month = f"{_MONTHS[date.month - 1]} {date.year}"
    return f"in {month}" if precision == "month" else f"on {date.day} {month}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
