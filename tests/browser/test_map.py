"""The map in a real browser: offline, by keyboard, without a script, and with nothing for axe to find."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.pictures import maps

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def west_mercia(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("map") / "west-mercia.html"
    return Path(maps.draw(kg, str(file), area="West Mercia", on="2022-10-01")).as_uri()


@contextmanager
def opened(browser: Browser, address: str, width: int = 1366, height: int = 800, **options: Any) -> Iterator[Page]:
    """Open a page that may ask for nothing and may not complain."""
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "blob:", "data:")) else complaints.append(request.url),
    )
    page.goto(address)
    if options.get("java_script_enabled", True):
        page.wait_for_function("document.documentElement.dataset.drawn")
    yield page
    context.close()
    assert complaints == []


def test_it_draws_and_asks_for_nothing(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia) as page:
        assert page.locator("#stage canvas").count() == 1
        assert "Showing" in page.inner_text("#found")
        painted = """() => {
            const c = document.querySelector('#stage canvas'), seen = new Set();
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]);
            return seen.size;
        }"""
        assert page.evaluate(painted) > 20


def test_search_finds_the_handover_and_the_panel_shows_its_paragraph(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia) as page:
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "find"
        page.keyboard.type("chair of the west mercia")
        page.keyboard.press("Enter")
        panel = page.inner_text("#panel")
        assert "Chair of the West Mercia Local Criminal Justice Board" in panel
        assert "unnumbered paragraph 8" in panel
        page.fill("#find", "prison to community")
        page.keyboard.press("Enter")
        panel = page.inner_text("#panel")
        for said in (
            "Sending side",
            "Receiving side",
            "Coordinator",
            "Time standard",
            "Left open",
            "paragraph 8",
            "supports",
            "2023",
        ):
            assert said in panel, said
        page.keyboard.press("Escape")
        assert page.is_hidden("#panel")


def test_the_arrows_walk_between_what_is_tied(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia) as page:
        page.focus("#stage")
        seen = []
        for key in ("ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            page.keyboard.press(key)
            seen.append(page.inner_text("#panel h2"))
        assert "Combating Drugs Partnership" in seen[0]
        assert len(set(seen)) >= 3
        assert "ties" in page.inner_text("#said")


def test_the_legend_filters(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia) as page:
        before = page.inner_text("#found")
        page.uncheck('[data-filter=state][value="proposed"]')
        fewer = page.inner_text("#found")
        assert fewer != before
        page.check('[data-filter=state][value="proposed"]')
        assert page.inner_text("#found") == before
        page.click("summary:has-text('Sectors')")
        page.uncheck('[data-filter=sector][value="local-government"]')
        assert page.inner_text("#found") != before
        page.check("#others")
        assert "of 6" in page.inner_text("#found")


def test_single_keys_can_be_switched_off_and_all_have_buttons(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia) as page:
        page.keyboard.press("?")
        assert page.is_visible("#keys")
        page.uncheck("#single")
        page.click("#keys button")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") != "find"
        for name in ("in", "out", "fit", "keys"):
            page.click(f"[data-do={name}]")
        assert page.is_visible("#keys")


def test_it_fills_the_screen_for_a_room(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia) as page:
        page.click("[data-do=present]")
        page.wait_for_selector(".present")
        assert page.is_hidden("#words")
        assert page.is_visible("h1")
        page.click("[data-do=present]")
        page.wait_for_selector("html:not(.present)")


def test_a_link_opens_its_card(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia + "#c-provider--turning-point") as page:
        page.wait_for_selector("#panel h2")
        assert page.inner_text("#panel h2") == "Turning Point"


def test_a_picture_can_be_taken_away(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia, accept_downloads=True) as page, page.expect_download() as download:
        page.click("[data-do=png]")
    assert download.value.suggested_filename == "map-west-mercia-2022-10-01.png"


def test_it_reads_without_a_script(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia, java_script_enabled=False) as page:
        assert page.is_visible(".still svg")
        assert page.is_hidden("#stage")
        assert page.is_hidden("#find")
        assert page.locator("#words table").count() == 3
        assert page.get_by_role("link", name="H08 Handover from prison to community treatment").first.is_visible()


def test_nothing_scrolls_sideways_on_a_telephone(browser: Browser, west_mercia: str) -> None:
    with opened(browser, west_mercia, 390, 844) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with opened(browser, west_mercia, 320, 480) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1366, 800), (390, 844)])
def test_axe_finds_nothing(browser: Browser, west_mercia: str, scheme: str, width: int, height: int) -> None:
    from axe_core_python.sync_playwright import Axe

    script = Axe().axe_script
    with opened(browser, west_mercia, width, height, color_scheme=scheme, bypass_csp=True) as page:
        page.fill("#find", "prison to community")
        page.keyboard.press("Enter")
        page.click("summary:has-text('Ties')")
        page.evaluate(script)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
