"""Handovers on a map: each a seam between its two sides, with the parties of each side tied to it."""

from __future__ import annotations

from typing import Any

from cdpgraph.answers import seams as sound
from cdpgraph.answers.states import ACCOUNTABLE, COORDINATES, RECEIVES, SENDS, States
from cdpgraph.model import Handover, Ref, Side, State
from cdpgraph.pictures.scene import TIES, Node, Seam, Tie
from cdpgraph.pictures.ties import Ground
from cdpgraph.pictures.wording import SEAMS, STATES, short
from cdpgraph.vocab import ID, local

MAIN = ID + "handover/H08"
SIDES = {"sends": SENDS, "receives": RECEIVES, "coordinates": COORDINATES, "accountable": ACCOUNTABLE}


def main(states: States, target: int) -> Handover | None:
    """Return the handover from prison to community treatment over ``target``."""
    return sound.handover(states, MAIN, target)


def sentence(found: Handover | None) -> str:
    """Say in a sentence or two how a handover stands.

    >>> sentence(None)
    'The handover from prison to community treatment is not recorded.'
    """
    if found is None:
        return "The handover from prison to community treatment is not recorded."
    sides = f"Sends: {_told(found.sends)}; receives: {_told(found.receives)}; coordinates: {_told(found.coordinates)}"
    return f"{found.matter.label}: {SEAMS[found.state]}. {sides}."


def seams(ground: Ground, inside: list[Any], area: str, *, wide: bool) -> list[Seam]:
    """Return the main handover for each place, as a seam or, in a wide area, as a tile; then all others as tiles."""
    records, states = ground.records, ground.states
    found: list[Seam] = []
    places = [(p.area, p.whole, records.ref(p.board or p.area)) for p in inside] or [(area, ground.target, records.ref(area))]
    if wide:
        found.append(_seam(states, MAIN, ground.target, records.ref(area), "seam", ""))
        found[0] = found[0]._replace(node=found[0].node._replace(name=records.ref(area).label))
    for _, whole, ref in places:
        found.append(_seam(states, MAIN, whole, ref, "tile" if wide else "seam", ""))
    rows = ground.moment.kg.index.rows("handover", "iri")
    for (iri,) in sorted(rows, key=lambda r: (records.ref(r[0]).code or "", r[0])):
        if iri != MAIN:
            found.append(_seam(states, iri, ground.target, records.ref(area), "tile", "others"))
    return found


def sides(found: list[Seam]) -> list[Node]:
    """Return the two sides of each full seam as nodes."""
    nodes = []
    for s in found:
        if s.node.shape != "seam":
            continue
        for word, side in (("sends", s.handover.sends), ("receives", s.handover.receives)):
            ref = Ref(s.handover.matter.iri, f"{s.handover.matter.label}, {s.place.label}: {word}", "Side")
            nodes.append(
                Node(
                    id=f"{s.node.id}/{word}", ref=ref, name=f"{word.capitalize()}: {STATES[side.state][0]}", shape="side", state=side.state,
                    below=_who(side), home=s.node.id, sector="justice" if word == "sends" else "community",
                )
            )  # fmt: skip
    return nodes


def lines(ground: Ground, found: list[Seam]) -> list[Tie]:
    """Return the ties of the parties to the sides of each full seam."""
    ties: dict[tuple[str, str], Tie] = {}
    for s in found:
        if s.node.shape != "seam":
            continue
        target = ground.target if s.place.type == "Area" else ground.moment.covers(s.place.iri) & ground.target
        for word, involvement in SIDES.items():
            slot = ground.states.slot(s.handover.matter.iri, involvement, target)
            for b in slot.bearings:
                if not b.named and any(o.named and o.state is State.HELD and o.whole & target == target for o in slot.bearings):
                    continue  # where all is named, "the provider, whoever it is" adds nothing
                end = f"{s.node.id}/{word}" if word in ("sends", "receives") else s.node.id
                state = b.state if b.named else slot.state if slot.state is not State.HELD else State.NOT_FOUND
                tie = Tie("", b.carrier, end, word, state, TIES[word], ground.states.evidence(b.situation), b.situation.from_, b.situation.until)
                ties.setdefault((tie.source, end), tie)
        for b in ground.states.bearings(s.handover.matter.iri, target):
            if local(b.situation.kind) == "supports":
                evidence = ground.states.evidence(b.situation)
                tie = Tie("", b.carrier, s.node.id, "supports", b.state, TIES["supports"], evidence, b.situation.from_, b.situation.until)
                ties.setdefault((tie.source, tie.target), tie)
    return list(ties.values())


def _seam(states: States, matter: str, target: int, place: Ref, shape: str, layer: str) -> Seam:
    handover = sound.handover(states, matter, target)
    if handover is None:
        raise LookupError(matter)
    here = local(place.iri)
    name = place.label if layer == "" else handover.matter.label
    node = Node(
        id=f"{handover.matter.iri.removeprefix(ID)}@{here}", ref=handover.matter, name=short(name), shape=shape, kind="handover", state=handover.state,
        below=SEAMS[handover.state], layer=layer, sides=(handover.sends.state, handover.receives.state), sector="partnership", level="service",
    )  # fmt: skip
    return Seam(node, place, handover)


def _told(side: Side) -> str:
    names = _names(side, 2)
    word = STATES[side.state][0]
    return f"{word} ({names})" if names and side.state in (State.HELD, State.PROPOSED, State.DISPUTED, State.LAPSED) else word


def _who(side: Side) -> str:
    """Say who is on a side, and if that is not enough, why not."""
    names = _names(side)
    unnamed = ", ".join(short(p.label) for p in side.parties if p.type == "Placeholder")
    if side.state in (State.HELD, State.DISPUTED, State.PROPOSED) and names:
        return names
    if names:
        return f"{names}: for part of the area only"
    return f"{unnamed}: which one is not said" if unnamed else "no party is named"


def _names(side: Side, most: int = 4) -> str:
    names = list(dict.fromkeys(short(p.label) for p in side.parties if p.type != "Placeholder"))
    if not names:
        return ""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
