"""The morning's and the evening's digest, and what they tell: what is due, who holds what, what went out.

Their hours follow those of the office, unless somebody sets others. A morning that is three hours late, and an evening
that is six, is left out (our own judgement): until then it is still of use to whoever reads it.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.core import audit, deputies, digests
from bot.core.deadlines import Band
from bot.core.digest_parts import Edition, Entry, Part, Section, bounded
from bot.core.features import Feature
from bot.core.working_days import ONE_DAY, moment_of
from bot.core.workspaces import Work
from bot.desk import enquiry_cards, enquiry_words
from bot.desk.enquiry_cards import EnquiryLine
from storage import audit as audit_records
from storage import digests as records
from storage import enquiry_lists as lists
from storage import people, statements
from storage.digests import Every, Moment, ReaderKind
from storage.enquiry_lists import Page
from storage.outbox import PostingKind
from storage.people import Person
from storage.subjects import Subject, SubjectKind

MORNING, EVENING = "morning", "evening"
MOST_LINES = 10
MOST_NAMED = 6
"""How many of one person's enquiries are named."""


@dataclass(frozen=True)
class _Default:
    title: str
    moment: Moment
    hours_late: int
    parts: tuple[str, ...]
    readers: tuple[ReaderKind, ...]


def make_defaults(work: Work) -> None:
    """Gives a workspace whose press channel is known its morning and its evening; what it has is left as it is."""
    if work.settings.press_channel_id is None:
        return
    for name, default in _DEFAULTS.items():
        records.make(
            work.tx,
            name,
            *default.readers,
            title=default.title,
            is_on=True,
            on_since=work.now,
            every=Every.WORKING_DAY,
            moment=default.moment,
            hours_late=default.hours_late,
            parts=list(default.parts),
        )


class DueToday:
    name, label = "due_today", "What is due today"

    def gather(self, work: Work, edition: Edition) -> Section:
        midnight = moment_of(edition.day + ONE_DAY, time(), work.hours.zone)
        found = lists.due_between(work.tx, work.now, midnight, limit=MOST_LINES)
        return _enquiries(
            work, found, "Due today", "`/enquiry list` shows all that is open.", quiet="nothing is due today"
        )


class Overdue:
    name, label = "overdue", "What is overdue"

    def gather(self, work: Work, edition: Edition) -> Section:  # noqa: ARG002 (the same for every edition)
        found = lists.due_between(work.tx, None, work.now, limit=MOST_LINES)
        return _enquiries(
            work, found, "Overdue", "`/enquiry list overdue` shows all of them.", quiet="nothing is overdue"
        )


class DueOvernight:
    name, label = "due_overnight", "What is due before the next working morning"

    def gather(self, work: Work, edition: Edition) -> Section:  # noqa: ARG002 (the same for every edition)
        morning = work.hours.next_morning(work.now)
        found = lists.due_between(work.tx, None, morning, limit=MOST_LINES)
        day = _named_day(work.hours.local_day(morning), work.hours.local_day(work.now))
        return _enquiries(
            work,
            found,
            f"Due before {day} morning",
            "`/enquiry list` shows all that is open.",
            quiet=f"nothing is due before {day} morning",
        )


class Holdings:
    name, label = "holdings", "Who holds what"

    def gather(self, work: Work, edition: Edition) -> Section:  # noqa: ARG002 (the same for every edition)
        found = lists.holdings(work.tx, most=MOST_NAMED)
        owners = {person.id: person for person in people.several(work.tx, [h.owner_id for h in found if h.owner_id])}
        entries = [
            Entry(
                f"{enquiry_words.holder(work, owners.get(holding.owner_id or 0))}, {{count}}: {{titles}}",
                tuple(Subject(SubjectKind.ENQUIRY, id_) for id_ in holding.ids),
                more=holding.total - len(holding.ids),
            )
            for holding in found
        ]
        kept, more = bounded(entries, 2 * MOST_LINES)
        see = "`/enquiry list` shows all that is open."
        return Section("Who holds what", kept, more, see, quiet="nothing is open")


