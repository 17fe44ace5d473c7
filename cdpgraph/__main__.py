"""``python -m cdpgraph`` is the same as ``cdpgraph``."""

from cdpgraph.cli import main

if __name__ == "__main__":
    main()
