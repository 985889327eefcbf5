"""Who may do what: the one table, as the partnership's rules have it, and what belongs to no record in particular."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.core import obligations
from bot.core.errors import NotPermitted
from bot.core.ladder_plans import Moment, Plan
from bot.core.permissions import _WHO, MAY, Act, Relation, may, refusal
from bot.core.rungs import Tell
from bot.delivery import profile_of
from bot.desk import (
    bulletin_cards,
    bulletins,
    calendar,
    calendar_changes,
    capture,
    digests,
    enquiries,
    enquiry_lists,
    exports,
    finds,
    imports,
    leave,
    reminders,
    reviews,
    reviews_cards,
    settings,
    settings_digests,
    statement_cards,
    undeliverable,
)
from bot.desk.bulletins import Call, Item
from bot.desk.calendar_changes import Scope
from bot.desk.calendar_details import DateDetails
from bot.desk.digest_rules import DigestRules
from bot.desk.enquiry_details import EnquiryDetails
from bot.desk.exports import Format, Wanted, Which
from bot.desk.leave import Absence
from bot.desk.people import Profile, apply_profile
from bot.desk.reviews import Details, Usual
from bot.desk.reviews_rules import RULES as CADENCES
from bot.desk.reviews_rules import Cadence
from bot.desk.settings import Hours, KnownWords, Office, PersonDetails, StandInRules
from bot.desk.whom import Whom
from storage import people, workspaces
from storage.calendar import DateKind
from storage.database import Database
from storage.digests import Every
from storage.digests import Moment as DigestMoment
from storage.enquiries import CameBy
from storage.obligations import Duty
from storage.people import Role
from storage.reviews import ReviewKind
from storage.settings import BackgroundRule, ExecutivesRule, PassTo
from storage.signoffs import HeardBy
from storage.subjects import Subject, SubjectKind
from tests.unit.permission_table import by_the_rules
from tests.unit.small_office import (
    ADMINISTRATOR,
    GUEST,
    IN_ROLES,
    NOW,
    OURS,
    OWNER,
    SIGNATORY,
    STRANGERS,
    Attempt,
    SmallOffice,
    State,
    everybody_tries,
    opened,
)

DESK = Path(__file__).parents[2] / "bot" / "desk"
ALL_OF_THEM: tuple[Role | Relation, ...] = (*Role, *Relation)


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


def test_the_table_is_the_rules() -> None:
    """Role by act, and relation by act, over the whole table."""
    assert {str(act): set(whom) for act, whom in MAY.items()} == by_the_rules()
    assert set(MAY) == set(Act)


@pytest.mark.parametrize("act", Act)
def test_any_one_role_or_relation_is_enough_and_none_is_not(act: Act) -> None:
    """Each alone, and all but those that may: nothing adds up to a right that no part of it gives."""
    rules = by_the_rules()[act]
    assert {who for who in ALL_OF_THEM if may(act, frozenset({who}))} == rules
    assert not may(act, frozenset(ALL_OF_THEM) - rules)
    assert not may(act, frozenset())


@pytest.mark.parametrize("act", Act)
def test_a_refusal_says_who_may(act: Act) -> None:
    """Everyone who may is named, so that somebody knows whom to ask, and that nothing has changed."""
    sentence = refusal(act).sentence
    for who in MAY[act]:
        assert _WHO[who] in sentence
    assert "othing has changed" in sentence


def test_every_act_is_asked_for_where_it_is_done() -> None:
    """An act in the table that no function of the desk asks about would be a rule that nobody keeps."""
    asked = set()
    for file in DESK.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", None) in {"acting", "looking"}:
                asked |= {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    assert {act.name for act in Act} - asked <= {"SEE_HOME"}  # anybody may: whoever comes is met


DETAILS = EnquiryDetails(
    journalist="Rosa Achter",
    outlet="Evening Courier",
    email="rosa@courier.example",
    phone="",
    came_by=CameBy.EMAIL,
    received_at=None,
    deadline=NOW + timedelta(hours=6),
    question="Why are the buses late?",
)
OFFICE = Office(
    press_channel_id="C00000001",
    zone="Europe/London",
    nation="wales",
    duty_officer_id=None,
)
HOURS = Hours(frozenset({0, 1}), time(8), time(18), {1: (time(9), time(12))}, frozenset({date(2026, 12, 24)}))
PLAN = Plan({Moment.DUE: (Tell.OWNER,)})
SOMEBODY_NEW = PersonDetails(
    slack_user_id=None, name="Leonora", email="", roles=frozenset(), organisation_id=None, deputy_id=None
)
RULES_OF_SIGNING = StandInRules(
    deputies_sign_for_leads=False,
    deputies_sign_for_spokespeople=True,
    pass_to=PassTo.DEPUTY,
    spokespeople_can_be_overridden=False,
)
LATER = Absence(from_at=NOW + timedelta(days=1), back_at=NOW + timedelta(days=2), deputy_id=None)
ITEM = Item("A new clinic", "It opens on Monday.", "", None)
DIGEST = DigestRules(
    is_on=True, every=Every.WEEK, on_day=0, moment=DigestMoment.CLOCK, at=time(8, 30), parts=("due_today",)
)
REVIEW = Details(
    title="Risk log",
    kind=ReviewKind.RISK_LOG,
    link="",
    owner=Whom(name="Tomos Reed"),
    first=date(2027, 1, 29),
    rule=CADENCES[Cadence.THREE_MONTHS],
    for_board=False,
)
USUAL_REVIEW = Usual(ReviewKind.STRATEGY, GUEST.slack_id, date(2027, 1, 29))
WITHOUT_A_STATE: dict[str, tuple[Act, Attempt]] = {
    "log": (
        Act.LOG_ENQUIRY,
        lambda office, caller, _: enquiries.log_enquiry(office.desk, caller, DETAILS, once=office.once()),
    ),
    "log form": (Act.LOG_ENQUIRY, lambda office, caller, _: capture.from_words(office.desk, caller, "")),
    "list": (Act.SEE_ENQUIRIES, lambda office, caller, _: enquiry_lists.listed(office.desk, caller)),
    "find": (Act.SEE_ENQUIRIES, lambda office, caller, _: finds.find(office.desk, caller, "buses")),
    "import": (Act.IMPORT_ENQUIRIES, lambda office, caller, _: imports.sweep(office.desk, caller)),
    "export": (Act.EXPORT_ENQUIRIES, lambda office, caller, _: exports.export(office.desk, caller, Wanted())),
    "export form": (Act.EXPORT_ENQUIRIES, lambda office, caller, _: exports.offered(office.desk, caller)),
    "export in Slack": (
        Act.EXPORT_ENQUIRIES,
        lambda office, caller, _: exports.send(office.desk, caller, Which.ALL, Format.CSV, once=office.once()),
    ),
    "see one": (Act.SEE_ENQUIRIES, lambda office, caller, it: enquiry_lists.one(office.desk, caller, it)),
    "settings": (Act.CHANGE_SETTINGS, lambda office, caller, _: settings.look(office.desk, caller)),
    "office": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.change_office(office.desk, caller, OFFICE, once=office.once()),
    ),
    "hours": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.change_hours(office.desk, caller, HOURS, once=office.once()),
    ),
    "sign-off rules": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.change_signing(
            office.desk,
            caller,
            executives=ExecutivesRule.MUST_SIGN,
            background=BackgroundRule.LEAD,
            once=office.once(),
        ),
    ),
    "kept": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.change_kept(office.desk, caller, 6, once=office.once()),
    ),
    "known words": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.change_words(
            office.desk, caller, KnownWords(["north.example"], ["ICB"]), once=office.once()
        ),
    ),
    "reminders": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.change_reminders(office.desk, caller, Duty.SIGN, PLAN, once=office.once()),
    ),
    "reminders form": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.reminders_of(office.desk, caller, Duty.SIGN),
    ),
    "reminders preview": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.preview_reminders(office.desk, caller, Duty.SIGN, PLAN),
    ),
    "digests": (Act.CHANGE_SETTINGS, lambda office, caller, _: settings_digests.all_of_them(office.desk, caller)),
    "digest form": (Act.CHANGE_SETTINGS, lambda office, caller, _: settings_digests.one(office.desk, caller, 1)),
    "digest": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings_digests.change(office.desk, caller, 1, DIGEST, once=office.once()),
    ),
    "digests on offer": (Act.ASK_FOR_DIGESTS, lambda office, caller, _: digests.offered(office.desk, caller)),
    "bulletins": (Act.SEE_BULLETIN, lambda office, caller, _: bulletin_cards.listed(office.desk, caller)),
    "call form": (Act.CALL_FOR_ITEMS, lambda office, caller, _: bulletins.to_call(office.desk, caller)),
    "call for items": (
        Act.CALL_FOR_ITEMS,
        lambda office, caller, _: bulletins.call_for_items(
            office.desk,
            caller,
            Call(office.once(), NOW + timedelta(days=3), frozenset({Role.BOARD_MEMBER})),
            once=office.once(),
        ),
    ),
    "record an item": (
        Act.RECORD_ITEM,
        lambda office, caller, it: bulletins.record_item(
            office.desk,
            caller,
            it,
            office.ids[IN_ROLES[Role.BOARD_MEMBER].name],
            ITEM,
            how=HeardBy.EMAIL,
            once=office.once(),
        ),
    ),
    "take an item out": (
        Act.TAKE_ITEM_OUT,
        lambda office, caller, it: bulletins.take_item_out(office.desk, caller, office.bulletin_item(it)),
    ),
    "bulletin as a file": (
        Act.COLLECT_ITEMS,
        lambda office, caller, it: bulletins.send_file(office.desk, caller, it),
    ),
    "digest now": (Act.SEND_DIGEST_NOW, lambda office, caller, _: digests.send_now(office.desk, caller, 1)),
    "person": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.save_person(
            office.desk, caller, SOMEBODY_NEW, person_id=None, once=office.once()
        ),
    ),
    "topic": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.save_topic(
            office.desk, caller, topic_id=None, name=office.once(), lead_id=None, once=office.once()
        ),
    ),
    "organisation": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.save_organisation(office.desk, caller, office.once(), once=office.once()),
    ),
    "signing rules": (
        Act.CHANGE_SETTINGS,
        lambda office, caller, _: settings.change_stand_in_rules(
            office.desk, caller, RULES_OF_SIGNING, once=office.once()
        ),
    ),
    "own leave": (
        Act.SET_OWN_LEAVE,
        lambda office, caller, _: leave.set_own(office.desk, caller, LATER, once=office.once()),
    ),
    "own leave form": (Act.SET_OWN_LEAVE, lambda office, caller, _: leave.own_choices(office.desk, caller)),
    "leave": (
        Act.SET_LEAVE,
        lambda office, caller, _: leave.set_for(office.desk, caller, office.ids[GUEST.name], LATER, once=office.once()),
    ),
    "leave form": (Act.SET_LEAVE, lambda office, caller, _: leave.choices(office.desk, caller)),
    "who is away": (Act.SET_LEAVE, lambda office, caller, _: leave.all_of_them(office.desk, caller)),
    "read": (Act.READ_TEXT, lambda office, caller, it: statement_cards.read(office.desk, caller, it)),
    "reviews": (Act.LIST_REVIEWS, lambda office, caller, _: reviews_cards.listed(office.desk, caller)),
    "add review": (
        Act.ADD_REVIEW,
        lambda office, caller, _: reviews.add(
            office.desk, caller, replace(REVIEW, title=office.once()), once=office.once()
        ),
    ),
    "review form": (Act.ADD_REVIEW, lambda office, caller, _: reviews_cards.to_add(office.desk, caller)),
    "review dates": (Act.ADD_REVIEW, lambda office, caller, _: reviews.look_ahead(office.desk, caller, REVIEW, None)),
    "usual reviews": (
        Act.ADD_USUAL_REVIEWS,
        lambda office, caller, _: reviews.add_usual(office.desk, caller, [USUAL_REVIEW], once=office.once()),
    ),
    "usual reviews form": (Act.ADD_USUAL_REVIEWS, lambda office, caller, _: reviews_cards.usual(office.desk, caller)),
    "retry": (Act.RETRY_DELIVERY, lambda office, caller, _: undeliverable.retry(office.desk, caller, "C00000001")),
    "seen": (Act.MARK_SEEN, lambda office, caller, it: reminders.mark_seen(office.desk, caller, it)),
    "snooze": (Act.SNOOZE, lambda office, caller, it: reminders.snooze(office.desk, caller, it)),
}
DATE = DateDetails(DateKind.MILESTONE, "Annual report", "", NOW + timedelta(days=9), None)
WITHOUT_A_STATE |= {
    "calendar": (Act.SEE_CALENDAR, lambda office, caller, _: calendar.page(office.desk, caller)),
    "add a date": (
        Act.ADD_DATE,
        lambda office, caller, _: calendar.add(office.desk, caller, DATE, once=office.once()),
    ),
    "change a date": (
        Act.CHANGE_DATE,
        lambda office, caller, it: calendar_changes.change(
            office.desk, caller, it, DATE, seen=NOW, scope=Scope.ONE, once=office.once()
        ),
    ),
    "call a date off": (
        Act.CALL_OFF_DATE,
        lambda office, caller, it: calendar_changes.call_off(
            office.desk, caller, it, "Not needed", seen=NOW, scope=Scope.ONE, once=office.once()
        ),
    ),
}
EVERYBODY_ALONE = (*IN_ROLES.values(), OWNER, SIGNATORY, ADMINISTRATOR, GUEST)


@pytest.mark.parametrize("what", WITHOUT_A_STATE)
def test_everybody_tries_what_belongs_to_no_record(office: SmallOffice, what: str) -> None:
    """Each role alone, an administrator, a guest, strangers: done by the table; else refused, unchanged, on record."""
    act, attempt = WITHOUT_A_STATE[what]

    def an_obligation() -> int:
        enquiry_id = 1 if act is Act.LOG_ENQUIRY else office.enquiry()
        with office.desk.on_its_own(office.workspace_id) as work:
            subject = Subject(SubjectKind.ENQUIRY, enquiry_id)
            return obligations.owe(work, Duty.ANSWER, subject, owner=None, due_at=NOW + timedelta(hours=6)).id

    made: dict[Act, Callable[[], int]] = {
        Act.SEE_ENQUIRIES: office.enquiry,
        Act.READ_TEXT: office.statement,
        Act.CHANGE_DATE: office.meeting,
        Act.CALL_OFF_DATE: office.meeting,
        Act.RECORD_ITEM: office.bulletin,
        Act.TAKE_ITEM_OUT: office.bulletin,
        Act.COLLECT_ITEMS: office.bulletin,
    }
    fresh = made.get(act, an_obligation)
    relations = {OWNER: Relation.OWNER} if act is Act.READ_TEXT or what == "see one" else {}
    done = object()
    states = [State(fresh, done, relations)] * 3  # one for each sort of stranger
    tried = everybody_tries(office, act, attempt, states=states, becomes=lambda _: done, others=EVERYBODY_ALONE)
    assert tried == []


def test_an_administrator_of_another_team_is_none(office: SmallOffice) -> None:
    """Being named at the start counts for an account of the desk's own workspace, used from there."""
    named = frozenset(one.slack_id for one in (*STRANGERS, GUEST))
    desk = replace(office.desk, administrators=named)
    for who in STRANGERS:
        with pytest.raises(NotPermitted):
            settings.look(desk, who.caller)
    assert settings.look(desk, GUEST.caller).people


