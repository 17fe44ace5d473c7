"""The seven states: the order in which they are tried, the rules for ties, and what can never change them."""

from __future__ import annotations

import pytest
from laying import ON, Lay

from cdpgraph.answers.states import ACCOUNTABLE, COORDINATES, RECEIVES, SENDS, Slot, States
from cdpgraph.facts.graph import KnowledgeGraph
from cdpgraph.facts.moments import Moment
from cdpgraph.model import State
from cdpgraph.vocab import ID, concept

PARTS = "party,involvement,matter,area,from,until,standing,lifecycle,document,locator,stance\n"
PAPERS = "id,title,publisher,issued,kind,read\n"
READ = "document,area,matter,extent\n"
DELIVERS, COMMISSIONS = concept("involvement", "delivers"), concept("involvement", "commissions")


def slot(kg: KnowledgeGraph, matter: str, involvement: str, area: str, on: str = ON) -> Slot:
    moment = Moment(kg, on)
    return States(moment).slot(ID + matter, involvement, moment.records.area(f"{ID}area/{area}").whole)


def held(kg: KnowledgeGraph, matter: str, involvement: str = ACCOUNTABLE, area: str = "E06000901", on: str = ON) -> list[str]:
    """Who holds a part."""
    found = slot(kg, matter, involvement, area, on)
    return (
        sorted(b.carrier.removeprefix(ID) for b in found.bearings if b.state is State.HELD) if found.state is State.HELD else []
    )


@pytest.mark.parametrize(
    ("matter", "involvement", "area", "on", "state"),
    [
        ("responsibility/W01", ACCOUNTABLE, "E23000901", ON, State.HELD),
        ("responsibility/W02", ACCOUNTABLE, "E23000901", ON, State.PROPOSED),
        ("responsibility/W03", ACCOUNTABLE, "E06000901", ON, State.DISPUTED),
        ("responsibility/W04", ACCOUNTABLE, "E23000901", ON, State.NOBODY),
        ("responsibility/W05", ACCOUNTABLE, "E06000902", ON, State.LAPSED),
        ("responsibility/W05", ACCOUNTABLE, "E06000902", "2020-01-01", State.HELD),
        ("handover/into-treatment", COORDINATES, "E06000901", ON, State.NOT_FOUND),
        ("handover/into-treatment", COORDINATES, "E06000902", ON, State.NOT_READ),
        ("handover/into-treatment", COORDINATES, "E23000901", ON, State.NOT_READ),
        ("handover/into-treatment", COORDINATES, "E06000901", "2022-11-09", State.NOT_READ),
        ("service/treatment", DELIVERS, "E23000901", "2024-03-31", State.HELD),
        ("service/treatment", DELIVERS, "E23000901", "2024-04-01", State.LAPSED),
        ("stage/prison", DELIVERS, "E06000901", ON, State.NOT_FOUND),
        ("stage/prison", DELIVERS, "E06000902", ON, State.NOT_READ),
        ("responsibility/W01", ACCOUNTABLE, "E06000903", ON, State.NOT_READ),
    ],
)
def test_each_state_of_the_small_world(
    world: KnowledgeGraph, matter: str, involvement: str, area: str, on: str, state: State
) -> None:
    assert slot(world, matter, involvement, area, on).state is state


def test_all_seven_states_are_met_in_the_small_world(world: KnowledgeGraph) -> None:
    moment = Moment(world, ON)
    states = States(moment)
    matters = [iri for (iri, *_) in world.index.rows("matter")]
    areas = [moment.records.area(f"{ID}area/{a}").whole for a in ("E06000901", "E06000902", "E23000901")]
    found = {states.slot(m, k, a).state for m in matters for k in moment.records.involvements for a in areas}
    assert found == set(State)


@pytest.mark.parametrize(
    ("matter", "involvement", "area", "on", "marks"),
    [
        ("responsibility/W01", ACCOUNTABLE, "E23000901", ON, ("single-source",)),
        ("responsibility/W01", ACCOUNTABLE, "E06000901", ON, ("inherited", "single-source")),
        ("handover/on-release", COORDINATES, "E06000901", ON, ("single-source",)),
        ("handover/on-release", COORDINATES, "E23000901", ON, ("partial", "single-source")),
        ("handover/on-release", COORDINATES, "E06000901", "2024-11-09", ("single-source",)),
        ("handover/on-release", COORDINATES, "E06000901", "2024-11-10", ("single-source", "stale")),
        ("handover/into-treatment", RECEIVES, "E23000901", ON, ()),
        ("service/treatment", COMMISSIONS, "E06000901", "2039-01-01", ("single-source",)),
    ],
)
def test_marks_say_how_a_part_is_held(
    world: KnowledgeGraph, matter: str, involvement: str, area: str, on: str, marks: tuple[str, ...]
) -> None:
    assert slot(world, matter, involvement, area, on).marks == marks


