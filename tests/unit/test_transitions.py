"""States: who may do what to a record in each of them, and that its buttons offer just that."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from functools import partial
from itertools import product

import pytest
import sqlalchemy as sa

from bot.core.errors import BadInput, NotFromHere
from bot.core.permissions import Act, Relation
from bot.core.signature_states import TRANSITIONS as OF_SIGNATURES
from bot.core.workspaces import Caller
from bot.desk import (
    answering,
    corrections,
    enquiries,
    enquiry_closing,
    enquiry_deadlines,
    enquiry_details,
    facts,
    more_time,
    referral_replies,
    referrals,
    signoffs,
    statements,
    unblocking,
)
from bot.desk.enquiry_cards import TRANSITIONS as OF_ENQUIRIES
from bot.desk.enquiry_closing import Closing
from bot.desk.enquiry_details import Details
from bot.desk.facts import Question, WhoKnows
from bot.desk.more_time import MoreTime
from bot.desk.referral_cards import BY_THEM
from bot.desk.referral_replies import PartnerReply, Said
from bot.desk.referral_steps import TRANSITIONS as OF_REFERRALS
from bot.desk.statement_cards import TRANSITIONS as OF_STATEMENTS
from bot.desk.statements import Sending
from bot.desk.unblocking import Reply
from storage import statements as statement_records
from storage.database import Database
from storage.enquiries import Enquiry, EnquiryStatus, NoteKind, Outcome
from storage.people import Role
from storage.referrals import Referral, ReferralStatus
from storage.signoffs import HeardBy, Signature, SignatureState
from storage.statements import SentBy, Statement, StatementEnquiry, StatementKind, StatementStatus
from tests.unit.small_office import (
    ASKED,
    COPIED,
    GUEST,
    IN_ROLES,
    NOW,
    OUTSIDER,
    OWNER,
    SIGNATORY,
    TEXT,
    Attempt,
    SmallOffice,
    Someone,
    State,
    everybody_tries,
    opened,
    tried_by,
)

PRESS_OFFICER, SPOKESPERSON = IN_ROLES[Role.PRESS_OFFICER], IN_ROLES[Role.SPOKESPERSON]


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


@pytest.fixture
def postgres_office(postgres_url: str) -> Iterator[SmallOffice]:
    database = Database(postgres_url)
    yield opened(database)
    database.dispose()


ON_ENQUIRIES: dict[Act, Attempt] = {
    Act.TAKE_ENQUIRY: lambda office, caller, it: enquiries.take(office.desk, caller, it),
    Act.GIVE_ENQUIRY: lambda office, caller, it: enquiries.give(
        office.desk, caller, it, office.ids[PRESS_OFFICER.name], once=office.once()
    ),
    Act.CHANGE_DEADLINE: lambda office, caller, it: enquiry_deadlines.change_deadline(
        office.desk, caller, it, NOW, late_is_meant=True, once=office.once()
    ),
    Act.ASK_FOR_MORE_TIME: lambda office, caller, it: more_time.refused(
        office.desk, caller, it, "", HeardBy.PHONE, once=office.once()
    ),
    Act.AGREE_MORE_TIME: lambda office, caller, it: more_time.agree(
        office.desk, caller, it, MoreTime(NOW + timedelta(hours=8), "", "", HeardBy.PHONE), once=office.once()
    ),
    Act.CHANGE_TOPIC: lambda office, caller, it: enquiry_details.change_topic(
        office.desk, caller, it, office.other_topic_id, once=office.once()
    ),
    Act.RECORD_EMAIL: lambda office, caller, it: enquiry_details.record_email(
        office.desk, caller, it, email="", question="When?", deadline=NOW, late_is_meant=True, once=office.once()
    ),
    Act.CORRECT_DETAILS: lambda office, caller, it: enquiry_details.correct_details(
        office.desk,
        caller,
        it,
        Details("Rosa Achter", "Evening Post", "", "", f"Why {office.once()}?", None),
        once=office.once(),
    ),
    Act.ADD_NOTE: lambda office, caller, it: enquiries.add_note(
        office.desk, caller, it, NoteKind.CALL, "She rang.", once=office.once()
    ),
    Act.CLOSE_ENQUIRY: lambda office, caller, it: enquiry_closing.close(
        office.desk, caller, it, Closing(Outcome.WITHDRAWN), once=office.once()
    ),
    Act.REOPEN_ENQUIRY: lambda office, caller, it: enquiry_closing.reopen(
        office.desk, caller, it, "She rang again.", deadline=NOW, late_is_meant=True, once=office.once()
    ),
    Act.REFER_ENQUIRY: lambda office, caller, it: referrals.refer(
        office.desk, caller, it, office.organisation_id, "", once=office.once()
    ),
    Act.TELL_PARTNERS: lambda office, caller, it: referrals.tell_leads(
        office.desk, caller, it, [office.organisation_id], "", once=office.once()
    ),
    Act.START_STATEMENT: lambda office, caller, it: statements.start(
        office.desk,
        caller,
        it,
        kind=StatementKind.STATEMENT,
        spokesperson_id=office.ids[SPOKESPERSON.name],
        text=TEXT,
        once=office.once(),
    ),
    Act.ANSWER_WITH: lambda office, caller, it: answering.tie(
        office.desk, caller, it, statement_of_another(office, it), once=office.once()
    ),
    Act.ASK_FOR_FACTS: lambda office, caller, it: facts.ask(
        office.desk,
        caller,
        it,
        WhoKnows(person_id=office.ids[OUTSIDER.name]),
        Question("How many?", "", NOW + timedelta(hours=1)),
        once=office.once(),
    ),
}
ON_REFERRALS: dict[Act, Attempt] = {
    Act.ACCEPT_REFERRAL: lambda office, caller, it: referral_replies.accept(office.desk, caller, it),
    Act.REFUSE_REFERRAL: lambda office, caller, it: referral_replies.refuse(
        office.desk, caller, it, "It is the council’s.", once=office.once()
    ),
    Act.ANSWER_REFERRAL: lambda office, caller, it: referral_replies.answered(
        office.desk, caller, it, PartnerReply(Said.DONE, TEXT), once=office.once()
    ),
    Act.WITHDRAW_REFERRAL: lambda office, caller, it: referrals.withdraw(
        office.desk, caller, it, "It is ours.", once=office.once()
    ),
    Act.RECORD_PARTNER_REPLY: lambda office, caller, it: referral_replies.record_reply(
        office.desk, caller, it, PartnerReply(Said.DONE, TEXT, how=HeardBy.PHONE), once=office.once()
    ),
}


def statement_of_another(office: SmallOffice, enquiry_id: int) -> int:
    """The newest draft that answers another enquiry: `states_of_enquiries` has made one."""
    tied = sa.select(StatementEnquiry.statement_id).where(StatementEnquiry.enquiry_id == enquiry_id)
    drafts = sa.select(sa.func.max(Statement.id)).where(Statement.status == StatementStatus.DRAFT)
    with office.reading() as tx:
        return tx.session.scalars(drafts.where(Statement.id.not_in(tied))).one()


def answer_another(office: SmallOffice, caller: Caller, statement_id: int) -> None:
    """Answers the enquiry with it that `states_of_statements` made before its own; sent, if it has gone out."""
    with office.reading() as tx:
        own = statement_records.enquiries_of(tx, statement_id)[0].id
        other = tx.session.scalars(sa.select(sa.func.max(Enquiry.id)).where(Enquiry.id < own)).one()
    if office.status(Statement, statement_id) is StatementStatus.ISSUED:
        sending = Sending({other: "Tom Bell"}, SentBy.PHONE, None)
        answering.send(office.desk, caller, other, statement_id, sending, close=(), once=office.once())
    else:
        answering.tie(office.desk, caller, other, statement_id, once=office.once())


def untie_first(office: SmallOffice, caller: Caller, statement_id: int) -> None:
    with office.reading() as tx:
        tied = statement_records.enquiries_of(tx, statement_id)
    answering.untie(office.desk, caller, statement_id, tied[0].id, once=office.once())


def sending(office: SmallOffice, statement_id: int) -> Sending:
    with office.reading() as tx:
        answered = statement_records.enquiries_of(tx, statement_id)
    return Sending({enquiry.id: "Rosa Achter" for enquiry in answered}, SentBy.EMAIL, None)


ON_STATEMENTS: dict[Act, Attempt] = {
    Act.WRITE_DRAFT: lambda office, caller, it: statements.write_draft(
        office.desk, caller, it, f"{TEXT} Sorry.", based_on=1, once=office.once()
    ),
    Act.REQUEST_SIGNOFF: lambda office, caller, it: statements.request_signoff(
        office.desk, caller, it, draft=1, added=(), once=office.once()
    ),
    Act.RECORD_ISSUE: lambda office, caller, it: statements.record_issue(
        office.desk, caller, it, sending(office, it), draft=1, close=(), once=office.once()
    ),
    Act.WITHDRAW_STATEMENT: lambda office, caller, it: statements.withdraw(
        office.desk, caller, it, "Not needed.", once=office.once()
    ),
    Act.ANSWER_WITH: answer_another,
    Act.UNTIE_STATEMENT: untie_first,
    Act.CORRECT_STATEMENT: lambda office, caller, it: corrections.start(
        office.desk, caller, it, f"{TEXT} Sorry.", what_was_wrong="It was ice.", once=office.once()
    ),
}
ON_SIGNATURES: dict[Act, Attempt] = {
    Act.APPROVE: lambda office, caller, it: signoffs.approve(office.desk, caller, it),
    Act.ASK_FOR_CHANGES: lambda office, caller, it: signoffs.ask_for_changes(
        office.desk, caller, it, "Say sorry.", once=office.once()
    ),
    Act.SUGGEST_WORDING: lambda office, caller, it: signoffs.suggest_wording(
        office.desk, caller, it, f"{TEXT} Sorry.", once=office.once()
    ),
    Act.KEEP_WORDING: lambda office, caller, it: signoffs.keep_wording(
        office.desk, caller, it, "It is true.", once=office.once()
    ),
    Act.PASS_ON: lambda office, caller, it: unblocking.pass_on(
        office.desk, caller, it, office.ids[IN_ROLES[Role.LEAD].name], "I am in theatre.", once=office.once()
    ),
    Act.DISPUTE: lambda office, caller, it: unblocking.dispute(
        office.desk, caller, it, "I never said so.", once=office.once()
    ),
    Act.OVERRIDE_SIGNATURE: lambda office, caller, it: unblocking.override(
        office.desk, caller, it, "It cannot wait.", once=office.once()
    ),
    Act.RECORD_REPLY: lambda office, caller, it: unblocking.record_reply(
        office.desk, caller, it, Reply(approves=True, comment="", evidence="Her e-mail."), once=office.once()
    ),
}


ENQUIRIES_RULES = """
                       awaiting_email  open            closed
    take_enquiry       =               =               .
    give_enquiry       =               =               .
    change_deadline    open            =               .
    ask_for_more_time  .               =               .
    agree_more_time    .               =               .
    change_topic       =               =               .
    record_email       open            .               .
    add_note           =               =               =
    correct_details    =               =               =
    start_statement    =               =               .
    ask_for_facts      =               =               .
    refer_enquiry      =               =               .
    tell_partners      =               =               =
    answer_with        =               =               .
    close_enquiry      closed          closed          .
    reopen_enquiry     .               .               open
