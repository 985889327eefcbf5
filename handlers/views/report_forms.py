"""The forms about committee reports: the cover in two parts, with whom each row is, a row, signing off, submitting."""

from datetime import date, datetime

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot.desk.report_cards import ReportCard, RowToFill, ToAssign
from bot.desk.report_files import FOR_WORDS, TEXTS
from bot.desk.report_steps import ROW_NAMES, why_not_yet
from handlers import ids
from handlers.views import forms, hearing, words
from handlers.views.reports import in_short
from storage.people import Person
from storage.reports import Report, ReportEntry, RowKind, RowState

TEXT_FIELDS = ("background", "clinical_view", "public_view", "key_risks", "implications", "attachments")
MOST_ENTRIES_SHOWN = 5


def cover_form(report: Report | None, *, title: str = "") -> View:
    """The first part of the cover. All but the title may be left for later."""
    administrator = report.administrator if report else None
    in_slack = administrator if administrator and administrator.on_slack else None
    outside = administrator if administrator and not administrator.on_slack else None
    return forms.form(
        report.reference if report else "Committee report",
        ids.COVER_FORM,
        [
            forms.line("title", "Title", report.title if report else title),
            _line("author", "Author", report.author if report else None),
            _line("management_lead", "Management lead", report.management_lead if report else None),
            _line("committee", "Committee", report.committee if report else None),
            forms.moment("meeting", "Its meeting", report.meeting_at if report else None, optional=True),
            forms.moment(
                "due",
                "Due with the administrator",
                report.due_at if report else None,
                hint="Left empty: five working days before the meeting.",
                optional=True,
            ),
            forms.member(
                "administrator",
                "The committee’s administrator",
                in_slack.slack_user_id if in_slack else None,
                hint="They get cover and checklist as a Word file.",
                optional=True,
            ),
            *_outsider("administrator", "Or outside Slack: the administrator’s name", outside),
            forms.choice(
                "is_for",
                "For decision or assurance",
                [(text, one.value) for one, text in FOR_WORDS.items()],
                report.is_for.value if report and report.is_for else None,
                optional=True,
            ),
            forms.tick(
                "private",
                "Public or private",
                "Private: only you, those with a row, the chair and the comms lead see it",
                ticked=bool(report and report.is_private),
            ),
            *(_text(report, name) for name, _ in TEXTS if name not in TEXT_FIELDS),
        ],
        submit="Save and go on",
        about={"report": report.id} if report else {},
    )


def _line(field: str, label: str, value: str | None) -> InputBlock:
    return forms.line(field, label, value or "", optional=True)


def _outsider(field: str, label: str, person: Person | None) -> list[InputBlock]:
    """Somebody outside Slack, by name and address."""
    return [
        forms.line(f"{field}_name", label, person.name if person else "", optional=True, most=75),
        forms.line(f"{field}_email", "Their e-mail address", (person.email or "") if person else "", optional=True),
    ]


def _text(report: Report | None, name: str) -> InputBlock:
    label = dict(TEXTS)[name]
    value = (getattr(report, name) or "") if report else ""
    hint = "Links, one in each line." if name in {"assurance", "attachments"} else ""
    return forms.paragraph(name, label, value, optional=True, hint=hint)


def texts_form(report: Report) -> View:
    """The second part of the cover."""
    return forms.form(
        f"{report.reference}: the rest",
        ids.COVER_TEXTS_FORM,
        [
            words.section("Saved. These can wait: press Change cover whenever you want to go on."),
            *(_text(report, name) for name in TEXT_FIELDS),
        ],
        submit="Save",
        about={"report": report.id},
    )


