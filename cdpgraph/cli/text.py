"""Answers laid out for a terminal: words first, colour only on top of them."""

from __future__ import annotations

import os
import re
import sys
import textwrap

from cdpgraph.answers.endings import spoken
from cdpgraph.exchange.rows import said
from cdpgraph.model import Answer, Card, Finding, Gaps, Info, Part, Pathway, Portfolio, Side, State

_MEANS = {
    State.HELD: "someone holds it, with evidence",
    State.PROPOSED: "only proposed, or not established by what was read",
    State.DISPUTED: "sources name different holders",
    State.LAPSED: "it was held; that has ended",
    State.NOBODY: "a source says that nobody holds it, or that it is undecided",
    State.NOT_FOUND: "what was read covers this, and names no holder",
    State.NOT_READ: "nothing recorded as read covers this: we do not know",
}
_COLOUR = {
    "held": 32,
    "proposed": 33,
    "disputed": 35,
    "lapsed": 31,
    "nobody": 31,
    "not-found": 33,
    "not-read": 36,
    "critical": 31,
    "high": 31,
    "medium": 33,
    "low": 36,
}


def card(found: Card, columns: int) -> str:
    """Lay out a card."""
    lines = _heading(f"{found.matter.label}: {found.area.label}, {spoken(found.on)}", found.scenario, columns)
    lines += _state(found.state, found.marks)
    lines.append(_coverage(found.coverage.read))
    lines.append("")
    lines += _parts(found.parts, columns)
    if found.handover and found.handover.time_standard:
        lines += ["", *_fold(f"Time standard: {found.handover.time_standard}", columns)]
    if found.handover and found.handover.unclear:
        lines += _fold(f"Left open by what was read: {found.handover.unclear}", columns)
    if found.above:
        lines += ["", _strong("Answers for what this is part of (which makes nobody the owner of this):")]
        lines += _parts(found.above, columns, matter=True)
    if found.ends:
        lines += ["", _strong("Known to end:")]
        for end in found.ends:
            lines += _fold(f"{end.sentence} [{said(end.evidence, 1)}]", columns, "  ")
    if found.expected:
        lines += ["", _strong("Expected:")]
        for e in found.expected:
            lines += _fold(f"{'met    ' if e.met else 'not met'}  {e.expectation} [{said(e.source, 1)}]", columns, "  ")
    for inner in found.within:
        lines += ["", *card(inner, columns).splitlines()]
    return _painted(lines)


def portfolio(found: Portfolio, columns: int) -> str:
    """Lay out what a party carries."""
    where = f" in {found.area.label}" if found.area else ""
    lines = [*_heading(f"{found.party.label}{where}, {spoken(found.on)}", found.scenario, columns), ""]
    for title, parts in (("Holds these posts:", found.posts), ("Carries:", found.parts), ("Sits on:", found.boards)):
        if parts:
            lines += [_strong(title), *_parts(parts, columns, matter=True, party=False), ""]
    if not (found.posts or found.parts or found.boards):
        lines += ["Nothing is recorded. That may be because nothing has been read about it.", ""]
    if found.ends:
        lines.append(_strong("Known to end:"))
        for end in found.ends:
            lines += _fold(f"{end.sentence} [{said(end.evidence, 1)}]", columns, "  ")
        lines.append("")
    if found.findings:
        lines.append(_strong("Open gaps that touch it:"))
        for f in found.findings:
            lines += _finding(f, columns)
    return _painted(lines)


def gaps(found: Gaps, columns: int) -> str:
    """Lay out findings, worst first, under the counts of all there are."""
    lines = [
        *_heading(f"Gaps in {found.area.label}, {spoken(found.on)}", found.scenario, columns),
        _coverage(found.coverage.read),
    ]
    total = sum(found.counts.values())
    kinds = ", ".join(f"{n} {severity}" for severity, n in found.counts.items() if n)
    shown = f"; the worst {len(found.findings)} are shown" if len(found.findings) < total else ""
    lines += [f"{total} finding{'' if total == 1 else 's'}{': ' + kinds if kinds else ''}{shown}.", ""]
    for f in found.findings:
        lines += _finding(f, columns)
    return _painted(lines)


def pathway(found: Pathway, columns: int) -> str:
    """Lay out a pathway: each stage, and under it the handovers that leave it."""
    lines = [
        *_heading(f"{found.pathway.label}: {found.area.label}, {spoken(found.on)}", found.scenario, columns),
        _coverage(found.coverage.read),
        "",
    ]
    for stage in found.stages:
        setting = f" ({stage.setting})" if stage.setting else ""
        lines.append(f"{_strong(stage.matter.label)}{setting}: {_word(stage.state.value)}")
        for h in (h for h in found.handovers if h.from_ == stage.matter):
            lines += _fold(f"{_SEAM[h.state]}  {h.matter.label} → {h.to.label}: {h.state.value}", columns, "    ")
            for name, side in (
                ("sends", h.sends),
                ("receives", h.receives),
                ("coordinates", h.coordinates),
                ("accountable", h.accountable),
            ):
                lines += _fold(f"{name:12}{_side(side)}", columns, "          ", hang=12)
    return _painted(lines)


_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_SEAM = {State.HELD: "━━", State.PROPOSED: "┅┅", State.DISPUTED: "┅╳", State.NOT_READ: "··"} | dict.fromkeys(
    (State.LAPSED, State.NOBODY, State.NOT_FOUND), "╌ "
)


