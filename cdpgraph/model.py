"""The few frozen types that modules hand to one another.

They are named tuples rather than dataclasses because every command pays for their making at start: ten dataclasses
cost 14 ms, ten named tuples 3 ms. A field whose name ends in an underscore loses it in JSON (``from_`` → ``from``).
"""

from enum import StrEnum
from typing import Any, NamedTuple


class State(StrEnum):
    """What is known of who holds a part, in seven words, best first."""

    HELD = "held"
    DISPUTED = "disputed"
    PROPOSED = "proposed"
    NOBODY = "nobody"
    LAPSED = "lapsed"
    NOT_FOUND = "not-found"
    NOT_READ = "not-read"


class Severity(StrEnum):
    """How bad a finding is if it is true, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Ref(NamedTuple):
    """A thing, as others may point to it."""

    iri: str
    label: str
    type: str
    code: str | None = None


class Evidence(NamedTuple):
    """A passage of a document that says so. ``issued`` is the day of the document, ISO 8601."""

    document: Ref
    locator: str
    stance: str
    speaker: Ref | None = None
    issued: str | None = None
    url: str | None = None
    quote: str | None = None


class Link(NamedTuple):
    """One step from a post to whoever sits in it. ``until`` is the first day it no longer holds."""

    holder: Ref
    from_: str | None
    until: str | None
    state: State
    evidence: tuple[Evidence, ...] = ()


class Ending(NamedTuple):
    """An end that is known or announced: what, when (first day it is gone), and how firm it is."""

    what: Ref
    on: str
    standing: str
    sentence: str
    evidence: tuple[Evidence, ...] = ()


class Part(NamedTuple):
    """Who carries which kind of part, where, from when to when, and says who.

    ``party`` is empty where the part is expected and no holder is known; ``until`` is exclusive. ``through`` is the
    chain from a post to the body or person that holds it; ``holder`` is its first link.
    """

    involvement: Ref
    party: Ref | None
    post: Ref | None
    holder: Ref | None
    area: Ref | None
    state: State
    marks: tuple[str, ...]
    standing: str | None
    from_: str | None
    until: str | None
    evidence: tuple[Evidence, ...]
    through: tuple[Link, ...] = ()
    ends: tuple[Ending, ...] = ()
    matter: Ref | None = None
    note: str | None = None


class Expected(NamedTuple):
    """What should be there, whether it is, and who says that it should."""

    involvement: Ref
    met: bool
    expectation: str
    source: tuple[Evidence, ...]


class Coverage(NamedTuple):
    """How much has been read that could have answered."""

    read: int
    documents: tuple[Ref, ...]


class Card(NamedTuple):
    """The answer to one question: who carries ``matter`` in ``area`` on a day."""

    matter: Ref
    area: Ref
    on: str
    scenario: str | None
    state: State
    marks: tuple[str, ...]
    coverage: Coverage
    parts: tuple[Part, ...]
    expected: tuple[Expected, ...]
    findings: tuple[str, ...]
    above: tuple[Part, ...] = ()
    ends: tuple[Ending, ...] = ()
    within: "tuple[Card, ...]" = ()
    handover: "Handover | None" = None


class Side(NamedTuple):
    """One side of a handover."""

    state: State
    parties: tuple[Ref, ...]
    evidence: tuple[Evidence, ...]
    marks: tuple[str, ...] = ()


class Handover(NamedTuple):
    """A seam between two stages, with the state of each side."""

    matter: Ref
    from_: Ref
    to: Ref
    sends: Side
    receives: Side
    coordinates: Side
    accountable: Side
    time_standard: str | None
    information: tuple[str, ...]
    agreement: Ref | None
    state: State
    unclear: str | None = None


class Stage(NamedTuple):
    """A stage of the pathway, with the state of whoever provides it."""

    matter: Ref
    order: int | None
    setting: str | None
    state: State
    parties: tuple[Ref, ...] = ()


class Pathway(NamedTuple):
    """The stages and handovers of a pathway, for an area on a day."""

    pathway: Ref
    area: Ref
    on: str
    scenario: str | None
    coverage: Coverage
    stages: tuple[Stage, ...]
    handovers: tuple[Handover, ...]


class Candidate(NamedTuple):
    """A party that could take it on: a score from 0 to 1, and every reason with its part of the score."""

    party: Ref
    score: float
    reasons: tuple[str, ...]


class Finding(NamedTuple):
    """One gap. ``id`` is made of rule, matter, area and party, so that it can be followed from meeting to meeting."""

    id: str
    rule: str
    severity: Severity
    state: State
    matter: Ref | None
    area: Ref | None
    party: Ref | None
    message: str
    fix: str
    evidence: tuple[Evidence, ...]
    candidates: tuple[Candidate, ...] = ()


class Gaps(NamedTuple):
    """The findings for an area on a day, worst first, beside how much has been read.

    ``counts`` is of all findings by severity, however many of them are given here.
    """

    on: str
    scenario: str | None
    area: Ref
    coverage: Coverage
    findings: tuple[Finding, ...]
    counts: dict[str, int]


class Portfolio(NamedTuple):
    """Everything a party carries in an area on a day, with the findings that touch it."""

    party: Ref
    area: Ref | None
    on: str
    scenario: str | None
    parts: tuple[Part, ...]
    posts: tuple[Part, ...]
    boards: tuple[Part, ...]
    findings: tuple[Finding, ...]
    ends: tuple[Ending, ...] = ()


class Info(NamedTuple):
    """What is loaded, as counts and versions; ``read`` counts places by how many documents were read about them."""

    version: str
    folder: str
    content: str
    quads: int
    things: dict[str, int]
    situations: dict[str, int]
    evidence: dict[str, int]
    places: int
    partnerships: int
    read: dict[str, int]
    scenarios: tuple[str, ...]


class Answer(NamedTuple):
    """A table: the plainest answer there is."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False


def plain(value: Any) -> Any:
    """Return ``value`` as dictionaries, lists and strings, the one JSON form of the shell and of the page.

    >>> plain(Ref("https://example.org/x", "X", "Area"))
    {'iri': 'https://example.org/x', 'label': 'X', 'type': 'Area'}
    """
    if isinstance(value, Ref):
        ref = {"iri": value.iri, "label": value.label, "type": value.type}
        return ref if value.code is None else {**ref, "code": value.code}
    if isinstance(value, Card):
        card = {name: plain(item) for name, item in zip(value._fields, value, strict=True)}
        return {k: v for k, v in card.items() if k not in ("within", "handover") or v}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name.rstrip("_"): plain(item) for name, item in zip(value._fields, value, strict=True)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value
