"""What looks like an enquiry on file, and what does not: on examples of what journalists write."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.likeness import Asked, look_alikes, same_journalist
from tests.unit.likeness_table import ANOTHER_STORY, JOURNALISTS, SAME_STORY, SURVEYED, TEMPLATE

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Who = tuple[str, str, str, str]


def asked(question: str = "", who: Who = ("", "", "", ""), *, days_ago: float = 0, is_open: bool = True) -> Asked:
    journalist, email, phone, outlet = who
    return Asked(journalist, email, phone, outlet, question, NOW - timedelta(days=days_ago), is_open)


ROSA: Who = ("Rosa Achter", "", "", "Courier")
TOM: Who = ("Tom Bell", "", "", "ITV")
ELSEWHERE = [asked(f"{one} {other}") for one, other in combinations(SURVEYED, 2)]
"""What else is asked in those days."""


@pytest.mark.parametrize(("one", "other", "same"), JOURNALISTS, ids=lambda one: str(one)[:40])
def test_a_journalist_is_known_again(one: Who, other: Who, *, same: bool) -> None:
    """By address, number and name, as people write them; and not where they merely share a newsroom. Both ways."""
    assert same_journalist(asked(who=one), asked(who=other)) is same
    assert same_journalist(asked(who=other), asked(who=one)) is same


@pytest.mark.parametrize("others", [[], ELSEWHERE], ids=["an empty desk", "a busy one"])
@pytest.mark.parametrize(
    ("one", "other", "same"), [(*pair, True) for pair in SAME_STORY] + [(*pair, False) for pair in ANOTHER_STORY]
)
def test_a_story_is_known_again(one: str, other: str, others: list[Asked], *, same: bool) -> None:
    """By what it is about, not by how newsrooms write. Both ways, whatever else is on file."""
    for new, old in ((one, other), (other, one)):
        found = look_alikes(asked(new, ROSA), [*others, asked(old, TOM, days_ago=1)])
        assert (len(others) in {likeness.place for likeness in found}) is same, (new, old)


def test_a_template_that_many_share_is_no_story() -> None:
    """Of one wording with another subject each time, none is pointed out for another, once there are several."""
    sent = [asked(TEMPLATE.format(subject), days_ago=1) for subject in SURVEYED]
    for place, new in enumerate(sent):
        others = sent[:place] + sent[place + 1 :]
        assert look_alikes(new, others) == [], new.question


def test_how_long_ago_counts() -> None:
    """A journalist within two days; a story within five; one that is still open within thirty."""
    question = "Why is the maternity unit closing at weekends?"
    for days, is_open, journalist, story in (
        (1.9, True, True, True),
        (2.1, False, False, True),
        (4.9, False, False, True),
        (5.1, False, False, False),
        (29, True, False, True),
        (31, True, False, False),
    ):
        found = look_alikes(asked(question, ROSA), [asked(question, ROSA, days_ago=days, is_open=is_open)])
        assert [(one.same_journalist, one.same_story) for one in found] == [(journalist, story)] * (journalist or story)


def test_the_closest_come_first() -> None:
    """A journalist who comes back about the same thing, then the same story, then the same journalist alone."""
    question = "Why is the maternity unit closing at weekends?"
    others = [asked("And the budget?", ROSA), asked(question), asked(question, ROSA), asked("Nothing like it at all")]
    assert [one.place for one in look_alikes(asked(question, ROSA), others)] == [2, 1, 0]


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_typed_is_compared(one: str, other: str, name: str, address: str) -> None:
    """Nothing that anybody types breaks it, and it does not matter which of two came first."""
    first, second = asked(one, (name, address, name, name)), asked(other, (address, name, address, name))
    there, back = look_alikes(first, [second]), look_alikes(second, [first])
    assert [(o.same_journalist, o.same_story) for o in there] == [(o.same_journalist, o.same_story) for o in back]