"""
REFERRALS_RULES = """
                       asked           accepted        refused   answered  withdrawn  told
    accept_referral    accepted        .               .         .         .          .
    refuse_referral    refused         refused         .         .         .          .
    answer_referral    answered        answered        .         .         .          .
    withdraw_referral  withdrawn       withdrawn       .         .         .          .
"""
STATEMENTS_RULES = """
                       draft           in_signoff      issued          withdrawn
    write_draft        =               =               .               .
    request_signoff    in_signoff      .               .               .
    record_issue       .               issued          .               .
    withdraw_statement withdrawn       withdrawn       .               .
    answer_with        =               =               =               .
    untie_statement    =               =               .               .
    correct_statement  .               .               =               .
"""
SIGNATURES_RULES = """
                       asked           approved        changes_asked   voided   passed   overridden
    approve            approved        .               approved        .        .        approved
    ask_for_changes    changes_asked   changes_asked   .               .        .        changes_asked
    suggest_wording    changes_asked   changes_asked   .               .        .        changes_asked
    keep_wording       .               .               asked           .        .        .
    pass_on            passed          .               .               .        .        .
    dispute            .               asked           .               .        .        .
    override_signature overridden      .               .               .        .        .
"""
"""DOMAIN, section 10, as it is meant: what each act makes of each state; `=` leaves it, `.` is not for it."""


def by_the_rules(rules: str) -> dict[tuple[str, str], str]:
    heading, *lines = rules.strip().splitlines()
    found = {}
    for act, *marks in (line.split() for line in lines):
        for state, mark in zip(heading.split(), marks, strict=True):
            if mark != ".":
                found[state, act] = state if mark == "=" else mark
    return found


@pytest.mark.parametrize(
    ("table", "rules", "states", "acts"),
    [
        (OF_ENQUIRIES, ENQUIRIES_RULES, EnquiryStatus, ON_ENQUIRIES),
        (OF_STATEMENTS, STATEMENTS_RULES, StatementStatus, ON_STATEMENTS),
        (OF_SIGNATURES, SIGNATURES_RULES, SignatureState, [*ON_SIGNATURES][:-1]),
        (OF_REFERRALS, REFERRALS_RULES, ReferralStatus, [*ON_REFERRALS][:-1]),
    ],
    ids=["enquiries", "statements", "signatures", "referrals"],
)
def test_the_tables_are_the_rules(
    table: Mapping[tuple[StrEnum, Act], StrEnum], rules: str, states: type[StrEnum], acts: Iterable[Act]
) -> None:
    """Every state, every act: a change of what leads where has to be made here too."""
    assert {(str(state), str(act)): str(to) for (state, act), to in table.items()} == by_the_rules(rules)
    assert rules.split()[: len(states)] == [str(state) for state in states]
    assert {act for _, act in by_the_rules(rules)} == {str(act) for act in acts}


STATEMENTS: tuple[tuple[StatementStatus, SignatureState | None], ...] = (
    (StatementStatus.DRAFT, None),
    (StatementStatus.IN_SIGNOFF, SignatureState.ASKED),
    (StatementStatus.IN_SIGNOFF, SignatureState.CHANGES_ASKED),
    (StatementStatus.IN_SIGNOFF, SignatureState.APPROVED),
    (StatementStatus.ISSUED, SignatureState.APPROVED),
    (StatementStatus.WITHDRAWN, SignatureState.ASKED),
)
"""Every status, and in sign-off every way in which a draft can stand."""


BY_OTHERS = frozenset({Act.KEEP_WORDING, Act.RECORD_REPLY, Act.OVERRIDE_SIGNATURE})


def states_of_enquiries(office: SmallOffice, act: Act) -> list[State]:
    """Owned and not; somebody else's cannot be taken."""
    found = []
    for status, owned in product(EnquiryStatus, (True, False)):
        becomes = None if owned and act is Act.TAKE_ENQUIRY else OF_ENQUIRIES.get((status, act))
        relations = {OWNER: Relation.OWNER} if owned else {}
        fresh = partial(_enquiry, office, status, owned=owned, beside_draft=act is Act.ANSWER_WITH)
        found.append(State(fresh, becomes, relations))
    return found


