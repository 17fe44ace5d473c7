"""What is loaded: sources, counts and how much has been read, area by area."""

from __future__ import annotations

from cdpgraph import __version__
from cdpgraph.answers.states import States
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.model import Info
from cdpgraph.vocab import ENGLAND, local


def info(kg: KnowledgeGraph) -> Info:
    """Return what is loaded today."""
    index = kg.index
    moment = Moment(kg)
    states = States(moment)
    read = {"no document": 0, "1 document": 0, "2 or more documents": 0}
    england = moment.records.area(ENGLAND).whole
    for place in moment.councils:
        documents = {
            d for d, mask, of_england, *_ in states.readings if not of_england and mask != england and mask & place.whole
        }
        read[("no document", "1 document", "2 or more documents")[min(len(documents), 2)]] += 1
    return Info(
        version=__version__,
        folder=kg.folder,
        content=local(kg.folder.replace("\\", "/")),
        quads=kg.built["quads"],
        things=_counts(index.rows("thing", "DISTINCT iri, type")),
        situations=_counts(index.rows("situation", "DISTINCT iri, class")),
        evidence={
            "documents": len(index.rows("document")),
            "assertions": len(index.rows("evidence")),
            "readings": len(index.rows("reading", "DISTINCT iri")),
            "absences": len(index.rows("absence", "DISTINCT iri")),
            "expectations": len(index.rows("expectation", "DISTINCT iri")),
        },
        places=len(moment.places),
        partnerships=len(moment.partnerships),
        read=read,
        scenarios=tuple(sorted({local(s) for (s,) in index.rows("scenario_change", "DISTINCT scenario")})),
    )


def _counts(rows: list[tuple[str, ...]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, kind in rows:
        found[kind] = found.get(kind, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))
