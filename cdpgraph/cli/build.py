"""``cdpgraph build``: compile the workspace."""

from __future__ import annotations

import click

from cdpgraph import workspace
from cdpgraph.cli.common import opened, progress
from cdpgraph.facts import build


@click.command("build")
@click.option("--force", is_flag=True, help="Compile again even if nothing changed.")
def command(force: bool) -> None:
    r"""Compile ontology and data into the store and the index, checking every record.

    \b
    cdpgraph build
    cdpgraph build --force

    Other commands do this by themselves when something changed. What is compiled lies in your cache folder, by content.
    """
    if force:
        space = workspace.find()
        with progress() as say:
            build.rebuild(space, say)
    kg = opened()
    click.echo(f"{kg.built['quads']:,} statements compiled in {kg.folder}")
