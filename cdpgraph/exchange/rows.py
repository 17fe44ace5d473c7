"""Rows: each kind of answer as one flat table, for spreadsheets and for scripts."""

from __future__ import annotations

from typing import Any

from cdpgraph.model import Answer, Card, Evidence, Finding, Gaps, Info, Part, Pathway, Portfolio, Ref, Side

_PART = (
    "matter", "area", "on", "involvement", "state", "marks", "party", "post", "holder", "where", "standing", "from", "until",
    "evidence",
)  # fmt: skip


def rows(result: Any) -> Answer:
    """Return any answer as a table. Raises TypeError for something that is not an answer."""
    if isinstance(result, Answer):
        return result
    if isinstance(result, Card):
        found = [_part(p, result.matter, result.area, result.on) for p in result.parts]
        for card in result.within:
            found += rows(card).rows
        return Answer(_PART, tuple(found))
    if isinstance(result, Gaps):
        columns = ("severity", "state", "rule", "matter", "area", "party", "message", "fix", "evidence", "id")
        return Answer(columns, tuple(_finding(f) for f in result.findings))
    if isinstance(result, Portfolio):
        lines = [_part(p, p.matter, result.area, result.on) for p in (*result.posts, *result.parts, *result.boards)]
        return Answer(_PART, tuple(lines))
    if isinstance(result, Pathway):
        columns = ("step", "matter", "from", "to", "state", "sends", "receives", "coordinates", "accountable", "time standard")
        stages: list[tuple[str, ...]] = [("stage", s.matter.label, "", "", s.state.value, *[""] * 5) for s in result.stages]
        seams: list[tuple[str, ...]] = []
        for h in result.handovers:
            sides = map(_side, (h.sends, h.receives, h.coordinates, h.accountable))
            line = ("handover", h.matter.label, h.from_.label, h.to.label, h.state.value, *sides, h.time_standard or "")
            seams.append(line)
        return Answer(columns, tuple(stages + seams))
    if isinstance(result, Info):
        groups = (result.things, result.situations, result.evidence, result.read)
        names = ("things", "dated facts", "evidence", "read")
        counted = [(group, name, n) for group, counts in zip(names, groups, strict=True) for name, n in counts.items()]
        return Answer(("group", "name", "count"), tuple(counted))
    raise TypeError(f"no rows for {type(result).__name__}")


def said(evidence: tuple[Evidence, ...], most: int = 99) -> str:
    """Return evidence in one line: document, place, day and, where it is not plain support, stance."""
    shown = []
    for e in evidence[:most]:
        stance = "" if e.stance in ("supports", "read") else f", {e.stance}"
        name = f"{e.document.code} {e.document.label}" if e.document.code else e.document.label
        shown.append(f"{name}, {e.locator}" + (f" ({e.issued})" if e.issued else "") + stance)
    more = len(evidence) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def _part(p: Part, matter: Ref | None, area: Ref | None, on: str) -> tuple[Any, ...]:
    return (
        (p.matter or matter).label if (p.matter or matter) else "",  # type: ignore[union-attr]
        area.label if area else "",
        on,
        p.involvement.label,
        p.state.value,
        " ".join(p.marks),
        p.party.label if p.party else "",
        p.post.label if p.post else "",
        p.holder.label if p.holder else "",
        p.area.label if p.area else "",
        p.standing or "",
        p.from_ or "",
        p.until or "",
        said(p.evidence),
    )


def _finding(f: Finding) -> tuple[Any, ...]:
    return (
        f.severity.value,
        f.state.value,
        f.rule,
        f.matter.label if f.matter else "",
        f.area.label if f.area else "",
        f.party.label if f.party else "",
        f.message,
        f.fix,
        said(f.evidence),
        f.id,
    )


def _side(side: Side) -> str:
    names = ", ".join(p.label for p in side.parties)
    return f"{side.state.value}: {names}" if names else side.state.value