class WentOut:
    name, label = "went_out", "What went out since the last one"

    def gather(self, work: Work, edition: Edition) -> Section:
        since = digests.previous_due_at(edition.digest, edition.day, work.hours)
        sent, total = statements.went_out(work.tx, since, edition.due_at, limit=MOST_LINES)
        entries = [
            Entry(
                f"{{title}}, sent {{sent}}, recorded by {dispatch.recorded_by.name}",
                (Subject(SubjectKind.STATEMENT, dispatch.statement_id),),
                times={"sent": dispatch.sent_at},
            )
            for dispatch in sent
        ]
        kept, more = bounded(entries, MOST_LINES, total)
        day = _named_day(work.hours.local_day(since), edition.day)
        return Section(
            f"Went out since {day}",
            kept,
            more,
            "`/enquiry list week` shows this week’s enquiries.",
            quiet=f"nothing has gone out since {day}",
        )


class RecordHead:
    name, label = "record", "Where the record ends"

    def gather(self, work: Work, edition: Edition) -> Section:  # noqa: ARG002 (the same for every edition)
        head = audit_records.head(work.tx)
        if head is None:
            return Section()
        words = (
            "The record of what was done here ends with this for now. Whoever doubts it later types {exact}, which "
            "shows whether anything before was changed or cut off."
        )
        command = f"comms-desk audit verify --head {audit.head_words(*head)}"
        return Section(entries=(Entry(words, exact=command),), is_small=True)


class DutyOfficer:
    name, label = "duty_officer", "Who is the duty officer"

    def gather(self, work: Work, edition: Edition) -> Section:
        words = _duty_words(work, edition.reader)
        return Section(entries=(Entry(words, times={"morning": work.hours.next_morning(work.now)}),))


_CHOOSE = "A comms lead can choose one: Comms Desk, Home, Settings, Change press office."


def _duty_words(work: Work, reader: Person | None) -> str:
    officer = work.settings.duty_officer
    if officer is None:
        return f"Nobody is the duty officer, so what cannot wait until {{morning}} goes to whoever owns it. {_CHOOSE}"
    cover = deputies.cover(work, officer).person
    if cover is None or not cover.on_slack:
        return f"{officer.name} is the duty officer and is not there, and nobody stands in. {_CHOOSE}"
    if reader is not None and reader.id == cover.id:
        whose = "" if cover.id == officer.id else f" for {officer.name}, who is away"
        return f"You are the duty officer until {{morning}}{whose}. What cannot wait until then comes to you."
    if cover.id != officer.id:
        return f"{officer.name}, the duty officer, is away. {cover.name} stands in until {{morning}} and has this list."
    return f"{officer.name} is the duty officer until {{morning}} and has this list."


def _enquiries(work: Work, found: Page, title: str, see: str, *, quiet: str) -> Section:
    lines = enquiry_cards.lines(work.tx, found.found, work.now)
    kept, more = bounded([_entry(work, line) for line in lines], MOST_LINES, found.total)
    return Section(title, kept, more, see, quiet)


def _entry(work: Work, line: EnquiryLine) -> Entry:
    enquiry = line.enquiry
    topic = f"  {enquiry.topic.name}" if enquiry.topic else ""
    due = "Was due" if line.band is Band.LATE else "Due"
    return Entry(
        f"{{title}}{topic}\n{due} {{due}} · {enquiry_words.holder(work, enquiry.owner)} · {enquiry_words.stage(line)}",
        (Subject(SubjectKind.ENQUIRY, enquiry.id),),
        times={"due": enquiry.deadline} if enquiry.deadline else {},
    )


def _named_day(day: date, from_day: date) -> str:
    """A day as it is still right when somebody reads it later: never `yesterday`."""
    return f"{day:%A}" if abs(day - from_day) < timedelta(days=7) else f"{day.day} {day:%B}"


_DEFAULTS: dict[str, _Default] = {
    MORNING: _Default(
        "The day ahead",
        Moment.OPENS,
        3,
        (DueToday.name, Overdue.name, Holdings.name, WentOut.name, RecordHead.name),
        (ReaderKind.PRESS_CHANNEL,),
    ),
    EVENING: _Default(
        "Overnight",
        Moment.CLOSES,
        6,
        (DutyOfficer.name, DueOvernight.name, Holdings.name),
        (ReaderKind.PRESS_CHANNEL, ReaderKind.DUTY_OFFICER),
    ),
}

PARTS: tuple[Part, ...] = (DutyOfficer(), DueToday(), Overdue(), DueOvernight(), Holdings(), WentOut(), RecordHead())
"""In the order in which they are read where nobody chose another."""

FEATURE = Feature(kind=SubjectKind.DIGEST, loaders={PostingKind.DIGEST: digests.load}, parts=PARTS)