def assign_form(shown: ToAssign) -> View:
    """With whom each row is. Those of whom nobody is named stay the owner's, or with whoever outside Slack has them."""
    inputs = []
    for line in shown.lines:
        if line.is_signature:
            continue
        with_whom = line.row.assigned
        hint = "" if with_whom.on_slack else f"With {words.typed(with_whom.name, 75)} now, outside Slack."
        inputs.append(
            forms.member(
                line.row.kind.value,
                line.name,
                with_whom.slack_user_id if with_whom.on_slack else None,
                hint=hint,
                optional=True,
            )
        )
    offered = [(name, kind.value) for kind, name in ROW_NAMES.items() if kind is not RowKind.SIGNED_OFF]
    known = [(one.name, str(one.id)) for one in shown.outsiders]
    return forms.form(
        "Ask people",
        ids.ASSIGN_ROWS_FORM,
        [
            words.section("Whom you choose gets one message with their rows. Rows that you leave empty are yours."),
            *inputs,
            words.divider(),
            *forms.optional_choice("outsider_known", "Somebody outside Slack", known),
            *_outsider("outsider", "Or somebody new outside Slack: their name", None),
            forms.choices("outsider_rows", "Their rows", offered, hint="You get the text to send them."),
        ],
        submit="Ask",
        about={"report": shown.report.id},
    )


def row_form(shown: RowToFill, state: RowState | None, today: date) -> View:
    """A row: done, or not applicable; as it stands, if it is to be changed."""
    return forms.form(
        "Checklist",
        ids.ROW_FORM,
        [*_about(shown), *_answer(shown, state, today), *_before(shown)],
        submit="Save",
        about={"row": shown.line.row.id, "seen": shown.line.row.entries},
    )


def record_row_form(shown: RowToFill, today: date, now: datetime) -> View:
    """What somebody said of their row, and how the owner knows."""
    who = words.name(shown.line.row.assigned.name)
    return forms.form(
        "Record reply",
        ids.RECORD_ROW_FORM,
        [
            *_about(shown),
            words.section(f"This row is with *{who}*. What did they say?"),
            *_answer(shown, None, today),
            hearing.how("How it reached you"),
            forms.moment("heard_at", "When", now),
            forms.line("evidence", "How you know", most=500, hint="For example: their e-mail to you, Tuesday 14:10"),
            *_before(shown),
        ],
        submit="Record reply",
        about={"row": shown.line.row.id, "seen": shown.line.row.entries},
    )


def _about(shown: RowToFill) -> list[Block]:
    title = words.plain(shown.report.title, words.LONGEST_TITLE)
    return [words.section(f"*{shown.line.name}*, of {shown.report.reference} · {title}")]


def _answer(shown: RowToFill, state: RowState | None, today: date) -> list[InputBlock]:
    entry = shown.line.entry if shown.line.is_complete else None
    stands = shown.line.row.state if entry else None
    state = state or stands
    done = entry if entry and entry.state is RowState.DONE else None
    offered = [("Done", RowState.DONE.value), ("Not applicable", RowState.NOT_APPLICABLE.value)]
    why = (entry.details or "") if entry and entry.state is RowState.NOT_APPLICABLE else ""
    return [
        forms.radio("state", "This row is", offered, state.value if state else None),
        forms.line(
            "with_whom",
            "Done: discussed with",
            (done.with_whom or "") if done else "",
            optional=True,
            most=500,
            hint="Where it is done, one of the two is needed: this, or details below.",
        ),
        forms.paragraph("details", "Done: details", (done.details or "") if done else "", optional=True),
        forms.day("day", "Done: on which day", done.day if done else today, optional=True),
        forms.paragraph("why", "Not applicable: why", why, optional=True),
    ]


def _before(shown: RowToFill) -> list[Block]:
    """What was said before, the newest first."""
    if not shown.entries:
        return []
    newest = list(reversed(shown.entries))[:MOST_ENTRIES_SHOWN]
    lines = [f"{words.moment(entry.at)}: {_what(entry)}" for entry in newest]
    return [words.section("*On record*"), *(words.small(line) for line in lines)]


def _what(entry: ReportEntry) -> str:
    if entry.state is RowState.BLANK:
        return f"does not count any more. {words.plain(entry.details or '', 200)}"
    state = "done" if entry.state is RowState.DONE else "not applicable"
    return f"{state} · {in_short(entry)}"


