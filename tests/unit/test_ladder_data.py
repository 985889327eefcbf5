"""Ladders as a workspace keeps them: what they look like as data, and what is refused in which words."""

from datetime import timedelta
from fractions import Fraction

import pytest

from bot.core.ladders import DEFAULT_LADDERS, Ladder
from bot.core.rungs import Before, Part, Rung, Tell


def test_a_ladder_as_data_can_be_read_by_people() -> None:
    assert DEFAULT_LADDERS["issue"].to_data()["rungs"] == [
        {
            "position": {"kind": "after", "span_minutes": 0, "in_working_hours": False},
            "tells": ["owner"],
            "pierces_quiet_hours": False,
            "repeats": [{"kind": "every", "every_minutes": 30, "only_in_working_hours": False}],
        },
        {
            "position": {"kind": "at_due"},
            "tells": ["owner", "comms_lead"],
            "pierces_quiet_hours": False,
            "repeats": [
                {"kind": "every", "every_minutes": 30, "times": 4, "only_in_working_hours": False},
                {"kind": "every", "every_minutes": 30, "only_in_working_hours": True},
            ],
        },
    ]
    short = {"position": {"kind": "part", "of": "1/2"}, "tells": ["owner"]}
    assert Ladder.from_data({"name": "any", "rungs": [short]}) == Ladder(
        "any", (Rung(Part(Fraction(1, 2)), (Tell.OWNER,)),)
    )


@pytest.mark.parametrize(
    ("rung", "sentence"),
    [
        ({}, "Rung 1: A rung needs a position and a list of whom it tells."),
        ({"tells": []}, "Rung 1: A rung tells somebody, and nobody twice."),
        ({"tells": ["owner", "owner"]}, "Rung 1: A rung tells somebody, and nobody twice."),
        ({"tells": ["minister"]}, "Rung 1: tells is one of owner, deputy, .*, not 'minister'."),
        ({"tells": [["owner"]]}, "Rung 1: tells is one of"),
        ({"colour": "red"}, "Rung 1: Beside position and tells"),
        ({"repeats": {}}, "Rung 1: Beside position and tells"),
        ({"pierces_quiet_hours": "yes"}, "Rung 1: pierces_quiet_hours is true or false, not 'yes'."),
        ({"position": "at_due"}, "Rung 1: Where a rung stands, and a repeat, has a kind"),
        ({"position": {"kind": "sometimes"}}, "Rung 1: Where a rung stands, and a repeat, has a kind"),
        ({"position": {"kind": "every", "every_minutes": 30}}, "Rung 1: Where a rung stands"),
        ({"position": {"kind": "at_due", "span_minutes": 5}}, "Rung 1: at_due has no span_minutes."),
        ({"position": {"kind": "before"}}, "Rung 1: before needs its span."),
        ({"position": {"kind": "before", "span_minutes": 0}}, "Rung 1: The time before due is 1 to"),
        ({"position": {"kind": "before", "span_minutes": 1.5}}, "span_minutes is a whole number, not 1.5."),
        ({"position": {"kind": "before", "span_minutes": True}}, "span_minutes is a whole number, not True."),
        ({"position": {"kind": "after", "span_minutes": 10**30}}, "span_minutes is 527040 at most."),
        ({"position": {"kind": "after", "span_minutes": -1}}, "The time after asking is 0 to"),
        ({"position": {"kind": "part", "of": "1"}}, "of is a part, as in 3/4, not '1'."),
        ({"position": {"kind": "part", "of": "1/0"}}, "of is a part"),
        ({"position": {"kind": "part", "of": "4/4"}}, "A part lies between 0 and 1."),
        ({"position": {"kind": "working_day", "number": 0}}, "Working days after asking are counted from 1."),
        ({"position": {"kind": "working_day", "number": -367, "since": "due"}}, "counted up to 366."),
        ({"position": {"kind": "working_day", "number": 1, "since": "ever"}}, "since is one of asked, due"),
        ({"repeats": [{"kind": "every", "every_minutes": 9}]}, "The time until a repeat is 10 to"),
        ({"repeats": [{"kind": "every", "every_minutes": 10, "times": 0}]}, "A repeat comes once or more."),
        ({"repeats": [{"kind": "every_working_days", "working_days": 0}]}, "A repeat comes after 1 to 366"),
        ({"repeats": [{"kind": "every", "every_minutes": 10}] * 2}, "Only the last repeat may go on"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused_in_a_sentence(rung: dict[str, object], sentence: str) -> None:
    whole = {"position": {"kind": "at_due"}, "tells": ["owner"], **rung} if rung else {}
    with pytest.raises(ValueError, match=sentence):
        Ladder.from_data({"name": "any", "rungs": [whole]})


@pytest.mark.parametrize(
    "data", [None, [], {}, {"name": "any"}, {"name": 1, "rungs": []}, {"name": "any", "rungs": [], "x": 1}]
)
def test_what_is_no_ladder_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="A ladder has a name and"):
        Ladder.from_data(data)
    with pytest.raises(ValueError, match="at least one rung"):
        Ladder("any", ())


def test_spans_are_whole_minutes() -> None:
    with pytest.raises(ValueError, match="whole minutes"):
        Before(timedelta(seconds=90))