def _enquiry(office: SmallOffice, status: EnquiryStatus, *, owned: bool, beside_draft: bool) -> int:
    """If wanted, with another before it, for which there is a draft that could answer it."""
    if beside_draft:
        office.statement(StatementStatus.DRAFT, None)
    return office.enquiry(status, owned=owned)


def states_of_statements(office: SmallOffice, act: Act) -> list[State]:
    """Nothing is issued before everyone has signed."""
    found = []
    for status, state in STATEMENTS:
        waits = act is Act.RECORD_ISSUE and state is not SignatureState.APPROVED
        becomes = None if waits else OF_STATEMENTS.get((status, act))
        tied = 2 if act is Act.UNTIE_STATEMENT else 1
        fresh = partial(_statement, office, status, state, tied=tied)
        found.append(State(fresh, becomes, {OWNER: Relation.OWNER}))
    return found


def _statement(office: SmallOffice, status: StatementStatus, state: SignatureState | None, *, tied: int) -> int:
    """With another enquiry before its own, which it could answer, or answers, too."""
    other = office.enquiry()
    statement_id = office.statement(status, state)
    if tied > 1:
        with office.writing() as tx:
            statement_records.tie(tx, statement_id, other)
    return statement_id


def states_of_signatures(office: SmallOffice, act: Act, whose: Someone) -> list[State]:
    """An approval is recorded only of somebody who must sign, and gone on without only where one is needed."""
    relations = {whose: Relation.COPIED if whose is COPIED else Relation.SIGNATORY}
    if act in BY_OTHERS:
        relations = {OWNER: Relation.OWNER}
    found = []
    for state in SignatureState:
        becomes = OF_SIGNATURES.get((state, Act.APPROVE if act is Act.RECORD_REPLY else act))
        not_needed = act in {Act.RECORD_REPLY, Act.OVERRIDE_SIGNATURE} and whose is COPIED
        found.append(State(partial(_signature, office, state, whose), None if not_needed else becomes, relations))
    return found