def not_mine_form(shown: RowToFill) -> View:
    return forms.form(
        "Not mine",
        ids.ROW_NOT_MINE_FORM,
        [
            *_about(shown),
            words.section(f"The row goes back to {words.name(shown.report.owner.name)}, who hears who could."),
            forms.paragraph("reason", "Why it is not yours", optional=True, most=1000),
            forms.member("member", "Who could", optional=True),
            forms.line("who", "Or somebody outside Slack", optional=True, hint="Their name, and how to reach them."),
        ],
        submit="Send",
        about={"row": shown.line.row.id},
    )


def sign_form(shown: ReportCard) -> View:
    """The last row. While others are blank, it says which."""
    if shown.blank:
        return forms.refusal(why_not_yet("You sign last.", shown.blank))
    return forms.form(
        "Sign off",
        ids.SIGN_REPORT_FORM,
        [
            words.section(
                f"You sign off {shown.report.reference} as its owner: the cover and the nine rows as they stand below. "
                "If anything of it changes afterwards, you sign again."
            ),
            *_rows(shown),
        ],
        submit="Sign off",
        about={"report": shown.report.id, "seen": shown.report.revision},
    )


def submit_form(shown: ReportCard) -> View:
    """To whom it goes. What is missing is said instead, if something is."""
    missing = _missing(shown)
    if missing:
        return forms.refusal(missing)
    report = shown.report
    assert report.administrator is not None  # noqa: S101 (else it would be missing)
    name = words.name(report.administrator.name)
    how = "gets it as a Word file in Slack"
    if not report.administrator.on_slack:
        how = "is not in Slack: you get the Word file, and send it to them"
    empty = [label for field, label in TEXTS if not getattr(report, field)]
    remark = [words.section(f"Not filled in on the cover: {', '.join(empty)}.")] if empty else []
    return forms.form(
        "Send in",
        ids.SUBMIT_REPORT_FORM,
        [
            words.section(f"Version {report.version + 1} of {report.reference}: {name} {how}."),
            *remark,
            *_rows(shown),
        ],
        submit="Send in",
        about={"report": report.id, "seen": report.revision},
    )


def _missing(shown: ReportCard) -> str:
    """What has to be done before a report can be submitted, in a sentence; empty, if nothing has."""
    if shown.blank:
        return why_not_yet("This cannot be submitted yet.", shown.blank)
    if not shown.is_signed:
        return "This cannot be submitted yet. The last row is your own: press Sign off first."
    if shown.report.administrator is None:
        return "Say first who the committee’s administrator is: press Change cover."
    return ""


def _rows(shown: ReportCard) -> list[Block]:
    marks = {RowState.BLANK: "Blank", RowState.DONE: "Done", RowState.NOT_APPLICABLE: "Not applicable"}
    return [
        words.section(f"*{line.name}*  {marks[line.row.state]} · {in_short(line.entry)}")
        for line in shown.lines
        if line.entry is not None and line.is_complete
    ]


def take_back_form(report: Report) -> View:
    said = "What was submitted stays on file. The administrator hears that it does not count any more."
    return forms.form(
        "Take it back",
        ids.TAKE_BACK_REPORT_FORM,
        [_named(report, said), forms.paragraph("reason", "Why")],
        submit="Take it back",
        about={"report": report.id},
    )


def drop_form(report: Report) -> View:
    said = "It stays on file. Whoever still has a row to complete is told, with thanks."
    return forms.form(
        "Drop it",
        ids.DROP_REPORT_FORM,
        [_named(report, said), forms.paragraph("reason", "Why it is not needed")],
        submit="Drop it",
        about={"report": report.id},
    )


def give_form(report: Report) -> View:
    said = "They own it from now on, with the rows that are the owner’s, and sign it off themselves."
    return forms.form(
        "Give to someone",
        ids.GIVE_REPORT_FORM,
        [_named(report, said), forms.member("member", "To whom")],
        submit="Give",
        about={"report": report.id},
    )


def _named(report: Report, said: str) -> Block:
    return words.section(f"*{report.reference} · {words.plain(report.title, words.LONGEST_TITLE)}*\n{said}")
