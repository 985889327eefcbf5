"""The cascade: a briefing's key messages, taken home by those who sit on the board, lead a group or an organisation.

Each of them is asked once, whatever roles they hold; who gets such a role later is not asked for old briefings. Nobody
is chased who has said something. What was said can be put right: both stay on file, and the newest counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import deputies, obligations, outbox
from bot.core.errors import BadInput
from bot.core.features import Feature
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import cascade_cards, cascade_files, cascade_outlook, cascade_steps, hearing
from bot.desk.cascade_steps import NOT_THERE, ROLES, WORKING_DAYS_GIVEN, about, change, get, subject_of
from storage import cascades, people, retention
from storage import outbox as postings
from storage.briefings import Briefing
from storage.cascades import Cascade, CascadeReply, CascadeState, PassedBy
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Person, Role
from storage.signoffs import HeardBy
from storage.subjects import SubjectKind

LONGEST_FEEDBACK = 3000
LONGEST_LINE = 300


@dataclass(frozen=True)
class Said:
    """What somebody says of passing messages on. `said` is PASSED_ON or CANNOT, None where nobody chose yet.

    `at` (UTC; None: now) is when they passed them on; `could` a member of the workspace (Slack id) who could instead.
    `heard_by`: how it reached one of us who writes it down.
    """

    said: CascadeState | None
    to_whom: str = ""
    how: PassedBy | None = None
    at: datetime | None = None
    feedback: str = ""
    is_named: bool = True
    reason: str = ""
    could: str | None = None
    could_words: str = ""
    heard_by: HeardBy | None = None


def begin(work: Work, briefing: Briefing) -> None:
    """Asks everybody to take a briefing home, in the transaction in which it is posted.

    Whoever was still asked to take home what it replaces is not any more; the new message says so.
    """
    asked = people.holding_even_if_left(work.tx, *ROLES)
    if briefing.replaces_id is not None:
        _replace(work, briefing.replaces_id)
    due_day = work.hours.working_day_after(work.hours.local_day(work.now), WORKING_DAYS_GIVEN)
    due_at = work.hours.closing_of(due_day)
    new = [_new(work, briefing, person, due_at) for person in asked]
    work.tx.add(*new)
    fresh = cascades.of_briefing(work.tx, briefing.id)
    owed = [(subject_of(one.id), one.person) for one in fresh]
    obligations.owe_several(work, Duty.CASCADE, owed, due_at=due_at)
    reached = cascade_steps.who_reaches(work, asked)
    outbox.post_several(
        work,
        PostingKind.CASCADE_REQUEST,
        [
            (subject_of(one.id), reached[one.person_id], f"cascade:{one.id}:{reached[one.person_id].id}")
            for one in fresh
            if reached[one.person_id].on_slack
        ],
    )
    if any(not reached[one.person_id].on_slack for one in fresh):
        cascade_steps.send_to_carry(work, briefing)
    if fresh and work.settings.press_channel_id is not None:
        outbox.post(
            work,
            PostingKind.CASCADE_CARD,
            about(briefing.id),
            channel_id=work.settings.press_channel_id,
            dedupe_key=f"cascade-card:{briefing.id}",
        )
    if not fresh:
        sentence = (
            "Nobody is on file as a board member, group chair or organisation’s lead, so nobody was asked to take home "
            f"{cascade_steps.title(work.tx, briefing)}. Add them in Settings: press Change person, or Add person."
        )
        outbox.tell(work, cascade_steps.owner_of(work, briefing), about(briefing.id), said(sentence))
    cascade_steps.redraw_cards(work, briefing.id)
    work.record("begin_cascade", about(briefing.id), people=[one.person_id for one in fresh], due=due_at.isoformat())


def _new(work: Work, briefing: Briefing, person: Person, due_at: datetime, instead_of: int | None = None) -> Cascade:
    return Cascade(
        briefing_id=briefing.id,
        person_id=person.id,
        organisation_id=person.organisation_id,
        state=CascadeState.ASKED,
        asked_at=work.now,
        due_at=due_at,
        instead_of_id=instead_of,
    )


def _replace(work: Work, briefing_id: int) -> None:
    """Nobody is chased for what was replaced; their cards and the briefing's say so."""
    ids = cascades.replace_all(work.tx, briefing_id, work.now)
    obligations.cancel_several(work, SubjectKind.CASCADE, ids, Duty.CASCADE)
    postings.want_of_several(work.tx, SubjectKind.CASCADE, ids, PostingKind.CASCADE_REQUEST)
    cascade_steps.redraw_cards(work, briefing_id)
    work.record("replace_cascade", about(briefing_id), cascades=ids)


