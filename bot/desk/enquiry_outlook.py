"""Enquiries in people's homes: what comes up, and, for the comms lead, what is late or stuck."""

from bot.core.deadlines import Band
from bot.core.outlook import Ahead, Because, Some, Stuck, Upcoming
from bot.core.permissions import Act, may
from bot.core.workspaces import Work
from bot.desk import enquiry_cards, enquiry_words
from bot.desk.enquiry_cards import EnquiryLine, Stage
from storage import enquiry_lists as lists
from storage.people import Person
from storage.subjects import Subject, SubjectKind

MOST_STUCK = 8


def coming_up(work: Work, ahead: Ahead) -> Some[Upcoming]:
    """The reader's own from tomorrow on, and for the press office what colleagues have due in the next days."""
    found = lists.ahead(
        work.tx,
        ahead.reader.id,
        tomorrow=ahead.tomorrow,
        now=work.now,
        until=ahead.until if may(Act.SEE_ENQUIRIES, frozenset(ahead.reader.roles)) else None,
        without=_enquiries(ahead.shown),
        limit=ahead.most,
    )
    lines = enquiry_cards.lines(work.tx, found.found, work.now)
    return Some(tuple(_upcoming(work, line, ahead.reader) for line in lines), found.total)


def _upcoming(work: Work, line: EnquiryLine, reader: Person) -> Upcoming:
    enquiry = line.enquiry
    if enquiry.deadline is None:
        raise LookupError(f"{enquiry.reference} came up without a deadline")
    return Upcoming(
        subject=Subject(SubjectKind.ENQUIRY, enquiry.id),
        title=f"{enquiry.reference} · {enquiry.outlet}",
        about=enquiry.question,
        due_at=enquiry.deadline,
        whose="" if enquiry.owner_id == reader.id else enquiry_words.holder(work, enquiry.owner),
        words=enquiry_words.stage(line),
    )


def stuck(work: Work, reader: Person, shown: frozenset[Subject]) -> Some[Stuck]:
    """What others have that is overdue, unsigned with half of the time gone, or signed and not issued; and what nobody
    has, once somebody was reminded of it."""
    found = lists.late_or_stuck(work.tx, now=work.now, not_of=reader.id, without=_enquiries(shown), limit=MOST_STUCK)
    lines = enquiry_cards.lines(work.tx, found.found, work.now)
    return Some(tuple(_stuck(work, line) for line in lines), found.total)


_BECAUSE: dict[Stage, Because] = {
    Stage.NOBODY: Because.NOBODY,
    Stage.READY: Because.NOT_ISSUED,
    Stage.SIGNING: Because.UNSIGNED,
}


def _stuck(work: Work, line: EnquiryLine) -> Stuck:
    enquiry = line.enquiry
    because = _BECAUSE.get(line.stage, Because.LATE) if enquiry.owner else Because.NOBODY
    owner = enquiry.owner.name if enquiry.owner else ""
    gone = "It is late." if line.band is Band.LATE else "Half of the time is gone."
    return Stuck(
        because=because,
        title=f"{enquiry.reference} · {enquiry.outlet}",
        words=f"{enquiry_words.holder(work, enquiry.owner)} · {enquiry_words.stage(line)}",
        advice=_ask_partner(line)
        or {
            Because.NOBODY: "Take it, or give it to somebody.",
            Because.NOT_ISSUED: f"Everybody has signed. Ask {owner} to send it, or send it and record it.",
            Because.UNSIGNED: f"{gone} Ring them and record their reply, or go on without someone.",
            Because.LATE: f"Tell the journalist when they will hear. Ask {owner} what holds it up, or give it to "
            "somebody else.",
        }[because],
        value=str(enquiry.id),
        about=enquiry.question,
        due_at=enquiry.deadline,
        subject=Subject(SubjectKind.ENQUIRY, enquiry.id),
        text_id=line.current.statement.id if line.current else None,
    )


def _ask_partner(line: EnquiryLine) -> str:
    """Whom to ask while it is with a partner: their lead, as the owner can do nothing but ask them too."""
    referral = line.referral
    if referral is None or line.stage not in {Stage.REFERRED, Stage.WITH_PARTNER}:
        return ""
    lead = f"{referral.lead.name}, {referral.organisation.name},"
    if line.stage is Stage.REFERRED:
        return f"Ask {lead} whether they take it, and record the reply. Until then it is ours: or take it back."
    return f"Ask {lead} what they answered, and record the reply. Or take it back from them."


def _enquiries(shown: frozenset[Subject]) -> list[int]:
    return [subject.id for subject in shown if subject.kind is SubjectKind.ENQUIRY]
