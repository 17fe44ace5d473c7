"""Gathering: many parties of one kind that nothing ties to another become one node, so that what is tied can be seen."""

from __future__ import annotations

from collections import defaultdict

from cdpgraph.model import Ref
from cdpgraph.pictures.scene import Dossier, Node, Tie
from cdpgraph.pictures.ties import Ground
from cdpgraph.vocab import ID

MOST = 6
_MOST_OF = {"upper-tier council": 12, "integrated care board": 8}


def gathered(ground: Ground, nodes: list[Node], lines: list[Tie]) -> tuple[list[Node], list[Tie], dict[str, Dossier]]:
    """Return nodes and ties with each large untied kind as one node, and the dossiers of those nodes."""
    lines = [t._replace(source=t.source.removeprefix(ID), target=t.target.removeprefix(ID)) for t in lines]
    ids = {n.id for n in nodes}
    seen = [t for t in lines if t.source in ids and (t.target in ids or "@" in t.target) and t.kind != "within"]
    tied = {p for t in seen for p in (t.source, t.target)} | {n.home for n in nodes}
    loose = defaultdict(list)
    for n in nodes:
        if n.shape in ("party", "board") and n.id not in tied and n.level != "nation" and n.sector != "partnership":
            loose[n.kind].append(n)
    groups: dict[str, Dossier] = {}
    kept = list(nodes)
    for kind, members in loose.items():
        if len(members) <= _MOST_OF.get(kind, MOST):
            continue
        first = members[0]
        whole = len(members) == sum(n.kind == kind for n in nodes)
        name = f"{len(members)} {'' if whole else 'more '}{plural(kind)}"
        ref = Ref(f"{first.id}#kind", name, "Group")
        node = Node(
            id=f"group/{kind.replace(' ', '-')}", ref=ref, name=name, shape="group", sector=first.sector, level=first.level, kind=kind,
            below="no tie recorded", order=first.order,
        )  # fmt: skip
        groups[node.id] = Dossier(node, members=tuple(m.ref for m in members))
        gone = {m.id for m in members}
        kept = [node if n is first else n for n in kept if n is first or n.id not in gone]
    return kept, lines, groups


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
