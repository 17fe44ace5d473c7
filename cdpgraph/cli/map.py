"""``cdpgraph map``: the interactive map, one file that works offline."""

from __future__ import annotations

import os

import click

from cdpgraph.cli.common import area_option, moment_options, opened, tell


@click.command("map")
@click.argument("view", default="ownership")
@area_option
@moment_options
@click.option("-o", "--output", metavar="FILE", default="map.html", show_default=True, help="Write to this file.")
@click.option("--open", "show", is_flag=True, help="Open it in the browser when it is written.")
def command(view: str, area: str, on: str | None, scenario: str | None, output: str, show: bool) -> None:
    r"""Draw who is tied to whom in an area, as one HTML file that works offline.

    \b
    cdpgraph map --area "West Mercia" --on 2022-10-01 -o west-mercia.html
    cdpgraph map --area Herefordshire --open
    cdpgraph map --area Kent --on 2028-06-01 --scenario pccs-abolished-2028

    VIEW is ownership: sectors are columns, levels of government are rows, the boards stand in the middle, and the
    handover from prison to community treatment runs along the foot. The same content stands below it in words.
    """
    from cdpgraph.pictures import maps

    written = maps.draw(opened(), output, area=area, on=on, scenario=scenario, view=view, say=tell)
    tell(f"Wrote {written} ({os.path.getsize(written) / 1e6:.1f} MB).")
    if show:
        click.launch(os.path.abspath(written))
