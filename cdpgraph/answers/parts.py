"""Parts: the lines of a card, with holder, evidence, period and marks."""

from __future__ import annotations

from cdpgraph.answers import endings
from cdpgraph.answers.states import Bearing, Slot, States
from cdpgraph.facts.rows import Situation
from cdpgraph.model import Ending, Evidence, Link, Part, Ref, State
from cdpgraph.vocab import concept, local


def part(states: States, b: Bearing, target: int, slot: Slot | None) -> Part:
    """Return one bearing as a line of a card for ``target``."""
    records, s = states.records, b.situation
    party = records.ref(b.carrier)
    chain = through(states, b.carrier)
    ends = _endings(states, [b.carrier, *(link.holder.iri for link in chain)])
    state = b.state if b.named else (slot.state if slot and slot.state in _UNKNOWN else states.unknown(s.object, None, target))
    marks = states.marks(b, target) if state is State.HELD else ()
    if state is State.HELD and any(e.on <= states.moment.on for e in ends):
        marks = (*marks, "ending")
    return Part(
        involvement=records.ref(s.kind or ""),
        party=party,
        post=party if b.carrier in records.posts else None,
        holder=chain[0].holder if chain else None,
        area=_area(states, s, b.carrier, target),
        state=state,
        marks=marks,
        standing=local(s.standing),
        from_=s.from_,
        until=s.until,
        evidence=states.evidence(s),
        through=chain,
        ends=ends,
        note=s.note,
    )


def merged(one: Part, two: Part) -> Part:
    """Return two statements of the same part by the same party as one line: the better state, all the evidence."""
    order = list(State)
    best, other = (one, two) if order.index(one.state) <= order.index(two.state) else (two, one)
    return best._replace(
        evidence=(*best.evidence, *(e for e in other.evidence if e not in best.evidence)),
        ends=tuple(dict.fromkeys((*best.ends, *other.ends))),
        note=best.note or other.note,
    )


def empty(states: States, involvement: str, slot: Slot, area: str) -> Part:
    """Return the line of a part that is expected and that nobody is recorded as holding, with what was looked at."""
    records = states.records
    looked = set(slot.documents)
    if slot.absences:
        evidence = records.evidence(*slot.absences)
    else:
        evidence = tuple(e for e in records.evidence(slot.matter) if e.document.iri in looked)
    state = slot.state if slot.state is not State.HELD else states.unknown(slot.matter, None, slot.target)
    return Part(records.ref(involvement), None, None, None, records.ref(area), state, (), None, None, None, evidence)


def through(states: States, post: str, depth: int = 0) -> tuple[Link, ...]:
    """Return the chain from a post to whoever sits in it: the best holding at each step."""
    found = states.moment.holdings(post) if post in states.records.posts and depth < 5 else []
    if not found:
        return ()
    holding, state = found[0]
    carrier = states.moment.carrier(holding)
    link = Link(states.records.ref(carrier), holding.from_, holding.until, state, states.evidence(holding))
    return (link, *through(states, carrier, depth + 1))


def seats(states: States, role: str, target: int) -> tuple[Part, ...]:
    """Return each seat of a role over ``target`` with each of its present holders, or with its last or proposed one."""
    moment, records = states.moment, states.records
    found: list[Part] = []
    for seat in sorted({p for posts in records.posts.values() for p in posts if p.role == role}):
        if not moment.exists(records.thing(seat.iri)):
            lapsed = moment.holdings(seat.iri)
            if not lapsed:
                continue
        covered = moment.footprint(seat.iri) or moment.footprint(seat.board)
        area = _nearest(states, covered, target)
        if area is None or not records.area(area).touched & target:
            continue
        found += _occupants(states, seat.iri, role, area, target)
    return tuple(found)


def _occupants(states: States, seat: str, role: str, area: str, target: int) -> list[Part]:
    """Return whoever sits in a seat, one line each; those who only might, or did, only where nobody does."""
    lines: dict[str, Part] = {}
    for s, state in states.moment.holdings(seat):
        new = _seat(states, seat, role, s, state, area, target)
        lines[s.subject] = merged(lines[s.subject], new) if s.subject in lines else new
    order = list(State)
    best = min((order.index(p.state) for p in lines.values()), default=0)
    return [p for p in lines.values() if order.index(p.state) == best]


def empty_seat(states: States, role: str, target: int, area: str, state: State) -> Part:
    """Return the line of a role that nobody is recorded as holding."""
    records = states.records
    involvement = records.ref(records.concepts[role].rolls or role)
    documents = states.read(None, role, target)
    extent = dict(states.moment.kg.index.rows("reading", "document, extent", document=documents))
    evidence = tuple(Evidence(records.ref(d), f"as read: {extent[d]}", "read", None, _issued(states, d)) for d in documents)
    return Part(involvement, None, None, None, records.ref(area), state, (), None, None, None, evidence)


def _seat(states: States, seat: str, role: str, s: Situation, state: State, area: str, target: int) -> Part:
    records, moment = states.records, states.moment
    carrier = moment.carrier(s)
    evidence = states.evidence(s)
    chain = (Link(records.ref(carrier), s.from_, s.until, state, evidence), *through(states, carrier))
    ends = _endings(states, [seat, carrier])
    marks: list[str] = []
    if state is State.HELD:
        whole = records.area(area).whole
        if whole & target == target and whole & ~target:
            marks.append("inherited")
        if whole & target != target:
            marks.append("partial")
        if len({e.document.iri for e in evidence if e.stance == "supports"}) == 1:
            marks.append("single-source")
        if states.stale(s):
            marks.append("stale")
        if any(e.on <= moment.on for e in ends):
            marks.append("ending")
    kind = records.concepts[role].rolls or concept("involvement", "responsible")
    return Part(
        involvement=records.ref(kind),
        party=records.ref(carrier),
        post=records.ref(seat),
        holder=records.ref(carrier),
        area=records.ref(area),
        state=state,
        marks=tuple(marks),
        standing=local(s.standing),
        from_=s.from_,
        until=s.until,
        evidence=evidence,
        through=chain,
        ends=ends,
        note=s.note,
    )


def _endings(states: States, parties: list[str]) -> tuple[Ending, ...]:
    return tuple(dict.fromkeys(e for p in parties for e in endings.of(states.moment, p)))


def _area(states: States, s: Situation, carrier: str, target: int) -> Ref | None:
    nearest = _nearest(states, s.areas or states.moment.footprint(carrier), target)
    return states.records.ref(nearest) if nearest else None


def _nearest(states: States, areas: tuple[str, ...], target: int) -> str | None:
    """Return the area that takes in most of ``target`` and least besides."""
    area = states.records.area
    if not areas:
        return None
    return min(areas, key=lambda a: (-(area(a).touched & target).bit_count(), area(a).touched.bit_count()))


def _issued(states: States, document: str) -> str | None:
    about = states.records.document(document)
    return about.dated if about else None


_UNKNOWN = (State.NOT_FOUND, State.NOT_READ, State.NOBODY)
