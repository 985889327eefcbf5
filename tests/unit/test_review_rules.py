"""Reviews: who may do what in which state, what a form refuses, which date comes next, and when reminders come."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from bot.core import obligations
from bot.core.errors import BadInput, NotFromHere, NotPermitted
from bot.core.permissions import Act, Relation
from bot.core.recurrences import Frequency, Recurrence
from bot.core.working_days import ONE_DAY, Nation, WorkingHours
from bot.core.workspaces import Caller
from bot.desk import reviews, reviews_cards, reviews_rules
from bot.desk.reviews import Answer, Details, Heard, Usual
from bot.desk.reviews_rules import Cadence, CustomRule, Following, Way, following, months
from bot.desk.reviews_steps import TRANSITIONS
from bot.desk.whom import Whom
from storage import outbox, settings
from storage import reviews as records
from storage.database import Database
from storage.outbox import PostingKind
from storage.people import Role
from storage.reviews import Listed, Review, ReviewKind, ReviewState
from storage.signoffs import HeardBy
from tests.unit.small_office import (
    GUEST,
    IN_ROLES,
    NOW,
    OUTSIDER,
    OWNER,
    SIGNATORY,
    STRANGERS,
    Attempt,
    SmallOffice,
    State,
    everybody_tries,
    opened,
    tried_by,
)

OFFICER, LEAD = IN_ROLES[Role.PRESS_OFFICER], IN_ROLES[Role.COMMS_LEAD]
LONDON = ZoneInfo("Europe/London")
HOURS = WorkingHours(LONDON, Nation.ENGLAND)
SEPTEMBER = date(2027, 9, 1)
CHANGED = Details("Another", ReviewKind.POLICY, "", None, SEPTEMBER, None, for_board=False)
HEARD = Heard(Act.REVIEW_WITHOUT_CHANGE, HeardBy.EMAIL, "Her e-mail.")


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


def with_a_form(attempt: Callable[..., object]) -> Attempt:
    """An act with a form that was opened a moment ago."""

    def tried(office: SmallOffice, caller: Caller, it: int) -> object:
        return attempt(office, caller, it, revision=1, once=office.once())

    return tried


ON_REVIEWS: dict[Act, Attempt] = {
    Act.REVIEW_WITHOUT_CHANGE: with_a_form(
        lambda office, caller, it, **form: reviews.reviewed(office.desk, caller, it, Answer(day=SEPTEMBER), **form)
    ),
    Act.REVIEW_WITH_CHANGE: with_a_form(
        lambda office, caller, it, **form: reviews.changed(
            office.desk, caller, it, Answer("New aims.", day=SEPTEMBER), **form
        )
    ),
    Act.PUT_OFF_REVIEW: with_a_form(
        lambda office, caller, it, **form: reviews.put_off(
            office.desk, caller, it, Answer("The chair is new.", day=date(2027, 5, 4)), **form
        )
    ),
    Act.RECORD_REVIEW: with_a_form(
        lambda office, caller, it, **form: reviews.record(office.desk, caller, it, Answer(day=SEPTEMBER), HEARD, **form)
    ),
    Act.HAND_OVER_REVIEW: with_a_form(
        lambda office, caller, it, **form: reviews.hand_over(
            office.desk, caller, it, Whom(slack_user_id=GUEST.slack_id), "", **form
        )
    ),
    Act.REPLAN_REVIEW: with_a_form(
        lambda office, caller, it, **form: reviews.replan(office.desk, caller, it, _own_name(office), **form)
    ),
    Act.END_REVIEW: with_a_form(
        lambda office, caller, it, **form: reviews.end(office.desk, caller, it, "It is done.", **form)
    ),
}


def _own_name(office: SmallOffice) -> Details:
    return Details(f"Policy {office.once()}", ReviewKind.POLICY, "", None, SEPTEMBER, months(3), for_board=True)


def state_of(office: SmallOffice, review_id: int) -> ReviewState:
    return review_of(office, review_id).state


def review_of(office: SmallOffice, review_id: int) -> Review:
    with office.reading() as tx:
        return tx.session.get_one(Review, review_id)


@pytest.mark.parametrize("act", ON_REVIEWS)
def test_everybody_tries_everything_in_every_state(office: SmallOffice, act: Act) -> None:
    """Role by state by act: done exactly when both tables say so; else refused, unchanged and on record."""
    states = [
        State(partial(office.review, SIGNATORY, state), TRANSITIONS.get((state, act)), {SIGNATORY: Relation.OWNER})
        for state in ReviewState
    ]
    becomes, others = partial(state_of, office), [SIGNATORY, OWNER]
    assert everybody_tries(office, act, ON_REVIEWS[act], states=states, becomes=becomes, others=others) == []


def test_the_table_holds_on_postgresql_too(postgres_url: str) -> None:
    """Each act by one who may, in the state that allows it."""
    database = Database(postgres_url)
    office, wrong = opened(database), []
    for act, attempt in ON_REVIEWS.items():
        who = OFFICER if act is Act.RECORD_REVIEW else LEAD if act in {Act.REPLAN_REVIEW, Act.END_REVIEW} else SIGNATORY
        states = [State(partial(office.review, SIGNATORY), TRANSITIONS[ReviewState.ACTIVE, act], {})]
        wrong += tried_by(office, who, act, attempt, states, becomes=partial(state_of, office))
    database.dispose()
    assert wrong == []


NEW = Details("Risk log", ReviewKind.RISK_LOG, "", Whom(name="Tomos Reed"), SEPTEMBER, months(3), for_board=False)
FIFTH_MONDAY_OF_FEBRUARY = Recurrence(Frequency.MONTH, weekday=0, nth=5, months=(2,))


def _new(**values: Any) -> Details:
    return replace(NEW, **values)


REFUSED: dict[str, tuple[Details, str | None, str]] = {
    "no title": (_new(title=" "), "title", "Say what"),
    "a long title": (_new(title="x" * 151), "title", "Shorten"),
    "no kind": (_new(kind=None), "kind", "Choose what kind"),
    "no address": (_new(link="the shared drive"), "link", "https://"),
    "not safe": (_new(link="http://a.example/x"), "link", "https://"),
    "an address that rings": (_new(link="https://a.example/<!channel>"), "link", "https://"),
    "half an address": (_new(link="https://"), "link", "https://"),
    "nobody": (_new(owner=Whom()), "member", "Choose who reviews it"),
    "two": (_new(owner=Whom(slack_user_id=GUEST.slack_id, name="Tomos")), "member", "Choose one person"),
    "another workspace's": (_new(owner=Whom(slack_user_id=STRANGERS[0].slack_id)), "member", "another Slack"),
    "no date": (_new(first=None), "first", "Choose the date"),
    "yesterday": (_new(first=NOW.date() - ONE_DAY), "first", "has passed"),
    "the wrong year": (_new(first=date(2072, 1, 1)), "first", "Check the year"),
    "never again": (_new(rule=FIFTH_MONDAY_OF_FEBRUARY), None, "never be reviewed again"),
}


def test_a_form_that_cannot_be_taken_says_why_and_changes_nothing(office: SmallOffice) -> None:
    """Each bad input with its field and its sentence, before the dates are shown and when it is saved."""
    for name, (details, field, sentence) in REFUSED.items():
        before = office.everything()
        with pytest.raises(BadInput, match=sentence) as refused:
            reviews.add(office.desk, OFFICER.caller, details, once=office.once())
        assert (name, refused.value.field) == (name, field)
        assert office.everything() == before, name
    reviews.add(office.desk, OFFICER.caller, _new(first=NOW.date()), once=office.once())
    with pytest.raises(BadInput, match="on the list already"):
        reviews.look_ahead(office.desk, OFFICER.caller, _new(title="risk  LOG"), None)
    for custom, field in (
        (CustomRule(None), "way"),
        (CustomRule(Way.MONTHS, "0"), "every"),
        (CustomRule(Way.MONTHS, "many"), "every"),
        (CustomRule(Way.WEEKDAY, weekday=1), "nth"),
        (CustomRule(Way.WEEKDAY, nth=-1), "weekday"),
    ):
        with pytest.raises(BadInput) as refused:
            custom.rule()
        assert refused.value.field == field
    with pytest.raises(BadInput, match="at least one"):
        reviews.add_usual(office.desk, LEAD.caller, [Usual(ReviewKind.POLICY, None, None)], once=office.once())


def test_an_answer_that_cannot_be_taken_says_why_and_changes_nothing(office: SmallOffice) -> None:
    """Without words, without a date, too early, more than a year on; from a form that somebody else overtook."""
    it = office.review(SIGNATORY)
    tries = (
        (reviews.changed, Answer(day=SEPTEMBER), "words", "Say what changed"),
        (reviews.changed, Answer("x" * 2001, day=SEPTEMBER), "words", "Shorten"),
        (reviews.changed, Answer("x", link="drive", day=SEPTEMBER), "link", "https://"),
        (reviews.reviewed, Answer(), "day", "Choose the date"),
        (reviews.reviewed, Answer(day=NOW.date()), "day", "has passed"),
        (reviews.put_off, Answer(day=SEPTEMBER), "words", "Say why"),
        (reviews.put_off, Answer("x"), "day", "until when"),
        (reviews.put_off, Answer("x", day=date(2027, 3, 1)), "day", "Choose a later date"),
        (reviews.put_off, Answer("x", day=NOW.date() + timedelta(days=367)), "day", "more than a year away"),
    )
    for act, answer, field, sentence in tries:
        before = office.everything()
        with pytest.raises(BadInput, match=sentence) as refused:
            act(office.desk, SIGNATORY.caller, it, answer, revision=1, once=office.once())
        assert refused.value.field == field
        assert office.everything() == before
    for heard, field in (
        (Heard(None, HeardBy.PHONE, "x"), "said"),
        (Heard(Act.REVIEW_WITHOUT_CHANGE, None, "x"), "how"),
        (Heard(Act.REVIEW_WITHOUT_CHANGE, HeardBy.PHONE, " "), "evidence"),
        (Heard(Act.REVIEW_WITHOUT_CHANGE, HeardBy.PHONE, "x", NOW + timedelta(hours=1)), "heard_at"),
    ):
        with pytest.raises(BadInput) as refused:
            reviews.record(office.desk, OFFICER.caller, it, Answer(), heard, revision=1, once=office.once())
        assert refused.value.field == field
    reviews.put_off(office.desk, SIGNATORY.caller, it, Answer("x", day=SEPTEMBER), revision=1, once=office.once())
    with pytest.raises(NotFromHere, match="changed since you opened"):
        reviews.reviewed(office.desk, SIGNATORY.caller, it, Answer(day=SEPTEMBER), revision=1, once=office.once())


RULES = st.one_of(
    st.integers(1, 60).map(months),
    st.builds(
        lambda nth, weekday, of: Recurrence(Frequency.MONTH, nth=nth, weekday=weekday, months=of),
        st.sampled_from([1, 2, 3, 4, -1]),
        st.integers(0, 6),
        st.sets(st.integers(1, 12), max_size=12).map(lambda several: tuple(sorted(several))),
    ),
)
DAYS = st.dates(date(2023, 12, 1), date(2029, 3, 1)) | st.sampled_from(
    [date(2024, 2, 29), date(2028, 2, 29), date(2026, 1, 31), date(2026, 3, 29), date(2027, 10, 31)]
)


@settings_of(max_examples=40)
@given(rule=RULES, first=DAYS, number=st.integers(0, 6), later=st.integers(-400, 1500))
def test_the_next_date_follows_the_rule_and_is_still_to_come(
    rule: Recurrence, first: date, number: int, later: int
) -> None:
    """Reviewed early, in time or years late: the first date of the rule after both; the others are told as missed."""
    planned = rule.dates(first, after=first - ONE_DAY, most=number + 1)
    due_on = planned[-1]
    today = due_on + timedelta(days=later)
    found = following(rule, counted_from=first, due_on=due_on, today=today)
    assert found.day is not None
    assert found.day > max(due_on, today)
    between = rule.dates(first, after=due_on, most=250)
    assert found.missed == tuple(day for day in between if day <= today)
    assert found.day == next(day for day in between if day > today)


@given(first=DAYS, number=st.integers(1, 36), place=st.integers(1, 30))
def test_counted_in_months_it_stays_on_its_day(first: date, number: int, place: int) -> None:
    """The same day of the month, so many months on; of a shorter month the last. It does not wander."""
    days = months(number).dates(first, most=place + 1)
    month = first.year * 12 + first.month - 1 + number * (len(days) - 1)
    last = (date((month + 1) // 12, (month + 1) % 12 + 1, 1) - ONE_DAY).day
    assert days[-1] == date(month // 12, month % 12 + 1, min(first.day, last))
    assert len(days) == place + 1 or days[-1].year + number // 12 + 1 >= first.year + 10


def test_reviewed_once_it_is_over_and_a_cadence_is_known_again() -> None:
    assert following(None, counted_from=SEPTEMBER, due_on=SEPTEMBER, today=SEPTEMBER) == Following(None)
    for cadence, rule in reviews_rules.RULES.items():
        assert reviews_rules.cadence_of(Recurrence.from_data(rule.to_data())) is cadence
    assert reviews_rules.cadence_of(months(5)) is Cadence.CUSTOM
    assert reviews_rules.words(months(5)) == "every 5 months"
    assert reviews_rules.words(months(1)) == "every month"
    custom = CustomRule(Way.WEEKDAY, nth=-1, weekday=4, months=(9, 3)).rule()
    assert reviews_rules.words(custom) == "every last Friday of March and September"
    assert reviews_rules.words(None) == "once only"


def at_nine(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=LONDON).astimezone(UTC)


CHANGES = {
    date(2026, 3, 30): [at_nine(2026, 3, 2), at_nine(2026, 3, 23), at_nine(2026, 3, 30), at_nine(2026, 4, 8)],
    date(2026, 10, 25): [at_nine(2026, 9, 28), at_nine(2026, 10, 19), at_nine(2026, 10, 23), at_nine(2026, 10, 30)],
    date(2027, 3, 28): [at_nine(2027, 2, 26), at_nine(2027, 3, 19), at_nine(2027, 3, 25), at_nine(2027, 4, 5)],
    date(2027, 11, 1): [at_nine(2027, 10, 4), at_nine(2027, 10, 25), at_nine(2027, 11, 1), at_nine(2027, 11, 8)],
}
"""Reviews around each change of the clocks, and when their reminders come: 20 and 5 working days before, the day (or
the working day before it), and 5 working days after. Good Friday is 3 April 2026 and 26 March 2027."""


class AnyClock:
    """It shows whatever it is set to, also what has been."""

    def __init__(self, shows: datetime) -> None:
        self.shows = shows

    def now(self) -> datetime:
        return self.shows


def owned_by_a_guest(office: SmallOffice, day: date, now: datetime) -> AnyClock:
    """Something to be reviewed on a day; the clock by which the desk goes from now on."""
    clock = AnyClock(now)
    office.desk = replace(office.desk, clock=clock)
    details = _new(owner=Whom(slack_user_id=GUEST.slack_id), first=day, rule=None)
    reviews.add(office.desk, OFFICER.caller, details, once=office.once())
    return clock


def reminded(office: SmallOffice, clock: AnyClock, *ticks: datetime) -> list[datetime]:
    """At which of these ticks a reminder came."""
    told = []
    for clock.shows in ticks:
        before = _reminders(office)
        obligations.remind(office.desk)
        told += [clock.shows] * (_reminders(office) - before)
    return told


def _reminders(office: SmallOffice) -> int:
    """Those to the owner, or to the duty officer."""
    whose = {office.ids[GUEST.name], office.ids[OWNER.name]}
    with office.reading() as tx:
        found = outbox.newest(tx, PostingKind.REMINDER, limit=100)
        return len([posting for posting in found if posting.person_id in whose])


@pytest.mark.parametrize("day", CHANGES, ids=str)
def test_reminders_come_once_each_as_the_office_opens(office: SmallOffice, day: date) -> None:
    """Over the clock changes of 2026 and 2027; the clock jumps an hour on, an hour back, and is set right again."""
    clock = owned_by_a_guest(office, day, CHANGES[day][0] - timedelta(days=3))
    for opening in CHANGES[day]:
        minutes = (-90, -1, 0, 60, -60, -1, 0, 1, 61, 180)
        ticks = (opening + timedelta(minutes=number) for number in minutes)
        assert reminded(office, clock, *ticks) == [opening]


def test_a_clock_that_runs_ahead_brings_a_reminder_once(office: SmallOffice) -> None:
    """An hour ahead it comes when that clock shows nine; set right again, it does not come a second time."""
    clock = owned_by_a_guest(office, SEPTEMBER, at_nine(2027, 2, 1))
    opening = at_nine(2027, 8, 3)
    ticks = [opening + timedelta(minutes=number) for number in (-61, 0, -30, -1, 0, 30, 1440)]
    assert reminded(office, clock, *ticks) == [opening]


def test_what_was_missed_at_night_waits_for_the_morning(office: SmallOffice) -> None:
    """After a downtime, late in the evening of the day: no duty officer is rung for a review."""
    with office.writing() as tx:
        settings.get(tx).duty_officer_id = office.ids[OWNER.name]
    clock = owned_by_a_guest(office, date(2026, 12, 1), NOW)
    evening, morning = datetime(2026, 12, 1, 22, tzinfo=UTC), datetime(2026, 12, 2, 9, tzinfo=UTC)
    assert reminded(office, clock, evening, morning) == [morning]


def test_a_put_off_review_keeps_its_cadence_and_a_changed_date_begins_a_new_one(office: SmallOffice) -> None:
    """Put off from March to May, the next one is in September; with a date of one's own it counts from there."""
    it = office.review(SIGNATORY)
    put_off = Answer("The chair is new.", day=date(2027, 5, 4))
    reviews.put_off(office.desk, SIGNATORY.caller, it, put_off, revision=1, once=office.once())
    shown = reviews_cards.look_at(office.desk, SIGNATORY.caller, it, Act.REVIEW_WITHOUT_CHANGE)
    assert shown.following.day == SEPTEMBER
    reviews.reviewed(office.desk, SIGNATORY.caller, it, Answer(day=SEPTEMBER), revision=2, once=office.once())
    after = review_of(office, it)
    assert (after.next_on, after.planned_on, after.counted_from, after.put_offs) == (
        SEPTEMBER,
        SEPTEMBER,
        date(2027, 3, 1),
        0,
    )
    own = date(2027, 9, 14)
    reviews.reviewed(office.desk, SIGNATORY.caller, it, Answer(day=own), revision=3, once=office.once())
    shown = reviews_cards.look_at(office.desk, SIGNATORY.caller, it, Act.REVIEW_WITHOUT_CHANGE)
    assert shown.following.day == date(2028, 3, 14)
    once = office.review(OUTSIDER, rule=None)
    reviews.record(office.desk, OFFICER.caller, once, Answer(), HEARD, revision=1, once=office.once())
    with office.reading() as tx:
        entries, total = records.history(tx, once, offset=0, limit=5)
    assert state_of(office, once) is ReviewState.ENDED
    assert total == 1
    assert entries[0].next_on is None


