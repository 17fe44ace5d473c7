"""``python -m cdpgraph`` is the same as ``cdpgraph``.

A command lives for a moment: collecting garbage while it imports and answers took 8 of the 100 ms of a ``who``, so it is
not done in a process of our own. Importing the package does no such thing.
"""

import gc

gc.disable()

from cdpgraph.cli import main  # noqa: E402 - what this imports is where most of it was spent

if __name__ == "__main__":
    main()
