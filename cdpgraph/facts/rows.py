"""Rows: the typed rows of the index that the rest of the project reads."""

from typing import NamedTuple

from cdpgraph.model import Ref


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


class Document(NamedTuple):
    """When a document was published, by whom, of what kind, and how much of it was read.

    ``issued`` is a day; where only its month or year is known, ``precision`` says so.
    """

    iri: str
    publisher: str
    party: str | None
    issued: str | None
    kind: str
    url: str | None
    read: str
    precision: str | None

    @property
    def dated(self) -> str | None:
        """The date as far as it is known: ``2022-09-07``, ``2023-06`` or ``2018``."""
        known = {"month": 7, "year": 4}.get((self.precision or "").rsplit("/", 1)[-1], 10)
        return self.issued[:known] if self.issued else None