def _signature(office: SmallOffice, state: SignatureState, whose: Someone) -> int:
    return office.signature(office.statement(state=state), whose)


@pytest.mark.parametrize("act", ON_ENQUIRIES)
def test_everybody_tries_everything_on_enquiries_in_every_state(office: SmallOffice, act: Act) -> None:
    """Role by state by act: done exactly when both tables say so; else refused, unchanged and on record."""
    states, status = states_of_enquiries(office, act), partial(office.status, Enquiry)
    others = [OWNER, GUEST]
    assert everybody_tries(office, act, ON_ENQUIRIES[act], states=states, becomes=status, others=others) == []


@pytest.mark.parametrize("act", ON_REFERRALS)
def test_everybody_tries_everything_on_referrals_in_every_state(office: SmallOffice, act: Act) -> None:
    """The same for what partners were asked: their lead says yes, no or what was answered, and nobody else."""
    to = Act.ANSWER_REFERRAL if act is Act.RECORD_PARTNER_REPLY else act
    relations = {ASKED: Relation.ASKED, OWNER: Relation.OWNER}
    states = [
        State(partial(office.referral, status), OF_REFERRALS.get((status, to)), relations) for status in ReferralStatus
    ]
    status = partial(office.status, Referral)
    others = [OWNER, ASKED, SIGNATORY, GUEST]
    assert everybody_tries(office, act, ON_REFERRALS[act], states=states, becomes=status, others=others) == []