def passed_on(desk: Desk, caller: Caller, cascade_id: int, what: Said, *, once: str) -> None:
    """The person, or whoever stands in for them, has passed the messages on. A second time, it corrects the first."""
    with desk.acting(caller, Act.PASS_MESSAGES_ON, subject_of(cascade_id), once=once) as work:
        _said(work, get(work.tx, cascade_id), what, Act.PASS_MESSAGES_ON, caller)


def cannot(desk: Desk, caller: Caller, cascade_id: int, what: Said, *, once: str) -> None:
    """They cannot, because: whoever sees to the briefing hears of it, and may ask somebody else."""
    with desk.acting(caller, Act.CANNOT_PASS_ON, subject_of(cascade_id), once=once) as work:
        _said(work, get(work.tx, cascade_id), what, Act.CANNOT_PASS_ON, caller)


def record(desk: Desk, caller: Caller, cascade_id: int, what: Said, *, once: str) -> None:
    """Writes down what somebody said by e-mail or on the phone."""
    with desk.acting(caller, Act.RECORD_PASSED_ON, subject_of(cascade_id), once=once) as work:
        cascade = get(work.tx, cascade_id)
        hearing.chosen(what.heard_by)
        _said(work, cascade, what, Act.RECORD_PASSED_ON, caller)
        reader = cascade_steps.reached_by(work, cascade.person)
        if reader.id != work.person.id:
            sentence = (
                f"{work.person.name} noted what you said about passing on {_title(work.tx, cascade_id)}. If it is "
                "wrong, press Change what I said on that message."
            )
            outbox.tell(work, reader, subject_of(cascade_id), said(sentence))


def ask_instead(
    desk: Desk, caller: Caller, cascade_id: int, *, person_id: int | None, member: str | None, once: str
) -> None:
    """Asks somebody else, on file by id or a member of the workspace by Slack id, as whoever was asked cannot."""
    with desk.acting(caller, Act.ASK_TO_PASS_ON, subject_of(cascade_id), once=once) as work:
        last = cascade_steps.to_stand_in_for(work.tx, get(work.tx, cascade_id))
        cascades.lock(work.tx, last.id)
        cascade = cascade_steps.to_stand_in_for(work.tx, last)
        if (person_id is None) == (member is None):
            raise BadInput("Choose one person who could pass them on.", field="member")
        person = people.get(work.tx, person_id) if person_id else _member(work, caller, member or "")
        if person is None or person.left_at is not None:
            raise BadInput("This person is not here any more. Choose somebody else.", field="member")
        _check_of_here(caller, person)
        briefing = cascade_steps.briefing_of(work.tx, cascade.briefing_id)
        if cascades.of_person(work.tx, briefing.id, person.id) is not None:
            raise BadInput(f"{person.name} has been asked already. Choose somebody else.", field="member")
        due_day = work.hours.working_day_after(work.hours.local_day(work.now), WORKING_DAYS_GIVEN)
        new = _new(work, briefing, person, work.hours.closing_of(due_day), instead_of=cascade.id)
        new.organisation_id = cascade.organisation_id or person.organisation_id
        work.tx.add(new)
        new = get(work.tx, new.id)
        obligations.owe(work, Duty.CASCADE, subject_of(new.id), owner=person, due_at=new.due_at)
        if cascade_steps.is_carried(work, new):
            cascade_steps.send_to_carry(work, briefing)
        cascade_steps.send(work, new)
        cascade_steps.redraw(work, cascade)
        work.record(Act.ASK_TO_PASS_ON, subject_of(cascade_id), person=person.id, cascade=new.id)


def send_file(desk: Desk, caller: Caller, cascade_id: int) -> None:
    """Has the messages sent to whoever asks, as a Word file, in their conversation with the desk."""
    with desk.acting(caller, Act.READ_MESSAGES, subject_of(cascade_id)) as work:
        cascade_files.send(work, get(work.tx, cascade_id))


def send_file_of(desk: Desk, caller: Caller, briefing_id: int) -> None:
    """The same for whoever sends it on by e-mail."""
    with desk.acting(caller, Act.RECORD_PASSED_ON, about(briefing_id)) as work:
        cascade_files.send_of(work, cascade_steps.briefing_of(work.tx, briefing_id))


def _member(work: Work, caller: Caller, slack_user_id: str) -> Person:
    known = people.by_slack(work.tx, slack_user_id)
    if known is None:
        known = people.arrive(work.tx, slack_user_id=slack_user_id, slack_team_id=caller.team_id, name=slack_user_id)
        outbox.want_profile(work, known)
    _check_of_here(caller, known)
    return known


