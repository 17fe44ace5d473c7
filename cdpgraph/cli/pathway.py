"""``cdpgraph pathway``: the stages and handovers, each side with its state."""

from __future__ import annotations

import click

from cdpgraph.answers import asking
from cdpgraph.cli.common import answer_options, area_option, give, moment_options, opened, tell


@click.command("pathway")
@click.argument("name", default="pathway/prison-to-community", metavar="[PATHWAY]")
@area_option
@moment_options
@answer_options
def command(name: str, area: str, on: str | None, scenario: str | None, form: str | None, output: str | None) -> None:
    r"""Walk a pathway stage by stage: at each handover who sends, who receives, who coordinates.

    \b
    cdpgraph pathway --area Herefordshire --on 2022-10-01
    cdpgraph pathway --area "West Mercia" -f json

    Without PATHWAY it is the one from arrest through prison to community treatment.
    """
    found = asking.pathway(opened(), name, area=area, on=on, scenario=scenario, say=tell)
    give(found, form, output, "pathway", f"{found.pathway.label}: {found.area.label}, {found.on}")
