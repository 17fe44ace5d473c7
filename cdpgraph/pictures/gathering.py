"""Gathering: many parties of one kind that are tied alike, or to nothing, become one node, so that the rest can be seen."""

from __future__ import annotations

from collections import defaultdict

from cdpgraph.model import Ref, State
from cdpgraph.pictures.scene import Dossier, Node, Tie
from cdpgraph.vocab import ID

MOST, ALIKE = 6, 4  # of one kind, before they become one node: tied to nothing; all tied alike
_MOST_OF = {"upper-tier council": 12, "integrated care board": 8}
_PARTNERSHIP = "combating drugs partnership"
_ALONE = ("nation", "partnership")
Manner = frozenset[tuple[str, str, str]]


def gathered(
    nodes: list[Node], lines: list[Tie], *, into: dict[str, str], wide: bool
) -> tuple[list[Node], list[Tie], dict[str, Dossier]]:
    """Return nodes and ties with the many of a kind that are tied alike as one node, and the dossiers of those nodes.

    In a ``wide`` area every kind of local party becomes one node, however it is tied. ``into`` says which nodes have
    already been taken into others.
    """
    into = dict(into)
    lines = [_ends(t, into) for t in lines]
    kept = list(nodes)
    groups: dict[str, Dossier] = {}
    for (kind, manner), members in _alike(nodes, lines, wide).items():
        if len(members) <= (1 if wide else _MOST_OF.get(kind, ALIKE if manner else MOST)):
            continue
        node = _group(kind, manner, members, whole=len(members) == sum(n.kind == kind for n in nodes), number=len(groups))
        groups[node.id] = Dossier(node, members=tuple(m.ref for m in members))
        into.update({m.id: node.id for m in members})
        gone = {m.id for m in members}
        kept = [node if n is members[0] else n for n in kept if n is members[0] or n.id not in gone]
    return kept, _joined(lines, into), groups


def _joined(lines: list[Tie], into: dict[str, str]) -> list[Tie]:
    """Return the ties between what is left, those of the members of a group as one that says how many it stands for."""
    together: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for t in lines:
        moved = _ends(t, into)
        if moved.source != moved.target and not (t.kind == "within" and moved.source != t.source):
            together[moved.source, moved.target, t.kind].append(moved)
    found = []
    for alike in together.values():
        first, number = alike[0], len(alike)
        evidence = tuple(dict.fromkeys(e for t in alike for e in t.evidence))
        says = f"{first.says} ({number} of these)" if number > 1 and first.source.startswith("group/") else first.says
        state = min((t.state for t in alike), key=tuple(State).index)
        found.append(first._replace(says=says, state=state, evidence=evidence))
    return found


def _ends(t: Tie, into: dict[str, str]) -> Tie:
    source, target = t.source.removeprefix(ID), t.target.removeprefix(ID)
    return t._replace(source=into.get(source, source), target=into.get(target, target))


def _alike(nodes: list[Node], lines: list[Tie], wide: bool) -> dict[tuple[str, Manner], list[Node]]:
    """Sort the parties that only reach out, or are tied to nothing, by kind and by how they are tied."""
    ids = {n.id for n in nodes}
    out, reached = defaultdict(set), {n.home for n in nodes}
    for t in lines:
        if t.kind != "within" and t.source in ids and (t.target in ids or "@" in t.target):
            out[t.source].add((t.kind, t.target, t.state.value))
            reached.add(t.target)
    found: dict[tuple[str, Manner], list[Node]] = defaultdict(list)
    for n in nodes:
        if wide and n.shape in ("party", "board", "unnamed", "gone") and n.level != "nation" and n.kind != _PARTNERSHIP:
            found[n.kind, frozenset()].append(n)
        elif n.shape in ("party", "board") and n.id not in reached and n.level not in _ALONE:
            found[n.kind, frozenset(out[n.id])].append(n)
    return found


def _group(kind: str, manner: Manner, members: list[Node], *, whole: bool, number: int) -> Node:
    first = members[0]
    name = f"{len(members)} {'' if whole else 'more '}{plural(kind)}"
    return Node(
        id=f"group/{kind.replace(' ', '-')}/{number}",
        ref=Ref(f"{first.id}#kind", name, "Group"),
        name=name,
        shape="group",
        sector=first.sector,
        level=first.level,
        kind=kind,
        below="tied alike" if manner else "",
        order=first.order,
        holds=tuple(m.ref.label for m in members),
    )


def plural(kind: str) -> str:
    """Return the plural of a kind of party.

    >>> plural("prison"), plural("police authority"), plural("part of a council"), plural("people with lived experience")
    ('prisons', 'police authorities', 'parts of a council', 'people with lived experience')
    """
    for joint in (" with ", " of ", " above ", " and crime "):
        if joint in kind:
            head, rest = kind.split(joint, 1)
            if joint == " and crime ":
                return f"{head}{joint}{plural(rest)}"
            return f"{plural(head)}{joint}{rest}"
    if kind in ("people", "schools and colleges", "Jobcentre Plus"):
        return kind
    return kind[:-1] + "ies" if kind.endswith(("ty", "dy")) else kind + "s"
