"""Portfolios: everything a party carries, holds and sits on, and the gaps that touch it."""

from __future__ import annotations

from cdpgraph.answers import endings, findings, parts
from cdpgraph.answers.states import States
from cdpgraph.facts.moments import Moment
from cdpgraph.facts.rows import Situation
from cdpgraph.model import Finding, Part, Portfolio, Ref, State
from cdpgraph.vocab import concept, local


def portfolio(moment: Moment, party: str, area: str | None = None) -> Portfolio:
    """Return what a party carries on the day; ``area`` keeps what touches that area.

    What the posts it holds carry counts as its own, with the post named.
    """
    states = States(moment)
    records = moment.records
    place = records.area(area) if area else None
    target = (place.whole or place.part) if place else records.england
    held = [s for s in records.by(party) if s.class_ == "Holding"]
    posts = _merged([p for s in held if (p := _post(states, s)) is not None])
    carriers = [party, *(p.post.iri for p in posts if p.post and p.state is State.HELD)]
    carried = [p for carrier in carriers for p in _carried(states, carrier, target)]
    boards = [p for s in records.by(party) if s.class_ == "Membership" and (p := _seat(states, s)) is not None]
    return Portfolio(
        party=records.ref(party),
        area=records.ref(area) if area else None,
        on=moment.on,
        scenario=moment.scenario,
        parts=tuple(sorted(carried, key=_order)),
        posts=tuple(posts),
        boards=tuple(boards),
        findings=_findings(states, party, target, carried),
        ends=tuple(dict.fromkeys(e for c in carriers for e in endings.of(moment, c))),
    )


def _carried(states: States, carrier: str, target: int) -> list[Part]:
    found = []
    for s in states.records.by(carrier):
        if s.class_ != "Assignment" or s.object is None:
            continue
        whole, part_of = states.moment.mask(s)
        bearing = states.bearing(s, whole, part_of) if (whole | part_of) & target else None
        if bearing is not None:
            part = parts.part(states, bearing, bearing.whole or target, None)
            found.append(part._replace(matter=states.records.ref(s.object), through=()))
    return found


def _merged(found: list[Part]) -> list[Part]:
    """Join what several documents say of the same post."""
    once: dict[str, Part] = {}
    for part in found:
        key = part.post.iri if part.post else ""
        once[key] = parts.merged(once[key], part) if key in once else part
    return list(once.values())


def _post(states: States, s: Situation) -> Part | None:
    state = states.moment.state(s)
    if state is None or s.object is None:
        return None
    seats = states.records.posts.get(s.object, ())
    role = states.records.concepts.get(seats[0].role) if seats else None
    kind = role.rolls if role and role.rolls else concept("involvement", "responsible")
    return _line(states, s, state, kind, post=states.records.ref(s.object))


def _seat(states: States, s: Situation) -> Part | None:
    state = states.moment.state(s)
    return None if state is None else _line(states, s, state, s.kind or concept("capacity", "member"), post=None)


def _line(states: States, s: Situation, state: State, kind: str, post: Ref | None) -> Part:
    records = states.records
    evidence = states.evidence(s)
    if state is State.HELD and s.class_ == "Membership" and not any(e.stance == "supports" for e in evidence):
        state = State.PROPOSED
    marks = ("stale",) if state is State.HELD and states.stale(s) else ()
    who = records.ref(s.subject)
    about = None if post else records.ref(s.object or "")
    return Part(
        records.ref(kind),
        who,
        post,
        who if post else None,
        None,
        state,
        marks,
        local(s.standing),
        s.from_,
        s.until,
        evidence,
        matter=about,
    )


def _findings(states: States, party: str, target: int, carried: list[Part]) -> tuple[Finding, ...]:
    """Return the gaps that name the party, or are in a matter that it carries, where it covers."""
    covered = states.moment.covers(party) & target
    if not covered or covered == states.records.england:
        return ()
    area = min(states.moment.footprint(party), key=lambda a: states.records.area(a).touched.bit_count())
    matters = {p.matter.iri for p in carried if p.matter and p.state is State.HELD}
    found = findings.gaps(states.moment, area, states=states).findings
    mine = (f for f in found if (f.party and f.party.iri == party) or (f.matter and f.matter.iri in matters))
    return tuple(f for f in mine if f.state is not State.NOT_READ)


def _order(part: Part) -> tuple[int, str, str]:
    return (list(State).index(part.state), part.involvement.label, part.matter.label if part.matter else "")
