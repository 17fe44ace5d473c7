"""The ownership view: who is tied to whom for an area, round its boards and its handovers."""

from __future__ import annotations

from cdpgraph.answers import cards, parts
from cdpgraph.answers.endings import spoken
from cdpgraph.answers.states import Bearing, States
from cdpgraph.facts.moments import Moment
from cdpgraph.facts.rows import Thing
from cdpgraph.model import Ref, State
from cdpgraph.pictures import handovers, ties
from cdpgraph.pictures.dossiers import Dossiers, bearings
from cdpgraph.pictures.gathering import gathered
from cdpgraph.pictures.scene import Node, Scene, Seam, Tie
from cdpgraph.pictures.ties import Ground
from cdpgraph.pictures.wording import short
from cdpgraph.vocab import ID, concept, local

WIDE = 4  # more places than this in one area: each is a tile, and the parties of a kind are one node
_TYPES = ("Organisation", "CorporationSole", "Board", "Placeholder", "Post")
_TELLING = {"accountable", "responsible", "funds", "commissions", "coordinates", "delivers", "drives", "approves"}
_UNTELLING = {"within"}
_PARTNERSHIP = concept("party-kind", "cdp")


def ownership(moment: Moment, area: str) -> Scene:
    """Return the scene of who owns what in an area: parties, boards, posts, ties between them, and handovers."""
    place = moment.records.area(area)
    states = States(moment)
    ground = Ground(states, place.whole or place.part)
    inside = cards.inside(moment, ground.target)
    wide = len(inside) > WIDE
    carried = bearings(ground)
    seams = handovers.seams(ground, inside, area, wide=wide)
    lines = [*ties.found(ground), *handovers.lines(ground, seams)]
    nodes = _parties(ground, carried, lines)
    into: dict[str, str] = {}
    if wide:
        into = _tiled(ground, seams)
        seams, unread = handovers.known(ground, seams)
        nodes = [n for n in nodes if n.id not in into] + unread
    else:
        nodes += _posts(ground, nodes) + _unread(ground)
    nodes, lines, groups = gathered(nodes, lines, into=into, wide=wide)
    nodes += [s.node for s in seams] + handovers.sides(seams)
    known = {n.id for n in nodes}
    lines = [t for t in lines if t.source in known and t.target in known]
    keeper = Dossiers(ground, carried)
    told = [n for n in nodes if n.shape not in ("side", "seam") and not (n.shape == "tile" and n.ref.type != "Board")]
    dossiers = tuple(groups.get(n.id) or keeper.of(n) for n in told)
    return Scene(
        wide=wide,
        title=f"Who owns what: {moment.records.ref(area).label}, {spoken(moment.on).removeprefix('on ')}",
        area=moment.records.ref(area),
        on=moment.on,
        scenario=moment.scenario,
        summary=handovers.sentence(handovers.main(states, ground.target)),
        coverage=states.coverage(handovers.MAIN, None, ground.target),
        nodes=tuple(nodes),
        ties=tuple(t._replace(id=f"t{n}") for n, t in enumerate(lines, 1)),
        seams=tuple(seams),
        dossiers=dossiers,
        shared=keeper.shared,
    )


def _tiled(ground: Ground, seams: list[Seam]) -> dict[str, str]:
    """Return the boards that a tile stands for, and their posts, with the tile of each."""
    into = {_key(s.place.iri): s.node.id for s in seams if s.node.shape == "tile" and s.place.type == "Board"}
    for post, seats in ground.records.posts.items():
        into |= {_key(post): into[_key(s.board)] for s in seats if _key(s.board) in into}
    return into


def _parties(ground: Ground, carried: dict[str, list[Bearing]], lines: list[Tie]) -> list[Node]:
    """Choose the parties: all that cover some of the area, and those without a footprint that carry something there."""
    tied = {p for t in lines if t.kind not in _UNTELLING for p in (t.source, t.target)}
    boards = {iri for iri, *_ in ground.moment.kg.index.rows("thing", "iri", type="Board") if ground.here(iri)}
    boards |= {p for p, seats in ground.records.posts.items() if any(s.board in boards for s in seats)}
    close = {p for t in lines if t.kind not in _UNTELLING and boards & {t.source, t.target} for p in (t.source, t.target)}
    sent = {t.source for t in lines if t.kind in handovers.SIDES}
    found = []
    for (iri,) in ground.moment.kg.index.rows("thing", "iri", type=_TYPES):
        thing = ground.records.thing(iri)
        if thing is None or (thing.ref.type == "Post" and thing.kind is None):
            continue
        gone = not ground.moment.exists(thing)
        if gone and not (iri in tied and ground.moment.scenario is not None and ground.moment.gone(thing)):
            continue
        if thing.ref.type == "Placeholder":
            wanted = iri in sent or iri in close
        else:
            carries = iri not in ground.records.posts and _tells(ground, carried.get(iri, []))
            wanted = ground.here(iri) or iri in close or iri in sent or carries
        if wanted and not ground.elsewhere(iri):
            found.append(_party(ground, thing, gone))
    return sorted(found, key=lambda n: (n.order, n.name, n.id))


