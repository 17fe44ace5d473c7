"""Names as people type them: without case, accents of spelling or punctuation."""

from __future__ import annotations

import re

_SPELLINGS = {"combatting": "combating", "and": "", "the": "", "of": "", "st.": "st", "organization": "organisation"}
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


def fold(name: str) -> str:
    """Return the form under which a name is compared.

    >>> fold("Herefordshire & Worcestershire Combatting Drugs Partnership")
    'herefordshire worcestershire combating drugs partnership'
    """
    words = _WORD.findall(name.casefold().replace("'", "").replace("’", ""))
    return " ".join(w for w in (_SPELLINGS.get(w, w) for w in words) if w) or name.casefold().strip()