def _check_of_here(caller: Caller, person: Person) -> None:
    """Refuses a member of another workspace."""
    if not cascade_steps.is_of_here(person, caller):
        raise BadInput(
            f"{person.name} belongs to another Slack workspace and cannot answer here. Choose somebody else.",
            field="member",
        )


def _said(work: Work, cascade: Cascade, what: Said, act: Act, caller: Caller) -> None:
    """What somebody said takes effect, whoever pressed it."""
    if what.said is None:
        raise BadInput("Choose whether they were passed on.", field="said")
    to = cascade_steps.check(cascade, act)
    if act is Act.RECORD_PASSED_ON and what.said is CascadeState.CANNOT:
        to = cascade_steps.check(cascade, Act.CANNOT_PASS_ON)
    is_recorded = act is Act.RECORD_PASSED_ON
    reply = _passed(work, cascade, what) if to is CascadeState.PASSED_ON else _could_not(work, caller, what)
    reply.cascade_id, reply.said, reply.at = cascade.id, to, work.now
    reply.given_by_id = cascade.person_id if is_recorded else work.person.id
    reply.recorded_by_id = work.person.id if is_recorded else None
    reply.heard_by = what.heard_by if is_recorded else None
    before = cascades.newest_replies(work.tx, [cascade.id]).get(cascade.id)
    changed = change(work, cascade, act, to, ended_at=work.now, ended_because=None)
    work.tx.add(reply)
    obligations.done(work, subject_of(cascade.id), Duty.CASCADE)
    if not reply.is_named:
        _unname(work, changed)
    if reply.feedback and reply.feedback != (before.feedback if before else None):
        _tell_feedback(work, changed, reply, is_correction=bool(before and before.feedback))
    if to is CascadeState.CANNOT:
        _tell_cannot(work, changed, reply)
    cascade_steps.redraw(work, changed)
    work.record(
        act,
        subject_of(cascade.id),
        said=to.value,
        reply=reply.id,
        whose=cascade.person_id,
        how=reply.passed_by.value if reply.passed_by else None,
        at=reply.passed_at.isoformat() if reply.passed_at else None,
        heard_by=reply.heard_by.value if reply.heard_by else None,
        instead=reply.instead_id,
        personal={
            "to_whom": reply.to_whom,
            "feedback": reply.feedback,
            "reason": reply.reason,
            "instead_words": reply.instead_words,
        },
    )


def _passed(work: Work, cascade: Cascade, what: Said) -> CascadeReply:
    to_whom = _line(what.to_whom, field="to_whom")
    if not to_whom:
        raise BadInput("Say to whom: for example, all team leaders.", field="to_whom")
    if what.how is None:
        raise BadInput("Choose how they were passed on.", field="passed_by")
    feedback = what.feedback.strip()
    if len(feedback) > LONGEST_FEEDBACK:
        raise BadInput(
            f"This has {len(feedback):,} characters and may have {LONGEST_FEEDBACK:,}. Shorten it.", field="feedback"
        )
    return CascadeReply(
        to_whom=to_whom,
        passed_by=what.how,
        passed_at=hearing.when(work, what.at, since=cascade.asked_at - EARLIER, early="It was asked", field="at"),
        feedback=feedback or None,
        is_named=what.is_named,
    )


EARLIER = timedelta(days=1)
"""Somebody may have told their people after the meeting, before the desk asked."""


def _could_not(work: Work, caller: Caller, what: Said) -> CascadeReply:
    reason = what.reason.strip()
    if not reason:
        raise BadInput("Say why not: it helps to find another way.", field="reason")
    if len(reason) > LONGEST_FEEDBACK:
        raise BadInput(
            f"This has {len(reason):,} characters and may have {LONGEST_FEEDBACK:,}. Shorten it.", field="reason"
        )
    could = _member(work, caller, what.could) if what.could else None
    return CascadeReply(
        reason=reason,
        instead_id=could.id if could else None,
        instead_words=_line(what.could_words, field="could_words") or None,
        is_named=True,
    )


def _line(text: str, *, field: str) -> str:
    words = " ".join(text.split())
    if len(words) > LONGEST_LINE:
        raise BadInput(f"This has {len(words)} characters and may have {LONGEST_LINE}. Shorten it.", field=field)
    return words


