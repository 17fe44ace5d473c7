"""The command line: one verb, one file, loaded only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from cdpgraph import __version__
from cdpgraph.errors import CdpgraphError

VERBS = {
    "who": "Who carries a matter in an area: the answer card.",
    "what": "Everything a party carries, and its open gaps.",
    "gaps": "What nobody owns, worst first, beside what has been read.",
    "pathway": "The stages and handovers, each side with its state.",
    "map": "The interactive map, one file that works offline.",
    "check": "Are the records well formed? File, line and cell.",
    "build": "Compile the workspace; other commands do so when needed.",
    "query": "Run a SPARQL 1.1 query.",
    "info": "What is loaded: sources, counts, coverage, versions.",
}


class Verbs(click.Group):
    """The commands, each imported when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order in which people need them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"cdpgraph.cli.{cmd_name}").command
        # click's mark for lines to keep as they are, which a raw docstring writes in two letters
        command.help = (command.help or "").replace("\\b\n", "\b\n")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Offer the nearest verb on a slip."""
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            import difflib

            close = difflib.get_close_matches(args[0], VERBS, 1)
            ctx.fail(f"No command '{args[0]}'." + (f" Did you mean '{close[0]}'?" if close else ""))
        return super().resolve_command(ctx, args)


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with:  cdpgraph who 'continuity of care' --area Herefordshire",
)
@click.version_option(__version__, prog_name="cdpgraph")
@click.option("--debug", is_flag=True, envvar="DEBUG", help="Show where in the code an error came from.")
def root(debug: bool) -> None:
    """Who owns what in England's Combating Drugs Partnerships, with the evidence, and where nobody does."""


def main() -> None:
    """Run the command line; turn our errors into words and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _leave(_run())


def _run() -> int:
    try:
        root.main(prog_name="cdpgraph")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0 if done.code is None else 1
    except CdpgraphError as error:
        if _debugging():
            raise
        sys.stderr.write(f"cdpgraph: {error}\n")
        return error.exit_code
    except BrokenPipeError:
        return 141
    except OSError as error:
        if _debugging():
            raise
        sys.stderr.write(f"cdpgraph: {error.filename or ''}: {error.strerror or error}\n")
        return 4
    return 0


def _leave(code: int) -> None:
    """End the process without taking everything in it apart first, which took 16 ms of the 100 of a `who`.

    Every file has been closed by then, and nothing of ours waits for the end of the process; coverage does.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = 141
    if "coverage" in sys.modules:
        sys.exit(code)
    os._exit(code)


def _debugging() -> bool:
    return "--debug" in sys.argv or bool(os.environ.get("DEBUG"))