def test_a_finer_kind_of_part_counts_as_the_broader_one(world: KnowledgeGraph) -> None:
    assert slot(world, "service/treatment", concept("involvement", "responsible"), "E06000901").state is State.HELD
    assert slot(world, "service/treatment", ACCOUNTABLE, "E06000901").state is not State.HELD


@pytest.mark.parametrize(
    ("standing", "issued", "kind", "holders"),
    [
        ("agreed-locally", "2022-12-01", "minutes", ["prison/MRE"]),
        ("in-guidance", "2022-12-01", "minutes", ["prison/MRE"]),
        ("practised", "2022-12-01", "minutes", []),
        ("practised", "2022-10-01", "minutes", ["council/E06000901"]),
        ("agreed-locally", "2022-11-10", "minutes", []),
        ("in-law", "2022-10-01", "law", []),
    ],
    ids=[
        "newer and as strong",
        "newer and stronger",
        "newer and weaker",
        "older and weaker",
        "of one day",
        "older and stronger",
    ],
)
def test_where_one_holder_is_expected_the_newest_wins_unless_its_standing_is_weaker(
    lay: Lay, standing: str, issued: str, kind: str, holders: list[str]
) -> None:
    kg = lay(
        {
            "documents.csv": f"{PAPERS}another,Another paper,Somebody,{issued},{kind},all\n",
            "assignments.csv": f"{PARTS}prison/MRE,accountable,responsibility/W02,E06000901,,,{standing},,another,1,\n"
            "council/E06000901,accountable,responsibility/W02,E06000901,,,agreed-locally,,minutes,1,\n",
        }
    )
    found = slot(kg, "responsibility/W02", ACCOUNTABLE, "E06000901")
    assert held(kg, "responsibility/W02") == holders
    assert found.state is (State.HELD if holders else State.DISPUTED)


@pytest.mark.parametrize("order", ["abc", "acb", "bca", "cba"])
def test_a_holder_who_is_beaten_is_not_in_the_dispute_of_the_others(lay: Lay, order: str) -> None:
    rows = {
        "a": "council/E06000901,accountable,responsibility/W02,E06000901,,,agreed-locally,,minutes,1,\n",
        "b": "prison/MRE,accountable,responsibility/W02,E06000901,,,agreed-locally,,newer,1,\n",
        "c": "icb/QME,accountable,responsibility/W02,E06000901,,,practised,,icb-page,1,\n",
    }
    kg = lay(
        {
            "documents.csv": f"{PAPERS}newer,Newer minutes,Somebody,2022-12-01,minutes,all\n",
            "assignments.csv": PARTS + "".join(rows[o] for o in order),
        }
    )
    found = {b.carrier.removeprefix(ID): b.state for b in slot(kg, "responsibility/W02", ACCOUNTABLE, "E06000901").bearings}
    assert found.pop("police/E23000901") is State.PROPOSED
    assert found == {"council/E06000901": State.LAPSED, "prison/MRE": State.DISPUTED, "icb/QME": State.DISPUTED}


@pytest.mark.parametrize("matter", ["responsibility/W05", "service/treatment"])
def test_where_no_single_holder_is_expected_several_may_hold(lay: Lay, matter: str) -> None:
    rows = "".join(f"{p},accountable,{matter},E06000901,,,practised,,minutes,1,\n" for p in ("prison/MRE", "icb/QME"))
    assert held(lay({"assignments.csv": PARTS + rows}), matter) == ["icb/QME", "prison/MRE"]


def test_one_holder_through_two_posts_is_no_dispute(lay: Lay) -> None:
    rows = "".join(
        f"{p},accountable,responsibility/W04,E06000901,,,practised,,minutes,1,\n"
        for p in ("post/sro-mereshire", "pcc/E23000901")
    )
    assert held(lay({"assignments.csv": PARTS + rows}), "responsibility/W04") == ["pcc/E23000901", "post/sro-mereshire"]


