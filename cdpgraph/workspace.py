"""Where things are kept: the bundled ontology and data, a user's own data, the cache."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from cdpgraph.errors import UsageError

FORMAT = 1  # of what is compiled; raise it when the shape of the store or of the index changes
SETTINGS = "cdpgraph.toml"


class Workspace(NamedTuple):
    """Folders: ``ontology`` (what we mean), ``data`` (what we know; later ones are laid over earlier ones), ``cache``."""

    ontology: str
    data: tuple[str, ...]
    cache: str

    def files(self) -> list[str]:
        """Return every file that what is compiled depends on, our own modules that compile it included."""
        return [path for path, _ in self._entries()]

    def listing(self) -> str:
        """Return every such file with its size and time of change, in one pass over the folders."""
        lines = [f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in self._entries()]
        return f"format {FORMAT}\n" + "\n".join(lines)

    def _entries(self) -> list[tuple[str, os.stat_result]]:
        here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "facts")
        found: list[tuple[str, os.stat_result]] = []
        for root in (self.ontology, *self.data, here):
            _walk(root, found)
        return sorted(found)


def find(start: str | None = None) -> Workspace:
    """Return the workspace for ``start``: the bundled one, with the data of the nearest ``cdpgraph.toml`` laid over it.

    ``CDPGRAPH_WORKSPACE`` names a folder outright; ``CDPGRAPH_CACHE`` names the cache.
    """
    root = bundled_root()
    data = [os.path.join(root, "data")]
    named = os.environ.get("CDPGRAPH_WORKSPACE")
    if named and not os.path.isdir(named):
        raise UsageError(f"CDPGRAPH_WORKSPACE names '{named}', which is not a folder.", fix="Set it to a folder, or unset it.")
    own = named or _upward(start or os.getcwd())
    if own and os.path.isdir(os.path.join(own, "data")) and not os.path.samefile(own, root):
        data.append(os.path.join(own, "data"))
    return Workspace(os.path.join(root, "ontology"), tuple(data), cache_folder())


def bundled_root() -> str:
    """Return the folder that holds ``ontology`` and ``data``: inside the wheel, or the checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(package, "bundled")
    return inside if os.path.isdir(inside) else os.path.dirname(package)


def cache_folder() -> str:
    """Return the user's cache folder for cdpgraph, by the habit of the platform."""
    named = os.environ.get("CDPGRAPH_CACHE")
    if named:
        return named
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "cdpgraph")


def compiled_folder(space: Workspace) -> str | None:
    """Return the folder compiled from the workspace as it stands, if there is one; reads no file of the data."""
    try:
        with open(_touched(space), encoding="utf-8") as handle:
            name, _, listed = handle.read().partition("\n")
    except OSError:
        return None
    folder = os.path.join(space.cache, name)
    return folder if listed == space.listing() and os.path.isfile(os.path.join(folder, "index.sqlite")) else None


def note_compiled(space: Workspace, name: str) -> None:
    """Remember that the workspace, as last touched, compiles to the folder ``name`` of the cache."""
    file = _touched(space)
    os.makedirs(os.path.dirname(file), exist_ok=True)
    work = f"{file}.{os.getpid()}"
    with open(work, "w", encoding="utf-8") as out:
        out.write(f"{name}\n{space.listing()}")
    os.replace(work, file)


def _touched(space: Workspace) -> str:
    """Return the small file that leads from a workspace as last touched to what was compiled from it.

    Its whole listing is compared, rather than a hash of it, because hashlib alone takes 8 ms to import.
    """
    key = int.from_bytes("\n".join((space.ontology, *space.data)).encode(), "big") % (2**61 - 1)
    return os.path.join(space.cache, "touched", f"{key:016x}")


def content_hash(files: list[str], roots: tuple[str, ...]) -> str:
    """Return a key that changes only when the content of ``files`` does; paths count from their ``roots``."""
    import hashlib

    digest = hashlib.sha256(f"{FORMAT}".encode())
    for file in files:
        root = next((r for r in roots if file.startswith(r + os.sep)), os.path.dirname(file))
        with open(file, "rb") as handle:
            content = handle.read()
        digest.update(f"{roots.index(root) if root in roots else ''}{os.path.relpath(file, root)}\0{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:20]


def _walk(folder: str, found: list[tuple[str, os.stat_result]]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "_")) and entry.name != "__init__.py":
                continue
            if entry.is_dir():
                _walk(entry.path, found)
            elif entry.name.endswith((".csv", ".ttl", ".rq", ".py")):
                found.append((entry.path, entry.stat()))


def _upward(folder: str) -> str | None:
    while True:
        if os.path.isfile(os.path.join(folder, SETTINGS)):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