def test_lists_are_paged_and_whoever_does_not_look_over_all_sees_their_own(office: SmallOffice) -> None:
    """What is due first comes first; words narrow it, whatever their capitals; a history has pages, too."""
    ids = [office.review(SIGNATORY, next_on=SEPTEMBER - timedelta(days=number)) for number in range(20)]
    office.review(OWNER, title="Equality 100%_report", next_on=NOW.date() - ONE_DAY)
    pages = [reviews_cards.listed(office.desk, OFFICER.caller, offset=offset) for offset in (0, reviews_cards.PAGE)]
    assert [page.total for page in pages] == [21, 21]
    assert [line.review.id for page in pages for line in page.lines][1:] == ids[::-1]
    for which, words, total in (
        (Listed.OVERDUE, "", 1),
        (Listed.DUE, "", 1),
        (Listed.ALL, "REPORT equality", 1),
        (Listed.ALL, "100%_", 1),
        (Listed.ALL, "0_0", 0),
        (Listed.MINE, "", 0),
        (Listed.ENDED, "", 0),
    ):
        assert reviews_cards.listed(office.desk, LEAD.caller, which, words).total == total, (which, words)
    spokesperson = IN_ROLES[Role.SPOKESPERSON]
    own = office.review(spokesperson)
    shown = reviews_cards.listed(office.desk, spokesperson.caller)
    assert [line.review.id for line in shown.lines] == [own]
    assert not shown.sees_all
    for number in range(reviews_cards.HISTORY_PAGE + 2):
        until = Answer("Later.", day=date(2027, 3, 2) + timedelta(days=number))
        revision, once = number + 1, office.once()
        reviews.put_off(office.desk, spokesperson.caller, own, until, revision=revision, once=once)
    boards_own_and_no_more(office, own)
    newest = reviews_cards.one(office.desk, spokesperson.caller, own)
    oldest = reviews_cards.one(office.desk, spokesperson.caller, own, offset=reviews_cards.HISTORY_PAGE)
    assert (len(newest.history), newest.history_total, len(oldest.history)) == (10, 12, 2)
    assert newest.history[0].next_on == date(2027, 3, 13)


def boards_own_and_no_more(office: SmallOffice, put_off: int) -> None:
    """Chair, group chairs and board members list and read what is for the board or put off, and change nothing."""
    with office.writing() as tx:
        tx.session.get_one(Review, put_off).for_board = False
    hidden = office.review(SIGNATORY, for_board=False)
    for role in (Role.CHAIR, Role.GROUP_CHAIR, Role.BOARD_MEMBER):
        reader = IN_ROLES[role].caller
        assert reviews_cards.listed(office.desk, reader).total == 22
        assert reviews_cards.listed(office.desk, reader, Listed.MINE).total == 0
        [line] = reviews_cards.listed(office.desk, reader, Listed.PUT_OFF).lines
        assert line.review.id == put_off
        assert reviews_cards.one(office.desk, reader, put_off).acts == {Act.READ_REVIEW}
        with pytest.raises(NotPermitted):
            reviews_cards.one(office.desk, reader, hidden)
        with pytest.raises(NotPermitted):
            reviews.put_off(office.desk, reader, put_off, Answer("x"), revision=13, once=office.once())
