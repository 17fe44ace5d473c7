"""The cells of a table: what each column type allows, and how its text becomes a term."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from cdpgraph.vocab import ID, ONT, SCHEME, XSD

_REF = re.compile(r"[a-z][a-z-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_IN_URL = r"[A-Za-z0-9._~:/@!$&'()*+,;=\u00a1-\ud7ff-]|%[0-9A-Fa-f]{2}"
_URL = re.compile(rf"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/(?:{_IN_URL})*)?(\?(?:{_IN_URL}|\?)*)?(#(?:{_IN_URL}|\?)*)?")
_ESCAPE = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class Column(NamedTuple):
    """One column of a standard table, as its lift declares it."""

    name: str
    type: str
    args: tuple[str, ...]
    listed: bool
    required: bool
    key: bool
    default: str
    meaning: str


class Fault(ValueError):
    """What is wrong with a cell, and what to do about it."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def column(declaration: str) -> Column:
    """Read ``name | type | flags | meaning``, the value of a lift's ``column`` key. Raises Fault.

    >>> column("party | ref list | required key | Who carries it").listed
    True
    """
    fields = [f.strip() for f in declaration.split("|", 3)]
    if len(fields) != 4:
        raise Fault("a column is declared as `name | type | flags | meaning`")
    name, kind, flags, meaning = fields
    words = kind.split()
    listed = words[-1:] == ["list"]
    words = words[:-1] if listed else words
    if not words or words[0] not in _READERS:
        raise Fault(f"there is no column type '{' '.join(words)}'", "Types: " + ", ".join(sorted(_READERS)) + ".")
    marks = flags.split()
    default = next((m[len("default=") :] for m in marks if m.startswith("default=")), "")
    return Column(name, words[0], tuple(words[1:]), listed, "required" in marks, "key" in marks, default, meaning)


def term(text: str, of: Column, concepts: dict[str, frozenset[str]]) -> str:
    """Return ``text`` as an N-Triples term of the column's type. Raises Fault.

    ``concepts`` maps each scheme to its concepts. Dates may stop at the year or the month; the first day is then meant.
    """
    return _READERS[of.type](text, of.args, concepts)


def literal(text: str) -> str:
    """Return a plain literal, escaped."""
    return f'"{text.translate(_ESCAPE)}"'


def _text(text: str, args: tuple[str, ...], _: object) -> str:
    if args and len(text) > int(args[0]):
        raise Fault(f"{len(text)} characters, at most {args[0]} are allowed", "Shorten it.")
    return literal(text)


def _ref(text: str, args: tuple[str, ...], _: object) -> str:
    if text.startswith(ID):
        text = text[len(ID) :]
    if args and args[0] != "self" and "/" not in text:
        text = f"{args[0]}/{text}"
    if not _REF.fullmatch(text):
        raise Fault(f"'{text}' is not an address", "Write kind and code, such as council/E06000019.")
    return f"<{ID}{text}>"


def _concept(text: str, args: tuple[str, ...], concepts: dict[str, frozenset[str]]) -> str:
    known = concepts[args[0]]
    if text not in known:
        raise Fault(f"'{text}' is not in the scheme '{args[0]}'", nearest(text, known))
    return f"<{SCHEME}{args[0]}/{text}>"


def _class(text: str, args: tuple[str, ...], _: object) -> str:
    name = "".join(w.capitalize() for w in text.split("-"))
    if name not in args:
        choices = {re.sub(r"(?<!^)(?=[A-Z])", "-", a).lower() for a in args}
        raise Fault(f"'{text}' is not one of the kinds allowed here", nearest(text, frozenset(choices)))
    return f"<{ONT}{name}>"


def _date(text: str, _: tuple[str, ...], __: object) -> str:
    match = _DATE.fullmatch(text)
    if match is None:
        raise Fault(f"'{text}' is not a date", "Write YYYY, YYYY-MM or YYYY-MM-DD.")
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    try:
        when = datetime.date(year, month, day)
    except ValueError:
        raise Fault(f"there is no day '{text}'", "Mend the date.") from None
    return f'"{when.isoformat()}"^^<{XSD}date>'


def _integer(text: str, _: tuple[str, ...], __: object) -> str:
    if not _INTEGER.fullmatch(text):
        raise Fault(f"'{text}' is not a whole number")
    return f'"{int(text)}"^^<{XSD}integer>'


def _number(text: str, _: tuple[str, ...], __: object) -> str:
    if not _NUMBER.fullmatch(text):
        raise Fault(f"'{text}' is not a number", "Write digits and a decimal point, without thousands marks or a unit.")
    return f'"{text}"^^<{XSD}decimal>'


def _slug(text: str, _: tuple[str, ...], __: object) -> str:
    if not _SLUG.fullmatch(text):
        raise Fault(f"'{text}' is not a short name", "Use small letters, digits and hyphens.")
    return literal(text)


def _code(text: str, _: tuple[str, ...], __: object) -> str:
    if not _CODE.fullmatch(text):
        raise Fault(f"'{text}' is not a code", "Use letters, digits and hyphens.")
    return literal(text)


def _url(text: str, _: tuple[str, ...], __: object) -> str:
    if not _URL.fullmatch(text):
        raise Fault(f"'{text}' is not a web address", "Start it with https:// and leave out spaces.")
    return f"<{text}>"


def nearest(text: str, known: frozenset[str]) -> str:
    """Return a sentence that offers the closest of ``known``, or lists them if there are few."""
    import difflib

    close = difflib.get_close_matches(text, known, 3, 0.5)
    if close:
        return "Did you mean " + " or ".join(f"'{c}'" for c in close) + "?"
    return "Choose one of: " + ", ".join(sorted(known)) + "."


_READERS = {
    "text": _text,
    "ref": _ref,
    "concept": _concept,
    "class": _class,
    "date": _date,
    "integer": _integer,
    "number": _number,
    "slug": _slug,
    "code": _code,
    "url": _url,
}
