"""Handovers on a map: each a seam between its two sides, with the parties of each side tied to it."""

from __future__ import annotations

import re
from typing import Any

from cdpgraph.answers import parts
from cdpgraph.answers import seams as sound
from cdpgraph.answers.states import ACCOUNTABLE, COORDINATES, RECEIVES, SENDS, Bearing, States
from cdpgraph.model import Handover, Ref, Side, State
from cdpgraph.pictures.scene import TIES, Node, Seam, Tie
from cdpgraph.pictures.ties import Ground
from cdpgraph.pictures.wording import SEAMS, STATES, short
from cdpgraph.vocab import ID, concept, local

_COMMON = re.compile(
    r"\b(Strategic|Combatt?ing|Reducing|Substance|Misuse|Drugs?|Alcohol|Harm|and(?= (Drug|Alcohol))|Partnership|Group|Board)"
    r"\b ?",
    re.IGNORECASE,
)
MAIN = ID + "handover/H08"
_SRO = concept("role", "sro")
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
    for _, whole, ref in places:
        found.append(_seam(states, MAIN, whole, ref, "tile" if wide else "seam", ""))
    rows = ground.moment.kg.index.rows("handover", "iri")
    for (iri,) in sorted(rows, key=lambda r: (records.ref(r[0]).code or "", r[0])):
        if iri != MAIN:
            found.append(_seam(states, iri, ground.target, records.ref(area), "tile", "others"))
    return found


def known(ground: Ground, found: list[Seam]) -> tuple[list[Seam], list[Node]]:
    """Return the seams without those of places about which nothing is read, and one gap that stands for all of these."""
    kept: list[Seam] = []
    unread: list[Seam] = []
    for s in found:
        place = s.node.layer == "" and s.node.shape == "tile" and s.place.type == "Area"
        nothing = place and set(s.node.sides or ()) == {State.NOT_READ}
        (unread if nothing else kept).append(s)
    if not unread:
        return kept, []
    name = f"{len(unread)} council areas of which nothing was read"
    gap = Node(
        id="gap/unread",
        ref=Ref(unread[0].place.iri, name, "Gap"),
        name=name,
        shape="gap",
        sector="partnership",
        level="partnership",
        kind="council areas",
        state=State.NOT_READ,
        below="not read",
        order=99,
        holds=tuple(s.place.label for s in unread),
    )
    return [_led(ground, s) for s in kept], [gap]


def _led(ground: Ground, s: Seam) -> Seam:
    """Return a tile that stands for a partnership with the state of its senior responsible owner."""
    if s.node.shape != "tile" or s.place.type != "Board":
        return s
    seats = [p for posts in ground.records.posts.values() for p in posts if p.board == s.place.iri and p.role == _SRO]
    chains = [parts.through(ground.states, p.iri) for p in seats]
    best = [c[0].state for c in chains if c]
    lead = min(best, key=tuple(State).index) if best else ground.states.unknown(None, _SRO, ground.covers(s.place.iri))
    return s._replace(node=s.node._replace(lead=lead, ref=s.place, kind="combating drugs partnership"))


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
                    id=f"{s.node.id}/{word}",
                    ref=ref,
                    name=f"{word.capitalize()}: {STATES[side.state][0]}",
                    shape="side",
                    state=side.state,
                    below=_who(side),
                    home=s.node.id,
                    sector="justice" if word == "sends" else "community",
                )
            )
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
            end = f"{s.node.id}/{word}" if word in ("sends", "receives") else s.node.id
            for b in slot.bearings:
                if not b.named and any(o.named and o.state is State.HELD and o.whole & target == target for o in slot.bearings):
                    continue  # where all is named, "the provider, whoever it is" adds nothing
                unnamed = slot.state if slot.state is not State.HELD else State.NOT_FOUND
                ties.setdefault((b.carrier, end), _line(ground, b, word, end, b.state if b.named else unnamed))
        for b in ground.states.bearings(s.handover.matter.iri, target):
            if local(b.situation.kind) == "supports":
                ties.setdefault((b.carrier, s.node.id), _line(ground, b, "supports", s.node.id, b.state))
    return list(ties.values())


def _line(ground: Ground, b: Bearing, word: str, end: str, state: State) -> Tie:
    s = b.situation
    return Tie("", b.carrier, end, word, state, TIES[word], ground.states.evidence(s), s.from_, s.until)


def _seam(states: States, matter: str, target: int, place: Ref, shape: str, layer: str) -> Seam:
    handover = sound.handover(states, matter, target)
    if handover is None:
        raise LookupError(matter)
    here = local(place.iri)
    broken = SEAMS[handover.state][0].upper() + SEAMS[handover.state][1:]
    name, below = handover.matter.label, SEAMS[handover.state]
    if not layer:
        name, below = (_place(place.label), below) if shape == "tile" else (broken, place.label)
    node = Node(
        id=f"{handover.matter.iri.removeprefix(ID)}@{here}",
        ref=handover.matter,
        name=short(name),
        shape=shape,
        kind="handover",
        state=handover.state,
        below=below,
        layer=layer,
        sides=(handover.sends.state, handover.receives.state),
        sector="partnership",
        level="service" if layer else "partnership",
    )
    return Seam(node, place, handover)


def _place(name: str) -> str:
    """Return the name of a partnership without the words that all of them share.

    >>> _place("Leeds Combating Drugs Partnership")
    'Leeds'
    """
    kept = _COMMON.sub("", name).strip(" ,")
    return kept or name


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
