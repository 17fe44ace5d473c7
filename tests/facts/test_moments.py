"""What is in force on a day, in a scenario: time and what-if are decided once, and never run backwards."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laying import ON, ONTOLOGY, WORLD, Lay

from cdpgraph import workspace
from cdpgraph.answers.states import ACCOUNTABLE, States
from cdpgraph.errors import BadDate, UnknownName
from cdpgraph.facts import build
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment, day
from cdpgraph.facts.rows import Situation
from cdpgraph.model import State
from cdpgraph.vocab import ID

DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2039, 12, 31))
SRO, PCC, CHAIR = ID + "post/sro-mereshire", ID + "pcc/E23000901", ID + "post/lcjb-chair-mereshire"
BOROUGH, NORTH, BRIGHTWATER = ID + "council/E06000899", ID + "council/E06000901", ID + "provider/brightwater"
PREFIXES = "@prefix cdp: <https://w3id.org/cdpgraph/ont#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"


def one(moment: Moment, subject: str, class_: str, about: str | None = None) -> Situation:
    """The one situation of a class that a party is the subject of."""
    found = [s for s in moment.records.by(subject) if s.class_ == class_ and (about is None or s.object == about)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("on", "state"),
    [("2022-07-31", None), ("2022-08-01", State.HELD), ("2024-05-08", State.HELD), ("2024-05-09", State.LAPSED)],
)
def test_a_period_holds_from_its_first_day_and_no_longer_on_its_last(
    world: KnowledgeGraph, on: str, state: State | None
) -> None:
    moment = Moment(world, on)
    assert moment.state(one(moment, PCC, "Holding", SRO)) is state


@pytest.mark.parametrize(("on", "state"), [("2021-03-31", State.HELD), ("2021-04-01", State.LAPSED)])
def test_what_a_party_carries_ends_with_the_party(world: KnowledgeGraph, on: str, state: State) -> None:
    moment = Moment(world, on)
    assignment = one(moment, BOROUGH, "Assignment", ID + "responsibility/W05")
    assert assignment.until is None
    assert moment.state(assignment) is state


def test_what_is_said_of_a_party_that_has_not_begun_does_not_hold_yet(world: KnowledgeGraph) -> None:
    moment = Moment(world, "2021-03-31")
    assert moment.state(one(moment, ID + "council/E06000902", "Footprint")) is None


def test_a_succession_outlasts_what_went_before(world: KnowledgeGraph) -> None:
    moment = Moment(world, ON)
    assert moment.state(one(moment, BOROUGH, "Succession")) is State.HELD


LIVES = {
    "prison/MRE": ("in-force", "practised", State.HELD),
    "council/E06000901": ("proposed", "practised", State.PROPOSED),
    "council/E06000902": ("agreed-in-principle", "agreed-locally", State.PROPOSED),
    "council/E06000903": ("in-force", "announced", State.PROPOSED),
    "icb/QME": ("ended", "practised", State.LAPSED),
    "provider/brightwater": ("suspended", "practised", None),
    "probation-region/mereshire": ("withdrawn", "practised", None),
}


def test_the_lifecycle_decides_before_any_date_does(lay: Lay) -> None:
    rows = "".join(f"lcjb-mereshire,{p},{standing},{life},minutes,1\n" for p, (life, standing, _) in LIVES.items())
    moment = Moment(lay({"memberships.csv": "board,member,standing,lifecycle,document,locator\n" + rows}), ON)
    about = ID + "board/lcjb-mereshire"
    found = {party: moment.state(one(moment, ID + party, "Membership", about)) for party in LIVES}
    assert found == {party: state for party, (_, _, state) in LIVES.items()}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("soon", "is not a date"),
        ("2022-10", "is not a date"),
        ("01/10/2022", "is not a date"),
        ("2022-02-30", "is a day that does not exist"),
        ("2014-12-31", "lies outside the years this can answer for, 2015 to 2039"),
        ("2040-01-01", "lies outside the years"),
        ("", "is not a date"),
    ],
)
def test_a_day_that_cannot_be_asked_about_is_refused_with_the_reason(text: str, what: str) -> None:
    with pytest.raises(BadDate, match=what) as found:
        day(text)
    assert "YYYY-MM-DD" in found.value.fix


def test_no_day_is_today_and_a_date_is_its_text() -> None:
    assert day(None) == datetime.date.today().isoformat()
    assert day(datetime.date(2022, 10, 1)) == day(" 2022-10-01 ") == "2022-10-01"


@given(DAYS)
def test_every_day_that_can_be_asked_about_stays_itself(when: datetime.date) -> None:
    assert day(when) == day(when.isoformat()) == when.isoformat()


@pytest.mark.parametrize(
    ("on", "sits", "state"),
    [(ON, PCC, State.HELD), ("2024-06-01", SRO, State.LAPSED), ("2022-07-01", SRO, None)],
)
def test_a_post_resolves_to_whoever_sits_in_it(world: KnowledgeGraph, on: str, sits: str, state: State | None) -> None:
    moment = Moment(world, on)
    assert moment.resolve(SRO) == sits
    assert moment.seat(SRO) is state


def test_a_body_resolves_to_itself_and_an_office_is_not_its_person(world: KnowledgeGraph) -> None:
    moment = Moment(world, ON)
    assert [moment.resolve(p) for p in (NORTH, PCC)] == [NORTH, PCC]
    assert moment.seat(NORTH) is None


def test_an_elected_office_goes_on_when_the_term_of_its_holder_ends(world: KnowledgeGraph) -> None:
    moment = Moment(world, "2024-06-01")
    assert [state for _, state in moment.holdings(PCC)] == [State.LAPSED]
    assert moment.seat(PCC) is None
    assert moment.seat(CHAIR) is State.HELD


@pytest.mark.parametrize(
    ("on", "boards", "areas"),
    [
        ("2021-03-31", [], ["E06000901", "E06000903"]),
        ("2022-07-31", [], ["E06000901", "E06000902", "E06000903"]),
        ("2022-08-01", ["board/cdp-mereshire"], ["cdp-mereshire", "E06000903"]),
    ],
)
def test_the_places_of_a_day_are_partnerships_then_councils_outside_them(
    world: KnowledgeGraph, on: str, boards: list[str], areas: list[str]
) -> None:
    places = Moment(world, on).places
    assert [p.board.removeprefix(ID) for p in places if p.board] == boards
    assert [p.area.removeprefix(ID + "area/") for p in places] == areas


def test_a_post_covers_what_its_board_covers(world: KnowledgeGraph) -> None:
    moment = Moment(world, ON)
    assert moment.footprint(SRO) == (ID + "area/cdp-mereshire",)
    assert moment.covers(SRO) == moment.covers(PCC) == moment.records.area(ID + "area/E23000901").whole


def test_a_national_body_without_a_footprint_covers_england(world: KnowledgeGraph) -> None:
    moment = Moment(world, ON)
    line = one(moment, ID + "central/unit", "Grant")
    assert moment.mask(line._replace(areas=())) == (moment.records.england, 0)
    assert moment.mask(one(moment, BRIGHTWATER, "Assignment", ID + "service/treatment")._replace(areas=())) == (0, 0)


@pytest.mark.parametrize(
    ("on", "scenario", "state"),
    [
        ("2028-05-07", "pccs-abolished-2028", State.HELD),
        ("2028-05-08", "pccs-abolished-2028", State.LAPSED),
        ("2028-05-08", None, State.HELD),
    ],
)
def test_an_abolition_ends_what_the_abolished_carry_in_its_scenario_only(
    world: KnowledgeGraph, on: str, scenario: str | None, state: State
) -> None:
    moment = Moment(world, on, scenario)
    assert moment.state(one(moment, PCC, "Holding", CHAIR)) is state
    assert moment.exists(moment.records.thing(PCC)) is (state is State.HELD)
    assert moment.exists(moment.records.thing(NORTH))


def test_a_scenario_that_does_not_exist_is_refused_with_those_that_do(world: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName) as found:
        _ = Moment(world, ON, "everything-abolished").changes
    assert "pccs-abolished-2028" in found.value.nearest


@pytest.fixture(scope="module")
def what_if(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Callable[[str], KnowledgeGraph]:
    """The small world with a scenario of one change, on 1 June 2023."""

    def made(change: str) -> KnowledgeGraph:
        folder = tmp_path_factory.mktemp("ontology") / "ontology"
        shutil.copytree(ONTOLOGY, folder)
        text = (
            f"{PREFIXES}<scenario/made-up> a cdp:Scenario .\n"
            f"<change/1> a {change} ; cdp:inScenario <scenario/made-up> ; cdp:effectiveDate '2023-06-01'^^xsd:date .\n"
        )
        (folder / "scenarios" / "made-up.ttl").write_text(text)
        space = workspace.Workspace(str(folder), (str(WORLD),), str(cache))
        return KnowledgeGraph(build.compiled(space), space)

    return made


def test_a_transfer_passes_on_what_a_party_carries(what_if: Callable[[str], KnowledgeGraph]) -> None:
    kg = what_if(f"cdp:Transfer ; cdp:fromParty <{BRIGHTWATER}> ; cdp:toParty <{NORTH}>")
    carriers = []
    for on, scenario in (("2023-05-31", "made-up"), ("2023-06-01", "made-up"), ("2023-06-01", None)):
        moment = Moment(kg, on, scenario)
        carriers.append(moment.carrier(one(moment, BRIGHTWATER, "Assignment", ID + "service/treatment")))
    assert carriers == [BRIGHTWATER, NORTH, BRIGHTWATER]


def test_a_termination_ends_one_situation(world: KnowledgeGraph, what_if: Callable[[str], KnowledgeGraph]) -> None:
    ended = one(Moment(world, ON), PCC, "Holding", CHAIR)
    kg = what_if(f"cdp:Termination ; cdp:terminates <{ended.iri}>")
    assert Moment(kg, "2023-05-31", "made-up").state(ended) is State.HELD
    assert Moment(kg, "2023-06-01", "made-up").state(ended) is State.LAPSED
    assert Moment(kg, "2023-06-01").state(ended) is State.HELD


def test_an_addition_holds_in_its_scenario_only(world: KnowledgeGraph, what_if: Callable[[str], KnowledgeGraph]) -> None:
    added = one(Moment(world, ON), PCC, "Holding", CHAIR)
    kg = what_if(f"cdp:Addition ; cdp:adds <{added.iri}>")
    assert Moment(kg, "2023-06-01", "made-up").state(added) is State.HELD
    assert Moment(kg, "2023-05-31", "made-up").state(added) is None
    assert Moment(kg, "2023-06-01").state(added) is None


@settings(max_examples=40)
@given(DAYS, DAYS)
def test_what_has_lapsed_never_holds_again_without_a_new_fact(
    world: KnowledgeGraph, one_day: datetime.date, other: datetime.date
) -> None:
    first, second = (Moment(world, d) for d in sorted((one_day, other)))
    for s in first.records.situations:
        before, after = first.state(s), second.state(s)
        if before is State.LAPSED:
            assert after is State.LAPSED
        if before is State.HELD and s.until and s.until <= second.on:
            assert after is State.LAPSED


@settings(max_examples=40)
@given(DAYS)
def test_the_plan_is_owned_exactly_while_its_owner_sits(world: KnowledgeGraph, on: datetime.date) -> None:
    moment = Moment(world, on)
    slot = States(moment).slot(ID + "responsibility/W01", ACCOUNTABLE, moment.records.area(ID + "area/cdp-mereshire").whole)
    sits = "2022-08-01" <= moment.on < "2024-05-09"
    assert (slot.state is State.HELD) is sits
    assert (slot.state is State.LAPSED) is (moment.on >= "2024-05-09")