@pytest.mark.parametrize(
    ("issued", "kind", "state"),
    [
        ("2023-01-01", "minutes", State.LAPSED),
        ("2023-01-01", "law", State.LAPSED),
        ("2023-01-01", "press", State.DISPUTED),
        ("2022-11-10", "minutes", State.DISPUTED),
        ("2022-10-01", "law", State.DISPUTED),
    ],
    ids=["newer and as weighty", "newer and weightier", "newer and lighter", "of one day", "older and weightier"],
)
def test_a_denial_ends_what_it_denies_only_if_newer_and_as_weighty(lay: Lay, issued: str, kind: str, state: State) -> None:
    denied = "probation-region/mereshire,coordinates,handover/on-release,E06000901,2022-11-10,,agreed-locally,in-force,"
    kg = lay(
        {
            "documents.csv": f"{PAPERS}another,Another paper,Somebody,{issued},{kind},all\n",
            "assignments.csv": f"{PARTS}{denied}minutes,1,supports\n{denied}another,1,denies\n",
        }
    )
    mine = [
        b
        for b in slot(kg, "handover/on-release", COORDINATES, "E06000901").bearings
        if "denies" in {e.stance for e in States(Moment(kg, ON)).evidence(b.situation)}
    ]
    assert [b.state for b in mine] == [state]


@pytest.mark.parametrize(
    ("standing", "stance", "state"),
    [("practised", "supports", State.HELD), ("practised", "qualifies", State.PROPOSED), ("judged", "supports", State.PROPOSED), ("practised", "denies", State.NOT_FOUND)],
)  # fmt: skip
def test_evidence_that_is_weak_proposes_and_no_evidence_holds_nothing(
    lay: Lay, standing: str, stance: str, state: State
) -> None:
    row = f"prison/MRE,coordinates,handover/into-treatment,E06000901,,,{standing},,minutes,1,{stance}\n"
    found = slot(lay({"assignments.csv": PARTS + row}), "handover/into-treatment", COORDINATES, "E06000901").state
    assert found is (State.LAPSED if state is State.NOT_FOUND else state)


def test_a_placeholder_holds_nothing(world: KnowledgeGraph) -> None:
    found = slot(world, "stage/prison", DELIVERS, "E06000901")
    assert [(b.carrier.removeprefix(ID), b.named) for b in found.bearings] == [("placeholder/prison-health-mere", False)]
    assert found.state is State.NOT_FOUND


def test_a_post_nobody_sits_in_holds_nothing(lay: Lay) -> None:
    rows = "post/sro-mereshire,coordinates,handover/into-treatment,E06000901,,,practised,,minutes,1,\n"
    kg = lay({"assignments.csv": PARTS + rows})
    assert slot(kg, "handover/into-treatment", COORDINATES, "E06000901", ON).state is State.HELD
    assert slot(kg, "handover/into-treatment", COORDINATES, "E06000901", "2024-05-09").state is State.LAPSED


@pytest.mark.parametrize(("on", "state"), [("2022-11-09", State.NOT_READ), ("2022-11-10", State.NOBODY), ("2024-11-09", State.NOBODY), ("2024-11-10", State.NOT_FOUND)])  # fmt: skip
def test_a_statement_that_there_is_nobody_counts_for_two_years(world: KnowledgeGraph, on: str, state: State) -> None:
    assert slot(world, "responsibility/W04", ACCOUNTABLE, "E06000901", on).state is state


def test_an_absence_says_nothing_of_a_wider_area(world: KnowledgeGraph) -> None:
    assert slot(world, "responsibility/W04", ACCOUNTABLE, "E92000001").state is State.NOT_READ


STRANGERS = {
    "assignments.csv": PARTS
    + "".join(
        f"council/E06000903,{kind},{matter},E06000903,,,agreed-locally,,guidance,{kind}-{n},\n"
        for n, matter in enumerate(("responsibility/W01", "responsibility/W02", "responsibility/W03", "responsibility/W04", "handover/into-treatment"))
        for kind in ("accountable", "coordinates", "sends")
    ),
    "absences.csv": "matter,involvement,area,from,document,locator\nresponsibility/W01,accountable,E06000903,2022-11-10,guidance,9\n",
    "readings.csv": READ + "guidance,E06000903,,all\n",
    "holdings.csv": "post,holder,standing,document,locator\npost/sro-farhaven,council/E06000903,practised,guidance,9\n",
    "posts.csv": "id,name,role,in,document,locator\npost/sro-farhaven,SRO for Farhaven,sro,board/cdp-farhaven,guidance,9\n",
    "boards.csv": "id,name,kind,document,locator\nboard/cdp-farhaven,Farhaven CDP,cdp,guidance,9\n",
    "footprints.csv": "party,area,standing,document,locator\nboard/cdp-farhaven,E06000903,practised,guidance,9\n",
}  # fmt: skip


