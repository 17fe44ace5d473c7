"""Findings: the gap rules run over a snapshot, each result turned into a sentence with its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cdpgraph.answers import catalogue
from cdpgraph.answers.identity import finding_id
from cdpgraph.answers.readings import months_later
from cdpgraph.answers.snapshots import Snapshot
from cdpgraph.answers.states import Slot, States
from cdpgraph.declared import Declared
from cdpgraph.facts import engine
from cdpgraph.facts.moments import Moment, Place
from cdpgraph.model import Coverage, Evidence, Finding, Gaps, Ref, Severity, State
from cdpgraph.vocab import XSD, concept, local

_CERTAINTY = {
    State.NOBODY: 1.0, State.LAPSED: 0.95, State.DISPUTED: 0.9, State.NOT_FOUND: 0.8, State.PROPOSED: 0.7, State.HELD: 0.6,
    State.NOT_READ: 0.4,
}  # fmt: skip
_WEIGHT = {Severity.CRITICAL: 1.0, Severity.HIGH: 0.75, Severity.MEDIUM: 0.5, Severity.LOW: 0.25}
_MANY = 10  # places that take longer than a second
_WORD = re.compile(r"\{(\w+)\}")


def gaps(
    moment: Moment,
    area: str,
    rule: str | None = None,
    states: States | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Gaps:
    """Return what nobody owns in an area, worst first.

    Each place that lies in the area is looked at, or the place that the area lies in. ``rule`` keeps one rule only. Raises
    UnknownName for a rule that does not exist. ``progress`` is told what is being done where that takes a while.
    """
    states = states or States(moment)
    rules = catalogue.gap_rules(moment.kg)
    if rule is not None:
        rules = {rule: catalogue.one(rules, rule, "gap rule")}
    target = moment.records.area(area).whole or moment.records.area(area).part
    places = looked_at(moment, target)
    if len(places) > _MANY:
        progress(f"looking at {len(places)} places by {len(rules)} rules")
    snapshot = Snapshot(states, places)
    store = snapshot.store()
    found: dict[str, Finding] = {}
    for declared in rules.values():
        for finding in _run(declared, store, snapshot):
            found.setdefault(finding.id, finding)
    coverage = coverage_of(states, places)
    counts = {s.value: sum(f.severity is s for f in found.values()) for s in Severity}
    findings = tuple(sorted(found.values(), key=_order))
    return Gaps(moment.on, moment.scenario, moment.records.ref(area), coverage, findings, counts)


def looked_at(moment: Moment, target: int) -> list[Place]:
    """Return the places to look at for ``target``: those it touches."""
    return [p for p in moment.places if p.whole & target]


def _run(rule: Declared, store: engine.Store, snapshot: Snapshot) -> Iterable[Finding]:
    query = catalogue.filled(rule, _blanks(snapshot.moment.on))
    columns, rows = engine.columns(store, query)
    for row in rows:
        yield _finding(rule, dict(zip(columns, row, strict=True)), snapshot)


def _blanks(on: str) -> dict[str, str]:
    """Return the days a rule may ask for, worked out here because SPARQL 1.1 has no sums of dates."""
    days = {
        "today": on,
        "half_a_year_ago": months_later(on, -6),
        "two_years_ago": months_later(on, -24),
        "in_a_year": months_later(on, 12),
        "in_two_years": months_later(on, 24),
    }
    return {name: f'"{day}"^^<{XSD}date>' for name, day in days.items()}


def _finding(rule: Declared, row: dict[str, str | None], snapshot: Snapshot) -> Finding:
    records = snapshot.records
    state = _state(rule, row, snapshot)
    refs = {name: records.ref(value) for name, value in row.items() if value and value.startswith("http")}
    words = {name: value for name, value in row.items() if value and not value.startswith("http")}
    severity = Severity(words.get("severity") or rule.one("severity"))
    template = rule.one("question") if state is State.NOT_READ and rule.one("question") else rule.one("message")
    message = _sentence(template, refs, words)
    matter, area, party = refs.get("matter"), refs.get("area"), refs.get("party")
    key = finding_id(rule.name, row.get("matter"), row.get("area"), row.get("party"), row.get("kind") or row.get("key"))
    fix = _sentence(rule.one("fix"), refs, words)
    return Finding(key, rule.name, severity, state, matter, area, party, message, fix, _evidence(row, snapshot))


def _state(rule: Declared, row: dict[str, str | None], snapshot: Snapshot) -> State:
    """The state a rule selects; or that of the part it says is missing; else ``held``: it rests on what is known."""
    if row.get("state"):
        return State(local(row["state"]))
    missing = rule.one("missing")
    place = next((p for p in snapshot.places if p.area == row.get("area")), None)
    matter = row.get("matter")
    if missing and matter and place:
        slot = snapshot.states.slot(matter, concept("involvement", missing), place.whole)
        return slot.state if slot.state is not State.HELD else snapshot.states.unknown(matter, None, place.whole)
    if missing and matter:
        return snapshot.states.unknown(matter, None, snapshot.target)
    return State.HELD


def _evidence(row: dict[str, str | None], snapshot: Snapshot) -> tuple[Evidence, ...]:
    """Evidence about each thing a rule gives as ``because…``; for a slot, of what it expects and what was looked at."""
    found: list[Evidence] = []
    for name, value in row.items():
        if value is None or not name.startswith(("because", "slot")):
            continue
        slot = snapshot.slots.get(value)
        situation = snapshot.records.situation(value) if slot is None else None
        if slot is not None:
            new = _looked_at(slot, snapshot)
        elif situation is not None:
            new = snapshot.states.evidence(situation)
        else:
            new = snapshot.records.evidence(value)
        found += [e for e in new if e not in found]
    return tuple(found)


def _looked_at(slot: Slot, snapshot: Snapshot) -> tuple[Evidence, ...]:
    """Return what makes a slot's state: the proposal or the end, the absence, or what was read about the matter in vain."""
    if slot.state in (State.PROPOSED, State.LAPSED, State.DISPUTED):
        said = [e for b in slot.bearings if b.state is slot.state for e in snapshot.states.evidence(b.situation)]
        return tuple(dict.fromkeys(said))
    said = list(snapshot.records.evidence(*slot.absences)) if slot.absences else []
    return tuple(said) or tuple(e for e in snapshot.records.evidence(slot.matter) if e.document.iri in slot.documents)


def _sentence(template: str, refs: dict[str, Ref], words: dict[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        name = match[1]
        return refs[name].label if name in refs else words.get(name, "…")

    text = _WORD.sub(word, template)
    return text[:1].upper() + text[1:]


def coverage_of(states: States, places: Iterable[Place]) -> Coverage:
    """Return how many documents were read about any of the places."""
    documents: dict[str, Ref] = {}
    for place in places:
        for document, mask, of_england, *_ in states.readings:
            if not of_england and mask & place.whole:
                documents.setdefault(document, states.records.ref(document))
    return Coverage(len(documents), tuple(documents.values()))


def _order(finding: Finding) -> tuple[float, str, str, str]:
    """Worst first: severity times how sure it is; then by place, matter and id so that the order never changes by chance."""
    area = finding.area.label if finding.area else ""
    return (
        -_WEIGHT[finding.severity] * _CERTAINTY[finding.state],
        area,
        finding.matter.label if finding.matter else "",
        finding.id,
    )