@pytest.mark.parametrize("act", ON_STATEMENTS)
def test_everybody_tries_everything_on_statements_in_every_state(office: SmallOffice, act: Act) -> None:
    """The same for statements; nothing is issued before everyone has signed, whoever tries."""
    states, status = states_of_statements(office, act), partial(office.status, Statement)
    others = [OWNER, SIGNATORY, COPIED, GUEST]
    assert everybody_tries(office, act, ON_STATEMENTS[act], states=states, becomes=status, others=others) == []


@pytest.mark.parametrize(
    ("act", "whose"),
    [
        *product(ON_SIGNATURES, (SIGNATORY, COPIED)),
        (Act.KEEP_WORDING, OUTSIDER),
        (Act.RECORD_REPLY, OUTSIDER),
        (Act.OVERRIDE_SIGNATURE, OUTSIDER),
    ],
    ids=lambda one: getattr(one, "name", None),
)
def test_everybody_tries_everything_on_signatures_in_every_state(office: SmallOffice, act: Act, whose: Someone) -> None:
    """The same for the signature of a signatory, of one without Slack, and of somebody who is only copied."""
    states, others = states_of_signatures(office, act, whose), [OWNER, SIGNATORY, COPIED, GUEST]
    assert everybody_tries(office, act, ON_SIGNATURES[act], states=states, becomes=office.state, others=others) == []


BY_WHOM = {
    Act.KEEP_WORDING: OWNER,
    Act.RECORD_REPLY: OWNER,
    Act.OVERRIDE_SIGNATURE: IN_ROLES[Role.COMMS_LEAD],
}
"""Who may do to a signature what is not its signatory's to do."""


@pytest.mark.parametrize("act", sorted(set(ON_SIGNATURES) - BY_OTHERS))
def test_a_stand_in_may_do_what_the_signatory_may_and_nobody_else(office: SmallOffice, act: Act) -> None:
    """Role by state by act once more, for a signature of somebody who is away."""

    def fresh(state: SignatureState) -> int:
        signature_id = _signature(office, state, SIGNATORY)
        with office.writing() as tx:
            tx.session.get_one(Signature, signature_id).stand_in_id = office.ids[STAND_IN.name]
        return signature_id

    relations = {SIGNATORY: Relation.SIGNATORY, STAND_IN: Relation.SIGNATORY}
    states = [State(partial(fresh, state), OF_SIGNATURES.get((state, act)), relations) for state in SignatureState]
    others = [OWNER, SIGNATORY, STAND_IN, COPIED, GUEST]
    assert everybody_tries(office, act, ON_SIGNATURES[act], states=states, becomes=office.state, others=others) == []


