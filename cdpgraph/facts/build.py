"""The build: from ontology and data to a compiled store and index, kept by content hash in the user's cache.

Everything is checked before anything is kept. The result is made in a folder of its own and renamed into place, so two
processes may build at once (the first to finish wins) and a killed one leaves nothing that is mistaken for a result.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable

from cdpgraph import declared, workspace
from cdpgraph.errors import BadInput, BadRecords
from cdpgraph.facts import engine, index, shapes, sources
from cdpgraph.vocab import GRAPH, ID, PREFIXES

Progress = Callable[[str], None]


def compiled(space: workspace.Workspace, progress: Progress = lambda _: None) -> str:
    """Return the folder compiled from the workspace, building it unless its content was built before. Raises BadRecords."""
    name = workspace.content_hash(space.files(), (space.ontology, *space.data))
    folder = os.path.join(space.cache, name)
    if not os.path.isfile(os.path.join(folder, "index.sqlite")):
        build(space, folder, progress)
    workspace.note_compiled(space, name)
    return folder


def rebuild(space: workspace.Workspace, progress: Progress = lambda _: None) -> None:
    """Compile the workspace even if its content was compiled before. Raises BadRecords and then keeps what there was."""
    name = workspace.content_hash(space.files(), (space.ontology, *space.data))
    fresh = os.path.join(space.cache, f"{name}.{os.getpid()}")
    build(space, fresh, progress)
    folder = os.path.join(space.cache, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.rename(fresh, folder)
    workspace.note_compiled(space, name)


def build(space: workspace.Workspace, folder: str, progress: Progress = lambda _: None) -> None:
    """Compile the workspace into ``folder``. Raises BadRecords with every fault found; nothing is then kept."""
    started = time.perf_counter()
    store = checked(space, progress)
    progress("writing the store")
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    work = tempfile.mkdtemp(prefix=".building-", dir=os.path.dirname(folder))
    try:
        engine.write_store(os.path.join(work, "store"), engine.dump(store))
        index.write(
            os.path.join(work, "index.sqlite"),
            os.path.join(space.ontology, "index"),
            lambda query: engine.columns(store, query),
        )
        facts = {"quads": len(store), "seconds": round(time.perf_counter() - started, 2)}
        with open(os.path.join(work, "built.json"), "w", encoding="utf-8") as handle:
            json.dump(facts, handle)
        try:
            os.rename(work, folder)
        except OSError:
            if not os.path.isfile(os.path.join(folder, "index.sqlite")):
                shutil.rmtree(folder, ignore_errors=True)
                os.rename(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    sweep(os.path.dirname(folder), keep=os.path.basename(folder))


def checked(space: workspace.Workspace, progress: Progress = lambda _: None, extra: tuple[str, ...] = ()) -> engine.Store:
    """Return a store in memory with everything in it, derived and checked. Raises BadRecords.

    ``extra`` are further data folders to lay over, such as one to be checked before it is added.
    """
    store = engine.store_in_memory()
    ontology(store, space.ontology)
    concepts = schemes(store)
    standard = sources.lifts(os.path.join(space.ontology, "lifts"))
    faults: list[BadInput] = []
    loaded: list[sources.Loaded] = []
    found = sources.find((*space.data, *extra))
    progress(f"reading {len(found)} sources")
    for source in found:
        loaded += sources.load(store, source, standard, concepts, faults)
    if faults:
        raise BadRecords(faults)
    progress("checking every record")
    for step in declared.shelf(os.path.join(space.ontology, "derived"), ".rq", {"title", "why"}, set()).values():
        engine.load(store, engine.construct(store, step.body), GRAPH + "derived")
    checks = shapes.compile_shapes(os.path.join(space.ontology, "shapes"), subclasses(store))
    broken = list(shapes.violations(store, checks))
    if broken:
        raise BadRecords([_located(v, loaded, found) for v in broken])
    return store


def ontology(store: engine.Store, folder: str) -> None:
    """Load the terms, schemes and scenarios."""
    engine.load_turtle(store, os.path.join(folder, "cdp.ttl"), GRAPH + "ontology")
    for shelf in ("terms", "schemes", "scenarios"):
        for name in sorted(os.listdir(os.path.join(folder, shelf))):
            if name.endswith(".ttl"):
                engine.load_turtle(store, os.path.join(folder, shelf, name), GRAPH + "ontology")


def schemes(store: engine.Store) -> dict[str, frozenset[str]]:
    """Return the concepts of each scheme, by last word."""
    found: dict[str, set[str]] = {}
    for iri, scheme in engine.select(store, "SELECT ?c ?s WHERE { ?c skos:inScheme ?s }"):
        found.setdefault((scheme or "").rsplit("/", 1)[-1], set()).add((iri or "").rsplit("/", 1)[-1])
    return {scheme: frozenset(names) for scheme, names in found.items()}


def subclasses(store: engine.Store) -> dict[str, list[str]]:
    """Return each class with itself and all classes below it."""
    found: dict[str, list[str]] = {}
    query = "SELECT ?above ?class WHERE { ?class a owl:Class ; rdfs:subClassOf* ?above } ORDER BY ?above ?class"
    for above, below in engine.select(store, query):
        found.setdefault(above or "", []).append(below or "")
    return found


def sweep(cache: str, keep: str, days: int = 30) -> None:
    """Remove what was compiled, or left unfinished, and not used for ``days``."""
    oldest = time.time() - days * 86400
    for name in os.listdir(cache):
        path = os.path.join(cache, name)
        if name not in (keep, "touched") and os.path.isdir(path) and os.stat(path).st_mtime < oldest:
            shutil.rmtree(path, ignore_errors=True)


def _located(violation: shapes.Violation, loaded: list[sources.Loaded], found: list[sources.Source]) -> BadInput:
    """Return the violation with the file and line that made the record."""
    thing = violation.focus.removeprefix(ID)
    value = f" ({violation.value.removeprefix(ID)})" if violation.value else ""
    what = f"{thing}: {violation.message}{value}"
    fix = f"See ontology/shapes/{violation.shape}.ttl."
    for table in loaded:
        if violation.focus in table.rows:
            return BadInput(what, file=table.file, line=table.rows[violation.focus], fix=fix)
    for source in found:
        for file in (f for f in source.files if f.endswith(".ttl")):
            line = _line(file, violation.focus)
            if line:
                return BadInput(what, file=source.shown(file), line=line, fix=fix)
    return BadInput(what, file="data", fix=fix)


def _line(file: str, iri: str) -> int | None:
    """Return the line of a Turtle file on which ``iri`` stands first, in full or by prefix."""
    with open(file, encoding="utf-8") as handle:
        text = handle.read()
    prefixes = {**PREFIXES, **{m[1]: m[2] for m in re.finditer(r"@?prefix\s+([\w-]*):\s*<([^>]*)>", text, re.I)}}
    forms = [f"<{iri}>", f"<{iri.removeprefix(ID)}>"] + [
        f"{p}:{iri[len(u) :]}" for p, u in prefixes.items() if iri.startswith(u)
    ]
    for number, line in enumerate(text.splitlines(), 1):
        if re.split(r"[\s;,]", line.lstrip().replace("\\", ""), maxsplit=1)[0] in forms:
            return number
    return None