def test_in_a_grid_a_press_from_another_workspace_counts_once_slack_has_said_who_it_is(office: SmallOffice) -> None:
    """There Slack names any of somebody's workspaces with a press. What it said when asked about the person decides."""
    officer = IN_ROLES[Role.PRESS_OFFICER]
    elsewhere = replace(officer.caller, user_team_id="T00ELSEWHERE")

    def may_see() -> bool:
        try:
            enquiry_lists.listed(office.desk, elsewhere)
        except NotPermitted:
            return False
        return True

    def slack_says(*team_ids: str) -> None:
        profile = Profile(officer.name, team_ids, is_workspace_owner=False, is_guest=False, has_left=False)
        apply_profile(office.desk, office.workspace_id, office.ids[officer.name], profile)

    slack_says(OURS)
    assert not may_see(), "outside a Grid, an account of ours is used from here"
    with office.desk.database.across_workspaces() as view:
        workspaces.open_for(view, team_id=OURS, enterprise_id="E00000001", name="Northbrook Health Alliance")
    assert may_see()
    slack_says("T00ELSEWHERE", OURS)
    assert may_see(), "a member of several workspaces, ours among them"
    slack_says("T00ELSEWHERE")
    assert not may_see(), "a member of the Grid, and not of this workspace"
    slack_says()
    assert not may_see(), "what was known stays, where Slack says nothing"
    with office.writing() as tx:
        person = people.get(tx, office.ids[officer.name])
        assert person is not None
        person.slack_team_id, person.profile_read_at = OURS, None
    assert not may_see(), "Slack has not been asked yet"


