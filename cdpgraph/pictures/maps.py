"""Maps: a scene as one HTML file that works offline, drawn by vis-network from what pyvis packs."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import os
from collections.abc import Callable
from typing import Any

from cdpgraph.answers import lookup
from cdpgraph.errors import UnknownName
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.files import save
from cdpgraph.pictures import page
from cdpgraph.pictures.layout import Layout, layout
from cdpgraph.pictures.ownership import ownership
from cdpgraph.pictures.scene import Scene
from cdpgraph.pictures.strokes import Stroke, strokes

VIEWS: dict[str, Callable[[Moment, str], Scene]] = {"ownership": ownership}
_TEMPLATES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")
_FIRST = 'document.documentElement.className="js"'  # so that a browser with scripts does not first lay out the still picture
_OPTIONS = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "zoomView": False,
    },
    "nodes": {"shape": "custom", "fixed": True, "chosen": False},
    "edges": {"hidden": True, "smooth": False},
}


def draw(
    kg: KnowledgeGraph,
    path: str,
    *,
    area: str = "England",
    on: str | datetime.date | None = None,
    scenario: str | None = None,
    view: str = "ownership",
    say: Callable[[str], None] = lambda _: None,
) -> str:
    """Write the interactive map of an area on a day as one HTML file and return its path.

    ``area`` is a name, a code or an address; ``on`` is a day, today if not given; ``view`` is one of VIEWS. ``say`` is told
    where a name was not plain. Raises UnknownName or BadDate.
    """
    if view not in VIEWS:
        raise UnknownName(view, "map view", sorted(VIEWS))
    moment = Moment(kg, on, scenario)
    where = lookup.area(moment, area)
    if where.note:
        say(where.note)
    save(path, html(VIEWS[view](moment, where.iri)))
    return path


def html(scene: Scene) -> str:
    """Return the page of a scene; the same scene always gives the same bytes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    placed = layout(scene)
    lines = strokes(scene, placed)
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    scripts = [_FIRST, _engine(), _own("map.js")]
    style = _own("map.css")
    return environment.get_template("map.html").render(
        **page.context(scene, placed, lines),
        data=Markup(_escaped(_network(scene, placed, lines))),  # noqa: S704 - _escaped leaves no < to close the element with
        style=Markup(style),  # noqa: S704 - our own file
        scripts=[Markup(s) for s in scripts],  # noqa: S704 - our own file, and vis-network as pyvis packs it
        policy=_policy(scripts, style),
    )


def _network(scene: Scene, placed: Layout, lines: tuple[Stroke, ...]) -> dict[str, Any]:
    """Return what vis-network is given, by way of pyvis; its lists are filled directly, for its own way is quadratic."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for n in scene.nodes:
        b = placed.boxes[n.id]
        network.nodes.append(page.node(n, b))
        network.node_ids.append(n.id)
    network.edges += [page.edge(s) for s in lines]
    network.set_options(json.dumps(_OPTIONS))
    nodes, edges, _, _, _, options = network.get_network_data()
    return {**page.frame(scene, placed), "nodes": nodes, "edges": edges, "options": json.loads(options)}


def _engine() -> str:
    """Return vis-network as pyvis packs it."""
    import pyvis

    folder = os.path.join(os.path.dirname(pyvis.__file__), "templates", "lib")
    version = max(v for v in os.listdir(folder) if v.startswith("vis-"))
    with open(os.path.join(folder, version, "vis-network.min.js"), encoding="utf-8") as handle:
        return handle.read().replace("//# sourceMappingURL=vis-network.min.js.map", "").replace("</script", "<\\/script")


def _own(name: str) -> str:
    with open(os.path.join(_TEMPLATES, name), encoding="utf-8") as handle:
        return handle.read()


def _escaped(data: dict[str, Any]) -> str:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        written = written.replace(sign, code)
    return written


def _policy(scripts: list[str], style: str) -> str:
    """Return the Content-Security-Policy: only what is in the file runs, and nothing is fetched."""

    def hashed(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    ran = " ".join(hashed(s) for s in scripts)
    own = f"script-src {ran}; style-src {hashed(style)}"
    return f"default-src 'none'; {own}; img-src data: blob:; base-uri 'none'; form-action 'none'"
