"""Asking: the public words, from names as people type them to answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from cdpgraph.answers import cards, lookup
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.model import Card, Gaps, Pathway, Portfolio
from cdpgraph.vocab import SCHEME

if TYPE_CHECKING:
    Day = str | datetime.date | None

Say = Callable[[str], None]
ENGLAND = "England"


def _silent(_: str) -> None:
    """Say nothing."""


def who(
    kg: KnowledgeGraph, matter: str, *, area: str = ENGLAND, on: Day = None, scenario: str | None = None, say: Say = _silent
) -> Card:
    """Answer who carries a matter, or a role such as SRO, in an area on a day.

    Names are matched without case, with other names and small slips; codes and addresses work too. ``on`` is a day as
    YYYY-MM-DD, today if not given. ``say`` is told where a name was not plain. Raises UnknownName or BadDate.
    """
    moment = Moment(kg, on, scenario)
    asked, where = lookup.matter(moment, matter), lookup.area(moment, area)
    _tell(say, asked, where)
    if asked.iri.startswith(SCHEME):
        return cards.role_card(moment, asked.iri, where.iri)
    return cards.card(moment, asked.iri, where.iri)


def what(
    kg: KnowledgeGraph, party: str, *, area: str | None = None, on: Day = None, scenario: str | None = None, say: Say = _silent
) -> Portfolio:
    """Answer what a party carries, which posts it holds, on which boards it sits, and which gaps touch it.

    Raises UnknownName or BadDate.
    """
    from cdpgraph.answers import portfolios

    moment = Moment(kg, on, scenario)
    asked = lookup.party(moment, party)
    where = lookup.area(moment, area) if area is not None else None
    _tell(say, asked, where)
    return portfolios.portfolio(moment, asked.iri, where.iri if where else None)


def gaps(
    kg: KnowledgeGraph,
    *,
    area: str = ENGLAND,
    on: Day = None,
    scenario: str | None = None,
    rule: str | None = None,
    say: Say = _silent,
    progress: Say = _silent,
) -> Gaps:
    """Find what nobody owns in an area on a day, worst first. ``rule`` keeps one rule only.

    ``progress`` is told what is being done where that takes more than a moment.
    Raises UnknownName or BadDate.
    """
    from cdpgraph.answers import findings

    moment = Moment(kg, on, scenario)
    where = lookup.area(moment, area)
    _tell(say, where)
    return findings.gaps(moment, where.iri, rule, progress=progress)


def pathway(
    kg: KnowledgeGraph,
    name: str = "pathway/prison-to-community",
    *,
    area: str = ENGLAND,
    on: Day = None,
    scenario: str | None = None,
    say: Say = _silent,
) -> Pathway:
    """Show the stages and handovers of a pathway in an area on a day, each side with its state.

    Raises UnknownName or BadDate.
    """
    from cdpgraph.answers import pathways

    moment = Moment(kg, on, scenario)
    asked, where = lookup.pathway(moment, name), lookup.area(moment, area)
    _tell(say, asked, where)
    return pathways.pathway(moment, asked.iri, where.iri)


def _tell(say: Say, *matches: lookup.Match | None) -> None:
    for match in matches:
        if match is not None and match.note:
            say(match.note)