def _parts(parts: tuple[Part, ...], columns: int, *, matter: bool = False, party: bool = True) -> list[str]:
    lines: list[str] = []
    for p in parts:
        who = _who(p) if party else (p.matter.label if p.matter else p.post.label if p.post else "")
        if matter and party and p.matter:
            who = f"{who}: {p.matter.label}"
        marks = f" ({', '.join(p.marks)})" if p.marks else ""
        lines += _fold(f"{p.involvement.label:13} {_word(p.state.value)}{marks}  {who}", columns, "  ", hang=14)
        where = f"{p.area.label}; " if p.area and p.party else ""
        when = " ".join(w for w in (f"from {p.from_}" if p.from_ else "", f"until {p.until}" if p.until else "") if w)
        about = "; ".join(x for x in (p.standing or "", when) if x)
        if p.party and (where or about):
            lines += _fold(f"{where}{about}".rstrip("; "), columns, " " * 16)
        for link in p.through[1:] if p.party == p.holder else p.through:
            lines += _fold(
                f"held by {link.holder.label}: {link.state.value}"
                + (f" from {link.from_}" if link.from_ else "")
                + (f" [{said(link.evidence, 1)}]" if link.evidence else ""),
                columns,
                " " * 16,
            )
        if p.evidence:
            lines += _fold(f"[{said(p.evidence, 3)}]", columns, " " * 16)
            quoted = next((e.quote for e in p.evidence if e.quote), None)
            if quoted:
                lines += _fold(f"“{quoted}”", columns, " " * 16)
    return lines


def _who(p: Part) -> str:
    if p.party is None:
        return f"no {p.post.label} on record" if p.post else "no holder on record"
    if p.post is not None and p.holder is not None and p.post != p.party:
        return f"{p.party.label}, as {p.post.label}"
    return p.party.label


def _finding(f: Finding, columns: int) -> list[str]:
    lines = _fold(f"{_word(f.severity.value)}  {_word(f.state.value)}  {f.message}", columns, "", hang=4)
    if f.evidence:
        lines += _fold(f"[{said(f.evidence, 2)}]", columns, "    ")
    return [*lines, *_fold(f"→ {f.fix}", columns, "    "), f"    {f.id}"]


def _state(state: State, marks: tuple[str, ...]) -> list[str]:
    marked = f" ({', '.join(marks)})" if marks else ""
    return [f"{_word(state.value, strong=True)}{marked}: {_MEANS[state]}."]


def _coverage(read: int) -> str:
    return (
        f"Read about this place: {read} document{'' if read == 1 else 's'} that could have answered."
        if read
        else "Read about this place: no document that could have answered."
    )


def _side(side: Side) -> str:
    names = ", ".join(p.label for p in side.parties)
    return f"{_word(side.state.value)}" + (f"  {names}" if names else "")


def _heading(text: str, scenario: str | None, columns: int) -> list[str]:
    inside = f" (scenario: {scenario})" if scenario else ""
    return [_strong(line) for line in _fold(text + inside, columns, hang=0)]


def _fold(text: str, columns: int, indent: str = "", hang: int = 2) -> list[str]:
    return textwrap.wrap(text, columns, initial_indent=indent, subsequent_indent=indent + " " * hang, break_on_hyphens=False)


def _coloured() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _word(word: str, *, strong: bool = False) -> str:
    """Mark a word that has a colour of its own; the marks take no more room than two letters when lines are folded."""
    return f"{_OPEN}{word.upper() if strong else word}{_CLOSE}"


def _strong(text: str) -> str:
    return f"\033[1m{text}\033[0m" if _coloured() else text


def _painted(lines: list[str]) -> str:
    """Join lines, turning marked words into colour where there is any."""
    text = "\n".join(lines).rstrip() + "\n"
    if not _coloured():
        return text.replace(_OPEN, "").replace(_CLOSE, "")
    return _MARKED.sub(lambda m: f"\033[{_COLOUR.get(m[1].lower(), 0)}m{m[1]}\033[0m", text)


def info(found: Info, columns: int) -> str:
    """Lay out what is loaded."""
    lines = _fold(f"cdpgraph {found.version}: {found.quads:,} statements, content {found.content}", columns)
    lines.append(f"compiled in {found.folder}")
    groups = (("Things", found.things), ("Dated facts", found.situations), ("Evidence", found.evidence))
    for title, counts in groups:
        lines += ["", _strong(f"{title}:"), *(f"  {count:6,}  {name}" for name, count in counts.items())]
    lines += ["", f"Places today: {found.places}, of which {found.partnerships} are partnerships on record."]
    lines += ["Upper-tier council areas by what was read about them:"]
    lines += [f"  {count:6,}  {name}" for name, count in found.read.items()]
    lines += ["", f"Scenarios: {', '.join(found.scenarios) or 'none'}"]
    return _painted(lines)


def table(found: Answer, most: int = 60) -> str:
    """Lay out rows in columns; a cell longer than ``most`` characters is cut, which the other formats never do."""
    cells = [[str(v) if v is not None else "" for v in row] for row in (found.columns, *found.rows)]
    cells = [[c if len(c) <= most else c[: most - 1] + "…" for c in row] for row in cells]
    widths = [max(len(row[i]) for row in cells) for i in range(len(found.columns))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("-" * w for w in widths))
    count = f"{len(found.rows)} row{'' if len(found.rows) == 1 else 's'}"
    return "\n".join([*lines, "", count]) + "\n"
