"""Briefings without Slack: what replaces what, who signs for the chair, and by whom a text is said to be agreed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.core.errors import BadInput, NotFromHere, NotPermitted
from bot.desk import (
    audiences,
    briefing_cards,
    briefing_posting,
    briefings,
    cascade_cards,
    leave,
    settings,
    signoffs,
    unblocking,
)
from bot.desk.audiences import Given
from bot.desk.briefing_cards import BriefingCard
from bot.desk.briefing_steps import standing_of, subject_of
from bot.desk.briefings import Details
from bot.desk.leave import Absence
from bot.desk.settings_changes import PersonDetails
from storage import audiences as audience_records
from storage import briefings as records
from storage import cascades, obligations
from storage.briefings import Briefing, BriefingStatus
from storage.cascades import CascadeState, NotAsked
from storage.database import Database
from storage.obligations import Duty
from storage.outbox import Posting, PostingKind
from storage.people import Role
from storage.signoffs import Signature
from tests.unit.small_office import ADMINISTRATOR, IN_ROLES, NOW, SmallOffice, Someone, opened

OFFICER, LEAD, CHAIR = IN_ROLES[Role.PRESS_OFFICER], IN_ROLES[Role.COMMS_LEAD], IN_ROLES[Role.CHAIR]
MEMBER = IN_ROLES[Role.BOARD_MEMBER]


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


def audience(office: SmallOffice, name: str = "All staff", channel: str = "C0STAFF") -> int:
    audiences.save(office.desk, LEAD.caller, None, Given(name, [channel], []), once=office.once())
    with office.reading() as tx:
        found = audience_records.named(tx, name)
    assert found is not None
    return found.id


def details(
    office: SmallOffice,
    meeting_id: int,
    audience_id: int,
    *,
    replaces: Briefing | None = None,
    last: str = "Three.",
    chair: str = CHAIR.name,
) -> Details:
    messages = ("One.", "Two.", last)
    chair_id, replaces_id = office.ids[chair], replaces.id if replaces else None
    return Details(meeting_id, messages, "", [audience_id], None, "", chair_id, replaces_id)


def write(office: SmallOffice, given: Details) -> Briefing:
    return briefings.start(office.desk, OFFICER.caller, given, once=office.once()).shown.briefing


def ask(office: SmallOffice, briefing: Briefing) -> None:
    briefings.ask_chair(office.desk, OFFICER.caller, briefing.id, draft=1, once=office.once())


def asked(office: SmallOffice, briefing: Briefing) -> tuple[Signature, ...]:
    with office.reading() as tx:
        return standing_of(tx, briefing.id).signatures


def now(office: SmallOffice, briefing: Briefing) -> Briefing:
    with office.reading() as tx:
        found = records.get(tx, briefing.id)
    assert found is not None
    return found


def give(office: SmallOffice, who: Someone, *roles: Role) -> None:
    """The administrator gives somebody these roles and no others."""
    given = PersonDetails(
        name=who.name,
        email="",
        roles=frozenset(roles),
        organisation_id=None,
        deputy_id=None,
        slack_user_id=who.slack_id,
    )
    settings.save_person(office.desk, ADMINISTRATOR.caller, given, person_id=office.ids[who.name], once=office.once())


def away(office: SmallOffice, deputy: Someone) -> None:
    """The chair is away from now on, and this person stands in."""
    absence = Absence(NOW, NOW + timedelta(days=3), office.ids[deputy.name])
    leave.set_for(office.desk, OFFICER.caller, office.ids[CHAIR.name], absence, once=office.once())
    office.desk.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]


def change(office: SmallOffice, briefing: Briefing, given: Details) -> None:
    briefings.change(office.desk, OFFICER.caller, briefing.id, given, based_on=1, once=office.once())


def shown(office: SmallOffice, briefing: Briefing) -> BriefingCard:
    with office.desk.on_its_own(office.workspace_id) as work:
        return briefing_cards.card(work, now(office, briefing))


def told(office: SmallOffice, who: Someone) -> list[str]:
    """What somebody was told in a message of their own."""
    return _sentences(office, Posting.kind == PostingKind.NOTICE, Posting.person_id == office.ids[who.name])


def history(office: SmallOffice) -> list[str]:
    return _sentences(office, Posting.kind == PostingKind.HISTORY)


def _sentences(office: SmallOffice, *which: sa.ColumnElement[bool]) -> list[str]:
    query = sa.select(Posting).where(*which)
    with office.reading() as tx:
        return [str(one.detail["sentence"]) for one in tx.session.scalars(query)]


def agreed(office: SmallOffice, briefing: Briefing) -> str:
    with office.reading() as tx:
        return cascade_cards.agreed(tx, briefing)


def holders(office: SmallOffice, briefing: Briefing) -> list[int | None]:
    """Who is reminded of the signature."""
    with office.reading() as tx:
        return [one.owner_id for one in obligations.open_on(tx, subject_of(briefing.id), duty=Duty.SIGN)]


def post(office: SmallOffice, given: Details) -> Briefing:
    briefing = write(office, given)
    ask(office, briefing)
    signoffs.approve(office.desk, CHAIR.caller, asked(office, briefing)[0].id)
    assert now(office, briefing).status is BriefingStatus.POSTED
    return now(office, briefing)


def test_what_replaces_a_draft_that_was_never_posted_replaces_what_that_was_to_replace(office: SmallOffice) -> None:
    staff, meeting = audience(office), office.meeting(NOW - timedelta(days=1))
    first = post(office, details(office, meeting, staff))
    second = write(office, details(office, meeting, staff, replaces=first, last="Four."))
    third = post(office, details(office, meeting, staff, replaces=second, last="Five."))
    assert (second.replaces_id, third.replaces_id) == (first.id, first.id)
    with office.desk.on_its_own(office.workspace_id) as work:
        assert "This replaces the key messages posted on Monday 23 November 2026." in cascade_cards.signed_text(
            work.tx, third
        )
        replaced_by = briefing_cards.card(work, first).replaced_by
        assert replaced_by is not None
        assert replaced_by.id == third.id
        assert {(one.state, one.ended_because) for one in cascades.of_briefing(work.tx, first.id)} == {
            (CascadeState.NO_LONGER_ASKED, NotAsked.REPLACED)
        }


def test_a_draft_in_place_of_a_draft_says_which_it_replaced(office: SmallOffice) -> None:
    staff, meeting = audience(office), office.meeting(NOW - timedelta(days=1))
    first = write(office, details(office, meeting, staff))
    second = write(office, details(office, meeting, staff, replaces=first, last="Four."))
    third = write(office, details(office, meeting, staff, replaces=second, last="Five."))
    assert (second.replaces_id, third.replaces_id) == (first.id, second.id)


def test_the_name_of_an_audience_that_was_taken_away_is_not_given_to_another(office: SmallOffice) -> None:
    staff, old = audience(office), audience(office, "Old staff", "C0000OLD")
    audiences.remove(office.desk, LEAD.caller, old, once=office.once())
    with pytest.raises(BadInput, match="was taken away, and its briefings keep the name") as refused:
        audiences.save(office.desk, LEAD.caller, staff, Given("Old staff", ["C0STAFF"], []), once=office.once())
    assert refused.value.field == "name"
    assert audience(office, "Old staff", "C0000NEW") == old


def test_only_who_is_chair_too_signs_for_the_chair(office: SmallOffice) -> None:
    staff, meeting = audience(office), office.meeting(NOW - timedelta(days=1))
    briefing = write(office, details(office, meeting, staff))
    away(office, MEMBER)
    ask(office, briefing)
    (signature,) = asked(office, briefing)
    assert signature.stand_in_id is None
    assert holders(office, briefing) == [office.ids[MEMBER.name]]
    with pytest.raises(NotPermitted):
        signoffs.approve(office.desk, MEMBER.caller, signature.id)
    with pytest.raises(BadInput):
        unblocking.pass_on(office.desk, CHAIR.caller, signature.id, office.ids[MEMBER.name], "", once=office.once())
    give(office, MEMBER, Role.BOARD_MEMBER, Role.CHAIR)
    (signature,) = asked(office, briefing)
    assert signature.stand_in_id == office.ids[MEMBER.name]
    give(office, MEMBER, Role.BOARD_MEMBER)
    with pytest.raises(NotPermitted):
        signoffs.approve(office.desk, MEMBER.caller, signature.id)
    give(office, MEMBER, Role.CHAIR)
    signoffs.approve(office.desk, MEMBER.caller, signature.id)
    assert now(office, briefing).status is BriefingStatus.POSTED


def test_who_is_no_longer_chair_is_not_asked(office: SmallOffice) -> None:
    staff, meeting = audience(office), office.meeting(NOW - timedelta(days=1))
    given = details(office, meeting, staff)
    briefing = write(office, given)
    give(office, CHAIR, Role.PRESS_OFFICER)
    with pytest.raises(NotFromHere, match="is no longer chair of the board"):
        ask(office, briefing)
    assert shown(office, briefing).needs_chair
    with pytest.raises(BadInput, match="Choose the chair who signs it") as refused:
        change(office, briefing, given)
    assert refused.value.field == "chair"
    give(office, MEMBER, Role.CHAIR)
    change(office, briefing, replace(given, chair_id=office.ids[MEMBER.name]))
    ask(office, briefing)
    assert [one.person_id for one in asked(office, briefing)] == [office.ids[MEMBER.name]]


def test_who_is_no_longer_chair_does_not_sign(office: SmallOffice) -> None:
    staff, meeting = audience(office), office.meeting(NOW - timedelta(days=1))
    given = details(office, meeting, staff)
    briefing = write(office, given)
    ask(office, briefing)
    (was,) = asked(office, briefing)
    signoffs.ask_for_changes(office.desk, CHAIR.caller, was.id, "Which?", once=office.once())
    give(office, CHAIR, Role.PRESS_OFFICER)
    assert shown(office, briefing).needs_chair
    assert any("Press Change text on its card to choose who does." in one for one in told(office, OFFICER))
    with pytest.raises(NotPermitted):
        signoffs.approve(office.desk, CHAIR.caller, was.id)
    signoffs.keep_wording(office.desk, OFFICER.caller, was.id, "It says.", once=office.once())
    assert holders(office, briefing) == []
    give(office, MEMBER, Role.CHAIR)
    change(office, briefing, replace(given, chair_id=office.ids[MEMBER.name]))
    assert not shown(office, briefing).needs_chair
    assert holders(office, briefing) == [office.ids[MEMBER.name]]
    new = next(one for one in asked(office, briefing) if one.must_sign)
    signoffs.approve(office.desk, MEMBER.caller, new.id)
    assert now(office, briefing).status is BriefingStatus.POSTED
    assert now(office, briefing).chair.name == MEMBER.name


def test_what_was_passed_to_who_is_no_longer_chair_goes_back(office: SmallOffice) -> None:
    staff, meeting = audience(office), office.meeting(NOW - timedelta(days=1))
    briefing = write(office, details(office, meeting, staff))
    give(office, MEMBER, Role.CHAIR)
    ask(office, briefing)
    (first,) = asked(office, briefing)
    to_id = office.ids[MEMBER.name]
    unblocking.pass_on(office.desk, CHAIR.caller, first.id, to_id, "", once=office.once())
    give(office, MEMBER, Role.BOARD_MEMBER)
    assert holders(office, briefing) == [office.ids[CHAIR.name]]
    assert not shown(office, briefing).needs_chair
    unblocking.to_pass(office.desk, CHAIR.caller, first.id)
    signoffs.approve(office.desk, CHAIR.caller, first.id)
    assert now(office, briefing).status is BriefingStatus.POSTED


def test_neither_is_chair_any_more_so_another_is_chosen(office: SmallOffice) -> None:
    staff, meeting = audience(office), office.meeting(NOW - timedelta(days=1))
    given = details(office, meeting, staff)
    briefing = write(office, given)
    give(office, MEMBER, Role.CHAIR)
    ask(office, briefing)
    to_id = office.ids[MEMBER.name]
    unblocking.pass_on(office.desk, CHAIR.caller, asked(office, briefing)[0].id, to_id, "", once=office.once())
    give(office, CHAIR)
    assert not shown(office, briefing).needs_chair
    give(office, MEMBER)
    assert shown(office, briefing).needs_chair
    give(office, CHAIR, Role.CHAIR)
    change(office, briefing, replace(given, messages=("One.", "Two.", "Other.")))
    assert holders(office, briefing) == [office.ids[CHAIR.name]]


def test_what_the_chair_signed_stands_but_other_words_are_signed_by_who_is_chair(office: SmallOffice) -> None:
    staff, meeting = audience(office), office.meeting(NOW - timedelta(days=1))
    given = replace(details(office, meeting, staff), at=NOW + timedelta(days=1))
    briefing = write(office, given)
    ask(office, briefing)
    signoffs.approve(office.desk, CHAIR.caller, asked(office, briefing)[0].id)
    give(office, CHAIR)
    give(office, MEMBER, Role.CHAIR)
    change(office, briefing, replace(given, lines_to_take="Ask Esther."))
    assert shown(office, briefing).standing.is_signed
    change(office, briefing, replace(given, messages=("One.", "Two.", "Other."), chair_id=office.ids[MEMBER.name]))
    assert [one.person_id for one in asked(office, briefing) if one.must_sign] == [office.ids[MEMBER.name]]


def test_the_words_say_who_signed_and_for_whom(office: SmallOffice) -> None:
    staff, meeting = audience(office), office.meeting(NOW - timedelta(days=1))
    first = post(office, details(office, meeting, staff))
    assert agreed(office, first) == "Agreed by the chair."
    with office.desk.on_its_own(office.workspace_id) as work:
        email = cascade_cards.email_text(work, first, NOW)
    assert ". Agreed by the chair. Please pass them on to your people, in these words." in email

    give(office, MEMBER, Role.CHAIR)
    second = write(office, details(office, meeting, staff, replaces=first, last="Four."))
    ask(office, second)
    lead = LEAD.caller
    signature_id = asked(office, second)[0].id
    unblocking.override(office.desk, lead, signature_id, "Nobody can reach them.", once=office.once())
    assert now(office, second).status is BriefingStatus.POSTED
    assert agreed(office, second) == "Issued without the signature of the chair."

    third = write(office, details(office, meeting, staff, replaces=second, last="Five."))
    away(office, MEMBER)
    ask(office, third)
    signoffs.approve(office.desk, MEMBER.caller, asked(office, third)[0].id)
    assert agreed(office, third) == "Agreed by the board_member for the chair."


def test_the_chair_hears_for_whom_it_is_where_that_changes_after_the_signature(office: SmallOffice) -> None:
    staff, gps = audience(office), audience(office, "GPs", "C00000GP")
    meeting = office.meeting(NOW - timedelta(days=1))
    given = replace(details(office, meeting, staff), at=NOW + timedelta(days=1))
    briefing = write(office, given)
    ask(office, briefing)
    change(office, briefing, replace(given, audience_ids=[gps]))
    assert told(office, CHAIR) == []
    signoffs.approve(office.desk, CHAIR.caller, asked(office, briefing)[0].id)
    change(office, briefing, replace(given, audience_ids=[staff, gps]))
    (sentence,) = told(office, CHAIR)
    assert sentence.startswith(
        "the press_officer changed for whom BRF-1 is, which you signed. It is now for: All staff, GPs."
    )
    assert "the press_officer changed for whom BRF-1 is, after the chair signed it: All staff, GPs." in history(office)
    assert shown(office, briefing).standing.is_signed


def test_what_the_owner_was_asked_is_settled_when_it_is_withdrawn(office: SmallOffice) -> None:
    """Signed after its hour, asked when, and withdrawn instead: the question says so."""
    given = replace(details(office, office.meeting(), audience(office)), at=NOW + timedelta(hours=1))
    briefing = write(office, given)
    ask(office, briefing)
    office.desk.clock.advance(timedelta(hours=2))  # type: ignore[attr-defined]
    signoffs.approve(office.desk, CHAIR.caller, asked(office, briefing)[0].id)
    detail = {"asks": briefing_posting.WHEN, "times": {"hour": (NOW + timedelta(hours=1)).isoformat()}}
    with office.desk.on_its_own(office.workspace_id) as work:
        assert briefing_posting.settled(work, briefing.id, detail) is None
    briefings.withdraw(office.desk, OFFICER.caller, briefing.id, "Not wanted.", once=office.once())
    with office.desk.on_its_own(office.workspace_id) as work:
        became = briefing_posting.settled(work, briefing.id, detail)
    assert became == (f"{briefing.reference} was withdrawn. Nothing more is needed.", {})
