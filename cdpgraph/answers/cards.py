"""Cards: who carries a matter in an area, and everything a party carries."""

from __future__ import annotations

from cdpgraph.answers import endings, parts, seams
from cdpgraph.answers.states import ACCOUNTABLE, Slot, States
from cdpgraph.facts.moments import Moment, Place
from cdpgraph.model import Card, Expected, Part, State
from cdpgraph.vocab import concept, local

_ORDER = (
    "accountable", "responsible", "commissions", "co-commissions", "delivers", "coordinates", "sends", "receives", "chairs",
    "drives", "funds", "approves", "scrutinises", "consulted", "contributes", "supports", "informed",
)  # fmt: skip
_SRO = concept("role", "sro")


def card(moment: Moment, matter: str, area: str, *, states: States | None = None, deep: bool = True) -> Card:
    """Return the answer card of a matter in an area.

    ``matter`` and ``area`` are addresses. An area wider than one partnership is answered as a whole, with a card for each
    place in it under ``within`` unless ``deep`` is false.
    """
    states = states or States(moment)
    records = moment.records
    place = records.area(area)
    target = place.whole or place.part
    expected = expectations(moment, matter, target)
    wanted = {ACCOUNTABLE, *(i for i, _ in expected)}
    slots = {i: states.slot(matter, i, target) for i in wanted}
    found = lines(states, matter, slots, target)
    for involvement, slot in slots.items():
        if not any(involvement in records.involvements[p.involvement.iri] for p in found):
            found.append(parts.empty(states, involvement, slot, area))
    found.sort(key=_part_order)
    state = slots[ACCOUNTABLE]
    return Card(
        matter=records.ref(matter),
        area=records.ref(area),
        on=moment.on,
        scenario=moment.scenario,
        state=state.state,
        marks=_with_ending(state.marks if state.state is State.HELD else (), found),
        coverage=states.coverage(matter, None, target),
        parts=tuple(found),
        expected=_expected(states, expected, slots),
        findings=tuple(dict.fromkeys(_finding_ids(states, matter, expected, target))),
        above=above(states, matter, target),
        ends=endings.of_parts(found),
        within=tuple(card(moment, matter, p.area, states=states, deep=False) for p in inside(moment, target)) if deep else (),
        handover=seams.handover(states, matter, target) if records.ref(matter).type == "Handover" else None,
    )


def role_card(moment: Moment, role: str, area: str, *, states: States | None = None, deep: bool = True) -> Card:
    """Return the card of a role in an area: each seat on a board that covers it, its holder, and through whom."""
    states = states or States(moment)
    records = moment.records
    place = records.area(area)
    target = place.whole or place.part
    seats = parts.seats(states, role, target)
    found = list(seats)
    covered = _union(moment, seats, State.HELD)
    if seats and covered & target == target:
        state = State.HELD
    elif any(p.state is State.PROPOSED for p in seats):
        state = State.PROPOSED
    elif any(p.state is State.LAPSED for p in seats) and not covered:
        state = State.LAPSED
    else:
        state = states.unknown(None, role, target)
    expected = [
        (label, iri, minimum)
        for iri, label, minimum, start, end in moment.kg.index.rows(
            "expectation", 'iri, label, minimum, "from", until', role=role
        )
        if (start is None or start <= moment.on) and (end is None or end > moment.on)
    ]
    involvement = records.ref(records.concepts[role].rolls or ACCOUNTABLE)
    if not seats:
        found.append(parts.empty_seat(states, role, target, area, state))
    marks = tuple(dict.fromkeys(m for p in seats if p.state is State.HELD for m in p.marks)) if state is State.HELD else ()
    return Card(
        matter=records.ref(role),
        area=records.ref(area),
        on=moment.on,
        scenario=moment.scenario,
        state=state,
        marks=marks,
        coverage=states.coverage(None, role, target),
        parts=tuple(found),
        expected=tuple(
            Expected(involvement, any(p.state is State.HELD for p in seats), label, records.evidence(iri))
            for label, iri, _ in expected
        ),
        findings=(),
        ends=endings.of_parts(found),
        within=tuple(role_card(moment, role, p.area, states=states, deep=False) for p in inside(moment, target))
        if deep
        else (),
    )


def lines(states: States, matter: str, slots: dict[str, Slot], target: int) -> list[Part]:
    """Return a line for each party and kind of part; a placeholder is left out where a named party holds the part."""
    found: dict[tuple[str, str], Part] = {}
    settled = {b.situation.iri: (b, slot) for slot in slots.values() for b in slot.bearings}
    for bearing in states.bearings(matter, target):
        b, slot = settled.get(bearing.situation.iri, (bearing, None))
        if slot is not None and slot.state is State.HELD and not b.named:
            continue
        new = parts.part(states, b, target, slot)
        key = (new.involvement.iri, b.carrier)
        found[key] = parts.merged(found[key], new) if key in found else new
    return list(found.values())


