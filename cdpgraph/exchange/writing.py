"""Writing: a table as JSON, CSV, Markdown or HTML; text from data never becomes a formula or markup."""

from __future__ import annotations

from typing import Any

from cdpgraph.errors import UnknownFormat
from cdpgraph.model import Answer, plain

FORMATS = ("json", "ndjson", "csv", "tsv", "md", "html")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def text(result: Any, form: str, title: str = "cdpgraph") -> str:
    """Return an answer in a format. Raises UnknownFormat."""
    if form == "json":
        import json

        shape = (
            [dict(zip(result.columns, row, strict=True)) for row in result.rows]
            if isinstance(result, Answer)
            else plain(result)
        )
        return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"
    if form not in FORMATS:
        raise UnknownFormat(form, ("table", *FORMATS))
    from cdpgraph.exchange.rows import rows

    table = rows(result)
    if form == "ndjson":
        import json

        written = (json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False) for row in table.rows)
        return "".join(line + "\n" for line in written)
    if form in ("csv", "tsv"):
        return _separated(table, "," if form == "csv" else "\t")
    if form == "md":
        lines = [" | ".join(map(_cell_md, row)) for row in (table.columns, *table.rows)]
        lines.insert(1, " | ".join("---" for _ in table.columns))
        return "".join(f"| {line} |\n" for line in lines)
    return _page(table, title)


def harmless(value: Any) -> str:
    """Return a cell that a spreadsheet takes as text: one that would start a formula gets an apostrophe before it.

    >>> harmless("=HYPERLINK(1)"), harmless("-4.5"), harmless("plain")
    ("'=HYPERLINK(1)", '-4.5', 'plain')
    """
    written = "" if value is None else str(value)
    if written.startswith(_FORMULA) and not _is_number(written):
        return "'" + written
    return written


def _separated(table: Answer, mark: str) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    writer.writerow(table.columns)
    # a lone carriage return is not quoted before Python 3.13, and would be read back as the end of a row
    writer.writerows([harmless(v).replace("\r\n", "\n").replace("\r", "\n") for v in row] for row in table.rows)
    return out.getvalue()


def _cell_md(value: Any) -> str:
    written = "" if value is None else str(value)
    for mark in "\\`*_[]<>|#":
        written = written.replace(mark, "\\" + mark)
    return " ".join(written.split())


def _page(table: Answer, title: str) -> str:
    import html

    def cells(row: tuple[Any, ...], tag: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(f"<{tag}{scope}>{html.escape('' if v is None else str(v))}</{tag}>" for v in row)

    body = "".join(f"<tr>{cells(row, 'td')}</tr>\n" for row in table.rows)
    style = (
        "body{font:1rem/1.5 system-ui,sans-serif;margin:1.5rem;color-scheme:light dark}table{border-collapse:collapse}"
        "th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #8888}div{overflow-x:auto}"
    )
    name = html.escape(title)
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{name}</title><style>{style}</style></head><body><main><h1>{name}</h1>"
        f'<div role="region" aria-label="{name}" tabindex="0"><table><thead><tr>{cells(table.columns, "th")}</tr></thead>'
        f"<tbody>\n{body}</tbody></table></div></main></body></html>\n"
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
