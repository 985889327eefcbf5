"""Buttons follow from the tables: what is shown on a record is what its state allows, no more and no less."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from slack_sdk.models.views import View

from bot.core import obligations
from bot.core.permissions import Act
from bot.core.signature_states import TRANSITIONS as OF_SIGNATURES
from bot.core.workspaces import Work
from bot.desk import enquiry_cards, referral_cards, reminders, signoffs, statement_cards
from bot.desk.enquiry_cards import FOLLOWING, SENSITIVITY, Stage
from bot.desk.enquiry_cards import TRANSITIONS as OF_ENQUIRIES
from bot.desk.referral_cards import BY_THEM, ReferralCard
from bot.desk.referral_steps import TRANSITIONS as OF_REFERRALS
from bot.desk.reminders import Reminder
from bot.desk.statement_cards import FROM_AN_ENQUIRY
from bot.desk.statement_cards import TRANSITIONS as OF_STATEMENTS
from bot.sandbox.elements import interactive
from handlers import ids
from handlers.views import enquiry_cards as enquiry_views
from handlers.views import referrals as referral_views
from handlers.views import reminders as reminder_views
from handlers.views import signoffs as signoff_views
from handlers.views import statements as statement_views
from handlers.views.words import Drawn
from storage import enquiries, follow_ups, people, referrals
from storage import obligations as obligation_records
from storage import signoffs as signoff_records
from storage import statements as statement_records
from storage.database import Database
from storage.enquiries import EnquiryStatus
from storage.obligations import Duty
from storage.people import Person
from storage.referrals import ReferralStatus
from storage.signoffs import SignatureState
from storage.statements import StatementStatus
from storage.subjects import Subject, SubjectKind
from tests.unit.small_office import ASKED, COPIED, NOW, OUTSIDER, OWNER, SIGNATORY, SmallOffice, Someone, opened

ACT_OF: dict[str, Act] = {
    ids.TAKE: Act.TAKE_ENQUIRY,
    ids.GIVE: Act.GIVE_ENQUIRY,
    ids.DEADLINE: Act.CHANGE_DEADLINE,
    ids.ASK_FOR_MORE_TIME: Act.ASK_FOR_MORE_TIME,
    ids.MORE_TIME_AGREED: Act.AGREE_MORE_TIME,
    ids.TOPIC: Act.CHANGE_TOPIC,
    ids.REFER: Act.REFER_ENQUIRY,
    ids.TELL_PARTNERS: Act.TELL_PARTNERS,
    ids.RECORD_PARTNER_REPLY: Act.RECORD_PARTNER_REPLY,
    ids.WITHDRAW_REFERRAL: Act.WITHDRAW_REFERRAL,
    ids.WE_HAVE_IT: Act.ACCEPT_REFERRAL,
    ids.NOT_OURS: Act.REFUSE_REFERRAL,
    ids.REFERRAL_DONE: Act.ANSWER_REFERRAL,
    ids.READ_REFERRAL: Act.READ_REFERRAL,
    ids.MARK_SENSITIVE: Act.MARK_SENSITIVE,
    ids.SHOW_TO_ALL: Act.SHOW_TO_ALL,
    ids.LET_IN: Act.LET_IN,
    ids.CORRECT: Act.CORRECT_DETAILS,
    ids.EMAIL_CAME: Act.RECORD_EMAIL,
    ids.NOTE: Act.ADD_NOTE,
    ids.CLOSE: Act.CLOSE_ENQUIRY,
    ids.REOPEN: Act.REOPEN_ENQUIRY,
    ids.START_STATEMENT: Act.START_STATEMENT,
    ids.WRITE_DRAFT: Act.WRITE_DRAFT,
    ids.REQUEST_SIGNOFF: Act.REQUEST_SIGNOFF,
    ids.RECORD_ISSUE: Act.RECORD_ISSUE,
    ids.WITHDRAW: Act.WITHDRAW_STATEMENT,
    ids.ANSWER_WITH: Act.ANSWER_WITH,
    ids.UNTIE: Act.UNTIE_STATEMENT,
    ids.LINK_FOLLOW_UP: Act.LINK_FOLLOW_UP,
    ids.UNLINK_FOLLOW_UP: Act.UNLINK_FOLLOW_UP,
    ids.CORRECT_STATEMENT: Act.CORRECT_STATEMENT,
    ids.READ_ALL: Act.READ_TEXT,
    ids.BRIEF_MEETING: Act.START_BRIEFING,
    ids.POST_NOW: Act.POST_BRIEFING,
    ids.POSTING_TIME: Act.CHANGE_POSTING_TIME,
    ids.APPROVE: Act.APPROVE,
    ids.ASK_FOR_CHANGES: Act.ASK_FOR_CHANGES,
    ids.SUGGEST_WORDING: Act.SUGGEST_WORDING,
    ids.KEEP_WORDING: Act.KEEP_WORDING,
    ids.RECORD_REPLY: Act.RECORD_REPLY,
    ids.RECORD_A_REPLY: Act.RECORD_REPLY,
    ids.OVERRIDE: Act.OVERRIDE_SIGNATURE,
    ids.PASS_ON: Act.PASS_ON,
    ids.DISPUTE: Act.DISPUTE,
    ids.ADOPT_WORDING: Act.WRITE_DRAFT,
    ids.READ_AND_SIGN: Act.APPROVE,
    ids.SHOW: Act.SEE_ENQUIRIES,
    ids.ASK_FOR_FACTS: Act.ASK_FOR_FACTS,
    ids.ASK_THEM: Act.ASK_FOR_FACTS,
    ids.ANSWER_FACTS: Act.ANSWER_FACTS,
    ids.CANNOT_SAY: Act.CANNOT_SAY,
    ids.ASK_INSTEAD: Act.ASK_INSTEAD,
    ids.RECORD_FACTS: Act.RECORD_FACTS,
    ids.WITHDRAW_FACTS: Act.WITHDRAW_FACTS,
    ids.USE_FACTS: Act.USE_FACTS,
    ids.READ_FACTS: Act.USE_FACTS,
    ids.SHOW_REPORT: Act.READ_REPORT,
    ids.ROW_DONE: Act.COMPLETE_ROW,
    ids.ROW_NOT_APPLICABLE: Act.COMPLETE_ROW,
    ids.ROW_NOT_MINE: Act.REFUSE_ROW,
    ids.RECORD_ROW: Act.RECORD_ROW,
    ids.PASSED_ON: Act.PASS_MESSAGES_ON,
    ids.CANNOT_PASS_ON: Act.CANNOT_PASS_ON,
    ids.READ_MESSAGES: Act.READ_MESSAGES,
    ids.RECORD_PASSED_ON: Act.RECORD_PASSED_ON,
    ids.ADD_ITEM: Act.ADD_ITEM,
    ids.NOTHING_TO_ADD: Act.NOTHING_TO_ADD,
    ids.RECORD_ITEM: Act.RECORD_ITEM,
    ids.PUBLISH_PAPER: Act.PUBLISH_PAPER,
    ids.RULE_CONFIDENTIAL: Act.RULE_PAPER,
    ids.RULE_PUBLISHED: Act.RULE_PAPER,
    ids.SEEN: Act.MARK_SEEN,
    ids.SNOOZE: Act.SNOOZE,
    ids.SHOW_REVIEW: Act.READ_REVIEW,
    ids.NO_CHANGE_REVIEW: Act.REVIEW_WITHOUT_CHANGE,
    ids.CHANGED_REVIEW: Act.REVIEW_WITH_CHANGE,
    ids.PUT_OFF_REVIEW: Act.PUT_OFF_REVIEW,
    ids.RECORD_REVIEW: Act.RECORD_REVIEW,
    ids.HAND_OVER_REVIEW: Act.HAND_OVER_REVIEW,
    ids.REPLAN_REVIEW: Act.REPLAN_REVIEW,
    ids.END_REVIEW: Act.END_REVIEW,
}
ONLY_LOOKS = {ids.MORE, ids.SHOW_EVIDENCE}
A_SECOND_WAY = {ids.HOLDING_LINE}
"""A holding line is started by the same act as any statement."""
ON_SENSITIVITY = {act for _, act in SENSITIVITY}
ON_STATEMENTS = {act for _, act in OF_STATEMENTS}
BY_SIGNATORY = frozenset({Act.APPROVE, Act.ASK_FOR_CHANGES, Act.SUGGEST_WORDING, Act.PASS_ON, Act.DISPUTE})


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


def acts_offered(shown: Drawn | View) -> list[Act]:
    """What can be pressed in a message or on a page, as acts. What only opens a page is none."""
    blocks = shown.blocks_as_data() if isinstance(shown, Drawn) else shown.to_dict()["blocks"]
    no_acts = ONLY_LOOKS | A_SECOND_WAY
    return [ACT_OF[placed.action_id] for placed in interactive(blocks) if placed.action_id not in no_acts]


def card_of(office: SmallOffice, enquiry_id: int) -> tuple[Stage, list[Act]]:
    with office.desk.on_its_own(office.workspace_id, read_only=True) as work:
        enquiry = enquiries.get(work.tx, enquiry_id)
        assert enquiry is not None
        shown = enquiry_cards.card(work, enquiry)
    drawn, page = enquiry_views.card(shown), enquiry_views.more_page(shown)
    seldom = acts_offered(page)
    assert any(placed.action_id == ids.MORE for placed in interactive(drawn.blocks_as_data())) == bool(seldom)
    return shown.line.stage, [*acts_offered(drawn), *seldom]


@pytest.mark.parametrize("owned", [True, False])
@pytest.mark.parametrize("status", EnquiryStatus)
def test_an_enquiry_s_card_offers_what_its_state_allows(
    office: SmallOffice, status: EnquiryStatus, *, owned: bool
) -> None:
    """Each act of the table once; what somebody has cannot be taken."""
    _, offered = card_of(office, office.enquiry(status, owned=owned))
    allowed = {act for (from_, act) in OF_ENQUIRIES if from_ is status} | whatever_its_status(is_sensitive=False)
    if owned:
        allowed -= {Act.TAKE_ENQUIRY}
    assert sorted(offered) == sorted(allowed)


def whatever_its_status(*, is_sensitive: bool, follows: bool = False) -> set[Act]:
    return of_sensitivity(is_sensitive=is_sensitive) | {act for (from_, act) in FOLLOWING if from_ is follows}


def of_sensitivity(*, is_sensitive: bool) -> set[Act]:
    return {act for (from_, act) in SENSITIVITY if from_ is is_sensitive}


def test_one_that_follows_another_can_be_parted_from_it(office: SmallOffice) -> None:
    """And is not linked a second time."""
    first, second = office.enquiry(), office.enquiry()
    with office.writing() as tx:
        by = people.get(tx, office.ids[OWNER.name])
        assert by is not None
        follow_ups.link(tx, second, first, by=by, at=NOW)
    _, offered = card_of(office, second)
    assert set(offered) & {act for _, act in FOLLOWING} == {Act.UNLINK_FOLLOW_UP}


def test_a_sensitive_enquiry_s_card_offers_to_let_people_in_and_to_show_it_to_all(office: SmallOffice) -> None:
    """And not to mark it a second time."""
    _, offered = card_of(office, office.enquiry(is_sensitive=True))
    assert {Act.LET_IN, Act.SHOW_TO_ALL} == of_sensitivity(is_sensitive=True) == set(offered) & set(ON_SENSITIVITY)


def referral_as_seen(office: SmallOffice, referral_id: int, reader: Someone) -> ReferralCard:
    with office.desk.on_its_own(office.workspace_id, read_only=True) as work:
        referral, person = referrals.get(work.tx, referral_id), people.get(work.tx, office.ids[reader.name])
        assert referral is not None
        assert person is not None
        return referral_cards.show(work, referral, person)


@pytest.mark.parametrize("status", ReferralStatus)
def test_a_referral_offers_each_side_what_its_state_allows(office: SmallOffice, status: ReferralStatus) -> None:
    """The lead may say yes, no and what was answered; its owner may write that down, or take it back; no more."""
    referral_id = office.referral(status)
    allowed = {act for (from_, act) in OF_REFERRALS if from_ is status}
    by_us = allowed - BY_THEM | ({Act.RECORD_PARTNER_REPLY} if allowed else set())
    for reader, theirs in ((ASKED, allowed & BY_THEM), (OWNER, by_us)):
        shown = referral_as_seen(office, referral_id, reader)
        for drawn in (referral_views.message(shown), referral_views.page(shown)):
            assert sorted(acts_offered(drawn)) == sorted(theirs)
    _, offered = card_of(office, referral_as_seen(office, referral_id, OWNER).enquiry.id)
    assert (Act.REFER_ENQUIRY in offered) is not bool(allowed)
    for act in (Act.RECORD_PARTNER_REPLY, Act.WITHDRAW_REFERRAL):
        assert (act in offered) is bool(allowed)


STAGES: list[tuple[StatementStatus, SignatureState | None, Stage, set[Act]]] = [
    (StatementStatus.DRAFT, None, Stage.DRAFTING, {Act.WRITE_DRAFT, Act.REQUEST_SIGNOFF}),
    (StatementStatus.IN_SIGNOFF, SignatureState.ASKED, Stage.SIGNING, {Act.WRITE_DRAFT}),
    (StatementStatus.IN_SIGNOFF, SignatureState.CHANGES_ASKED, Stage.AMENDMENT, {Act.WRITE_DRAFT}),
    (StatementStatus.IN_SIGNOFF, SignatureState.APPROVED, Stage.READY, {Act.WRITE_DRAFT, Act.RECORD_ISSUE}),
    (StatementStatus.ISSUED, SignatureState.APPROVED, Stage.ANSWERED, set()),
    (StatementStatus.WITHDRAWN, SignatureState.ASKED, Stage.OWNED, set()),
]


@pytest.mark.parametrize(("status", "state", "stage", "next_acts"), STAGES)
def test_an_enquiry_s_card_offers_the_next_act_on_its_statement(
    office: SmallOffice, status: StatementStatus, state: SignatureState | None, stage: Stage, next_acts: set[Act]
) -> None:
    """What the statement's own state allows of drafting, asking and issuing, beside the enquiry's own acts."""
    enquiry_id = office.enquiry()
    office.statement(status, state, enquiry_id=enquiry_id)
    found, offered = card_of(office, enquiry_id)
    own = {act for (from_, act) in OF_ENQUIRIES if from_ is EnquiryStatus.OPEN} - {Act.TAKE_ENQUIRY}
    own |= whatever_its_status(is_sensitive=False)
    assert found is stage
    assert sorted(offered) == sorted(own | next_acts)
    assert next_acts <= {act for (from_, act) in OF_STATEMENTS if from_ is status}


@pytest.mark.parametrize(("status", "state", "stage", "next_acts"), STAGES)
def test_a_statement_s_card_offers_what_its_state_allows(
    office: SmallOffice, status: StatementStatus, state: SignatureState | None, stage: Stage, next_acts: set[Act]
) -> None:
    """Each act of the table once; issuing only when everyone has signed. Untied is what answers several."""
    statement_id = office.statement(status, state)
    with office.reading() as tx:
        statement = statement_records.get(tx, statement_id)
        assert statement is not None
        offered = acts_offered(statement_views.card(statement_cards.card(tx, statement)))
    allowed = {act for (from_, act) in OF_STATEMENTS if from_ is status} - FROM_AN_ENQUIRY - {Act.UNTIE_STATEMENT}
    if state is not SignatureState.APPROVED:
        allowed -= {Act.RECORD_ISSUE}
    if (status, state) == (StatementStatus.IN_SIGNOFF, SignatureState.ASKED):
        allowed |= {Act.RECORD_REPLY, Act.OVERRIDE_SIGNATURE}
    assert sorted(offered) == sorted(allowed)


def offered_to(office: SmallOffice, reader: Someone, whose: Someone, *states: object) -> list[Act]:
    """What a request to sign offers to somebody: whose signature it is, in which state; of which status."""
    statement_id = office.statement(*states)  # type: ignore[arg-type]
    signature_id = office.signature(statement_id, whose)
    with office.desk.on_its_own(office.workspace_id, read_only=True) as work:
        signature = signoff_records.signature(work.tx, signature_id)
        person = people.get(work.tx, office.ids[reader.name])
        assert signature is not None
        assert person is not None
        return acts_offered(signoff_views.request(signoffs.show(work, signature, person)))


@pytest.mark.parametrize("state", SignatureState)
def test_a_request_offers_the_signatory_what_the_state_allows(office: SmallOffice, state: SignatureState) -> None:
    """A signatory may approve, ask and suggest as the table has it; somebody copied the same without approving."""
    allowed = {act for (from_, act) in OF_SIGNATURES if from_ is state} & BY_SIGNATORY
    in_signoff = StatementStatus.IN_SIGNOFF
    assert sorted(offered_to(office, SIGNATORY, SIGNATORY, in_signoff, state)) == sorted(allowed)
    copied = allowed - {Act.APPROVE, Act.PASS_ON, Act.DISPUTE}
    assert sorted(offered_to(office, COPIED, COPIED, in_signoff, state)) == sorted(copied)
    disputable = [Act.DISPUTE] if state is SignatureState.APPROVED else []
    assert offered_to(office, SIGNATORY, SIGNATORY, StatementStatus.ISSUED, state) == disputable
    assert offered_to(office, SIGNATORY, SIGNATORY, StatementStatus.WITHDRAWN, state) == []


@pytest.mark.parametrize("state", SignatureState)
def test_a_request_offers_the_owner_what_the_state_allows(office: SmallOffice, state: SignatureState) -> None:
    """Recording a reply of somebody who is not in Slack; answering an amendment, whoever asked for it."""
    in_signoff = StatementStatus.IN_SIGNOFF
    waits = (state, Act.APPROVE) in OF_SIGNATURES
    answers = {Act.KEEP_WORDING, Act.WRITE_DRAFT} if (state, Act.KEEP_WORDING) in OF_SIGNATURES else set()
    assert sorted(offered_to(office, OWNER, OUTSIDER, in_signoff, state)) == sorted(
        answers | ({Act.RECORD_REPLY} if waits else set())
    )
    assert sorted(offered_to(office, OWNER, SIGNATORY, in_signoff, state)) == sorted(answers)


DUTIES: dict[Duty, set[Act]] = {
    Duty.OWN: {Act.TAKE_ENQUIRY},
    Duty.ANSWER: {Act.SEE_ENQUIRIES},
    Duty.AWAITING_EMAIL: {Act.RECORD_EMAIL},
    Duty.SIGN: {Act.APPROVE},
    Duty.ISSUE: {Act.RECORD_ISSUE},
    Duty.CORRECT: {Act.READ_TEXT},
    Duty.FACTS: {Act.ANSWER_FACTS, Act.CANNOT_SAY, Act.ASK_INSTEAD},
    Duty.CASCADE: {Act.PASS_MESSAGES_ON, Act.CANNOT_PASS_ON, Act.READ_MESSAGES},
    Duty.ACCEPT_REFERRAL: {Act.READ_REFERRAL},
    Duty.REFERRAL_OUTCOME: {Act.READ_REFERRAL},
    Duty.CONTRIBUTE: {Act.ADD_ITEM, Act.NOTHING_TO_ADD},
    Duty.CHECK: {Act.COMPLETE_ROW, Act.REFUSE_ROW},
    Duty.SUBMIT: {Act.READ_REPORT},
    Duty.POST: {Act.POST_BRIEFING, Act.CHANGE_POSTING_TIME},
    Duty.BRIEF: {Act.START_BRIEFING},
    Duty.REVIEW: {Act.REVIEW_WITHOUT_CHANGE, Act.REVIEW_WITH_CHANGE, Act.PUT_OFF_REVIEW, Act.READ_REVIEW},
    Duty.PUBLISH: {Act.PUBLISH_PAPER},
    Duty.RULE: {Act.RULE_PAPER},
}


@pytest.mark.parametrize("duty", Duty)
def test_a_reminder_offers_what_is_owed_and_to_be_left_alone(office: SmallOffice, duty: Duty) -> None:
    """What is owed can be done from the reminder; Snooze ends with the due time; nothing can be pressed once done."""
    statement_id = office.statement()
    on_statement = duty in {Duty.SIGN, Duty.ISSUE}
    subject = Subject(
        SubjectKind.STATEMENT if on_statement else SubjectKind.ENQUIRY,
        statement_id if on_statement else office.enquiry(),
    )
    if duty is Duty.FACTS:
        subject = Subject(SubjectKind.FACTS, office.fact_request(asked=SIGNATORY))
    if duty is Duty.CASCADE:
        subject = Subject(SubjectKind.CASCADE, office.cascade(asked=SIGNATORY))
    if duty is Duty.REVIEW:
        subject = Subject(SubjectKind.REVIEW, office.review(SIGNATORY))
    with office.desk.on_its_own(office.workspace_id) as work:
        reader = people.get(work.tx, office.ids[SIGNATORY.name])
        owner = None if duty is Duty.OWN else reader
        in_time = obligations.owe(work, duty, subject, owner=owner, due_at=NOW + timedelta(hours=1))
        late = obligations.owe(work, duty, subject, owner=owner, due_at=NOW)
    with office.desk.on_its_own(office.workspace_id) as work:
        assert _offered(work, in_time.id, reader) == {Act.MARK_SEEN, Act.SNOOZE} | DUTIES[duty]
        assert _offered(work, late.id, reader) == {Act.MARK_SEEN} | DUTIES[duty]
        obligations.done(work, subject, duty)
    with office.desk.on_its_own(office.workspace_id, read_only=True) as work:
        assert _offered(work, in_time.id, reader) == set()


def _offered(work: Work, obligation_id: int, reader: Person | None) -> set[Act]:
    obligation = obligation_records.get(work.tx, obligation_id)
    assert obligation is not None
    shown = Reminder(reader, (reminders.line(work, obligation, reader),))
    return set(acts_offered(reminder_views.reminder(shown)))
