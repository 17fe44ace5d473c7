"""``cdpgraph check``: are the records well formed?"""

from __future__ import annotations

import os

import click

from cdpgraph import workspace
from cdpgraph.cli.common import progress
from cdpgraph.errors import BadRecords, UsageError
from cdpgraph.facts import build


@click.command("check")
@click.argument("path", required=False)
@click.pass_context
def command(ctx: click.Context, path: str | None) -> None:
    r"""Check the records of the workspace, or of a file or folder laid over it.

    \b
    cdpgraph check
    cdpgraph check my-partnership/
    cdpgraph check my-partnership/assignments.csv

    Every fault is named with file, line and cell, and what to do. Exits 1 if there is one.
    """
    space = workspace.find()
    extra: tuple[str, ...] = ()
    if path is not None:
        if not os.path.exists(path):
            raise UsageError(f"There is no file or folder '{path}'.", fix="Name a folder of tables, or one table.")
        inside = any((os.path.abspath(path) + os.sep).startswith(os.path.abspath(root) + os.sep) for root in space.data)
        extra = () if inside else (path,)
    try:
        with progress() as say:
            store = build.checked(space, say, extra)
    except BadRecords as error:
        click.echo(str(error))
        ctx.exit(1)
    click.echo(f"All records are well formed: {len(store):,} statements.")
