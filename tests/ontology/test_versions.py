"""The version is said in one place and repeated rightly in the others."""

from __future__ import annotations

import re

from laying import ONTOLOGY, ROOT
from rdflib import OWL, Graph

import cdpgraph


def test_the_ontology_has_the_version_of_the_package() -> None:
    assert [str(v) for v in Graph().parse(ONTOLOGY / "cdp.ttl").objects(None, OWL.versionInfo)] == [cdpgraph.__version__]


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"^##\s+\[?v?(\d+\.\d+\.\d+)", text, re.M)
    assert found is not None
    assert found[1] == cdpgraph.__version__
