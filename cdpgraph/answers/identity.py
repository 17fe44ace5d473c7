"""Identity: the id of a finding, made of what it is about and never of the day, so that it can be followed."""

from __future__ import annotations

from cdpgraph.model import Ref
from cdpgraph.vocab import local


def finding_id(rule: str, matter: str | None, area: str | None, party: str | None, kind: str | None = None) -> str:
    """Return the id of a finding from its rule and the addresses of matter, area, party and kind of part.

    >>> finding_id("post-vacant", None, None, None)
    'post-vacant-301cad786f'
    """
    key = "\0".join(x or "" for x in (rule, matter, area, party, kind))
    return f"{rule}-{_fnv(key.encode()):016x}"[: len(rule) + 11]


def _fnv(text: bytes) -> int:
    """Return the 64-bit FNV-1a hash; hashlib would cost every card 8 ms of import."""
    found = 0xCBF29CE484222325
    for byte in text:
        found = ((found ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return found


def missing_part(matter: Ref, involvement: str, area: str) -> str:
    """Return the id under which an expected part without a holder is reported."""
    return finding_id(missing_part_rule(matter.type, involvement), matter.iri, area, None, involvement)


def missing_part_rule(matter_type: str, involvement: str) -> str:
    """Return the rule that reports an expected part without a holder; a handover's sides have rules of their own."""
    kind = local(involvement)
    if matter_type == "Handover" and kind == "coordinates":
        return "handover-without-coordinator"
    if matter_type == "Handover" and kind in ("sends", "receives"):
        return "handover-side-missing"
    return "expected-part-missing"
