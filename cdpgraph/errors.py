"""Everything that can go wrong, as one tree.

CdpgraphError                 exit  what it means
├── UsageError                  2   the question cannot be asked like this
│   ├── UnknownName             2   nothing is called that; offers the nearest names
│   ├── BadDate                 2   not a date, or outside the years we answer for
│   └── UnknownFormat           2   this answer has no such format
├── BadInput                    4   a file cannot be used: file, line or cell named
│   ├── BadCell                 4   one cell of a table
│   ├── BadSyntax               4   Turtle, SPARQL or a header that does not parse
│   └── BadRecords              4   records that break a shape, or dangle; all of them at once
├── Refused                     5   refused for safety
│   └── TooLong                 5   stopped at the time limit
└── BrokenCache                 4   what was compiled cannot be opened
"""

from __future__ import annotations

from collections.abc import Sequence


class CdpgraphError(Exception):
    """The root; carries what to do next in ``fix`` and the exit code of the command line."""

    exit_code = 2

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message}\n{self.fix}" if self.fix else self.message


class UsageError(CdpgraphError):
    """The question cannot be asked like this."""


class UnknownName(UsageError):
    """Nothing of the wanted kind is called ``name``; ``nearest`` are the closest names there are."""

    def __init__(self, name: str, kind: str, nearest: Sequence[str] = ()) -> None:
        self.name, self.kind, self.nearest = name, kind, tuple(nearest)
        guess = "Did you mean " + _or([f"'{n}'" for n in self.nearest]) + "?" if self.nearest else ""
        super().__init__(
            f"No {kind} is called '{name}'.",
            fix=guess or "Codes (such as E06000019) and addresses work too; `cdpgraph info` says what is loaded.",
        )


class BadDate(UsageError):
    """``text`` is not a date that a question can be asked of."""

    def __init__(self, text: str, why: str) -> None:
        self.text = text
        super().__init__(f"'{text}' {why}.", fix="Write the date as YYYY-MM-DD, for instance 2022-10-01.")


class UnknownFormat(UsageError):
    """The answer cannot be written in ``name``."""

    def __init__(self, name: str, offered: Sequence[str]) -> None:
        self.name, self.offered = name, tuple(offered)
        super().__init__(f"This answer has no format '{name}'.", fix="Choose one of: " + ", ".join(offered) + ".")


class BadInput(CdpgraphError):
    """A file cannot be used. ``file`` and, where known, ``line`` say where."""

    exit_code = 4

    def __init__(self, what: str, *, file: str, line: int | None = None, fix: str = "") -> None:
        self.what, self.file, self.line = what, file, line
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {what}", fix=fix)


class BadCell(BadInput):
    """One cell of a table: ``column`` and ``value`` as well as file and line."""

    def __init__(self, what: str, *, file: str, line: int, column: str, value: str = "", fix: str = "") -> None:
        self.column, self.value = column, value
        super().__init__(f"column '{column}': {what}", file=file, line=line, fix=fix)


class BadSyntax(BadInput):
    """Turtle, SPARQL or the header of a declared file that does not parse."""


class BadRecords(BadInput):
    """Several faults found in one go; ``faults`` holds them all, in the order of the files."""

    def __init__(self, faults: Sequence[BadInput]) -> None:
        self.faults = tuple(sorted(faults, key=lambda f: (f.file, f.line or 0, f.what)))
        shown = [str(f) for f in self.faults[:20]]
        more = len(self.faults) - len(shown)
        text = "\n".join(shown) + (f"\n… and {more} more" if more else "")
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        CdpgraphError.__init__(self, text, fix=f"{count}; nothing was loaded.")
        self.what, self.file, self.line = count, self.faults[0].file, self.faults[0].line


class Refused(CdpgraphError):
    """Refused for safety."""

    exit_code = 5


class TooLong(Refused):
    """Stopped at the time limit of ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"The query was stopped after {seconds:g} seconds.",
            fix="Narrow it (put the rarest pattern first, add a LIMIT), or raise --timeout.",
        )


class BrokenCache(CdpgraphError):
    """What was compiled cannot be opened."""

    exit_code = 4


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
