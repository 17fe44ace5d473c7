"""``cdpgraph info``: what is loaded."""

from __future__ import annotations

import click

from cdpgraph.answers import inventory
from cdpgraph.cli.common import answer_options, give, opened


@click.command("info")
@answer_options
def command(form: str | None, output: str | None) -> None:
    r"""Show what is loaded: counts, versions, where it is compiled, and how much has been read.

    \b
    cdpgraph info
    cdpgraph info -f json
    cdpgraph info -o counts.csv
    """
    give(inventory.info(opened()), form, output, "info", "What is loaded")
