"""Wording: names short enough to be read on a wall, and how wide they are."""

from __future__ import annotations

import re
from functools import lru_cache

from cdpgraph.model import State

SHORTER = (
    (re.compile(r" \(not named in any source read\)$"), ""),
    (re.compile(r"^(?:the )?Police, Fire and Crime Commissioner for\b", re.I), "PFCC for"),
    (re.compile(r"^(?:the )?Police and Crime Commissioner for\b", re.I), "PCC for"),
    (re.compile(r"^NHS (.*) Integrated Care Board$"), r"\1 ICB"),
    (re.compile(r"\bLocal Criminal Justice Board\b"), "LCJB"),
    (re.compile(r"\bMetropolitan (?:Borough|District) Council$"), "Council"),
    (re.compile(r"\bNHS Foundation Trust$"), "NHS FT"),
    (re.compile(r"^His Majesty's\b"), "HM"),
    (re.compile(r"\bProbation Delivery Unit\b", re.I), "PDU"),
)
STATES = {
    State.HELD: ("held", "someone holds it, in force, with evidence"),
    State.PROPOSED: ("proposed", "only proposed, or not established by what was read"),
    State.DISPUTED: ("disputed", "sources name different holders, or one denies another"),
    State.LAPSED: ("lapsed", "it was held; that has ended"),
    State.NOBODY: ("nobody", "a source says that nobody holds it, or that it is undecided"),
    State.NOT_FOUND: ("not found", "what was read covers this, and names no holder"),
    State.NOT_READ: ("not read", "nothing recorded as read covers this: we do not know"),
}
SIGNS = {State.HELD: "", State.PROPOSED: "", State.DISPUTED: "⚠", State.NOT_READ: "?"} | dict.fromkeys(
    (State.LAPSED, State.NOBODY, State.NOT_FOUND), "◇"
)
SEAMS = {
    State.HELD: "whole",
    State.PROPOSED: "only proposed",
    State.DISPUTED: "disputed",
    State.LAPSED: "broken: it has lapsed",
    State.NOBODY: "broken: nobody holds a side",
    State.NOT_FOUND: "broken: no holder found",
    State.NOT_READ: "not known: nothing read",
}

# Widths of Helvetica in thousandths of the size, as in its published metrics; every face we name is close to it.
_NARROW = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys("ft /.,:;!I[]()-", 290),
    "r": 333,
    **dict.fromkeys("mM", 833),
    "W": 944,
    "w": 722,
}
_SLACK = 1.07  # a face a little wider than Helvetica still fits


def short(name: str) -> str:
    """Return a name as people of the field shorten it.

    >>> short("NHS Kent and Medway Integrated Care Board")
    'Kent and Medway ICB'
    """
    for pattern, instead in SHORTER:
        name = pattern.sub(instead, name)
    return name[:1].upper() + name[1:]


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a text is at ``size``, in the same unit, with a little slack."""
    thousandths = sum(_NARROW.get(c, 680 if c.isupper() else 556 if ord(c) < 0x2000 else 1000) for c in text)
    return thousandths * size / 1000 * _SLACK * (1.06 if bold else 1)


@lru_cache(maxsize=1 << 16)  # a layout tries many widths of a column, but a name wraps the same in all of them
def wrap(text: str, room: float, size: float, bold: bool = False, most: int = 5) -> tuple[str, ...]:
    """Return the lines of a text in ``room``; a word too long is cut, and what is over ``most`` lines ends in a dash of dots.

    >>> wrap("Herefordshire Council", 100, 15)
    ('Herefordshire', 'Council')
    """
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
            continue
        while width(word, size, bold) > room and len(word) > 1:
            cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width(word[:n] + "-", size, bold) <= room)
            lines.append(word[:cut] + "-")
            word = word[cut:]
        lines.append(word)
    if len(lines) > most:
        kept = lines[most - 1]
        while kept and width(kept + "…", size, bold) > room:
            kept = kept[:-1]
        lines = [*lines[: most - 1], kept.rstrip() + "…"]
    return tuple(lines)


def plain_id(text: str) -> str:
    """Return a text as an address within a page, different for different texts: letters, digits, hyphens, underscores.

    >>> plain_id("board/cdp-kent@E10000016")
    'board--cdp-kent_40E10000016'
    """
    return "".join(c if (c.isascii() and c.isalnum()) or c == "-" else "--" if c == "/" else f"_{ord(c):x}" for c in text)
