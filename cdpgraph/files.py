"""Files written whole or not at all."""

from __future__ import annotations

import os

from cdpgraph.errors import UsageError


def save(file: str, content: str | bytes) -> None:
    """Write a file whole or not at all: to a temporary name beside it, then renamed over it.

    Raises UsageError where there is no such folder: one that was mistyped is better not made.
    """
    import tempfile

    folder = os.path.dirname(os.path.abspath(file))
    if not os.path.isdir(folder):
        raise UsageError(f"There is no folder '{folder}' to write to.", fix="Make it first, or name another.")
    handle, name = tempfile.mkstemp(prefix=".cdpgraph-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content.encode() if isinstance(content, str) else content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