def test_facts_about_strangers_change_no_state_of_ours(world: KnowledgeGraph, lay: Lay) -> None:
    more = lay(STRANGERS)
    kinds = Moment(world, ON).records.involvements
    matters = [iri.removeprefix(ID) for (iri, *_) in world.index.rows("matter")]
    for on in ("2020-01-01", ON, "2024-06-01"):
        before, after = States(Moment(world, on)), States(Moment(more, on))
        for area in ("E06000901", "E06000902", "E23000901"):
            one, two = (s.records.area(f"{ID}area/{area}").whole for s in (before, after))
            for matter in matters:
                for kind in kinds:
                    a, b = before.slot(ID + matter, kind, one), after.slot(ID + matter, kind, two)
                    assert (a.state, a.marks, a.documents) == (b.state, b.marks, b.documents)
    assert slot(more, "responsibility/W01", ACCOUNTABLE, "E06000903").state is State.HELD


@pytest.mark.parametrize(("gone", "other"), [(SENDS, RECEIVES), (RECEIVES, SENDS)])
def test_taking_away_either_side_of_a_handover_turns_exactly_that_side(lay: Lay, gone: str, other: str) -> None:
    party = {SENDS: "prison/MRE", RECEIVES: "probation-region/mereshire"}[gone]
    word = gone.rsplit("/", 1)[-1]
    row = f"{party},{word},handover/on-release,E23000901,2022-11-10,,agreed-locally,in-force"
    kg = lay(
        {
            "documents.csv": f"{PAPERS}another,Another paper,Somebody,2023-02-01,law,all\n",
            "organisations.csv": "id,name,kind,until,document,locator\nprison/OLD,HMP Old,prison,2023-02-01,another,1\n",
            "assignments.csv": f"{PARTS}{row.replace(party, 'prison/OLD').replace('handover/on-release', 'handover/gone')},another,1,\n"
            f"prison/MRE,{'receives' if word == 'sends' else 'sends'},handover/gone,E23000901,,,practised,,another,1,\n",
            "matters.csv": "id,name,kind,document,locator\nhandover/gone,Handover made up,handover,another,1\n",
            "handovers.csv": "id,from_stage,to_stage,document,locator\ngone,prison,release,another,1\n",
        }
    )  # fmt: skip
    before = [slot(kg, "handover/gone", kind, "E06000901", "2023-01-31").state for kind in (gone, other)]
    after = [slot(kg, "handover/gone", kind, "E06000901", "2023-02-01").state for kind in (gone, other)]
    assert (before, after) == ([State.HELD, State.HELD], [State.LAPSED, State.HELD])


@pytest.mark.parametrize("area", ["E92000001", "E06000901|E06000902|E06000903"])
def test_reading_a_national_document_never_makes_a_place_read(lay: Lay, area: str) -> None:
    kg = lay({"readings.csv": f"{READ}guidance,{area},,all\n"})
    for place in ("E06000902", "E23000901", "E06000903"):
        assert slot(kg, "handover/into-treatment", COORDINATES, place).state is State.NOT_READ
    assert slot(kg, "handover/into-treatment", COORDINATES, "E92000001").state is State.NOT_FOUND


@pytest.mark.parametrize(
    ("matter", "state"),
    [
        ("handover/into-treatment", State.NOT_FOUND),
        ("pathway/prison-to-community", State.NOT_FOUND),
        ("responsibility/W02", State.NOT_READ),
    ],
)
def test_what_was_read_for_one_matter_answers_for_it_and_for_what_is_part_of_it(lay: Lay, matter: str, state: State) -> None:
    kg = lay({"readings.csv": f"{READ}minutes,E06000902,{matter},all\n"})
    assert slot(kg, "handover/into-treatment", COORDINATES, "E06000902").state is state
