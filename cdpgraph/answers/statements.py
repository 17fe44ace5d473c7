"""Statements: the lines of a moment's graph as they are written, and what all who write them share."""

from __future__ import annotations

from collections.abc import Iterable

from cdpgraph.answers.states import States
from cdpgraph.facts.moments import Place
from cdpgraph.vocab import XSD


class Statements:
    """N-Triples about some places at a moment; ``parties`` are those that have come into the picture so far."""

    def __init__(self, states: States, places: Iterable[Place]) -> None:
        self.states = states
        self.moment = states.moment
        self.records = states.records
        self.places = tuple(places)
        self.target = 0
        for place in self.places:
            self.target |= place.whole
        self.out: list[str] = []
        self.parties: set[str] = set()

    def say(self, subject: str, predicate: str, value: str) -> None:
        """Write a statement whose value is a thing."""
        self.out.append(f"<{subject}> <{predicate}> <{value}> .\n")

    def word(self, subject: str, predicate: str, term: str) -> None:
        """Write a statement whose value is a term as it stands: text, a number."""
        self.out.append(f"<{subject}> <{predicate}> {term} .\n")

    def day(self, subject: str, predicate: str, day: str | None) -> None:
        """Write a statement whose value is a day, if there is one."""
        if day:
            self.word(subject, predicate, f'"{day}"^^<{XSD}date>')

    def kind(self, party: str) -> str | None:
        """Return the kind of a party."""
        thing = self.records.thing(party)
        return thing.kind if thing else None
