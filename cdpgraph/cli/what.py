"""``cdpgraph what``: everything a party carries."""

from __future__ import annotations

import click

from cdpgraph.answers import asking
from cdpgraph.cli.common import answer_options, give, moment_options, opened, tell


@click.command("what")
@click.argument("party")
@click.option("-a", "--area", metavar="AREA", help="Only what touches this area.")
@moment_options
@answer_options
def command(party: str, area: str | None, on: str | None, scenario: str | None, form: str | None, output: str | None) -> None:
    r"""Show everything PARTY carries, which posts it holds, on which boards it sits, and which gaps touch it.

    \b
    cdpgraph what "West Mercia PCC" --on 2022-10-01
    cdpgraph what "Herefordshire Council"
    cdpgraph what icb/QGH -f csv -o icb.csv

    PARTY is an organisation, a board, a post or a public office-holder, by name, code or address.
    """
    found = asking.what(opened(), party, area=area, on=on, scenario=scenario, say=tell)
    give(found, form, output, "portfolio", f"{found.party.label}, {found.on}")