def _tells(ground: Ground, mine: list[Bearing]) -> bool:
    """Say whether a party without a footprint does more in the area than look on."""
    for b in mine:
        kinds = {local(k) for k in ground.records.involvements.get(b.situation.kind or "", ())}
        if b.state is not State.LAPSED and kinds & _TELLING and local(b.situation.kind) != "informed":
            return True
    return False


def _party(ground: Ground, thing: Thing, gone: bool) -> Node:
    records = ground.records
    kind = records.concepts.get(thing.kind or "")
    override = records.index.rows("party_sector", "sector", iri=thing.ref.iri)
    shape = "gone" if gone else {"Board": "board", "Placeholder": "unnamed"}.get(thing.ref.type, "party")
    if kind is not None and local(kind.iri) == "sub-group":
        shape = "board"
    chain = parts.through(ground.states, thing.ref.iri) if thing.ref.iri in records.posts else ()
    below = chain[0].holder.label if chain and chain[0].state is State.HELD else ""
    if shape == "unnamed":
        below = "not named"
    return Node(
        id=_key(thing.ref.iri),
        ref=thing.ref,
        name=short(thing.ref.label),
        shape=shape,
        sector=local(override[0][0] if override else kind.sector if kind else "") or "community",
        level=local(kind.level if kind else "") or "service",
        kind=kind.label if kind else "",
        state=State.LAPSED if gone else State.NOT_FOUND if shape == "unnamed" else None,
        below="no longer exists" if gone else below,
        order=kind.order if kind else 99,
    )


def _posts(ground: Ground, nodes: list[Node]) -> list[Node]:
    """Return the posts of the boards that are drawn, and a gap for each post that is expected of them and is not there."""
    boards = {n.ref.iri: n for n in nodes if n.shape == "board"}
    found: list[Node] = []
    filled: set[tuple[str, str]] = set()
    for iri, seats in sorted(ground.records.posts.items()):
        seat = next((s for s in seats if s.board in boards), None)
        thing = ground.records.thing(iri)
        if seat is None or thing is None or thing.kind is not None:
            continue
        node = _post(ground, thing, seat.role, boards[seat.board])
        if node is not None:
            filled.add((seat.board, seat.role))
            found.append(node)
    for board in boards.values():
        for role, label in _expected(ground, board):
            if (board.ref.iri, role) not in filled:
                found.append(_gap(ground, board, role, label))
    return sorted(found, key=lambda n: (n.home, n.order, n.name))


def _post(ground: Ground, thing: Thing, role: str, board: Node) -> Node | None:
    chain = parts.through(ground.states, thing.ref.iri)
    if not chain and not ground.moment.exists(thing):
        return None
    state = chain[0].state if chain else ground.states.unknown(None, role, ground.covers(board.ref.iri))
    word = {State.HELD: "", State.PROPOSED: "proposed: ", State.LAPSED: "was: "}
    below = word.get(state, "") + short(chain[0].holder.label) if chain else state.value.replace("-", " ")
    meant = ground.records.concepts.get(role)
    return Node(
        id=_key(thing.ref.iri),
        ref=thing.ref,
        name=short(thing.ref.label.split(",")[0]),
        shape="post",
        sector=board.sector,
        level=board.level,
        kind=meant.label if meant else "post",
        state=state,
        below=below,
        home=board.id,
        order=meant.order if meant else 99,
    )


def _expected(ground: Ground, board: Node) -> list[tuple[str, str]]:
    """Return the roles that a board should have on the day."""
    if board.kind != ground.records.concepts[_PARTNERSHIP].label:
        return []
    rows = ground.moment.kg.index.rows("expectation", 'role, each, "from", until')
    on = ground.moment.on
    live = [(r, each) for r, each, start, end in rows if r and (not start or start <= on) and (not end or end > on)]
    roles = {r for r, each in live if local(each) == "partnership"}
    return sorted((r, ground.records.concepts[r].label) for r in roles if r in ground.records.concepts)


def _gap(ground: Ground, board: Node, role: str, label: str) -> Node:
    state = ground.states.unknown(None, role, ground.covers(board.ref.iri))
    ref = Ref(role, f"{label[0].upper()}{label[1:]}, {board.ref.label}", "Concept")
    meant = ground.records.concepts[role]
    return Node(
        id=f"{board.id}/{local(role)}",
        ref=ref,
        name=label[0].upper() + label[1:],
        shape="gap",
        sector=board.sector,
        level=board.level,
        kind=label,
        state=state,
        below=state.value.replace("-", " "),
        home=board.id,
        order=meant.order,
    )


def _unread(ground: Ground) -> list[Node]:
    """Return a gap for the places that no partnership is known to cover."""
    places = [p for p in ground.moment.places if p.board is None and p.whole & ground.target]
    if not places:
        return []
    state = State.NOT_READ
    names = [ground.records.ref(p.area).label for p in places]
    name = f"{len(places)} council areas with no partnership read"
    if len(places) == 1:
        name = f"No partnership read for {names[0]}"
    return [
        Node(
            id="gap/partnership",
            ref=Ref(places[0].area, name, "Gap"),
            name=name,
            shape="gap",
            sector="partnership",
            level="partnership",
            kind="combating drugs partnership",
            state=state,
            below="not read",
            order=60,
        )
    ]


def _key(iri: str) -> str:
    return iri.removeprefix(ID)
