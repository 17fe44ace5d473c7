"""Speed against a yardstick in the same run; read the ratios in brackets, never the absolute times.

compile   all bundled data, checks and index included, against Oxigraph's own load of the same quads    goal: at most 4
who       a warm `cdpgraph who`, against the start of a bare interpreter                                goal: at most 6
card      one answer card in process
gaps      every rule over England, against the states alone that the rules rest on
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cdpgraph import workspace
from cdpgraph.answers import asking
from cdpgraph.facts import build, engine
from cdpgraph.facts.graph import KnowledgeGraph

ASKED = ["-m", "cdpgraph", "who", "continuity of care", "--area", "Herefordshire", "--on", "2022-10-01", "-f", "json"]


@pytest.fixture(scope="module")
def quads(kg: KnowledgeGraph) -> bytes:
    return engine.dump(kg.store)


@pytest.mark.benchmark(group="compile")
def test_oxigraph_loads_the_same_quads_from_disk_to_disk(benchmark: Any, quads: bytes, tmp_path: Path) -> None:
    folders = (str(tmp_path / str(n)) for n in range(100))
    benchmark.pedantic(lambda: engine.write_store(next(folders), quads), rounds=5)


@pytest.mark.benchmark(group="compile")
def test_oxigraph_loads_the_same_quads_into_memory(benchmark: Any, quads: bytes) -> None:
    benchmark.pedantic(lambda: engine.store_in_memory().bulk_load(quads, format=engine.NQ), rounds=5)


@pytest.mark.benchmark(group="compile")
def test_compile_all_bundled_data(benchmark: Any, tmp_path: Path) -> None:
    space = workspace.find()
    folders = (str(tmp_path / str(n)) for n in range(100))
    benchmark.pedantic(lambda: build.build(space, next(folders)), rounds=5)


@pytest.mark.benchmark(group="who")
def test_start_a_bare_interpreter(benchmark: Any) -> None:
    benchmark.pedantic(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), rounds=25)


@pytest.mark.benchmark(group="who")
def test_who_in_a_process_of_its_own(benchmark: Any, kg: KnowledgeGraph) -> None:
    def run() -> None:
        subprocess.run([sys.executable, *ASKED], check=True, stdout=subprocess.DEVNULL)

    benchmark.pedantic(run, rounds=25, warmup_rounds=1)


@pytest.mark.benchmark(group="card")
def test_one_card_in_process(benchmark: Any, kg: KnowledgeGraph) -> None:
    benchmark(lambda: asking.who(kg, "continuity of care", area="Herefordshire", on="2022-10-01"))


@pytest.mark.benchmark(group="gaps")
def test_all_gaps_of_one_police_area(benchmark: Any, kg: KnowledgeGraph) -> None:
    benchmark.pedantic(lambda: asking.gaps(kg, area="West Mercia", on="2022-10-01"), rounds=3)


@pytest.mark.benchmark(group="gaps")
def test_all_gaps_of_england(benchmark: Any, kg: KnowledgeGraph) -> None:
    benchmark.pedantic(lambda: asking.gaps(kg, on="2022-10-01"), rounds=2)