def _tell_feedback(work: Work, cascade: Cascade, reply: CascadeReply, *, is_correction: bool) -> None:
    """What people said goes into the card's thread; those who chair a group or lead that organisation hear, once, that
    there is something to read."""
    who = UNNAMED
    if reply.is_named:
        where = f" ({cascade.organisation.name})" if cascade.organisation else ""
        who = f"{_whoever_said(work, cascade, reply)}{where}"
    what = PUT_RIGHT if is_correction else BROUGHT_BACK
    for card in postings.of(work.tx, about(cascade.briefing_id), PostingKind.CASCADE_CARD):
        outbox.post(
            work,
            PostingKind.HISTORY,
            about(cascade.briefing_id),
            below=card,
            detail=said(f"{who} {what}:", quote=reply.feedback, feedback_of=cascade.id),
        )
    title = _title(work.tx, cascade.id)
    for person in _concerned(work, cascade):
        outbox.tell(
            work,
            person,
            about(cascade.briefing_id),
            said(f"People have begun to say what they think of {title}. You can read it.", said_of=cascade.briefing_id),
            dedupe_key=f"cascade-said:{cascade.briefing_id}:{person.id}",
        )


UNNAMED = "Somebody who asks not to be named"
BROUGHT_BACK, PUT_RIGHT = "brought back what people said", "put right what people said"


def _unname(work: Work, cascade: Cascade) -> None:
    """Whoever asks not to be named now is not named any more where the thread named them before."""
    for posting in retention.sentences(work.tx, [about(cascade.briefing_id)]):
        if posting.detail.get("feedback_of") == cascade.id and not posting.detail["sentence"].startswith(UNNAMED):
            what = PUT_RIGHT if posting.detail["sentence"].endswith(f"{PUT_RIGHT}:") else BROUGHT_BACK
            retention.reword(work.tx, posting, sentence=f"{UNNAMED} {what}:")


def _whoever_said(work: Work, cascade: Cascade, reply: CascadeReply) -> str:
    """`Joan`; `Dee, for Joan`."""
    if reply.given_by_id == cascade.person_id:
        return cascade.person.name
    return f"{work.person.name}, for {cascade.person.name}"


def _concerned(work: Work, cascade: Cascade) -> list[Person]:
    """The group chairs, for whom all of it is, and the leads of the organisation in which it was said."""
    chairs = people.holding(work.tx, Role.GROUP_CHAIR)
    leads = [
        person
        for person in people.holding(work.tx, Role.ORGANISATION_LEAD)
        if cascade.organisation_id is not None and person.organisation_id == cascade.organisation_id
    ]
    found = deputies.present(work, [*chairs, *leads])
    return [one for one in found if one.id not in {cascade.person_id, work.person_id}]


def _tell_cannot(work: Work, cascade: Cascade, reply: CascadeReply) -> None:
    named = [reply.instead_words] if reply.instead_words else []
    if reply.instead_id is not None:
        instead = people.get(work.tx, reply.instead_id)
        named += [instead.name] if instead else []
    could = f" Who could: {', '.join(named)}." if named else ""
    cascade_steps.tell_office(
        work,
        cascade,
        f"{_whoever_said(work, cascade, reply)} cannot pass on {_title(work.tx, cascade.id)}.{could} Ask "
        "somebody else of their organisation, or take it there yourself. They wrote:",
        quote=reply.reason,
        cascade_instead=cascade.id,
    )


def _title(tx: Transaction, cascade_id: int) -> str:
    briefing = cascade_steps.briefing_of(tx, get(tx, cascade_id).briefing_id)
    return cascade_steps.title(tx, briefing)


def _owner_id(tx: Transaction, cascade_id: int) -> int:
    return cascade_steps.briefing_of(tx, get(tx, cascade_id).briefing_id).owner_id


FEATURE = Feature(
    kind=SubjectKind.CASCADE,
    relations=cascade_cards.relations,
    is_there=lambda tx, cascade_id: cascades.get(tx, cascade_id) is not None,
    not_there=NOT_THERE,
    for_channels=False,
    title=_title,
    owner_id=_owner_id,
    acts_on_duty=cascade_cards.on_duty,
    loaders={
        PostingKind.CASCADE_REQUEST: cascade_cards.load_request,
        PostingKind.CASCADE_TO_CARRY: cascade_cards.load_to_carry,
        PostingKind.CASCADE_CARD: cascade_cards.load_card,
        PostingKind.CASCADE_FILE: cascade_files.load,
    },
    makers={PostingKind.CASCADE_FILE: cascade_files.make},
    parts=(cascade_outlook.TakenHome(),),
    listing=cascade_outlook.listing,
)
