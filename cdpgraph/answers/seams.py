"""Seams: a handover with the state of each side."""

from __future__ import annotations

from cdpgraph.answers.states import ACCOUNTABLE, COORDINATES, RECEIVES, SENDS, Slot, States
from cdpgraph.model import Evidence, Handover, Ref, Side, State

_WORST = (State.NOBODY, State.LAPSED, State.DISPUTED, State.NOT_FOUND, State.PROPOSED, State.NOT_READ, State.HELD)


def handover(states: States, matter: str, target: int) -> Handover | None:
    """Return a handover over ``target``; nothing for a matter whose stages are not recorded.

    Its state is ``held`` only if both sides are; else it is that of the worse side.
    """
    records = states.records
    rows = states.moment.kg.index.rows("handover", '"from", "to", time, unclear', iri=matter)
    if not rows:
        return None
    from_stage, to_stage, time, unclear = rows[0]
    sends, receives = side(states, states.slot(matter, SENDS, target)), side(states, states.slot(matter, RECEIVES, target))
    needs = states.moment.kg.index.rows("required_information", "information", handover=matter)
    return Handover(
        matter=records.ref(matter),
        from_=records.ref(from_stage),
        to=records.ref(to_stage),
        sends=sends,
        receives=receives,
        coordinates=side(states, states.slot(matter, COORDINATES, target)),
        accountable=side(states, states.slot(matter, ACCOUNTABLE, target)),
        time_standard=time,
        information=tuple(sorted(records.ref(i).label for (i,) in needs)),
        agreement=_agreement(states, matter, target),
        state=min((sends.state, receives.state), key=_WORST.index),
        unclear=unclear,
    )


def side(states: States, slot: Slot) -> Side:
    """Return one side: its state, the parties of that state, and the evidence about them."""
    held = [b for b in slot.bearings if b.state is State.HELD and b.named]
    alike = [b for b in slot.bearings if b.state in (slot.state, State.HELD)]
    shown = (held if slot.state is State.HELD else alike) or list(slot.bearings)
    parties = tuple(dict.fromkeys(states.records.ref(b.carrier) for b in shown))
    evidence: list[Evidence] = []
    for b in shown:
        evidence += [e for e in states.evidence(b.situation) if e not in evidence]
    if slot.absences:
        evidence += states.records.evidence(*slot.absences)
    return Side(slot.state, parties, tuple(evidence), slot.marks)


def _agreement(states: States, matter: str, target: int) -> Ref | None:
    """Return an agreement in force that governs the handover here, if there is one."""
    for s in states.records.about(matter):
        if s.class_ == "Agreement" and states.moment.state(s) is State.HELD:
            whole, part = states.moment.mask(s)
            if (whole | part) & target:
                return states.records.ref(s.iri)
    return None
