"""cdpgraph: who owns what in England's Combating Drugs Partnerships, with the evidence, and where nobody does."""

from __future__ import annotations

__version__ = "0.1.0"
