"""``cdpgraph gaps``: what nobody owns, worst first."""

from __future__ import annotations

import click

from cdpgraph.answers import asking
from cdpgraph.cli.common import answer_options, area_option, give, moment_options, opened, progress, tell
from cdpgraph.model import Severity, State

LEVELS = [s.value for s in Severity]


@click.command("gaps")
@area_option
@click.option("--rule", metavar="RULE", help="Only this rule, by name.")
@click.option("--severity", type=click.Choice(LEVELS), help="Only findings at least this bad.")
@click.option("--top", type=click.IntRange(1), metavar="N", help="Only the worst N.")
@click.option(
    "--fail-on", type=click.Choice(LEVELS), help="Exit 1 if anything at least this bad is found; questions do not count."
)
@moment_options
@answer_options
@click.pass_context
def command(
    ctx: click.Context,
    area: str,
    rule: str | None,
    severity: str | None,
    top: int | None,
    fail_on: str | None,
    on: str | None,
    scenario: str | None,
    form: str | None,
    output: str | None,
) -> None:
    r"""List what nobody owns in an area, worst first, beside how much has been read.

    \b
    cdpgraph gaps --area "West Mercia" --on 2022-10-01
    cdpgraph gaps --area Herefordshire --rule handover-without-coordinator
    cdpgraph gaps --area Shropshire --severity high -o gaps.csv
    cdpgraph gaps --area Shropshire --fail-on critical

    A finding whose state is "not-read" is a question, not a gap: nothing was read that could answer it.
    """
    kg = opened()
    with progress() as doing:
        found = asking.gaps(kg, area=area, on=on, scenario=scenario, rule=rule, say=tell, progress=doing)
    if severity:
        found = found._replace(
            findings=tuple(f for f in found.findings if LEVELS.index(f.severity.value) <= LEVELS.index(severity))
        )
    shown = found if top is None else found._replace(findings=found.findings[:top])
    give(shown, form, output, "gaps", f"Gaps in {found.area.label}, {found.on}")
    bad = [f for f in found.findings if f.state is not State.NOT_READ]
    if fail_on and any(LEVELS.index(f.severity.value) <= LEVELS.index(fail_on) for f in bad):
        ctx.exit(1)
