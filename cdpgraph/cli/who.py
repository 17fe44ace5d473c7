"""``cdpgraph who``: the answer card."""

from __future__ import annotations

import click

from cdpgraph.answers import asking
from cdpgraph.cli.common import answer_options, area_option, give, moment_options, opened, tell


@click.command("who")
@click.argument("matter")
@area_option
@moment_options
@answer_options
def command(matter: str, area: str, on: str | None, scenario: str | None, form: str | None, output: str | None) -> None:
    r"""Show who carries MATTER in an area: accountable, delivering, commissioning, sending, receiving.

    \b
    cdpgraph who "continuity of care" --area Herefordshire --on 2022-10-01
    cdpgraph who SRO --area Shropshire --on 2022-10-01
    cdpgraph who R15 --area Kent -f json

    MATTER is a responsibility, handover, service, priority or metric, by name or code, or a role such as SRO. Each line
    has its document and paragraph. What nobody has read about is "not read", never "nobody".
    """
    found = asking.who(opened(), matter, area=area, on=on, scenario=scenario, say=tell)
    give(found, form, output, "card", f"{found.matter.label}: {found.area.label}, {found.on}")
