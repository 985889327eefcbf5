"""What digests tell the press office: what is due, who holds what, what went out. None of it is for anybody else."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.core import audit, deputies, standings
from bot.core.deadlines import Band
from bot.core.digest_parts import Edition, Entry, Part, Section, bounded
from bot.core.permissions import Act
from bot.core.working_days import ONE_DAY, moment_of
from bot.core.workspaces import Work
from bot.desk import correction_outlook, enquiry_cards, enquiry_words
from bot.desk.enquiry_cards import EnquiryLine
from storage import audit as audit_records
from storage import corrections, people, statements
from storage import enquiry_lists as lists
from storage.enquiry_lists import Page
from storage.people import Person
from storage.signoffs import SignatureState
from storage.statements import StatementStatus
from storage.subjects import Subject, SubjectKind

MOST_LINES = 10
MOST_NAMED = 6
"""How many of one person's enquiries are named."""


class DueToday:
    name, label = "due_today", "What is due today"
    needs = Act.SEE_ENQUIRIES

    def gather(self, work: Work, edition: Edition) -> Section:
        midnight = moment_of(edition.day + ONE_DAY, time(), work.hours.zone)
        found = lists.due_between(work.tx, work.now, midnight, limit=MOST_LINES)
        owed = correction_outlook.entries(work, work.now, midnight, limit=MOST_LINES)
        see = "`/enquiry list` shows all that is open."
        return _due(work, found, owed, "Due today", see, quiet="nothing is due today")


class Overdue:
    name, label = "overdue", "What is overdue"
    needs = Act.SEE_ENQUIRIES

    def gather(self, work: Work, edition: Edition) -> Section:  # noqa: ARG002 (the same for every edition)
        found = lists.due_between(work.tx, None, work.now, limit=MOST_LINES)
        owed = correction_outlook.entries(work, None, work.now, limit=MOST_LINES)
        see = "`/enquiry list overdue` shows all of them."
        return _due(work, found, owed, "Overdue", see, quiet="nothing is overdue")


class DueOvernight:
    name, label = "due_overnight", "What is due before the next working morning"
    needs = Act.SEE_ENQUIRIES

    def gather(self, work: Work, edition: Edition) -> Section:
        morning = work.hours.next_morning(work.now)
        found = lists.due_between(work.tx, None, morning, limit=MOST_LINES)
        owed = correction_outlook.entries(work, None, morning, limit=MOST_LINES)
        last = work.hours.local_day(morning)
        by = f"due before {_named_day(last, work.hours.local_day(work.now))} morning"
        dues = [*(one.deadline for one in found.found), *(entry.times.get("due") for entry in owed[0])]
        has_late = any(due is not None and due <= work.now for due in dues)
        title = f"Overdue, or {by}" if has_late else f"D{by[1:]}"
        see = "`/enquiry list` shows all that is open."
        until = last if last > edition.day + ONE_DAY else None
        section = _due(work, found, owed, title, see, quiet=f"nothing is {by}", late="Overdue: was due")
        return replace(section, until=until)


class Holdings:
    name, label = "holdings", "Who holds what"
    needs = Act.SEE_ENQUIRIES

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
    needs = Act.SEE_ENQUIRIES

    def gather(self, work: Work, edition: Edition) -> Section:
        since = edition.since
        sent, total = statements.went_out(work.tx, since, edition.due_at, limit=MOST_LINES)
        amiss = _amiss(work, [dispatch.statement_id for dispatch in sent])
        entries = [
            Entry(
                f"{{title}}, sent {{sent}}, recorded by {dispatch.recorded_by.name}"
                f"{amiss.get(dispatch.statement_id, '')}",
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


def _amiss(work: Work, statement_ids: list[int]) -> dict[int, str]:
    """What should be known of what went out: whose signature it went without, and that it is being put right."""
    standing = standings.of_several(work.tx, SubjectKind.STATEMENT, statement_ids)
    corrected = corrections.of_several(work.tx, statement_ids)
    found = {}
    for id_ in statement_ids:
        without = [s.person.name for s in standing[id_].signatures if s.state is SignatureState.OVERRIDDEN]
        said = f" · without the signature of {', '.join(without)}" if without else ""
        if id_ in corrected:
            is_out = corrected[id_].status is StatementStatus.ISSUED
            said += f" · {'corrected' if is_out else 'being corrected'} by {corrected[id_].reference}"
        found[id_] = said
    return found


class RecordHead:
    name, label = "record", "Where the record ends"
    needs = Act.SEE_ENQUIRIES

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
    needs = Act.SEE_ENQUIRIES

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


def _due(
    work: Work,
    found: Page,
    owed: tuple[list[Entry], int],
    title: str,
    see: str,
    *,
    quiet: str,
    late: str = "Was due",
) -> Section:
    """Enquiries, and the corrections that are owed by themselves, which are never cut off: it stands wrong in print."""
    entries, of_them = owed
    lines = enquiry_cards.lines(work.tx, found.found, work.now)
    entries = [*entries, *(_entry(work, line, late) for line in lines)]
    kept, more = bounded(entries, MOST_LINES, of_them + found.total)
    return Section(title, kept, more, see, quiet)


def _entry(work: Work, line: EnquiryLine, late: str) -> Entry:
    enquiry = line.enquiry
    topic = f"  {enquiry.topic.name}" if enquiry.topic else ""
    due = late if line.band is Band.LATE else "Due"
    return Entry(
        f"{{title}}{topic}\n{due} {{due}} · {enquiry_words.holder(work, enquiry.owner)} · {enquiry_words.stage(line)}",
        (Subject(SubjectKind.ENQUIRY, enquiry.id),),
        times={"due": enquiry.deadline} if enquiry.deadline else {},
    )


def _named_day(day: date, from_day: date) -> str:
    """A day as it is still right when somebody reads it later: never `yesterday`."""
    return f"{day:%A}" if abs(day - from_day) < timedelta(days=7) else f"{day.day} {day:%B}"


PARTS: tuple[Part, ...] = (DutyOfficer(), DueToday(), Overdue(), DueOvernight(), Holdings(), WentOut(), RecordHead())
"""In the order in which they are read where nobody chose another."""
