"""Pathways: the stages a person passes and the handovers between them, each side with its state."""

from __future__ import annotations

from cdpgraph.answers import seams
from cdpgraph.answers.findings import coverage_of
from cdpgraph.answers.states import States
from cdpgraph.facts.moments import Moment
from cdpgraph.model import Handover, Pathway, Ref, Stage, State
from cdpgraph.vocab import concept

_PROVIDES = tuple(concept("involvement", k) for k in ("commissions", "delivers", "responsible"))


def pathway(moment: Moment, name: str, area: str) -> Pathway:
    """Return a pathway in an area: stages in order, side stages last, and every handover between them."""
    states = States(moment)
    records = moment.records
    place = records.area(area)
    target = place.whole or place.part
    mine = {child for child, relation, parent in moment.kg.index.rows("relation", parent=name) if relation == "partOf"}
    rows = [r for r in moment.kg.index.rows("matter", 'iri, "order", setting') if r[0] in mine]
    stages = [_stage(states, iri, order, setting, target) for iri, order, setting in rows if records.ref(iri).type == "Stage"]
    stages.sort(key=lambda s: (s.order is None, s.order or 0, s.matter.label))
    place_of = {s.matter.iri: i for i, s in enumerate(stages)}
    found = [seams.handover(states, iri, target) for iri, *_ in rows if records.ref(iri).type == "Handover"]
    handovers = sorted((h for h in found if h is not None), key=lambda h: _along(h, place_of))
    return Pathway(
        records.ref(name),
        records.ref(area),
        moment.on,
        moment.scenario,
        coverage_of(states, [p for p in moment.places if p.whole & target]),
        tuple(stages),
        tuple(handovers),
    )


def _stage(states: States, iri: str, order: str | None, setting: str | None, target: int) -> Stage:
    """A stage is held where whoever commissions, delivers or does it is known: the stage, or what is about it."""
    about = [iri, *(c for c, _, _ in states.moment.kg.index.rows("relation", parent=iri, relation="concerns"))]
    best = State.NOT_READ
    parties: dict[Ref, None] = {}
    order_of = list(State)
    for matter in about:
        for kind in _PROVIDES:
            slot = states.slot(matter, kind, target)
            best = min(best, slot.state, key=order_of.index)
            if slot.state is State.HELD:
                parties.update(
                    (states.records.ref(b.carrier), None) for b in slot.bearings if b.state is State.HELD and b.named
                )
    return Stage(states.records.ref(iri), int(order) if order else None, setting, best, tuple(parties))


def _along(h: Handover, place_of: dict[str, int]) -> tuple[int, int, str]:
    return (place_of.get(h.from_.iri, 99), place_of.get(h.to.iri, 99), h.matter.iri)