def inside(moment: Moment, target: int) -> list[Place]:
    """Return the places that lie in ``target`` and are smaller than it."""
    if target.bit_count() < 2:
        return []
    return [p for p in moment.places if p.whole & target == p.whole and p.whole != target]


def expectations(moment: Moment, matter: str, target: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds of part expected in ``matter`` on the day, each with the expectations (address, label) behind it."""
    national = target == moment.records.england
    found: dict[str, list[tuple[str, str]]] = {}
    rows = moment.kg.index.rows("expectation", 'iri, label, involvement, each, "from", until', matter=matter)
    for iri, label, involvement, each, start, end in rows:
        if involvement is None or (start and start > moment.on) or (end and end <= moment.on):
            continue
        if local(each) == "england" and not national:
            continue
        found.setdefault(involvement, []).append((iri, label))
    return list(found.items())


def above(states: States, matter: str, target: int) -> tuple[Part, ...]:
    """Return who answers for what the matter is part of; that makes nobody the owner of the matter itself.

    These are the holders of matters above it, and the owners of a partnership's delivery as a whole where it serves the
    strategy.
    """
    records = states.records
    higher = records.above(matter)
    found: list[Part] = []
    for m in higher:
        slot = states.slot(m, ACCOUNTABLE, target)
        found += [parts.part(states, b, target, slot)._replace(matter=records.ref(m)) for b in slot.bearings if b.named]
    if any(records.ref(m).type == "Strategy" for m in higher):
        found += _overall(states, target)
    once: dict[str, Part] = {}
    for part in found:
        itself = part.matter is not None and part.matter.iri == matter
        if part.party is not None and part.party.iri not in once and not itself:
            once[part.party.iri] = part
    held = [p for p in once.values() if p.state in (State.HELD, State.DISPUTED) and "partial" not in p.marks]
    return tuple(held or [p for p in once.values() if p.state is State.PROPOSED])


def _overall(states: States, target: int) -> list[Part]:
    """Return what the senior responsible owners of the partnerships here answer for: delivery as a whole."""
    records = states.records
    boards = {p.board for p in states.moment.partnerships if p.whole & target == target}
    seats = [p.iri for posts in records.posts.values() for p in posts if p.role == _SRO and p.board in boards]
    found = []
    for seat in sorted(seats):
        for s in records.by(seat):
            if s.class_ != "Assignment" or s.kind != ACCOUNTABLE or s.object is None:
                continue
            whole, part = states.moment.mask(s)
            bearing = states.bearing(s, whole, part) if (whole | part) & target else None
            if bearing is not None:
                found.append(parts.part(states, bearing, target, None)._replace(matter=records.ref(s.object)))
                break
    return found


def _expected(
    states: States, expected: list[tuple[str, list[tuple[str, str]]]], slots: dict[str, Slot]
) -> tuple[Expected, ...]:
    records = states.records
    return tuple(
        Expected(records.ref(involvement), slots[involvement].state is State.HELD, label, records.evidence(iri))
        for involvement, because in expected
        for iri, label in because
    )


def _finding_ids(states: States, matter: str, expected: list[tuple[str, list[tuple[str, str]]]], target: int) -> list[str]:
    """Return the ids under which ``gaps`` reports the expected parts that are missing where this area lies."""
    from cdpgraph.answers.identity import missing_part

    found = []
    for place in states.moment.places:
        if not place.whole & target:
            continue
        for involvement, _ in expected:
            if states.slot(matter, involvement, place.whole).state is not State.HELD:
                found.append(missing_part(states.records.ref(matter), involvement, place.area))
    return found


def _union(moment: Moment, found: tuple[Part, ...], state: State) -> int:
    mask = 0
    for part in found:
        if part.state is state and part.area is not None:
            mask |= moment.records.area(part.area.iri).whole
    return mask


def _with_ending(marks: tuple[str, ...], found: list[Part]) -> tuple[str, ...]:
    ending = any("ending" in p.marks for p in found if local(p.involvement.iri) == "accountable")
    return (*marks, "ending") if ending else marks


def _part_order(part: Part) -> tuple[int, int, str]:
    kind = local(part.involvement.iri)
    place = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
    return (place, list(State).index(part.state), part.party.label if part.party else "~")
