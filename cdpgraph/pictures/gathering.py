"""Gathering: many parties of one kind that are tied alike, or to nothing, become one node, so that the rest can be seen."""

from __future__ import annotations

from collections import defaultdict

from cdpgraph.model import Ref
from cdpgraph.pictures.scene import Dossier, Node, Tie
from cdpgraph.pictures.ties import Ground
from cdpgraph.vocab import ID

MOST, ALIKE = 6, 4  # of one kind, before they become one node: tied to nothing; all tied alike
_MOST_OF = {"upper-tier council": 12, "integrated care board": 8}
_ALONE = ("nation", "partnership")
Manner = frozenset[tuple[str, str, str]]


def gathered(ground: Ground, nodes: list[Node], lines: list[Tie]) -> tuple[list[Node], list[Tie], dict[str, Dossier]]:
    """Return nodes and ties with the many of a kind that are tied alike as one node, and the dossiers of those nodes."""
    lines = [t._replace(source=t.source.removeprefix(ID), target=t.target.removeprefix(ID)) for t in lines]
    kept, groups, into = list(nodes), {}, {}
    for (kind, manner), members in _alike(nodes, lines).items():
        if len(members) <= _MOST_OF.get(kind, ALIKE if manner else MOST):
            continue
        node = _group(kind, manner, members, whole=len(members) == sum(n.kind == kind for n in nodes), number=len(groups))
        groups[node.id] = Dossier(node, members=tuple(m.ref for m in members))
        into.update({m.id: node.id for m in members})
        kept = [node if n is members[0] else n for n in kept if n is members[0] or n not in members]
    joined: dict[tuple[str, str, str], Tie] = {}
    for t in lines:
        source = into.get(t.source, t.source)
        if t.source in into and t.kind == "within":
            continue
        known = joined.get((source, t.target, t.kind))
        evidence = tuple(dict.fromkeys((*(known.evidence if known else ()), *t.evidence)))
        joined[source, t.target, t.kind] = t._replace(source=source, evidence=evidence)
    return kept, list(joined.values()), groups


def _alike(nodes: list[Node], lines: list[Tie]) -> dict[tuple[str, Manner], list[Node]]:
    """Sort the parties that only reach out, or are tied to nothing, by kind and by how they are tied."""
    ids = {n.id for n in nodes}
    out, reached = defaultdict(set), {n.home for n in nodes}
    for t in lines:
        if t.kind != "within" and t.source in ids and (t.target in ids or "@" in t.target):
            out[t.source].add((t.kind, t.target, t.state.value))
            reached.add(t.target)
    found: dict[tuple[str, Manner], list[Node]] = defaultdict(list)
    for n in nodes:
        if n.shape in ("party", "board") and n.id not in reached and n.level not in _ALONE:
            found[n.kind, frozenset(out[n.id])].append(n)
    return found


def _group(kind: str, manner: Manner, members: list[Node], *, whole: bool, number: int) -> Node:
    first = members[0]
    name = f"{len(members)} {'' if whole else 'more '}{plural(kind)}"
    return Node(
        id=f"group/{kind.replace(' ', '-')}/{number}", ref=Ref(f"{first.id}#kind", name, "Group"), name=name, shape="group",
        sector=first.sector, level=first.level, kind=kind, below="tied alike" if manner else "no tie recorded", order=first.order,
    )  # fmt: skip


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