@pytest.mark.parametrize(
    ("user", "team_ids"),
    [
        ({"team_id": OURS}, (OURS,)),
        ({"enterprise_user": {"teams": ["T00ELSEWHERE", OURS]}}, ("T00ELSEWHERE", OURS)),
        ({"team_id": OURS, "enterprise_user": {"teams": [OURS]}}, (OURS,)),
        ({"team_id": None, "enterprise_user": None}, ()),
        ({}, ()),
    ],
)
def test_whose_member_somebody_is(user: dict[str, object], team_ids: tuple[str, ...]) -> None:
    """As Slack says it of a member of one workspace, and of a Grid, where `team_id` may be missing."""
    assert profile_of(user).team_ids == team_ids


def test_without_anybody_named_the_workspace_s_owners_administer(office: SmallOffice) -> None:
    """Whoever owns the Slack workspace may do the first settings; once somebody is named, owning it is not enough."""
    with office.writing() as tx:
        owner = people.get(tx, office.ids[GUEST.name])
        assert owner is not None
        owner.is_workspace_owner = True
    assert settings.look(replace(office.desk, administrators=frozenset()), GUEST.caller).people
    with pytest.raises(NotPermitted):
        settings.look(office.desk, GUEST.caller)


def test_a_team_that_never_installed_the_desk_gets_nowhere(office: SmallOffice) -> None:
    """A request in another workspace's name is refused before anything is looked at."""
    before = office.everything()
    for who in EVERYBODY_ALONE:
        with pytest.raises(NotPermitted, match="not set up"):
            enquiry_lists.listed(office.desk, replace(who.caller, team_id="T00NOBODY"))
    assert office.everything() == before
