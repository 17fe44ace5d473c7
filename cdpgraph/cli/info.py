"""``cdpgraph info``: what is loaded."""

from __future__ import annotations

import click

from cdpgraph.answers import inventory
from cdpgraph.cli.common import opened


@click.command("info")
@click.option("-f", "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(form: str) -> None:
    r"""Show what is loaded: counts, versions, where it is compiled, and how much has been read.

    \b
    cdpgraph info
    cdpgraph info -f json
    """
    found = inventory.info(opened())
    if form == "json":
        import json

        click.echo(json.dumps(found._asdict(), ensure_ascii=False, indent=2))
        return
    click.echo(f"cdpgraph {found.version}: {found.quads:,} statements, content {found.content}")
    click.echo(f"compiled in {found.folder}")
    for title, counts in (("Things", found.things), ("Dated facts", found.situations), ("Evidence", found.evidence)):
        click.echo(f"\n{title}:")
        for name, count in counts.items():
            click.echo(f"  {count:6,}  {name}")
    click.echo(f"\nPlaces today: {found.places}, of which {found.partnerships} are partnerships on record.")
    click.echo("Upper-tier council areas by what was read about them:")
    for name, count in found.read.items():
        click.echo(f"  {count:6,}  {name}")
    click.echo(f"\nScenarios: {', '.join(found.scenarios) or 'none'}")
