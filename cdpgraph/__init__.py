"""cdpgraph: who owns what in England's Combating Drugs Partnerships, with the evidence, and where nobody does.

>>> import cdpgraph as cdp
>>> kg = cdp.open()                                            # the bundled data; compiled once, then cached
>>> card = cdp.who(kg, "continuity of care", area="Herefordshire", on="2022-10-01")
>>> card.state.value
'not-found'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdpgraph.answers.asking import gaps, pathway, what, who
    from cdpgraph.errors import CdpgraphError
    from cdpgraph.facts.graph import KnowledgeGraph
    from cdpgraph.facts.graph import open_graph as open
    from cdpgraph.facts.moments import Moment
    from cdpgraph.model import plain
    from cdpgraph.pictures.maps import draw

__version__ = "0.1.0"
__all__ = ["CdpgraphError", "KnowledgeGraph", "Moment", "draw", "gaps", "open", "pathway", "plain", "what", "who"]

_HOME = {
    "CdpgraphError": ("errors", "CdpgraphError"),
    "KnowledgeGraph": ("facts.graph", "KnowledgeGraph"),
    "Moment": ("facts.moments", "Moment"),
    "draw": ("pictures.maps", "draw"),
    "gaps": ("answers.asking", "gaps"),
    "open": ("facts.graph", "open_graph"),
    "pathway": ("answers.asking", "pathway"),
    "plain": ("model", "plain"),
    "what": ("answers.asking", "what"),
    "who": ("answers.asking", "who"),
}


def __getattr__(name: str) -> Any:
    """Import a public word when it is first used, so that importing the package costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'cdpgraph' has no attribute '{name}'")
    module, attribute = _HOME[name]
    return getattr(importlib.import_module(f"cdpgraph.{module}"), attribute)
