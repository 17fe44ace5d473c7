"""Lookup: from what people type to the thing they mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cdpgraph.errors import UnknownName
from cdpgraph.facts.moments import Moment
from cdpgraph.facts.names import fold
from cdpgraph.vocab import ID, SCHEME, local

AREAS = ("Area",)
PARTIES = ("Organisation", "CorporationSole", "Board", "Post", "Placeholder", "OfficeHolder")
MATTERS = (
    "Strategy", "Priority", "Commitment", "Outcome", "Metric", "Responsibility", "Milestone", "Pathway", "Stage", "Handover",
    "Service", "FundingStream", "DataFlow", "Plan",
)  # fmt: skip

_SHORT = {
    "pcc": "police crime commissioner",
    "pfcc": "police fire crime commissioner",
    "icb": "integrated care board",
    "lcjb": "local criminal justice board",
    "cdp": "combating drugs partnership",
    "csp": "community safety partnership",
    "pdu": "probation delivery unit",
    "hwb": "health wellbeing board",
    "jcdu": "joint combating drugs unit",
    "dph": "director public health",
    "moj": "ministry justice",
}
_FIRST = (
    "upper-tier", "partnership-area", "police-area", "nation", "icb-area", "combined-authority", "region", "probation-region",
    "nhs-region", "lower-tier", "probation-unit",
)  # fmt: skip
_FIRST_MATTER = ("Handover", "Responsibility", "Service", "Stage", "Priority", "Strategy", "Outcome", "Metric")
_CLOSE = 0.86


class Match(NamedTuple):
    """What a name was taken to mean; ``note`` says so where it was not plain."""

    iri: str
    note: str | None = None


def area(moment: Moment, text: str) -> Match:
    """Return the area meant by a name, a code or an address. Raises UnknownName with the nearest names."""
    return _find(moment, text, AREAS, "area", lambda iri: _area_rank(moment, iri))


def party(moment: Moment, text: str) -> Match:
    """Return the party meant by a name, a code or an address. Raises UnknownName with the nearest names."""
    order = {kind: i for i, kind in enumerate(PARTIES)}

    def rank(iri: str) -> tuple[int, int]:
        thing = moment.records.thing(iri)
        return (0 if moment.exists(thing) else 1, order.get(thing.ref.type if thing else "", 9))

    return _find(moment, text, PARTIES, "party", rank)


def matter(moment: Moment, text: str) -> Match:
    """Return the matter or the role meant by a name, a code or an address. Raises UnknownName with the nearest names."""
    roles = role(moment, text)
    if roles is not None:
        return Match(roles)

    def rank(iri: str) -> tuple[int, int]:
        thing = moment.records.thing(iri)
        kind = thing.ref.type if thing else ""
        return (_FIRST_MATTER.index(kind) if kind in _FIRST_MATTER else 99, 0)

    return _find(moment, text, MATTERS, "matter", rank)


def pathway(moment: Moment, text: str) -> Match:
    """Return the pathway meant by a name or an address. Raises UnknownName with the nearest names."""
    return _find(moment, text, ("Pathway",), "pathway", lambda _: (0, 0))


def role(moment: Moment, text: str) -> str | None:
    """Return the role that is called exactly this, or nothing."""
    wanted = fold(text)
    for iri, name in moment.kg.index.rows("concept_name"):
        if fold(name) == wanted or iri in (text, SCHEME + text) or local(iri) == text.strip().lower():
            return str(iri)
    return None


def _find(moment: Moment, text: str, types: tuple[str, ...], kind: str, rank: object) -> Match:
    text = text.strip()
    address = text if text.startswith(ID) else ID + text
    if "/" in text:
        thing = moment.records.thing(address)
        if thing is not None and thing.ref.type in types:
            return Match(address)
    order = rank if callable(rank) else len
    wanted = fold(text)
    exact = _of_types(moment, (i for i, _, _ in moment.kg.index.rows("name", folded=wanted)), types)
    if exact:
        best = sorted(exact, key=order)
        return Match(best[0], _also(moment, text, best))
    every = moment.kg.index.rows("name", "iri, name, folded")
    words = set(" ".join(_SHORT.get(w, w) for w in wanted.split()).split())
    holding = [(len(f.split()), i) for i, _, f in every if words and words <= set(f.split())]
    if holding:
        fewest = (
            min(n for n, i in holding if _of_types(moment, [i], types))
            if _of_types(moment, (i for _, i in holding), types)
            else 0
        )
        found = _of_types(moment, (i for n, i in holding if n == fewest), types)
        if found:
            best = sorted(found, key=order)
            return Match(best[0], f"Taking '{text}' as {moment.records.ref(best[0]).label}.")
    return _slip(moment, text, wanted, every, types, kind, order)


def _slip(
    moment: Moment, text: str, wanted: str, every: list[tuple[str, str, str]], types: tuple[str, ...], kind: str, order: object
) -> Match:
    import difflib

    close = difflib.get_close_matches(wanted, {f for _, _, f in every}, 12, 0.6)
    near = [(i, n, f) for c in close for i, n, f in every if f == c and _of_types(moment, [i], types)]
    if near:
        _, name, folded = near[0]
        ratio = difflib.SequenceMatcher(None, wanted, folded).ratio()
        rivals = {f for _, _, f in near if difflib.SequenceMatcher(None, wanted, f).ratio() >= _CLOSE}
        if ratio >= _CLOSE and len(rivals) == 1:
            same = sorted(dict.fromkeys(i for i, _, f in near if f == folded), key=order if callable(order) else len)
            return Match(same[0], f"Taking '{text}' as {name}.")
    names = list(dict.fromkeys(n for _, n, _ in near))[:3]
    raise UnknownName(text, kind, names)


def _of_types(moment: Moment, iris: Iterable[str], types: tuple[str, ...]) -> list[str]:
    found = []
    for iri in dict.fromkeys(iris):
        thing = moment.records.thing(iri)
        if thing is not None and thing.ref.type in types:
            found.append(iri)
    return found


def _area_rank(moment: Moment, iri: str) -> tuple[int, int]:
    thing = moment.records.thing(iri)
    kind = local(thing.kind) if thing else ""
    return (0 if moment.exists(thing) else 1, _FIRST.index(kind) if kind in _FIRST else 99)


def _also(moment: Moment, text: str, found: list[str]) -> str | None:
    """Say which other things of the same name exist on the day, unless they are the same place or the same kind of body."""
    others = [moment.records.thing(i) for i in found[1:]]
    first = moment.records.area(found[0])
    telling = [
        o
        for o in others
        if o is not None and moment.exists(o) and o.ref.type == "Area" and moment.records.area(o.ref.iri)[1:] != first[1:]
    ]
    if not telling:
        return None
    mine = moment.records.thing(found[0])
    kind = moment.records.concepts.get(mine.kind or "") if mine else None
    named = ", ".join(f"{moment.records.concepts[o.kind].label} ({o.ref.code})" for o in telling if o.kind)
    return f"Taking '{text}' as the {kind.label if kind else 'area'}; it is also the name of: {named}."