def test_a_stand_in_does_not_sign_what_they_wrote(office: SmallOffice) -> None:
    """Even where they are noted as standing in: the attempt is refused, and the one they stand in for may sign."""
    signature = office.signature(office.statement(written_by=STAND_IN), SIGNATORY)
    with office.writing() as tx:
        tx.session.get_one(Signature, signature).stand_in_id = office.ids[STAND_IN.name]
    with pytest.raises(NotFromHere, match="no one signs what they wrote"):
        signoffs.approve(office.desk, STAND_IN.caller, signature)
    signoffs.approve(office.desk, SIGNATORY.caller, signature)
    assert office.state(signature) is SignatureState.APPROVED


STAND_IN = IN_ROLES[Role.CHAIR]
"""Somebody who may do nothing by their role alone."""


def test_the_tables_hold_on_postgresql_too(postgres_office: SmallOffice) -> None:
    """Each act by one who may, in each state that allows it: the updates and locks of the other database."""
    office, wrong = postgres_office, []

    def one_tries(
        who: Someone, act: Act, attempt: Attempt, states: list[State], becomes: Callable[[int], object]
    ) -> None:
        allowed = [state for state in states if state.becomes is not None]
        assert allowed
        wrong.extend(tried_by(office, who, act, attempt, allowed, becomes=becomes))

    for act, attempt in ON_ENQUIRIES.items():
        one_tries(PRESS_OFFICER, act, attempt, states_of_enquiries(office, act), partial(office.status, Enquiry))
    for act, attempt in ON_REFERRALS.items():
        who = ASKED if act in BY_THEM else OWNER
        to = Act.ANSWER_REFERRAL if act is Act.RECORD_PARTNER_REPLY else act
        found = [State(partial(office.referral, one), OF_REFERRALS.get((one, to)), {}) for one in ReferralStatus]
        one_tries(who, act, attempt, found, partial(office.status, Referral))
    for act, attempt in ON_STATEMENTS.items():
        one_tries(OWNER, act, attempt, states_of_statements(office, act), partial(office.status, Statement))
    for act, attempt in ON_SIGNATURES.items():
        states = states_of_signatures(office, act, OUTSIDER if act in BY_OTHERS else SIGNATORY)
        one_tries(BY_WHOM.get(act, SIGNATORY), act, attempt, states, office.state)
    assert wrong == []


def test_nobody_approves_what_they_wrote(office: SmallOffice) -> None:
    """Not even when policy asks them to: the attempt is refused, and on record."""
    signature = office.signature(office.statement(written_by=SIGNATORY), SIGNATORY)
    before, position = office.everything(), office.position()
    with pytest.raises(NotFromHere, match="no one signs what they wrote"):
        signoffs.approve(office.desk, SIGNATORY.caller, signature)
    assert office.everything() == before
    assert [entry.act for entry in office.refusals(position)] == ["approve.refused"]


def test_nobody_is_asked_to_sign_what_they_wrote(office: SmallOffice) -> None:
    """Signatures on a signatory's own draft cannot be asked for, nor does such a draft replace one in sign-off."""
    statement = office.statement(StatementStatus.DRAFT, None, written_by=SIGNATORY)
    before = office.everything()
    with pytest.raises(BadInput, match="no one signs what they wrote"):
        ON_STATEMENTS[Act.REQUEST_SIGNOFF](office, OWNER.caller, statement)
    assert office.everything() == before


@pytest.mark.parametrize("act", ON_SIGNATURES)
def test_signatures_end_with_the_statement(office: SmallOffice, act: Act) -> None:
    """Once it has gone out or was withdrawn, nobody signs, asks, suggests, keeps or records any more."""
    whose = OUTSIDER if act is Act.RECORD_REPLY else SIGNATORY
    who = BY_WHOM.get(act, whose)
    for status, state in product((StatementStatus.ISSUED, StatementStatus.WITHDRAWN), SignatureState):
        if act is Act.DISPUTE and (status, state) == (StatementStatus.ISSUED, SignatureState.APPROVED):
            continue  # what was recorded in somebody's name can be disputed for good
        signature = office.signature(office.statement(status, state), whose)
        before = office.everything()
        with pytest.raises(NotFromHere):
            ON_SIGNATURES[act](office, who.caller, signature)
        assert office.everything() == before
