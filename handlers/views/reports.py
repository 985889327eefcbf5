"""Committee reports on the screen: the owner's card, the rows that are somebody's, the page and the list."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core import deadlines
from bot.core.permissions import Act
from bot.desk.report_cards import PAGE, ReportCard, ReportList, RowsCard
from bot.desk.report_files import FOR_WORDS, TEXTS, ReportFile
from bot.desk.report_steps import Line
from bot.desk.unblocking import HEARD_WORDS
from handlers import ids
from handlers.views import forms, room, words
from handlers.views.enquiry_lists import next_page, ordinal
from handlers.views.room import MESSAGE, VIEW, Room
from handlers.views.words import Drawn
from storage.reports import Report, ReportEntry, ReportStatus, ReportVersion, RowState

LONGEST_IN_ROW = 100
LONGEST_PURPOSE = 600
LONGEST_REASON = 300

_MARKS = {
    RowState.BLANK: ":white_large_square: Blank",
    RowState.DONE: ":white_check_mark: Done",
    RowState.NOT_APPLICABLE: ":heavy_minus_sign: Not applicable",
}
STATUS_WORDS = {
    ReportStatus.OPEN: "Being completed",
    ReportStatus.SUBMITTED: "Submitted",
    ReportStatus.DROPPED: "Not needed any more",
}


def card(shown: ReportCard) -> Drawn:
    """To the owner: how far the report is, each row, and what can be done now."""
    report = shown.report
    text = f"{_title(report)}: {_stands(shown)}"
    return words.drawn(text, _blocks(shown, MESSAGE, _buttons(shown)))


def page(shown: ReportCard) -> View:
    """All of it: the cover with its texts, the rows, and what was submitted."""
    texts: list[Sequence[Block]] = [
        [words.section(f"*{label}*"), words.verbatim(value)]
        for name, label in TEXTS
        if (value := getattr(shown.report, name))
    ]
    above = _blocks(shown, VIEW, _buttons(shown))
    rest = VIEW.lay_out(
        [*texts, *([_version(one)] for one in reversed(shown.versions))],
        beside=above,
        rest=lambda number: words.small(f"Not shown here: {number}. The .docx has all of it."),
    )
    return forms.page(shown.report.reference, [*above, *rest])


def _version(version: ReportVersion) -> Block:
    taken_back = ""
    if version.taken_back_at is not None:
        because = words.plain(version.taken_back_because or "", LONGEST_REASON)
        taken_back = f"\nTaken back {words.moment(version.taken_back_at)}: {because}"
    return words.section(
        f"*Version {version.number}*, submitted {words.moment(version.submitted_at)} to "
        f"{words.name(version.sent_to.name)}. SHA-256 {version.sha256}{taken_back}"
    )


def _blocks(shown: ReportCard, room_: Room, buttons: Sequence[ButtonElement]) -> list[Block]:
    above: list[Block] = [words.section("\n".join(_facts(shown)))]
    below = words.buttons(buttons)
    groups = [_row(line, shown) for line in shown.lines]
    rows = room_.lay_out(
        groups,
        beside=[*above, *below],
        rest=lambda number: words.small(f"Rows not shown here: {number}. Press Show to see all of them."),
    )
    return [*above, *rows, *below]


def _facts(shown: ReportCard) -> list[str]:
    report = shown.report
    facts = [f"*{_title(report)}*", _stands(shown)]
    if report.status is ReportStatus.OPEN:
        facts.append(f"Due with the administrator {words.due(report.due_at, shown.band)}")
    where = [words.plain(report.committee, words.LONGEST_TITLE)] if report.committee else []
    where += [words.moment(report.meeting_at)] if report.meeting_at else []
    where += [FOR_WORDS[report.is_for]] if report.is_for else []
    where.append(":lock: Private" if report.is_private else "Public")
    facts.append(" · ".join(where))
    if report.administrator is not None:
        facts.append(f"To {words.name(report.administrator.name)}, the committee’s administrator")
    if shown.reader.id != report.owner_id:
        facts.append(f"Owner: {words.name(report.owner.name)}")
    return facts


def _stands(shown: ReportCard) -> str:
    """How far it is, and what comes next."""
    report = shown.report
    if report.status is ReportStatus.SUBMITTED:
        newest = shown.versions[-1]
        return f"Version {newest.number} was submitted {words.moment(newest.submitted_at)}."
    if report.status is ReportStatus.DROPPED:
        because = words.plain(report.dropped_because or "", LONGEST_REASON)
        return f"Not needed any more: {because}"
    if shown.is_signed:
        return "All rows are complete and it is signed off. Next: send it in."
    done = f"{sum(line.is_complete for line in shown.lines)} of {len(shown.lines)} rows complete"
    return done if shown.blank else f"{done}. Next: sign it off."


def _row(line: Line, shown: ReportCard) -> list[Block]:
    is_open = shown.report.status is ReportStatus.OPEN
    is_own = line.row.id in shown.own_rows
    who = "" if line.row.assigned_id == shown.report.owner_id else f" · with {words.name(line.row.assigned.name)}"
    text = f"*{line.name}*{'' if line.is_signature else who}\n{_stands_in(line)}"
    if line.row.not_theirs:
        text += f"\nHanded back: {words.plain(line.row.not_theirs, LONGEST_REASON)}"
    accessory = None
    if is_open and is_own and line.is_complete:
        accessory = words.button("Change", ids.CHANGE_ROW, line.row.id)
    elif is_open and not is_own and not line.is_signature and Act.ASSIGN_ROWS in shown.acts:
        accessory = words.button("Record reply", ids.RECORD_ROW, line.row.id)
    buttons = _fill_in(line) if is_open and is_own and not line.is_complete else []
    return [words.section(text, accessory=accessory), *words.buttons(buttons)]


def _fill_in(line: Line) -> list[ButtonElement]:
    return [
        words.button("Done", ids.ROW_DONE, line.row.id),
        words.button("Not applicable", ids.ROW_NOT_APPLICABLE, line.row.id),
    ]


def _stands_in(line: Line) -> str:
    """What stands in a row, in one line; escaped."""
    entry = line.entry
    if entry is None or not line.is_complete:
        voided = f" · {words.plain(entry.details, LONGEST_REASON)}" if entry and entry.details else ""
        return f"{_MARKS[RowState.BLANK]}{voided}"
    return f"{_MARKS[line.row.state]} · {in_short(entry)}"


def in_short(entry: ReportEntry) -> str:
    """Of an entry: with whom, details or why not, the day, and who said so; escaped."""
    said = []
    if entry.with_whom:
        said.append(f"with {words.plain(entry.with_whom, LONGEST_IN_ROW)}")
    if entry.details:
        said.append(words.plain(entry.details, LONGEST_IN_ROW))
    if entry.day:
        said.append(f"{entry.day:%d %b %Y}")
    said.append(words.name(entry.given_by.name))
    if entry.recorded_by is not None:
        how = f" {HEARD_WORDS[entry.heard_by]}" if entry.heard_by else ""
        said.append(f"recorded by {words.name(entry.recorded_by.name)}{how}")
    return " · ".join(said)


def _buttons(shown: ReportCard) -> list[ButtonElement]:
    offered = (
        (Act.SIGN_REPORT, "Sign off", ids.SIGN_REPORT, True),
        (Act.SUBMIT_REPORT, "Send in", ids.SUBMIT_REPORT, True),
        (Act.CHANGE_COVER, "Change cover", ids.CHANGE_COVER, False),
        (Act.ASSIGN_ROWS, "Ask people", ids.ASSIGN_ROWS, False),
        (Act.TAKE_BACK_REPORT, "Take it back", ids.TAKE_BACK_REPORT, False),
        (Act.READ_REPORT, "Get the .docx", ids.FETCH_REPORT, False),
        (Act.READ_REPORT, "Show", ids.SHOW_REPORT, False),
        (Act.GIVE_REPORT, "Give to someone", ids.GIVE_REPORT, False),
        (Act.DROP_REPORT, "Drop it", ids.DROP_REPORT, False),
    )
    return [
        words.button(text, action_id, shown.report.id, primary=primary)
        for act, text, action_id, primary in offered
        if act in shown.acts
    ]


def rows(shown: RowsCard) -> Drawn:
    """To whoever has rows of a report: which, by when, and what they can say; or to the owner, who writes to them."""
    report = shown.report
    if not shown.may_see:
        text = "Nothing is asked of you here any more."
        return words.drawn(text, [words.section(text)])
    title = _asked(shown)
    above: list[Block] = [words.section(f"*{title}*\n{_title(report)}{_committee(report)}")]
    if not shown.is_open or not shown.lines:
        return words.drawn(f"{title}: {_title(report)}", above)
    if any(not line.is_complete for line in shown.lines):
        above.append(words.section(f"Needed by {words.due(report.due_at, shown.band)}"))
    if shown.is_relayed:
        address = f" ({words.plain(shown.whose.email, words.LONGEST_TITLE)})" if shown.whose.email else ""
        said = f"{words.name(shown.whose.name)}{address} is not in Slack. Send them this text, then press Record reply."
        above += [words.section(said), words.verbatim(words.excerpt(shown.email, 3000))]
    elif report.purpose:
        above.append(words.quote(words.excerpt(report.purpose, LONGEST_PURPOSE)))
    groups = [_theirs(line, shown) for line in shown.lines]
    blocks = [*above, *MESSAGE.lay_out(groups, beside=above, rest=_rest)]
    return words.drawn(f"{title}: {_title(report)}", blocks)


def _asked(shown: RowsCard) -> str:
    owner, whose = words.name(shown.report.owner.name), words.name(shown.whose.name)
    left = sum(not line.is_complete for line in shown.lines)
    if shown.report.status is ReportStatus.DROPPED:
        return "Not needed any more, thank you"
    if not shown.lines:
        return "With somebody else now. Nothing is asked of you here any more"
    if shown.report.status is ReportStatus.SUBMITTED:
        return "Submitted, thank you"
    if not left:
        return f"{whose}: complete" if shown.is_relayed else "Complete, thank you"
    what = "1 row" if left == 1 else f"{left} rows"
    if shown.is_relayed:
        return f"Please ask {whose} for {what} of your report"
    if shown.reader.id != shown.whose.id:
        return f"{owner} asks {whose}, for whom you stand in, for {what} of a report’s checklist"
    return f"{owner} asks you for {what} of a report’s checklist"


def _theirs(line: Line, shown: RowsCard) -> list[Block]:
    text = f"*{line.name}*\n{_stands_in(line)}"
    if shown.is_relayed:
        return [words.section(text, accessory=words.button("Record reply", ids.RECORD_ROW, line.row.id))]
    if line.is_complete:
        return [words.section(text, accessory=words.button("Change", ids.CHANGE_ROW, line.row.id))]
    buttons = [*_fill_in(line), words.button("Not mine", ids.ROW_NOT_MINE, line.row.id)]
    return [words.section(text), *words.buttons(buttons)]


def reminder_buttons(row_id: int, *, is_own: bool) -> list[ButtonElement]:
    """On a reminder of a row: to whoever has it, or to the report's owner."""
    if not is_own:
        return [words.button("Record reply", ids.RECORD_ROW, row_id)]
    return [
        words.button("Done", ids.ROW_DONE, row_id, primary=True),
        words.button("Not applicable", ids.ROW_NOT_APPLICABLE, row_id),
        words.button("Not mine", ids.ROW_NOT_MINE, row_id),
    ]


def _rest(number: int) -> Block:
    return words.small(f"And {number} more. `/desk reports` shows all of them.")


def _title(report: Report) -> str:
    return f"{report.reference} · {words.plain(report.title, words.LONGEST_TITLE)}"


def _committee(report: Report) -> str:
    return f", for {words.plain(report.committee, words.LONGEST_TITLE)}" if report.committee else ""


def beside(shown: ReportFile) -> Drawn:
    """What stands beside the file."""
    what = f"{shown.content['reference']} “{words.plain(shown.content['title'], words.LONGEST_TITLE)}”"
    if shown.owed_to is not None:
        to = words.name(shown.owed_to.name)
        address = f" at {words.plain(shown.owed_to.email, words.LONGEST_TITLE)}" if shown.owed_to.email else ""
        text = f"Here: {what}, version {shown.version}. {to} is not in Slack: please send it to them{address}."
    elif shown.is_for_administrator:
        text = f"For the committee: {what}, version {shown.version}, signed off by its owner."
    elif shown.version:
        text = f"Here: {what}, version {shown.version}, as it was submitted."
    else:
        text = f"Here: {what}, as it stands on {words.moment(shown.at)}. It is a draft, and marked as one."
    return words.drawn(text, [words.section(text)])


def on_its_way(report: Report) -> View:
    return forms.page(
        "On its way",
        [words.section(f"{_title(report)} as a Word file: it comes to your messages with Comms Desk in a moment.")],
    )


def list_message(shown: ReportList) -> Drawn:
    return words.drawn(_counted(shown), _listed(shown, MESSAGE))


def list_page(shown: ReportList) -> View:
    return forms.page("Committee reports", _listed(shown, VIEW))


def _counted(shown: ReportList) -> str:
    if not shown.total:
        return "There are no committee reports that you may see. `/desk report` starts one."
    return "1 committee report" if shown.total == 1 else f"{shown.total:,} committee reports"


def _listed(shown: ReportList, room_: room.Room) -> list[Block]:
    if not shown.total:
        return [words.section(_counted(shown))]
    top: list[Block] = [words.header(_counted(shown))]
    if shown.offset:
        top.append(words.small(f"From the {ordinal(shown.offset + 1)} on"))
    groups = [[_line(report, complete, shown)] for report, complete in shown.lines]
    found = room_.lay_out(
        groups,
        beside=top,
        rest=next_page(ids.TURN_REPORTS, shown.total, PAGE, str),
        not_given=max(0, shown.total - shown.offset - len(shown.lines)),
    )
    return [*top, *found]


def _line(report: Report, complete: int, shown: ReportList) -> Block:
    facts = [STATUS_WORDS[report.status]]
    if report.status is ReportStatus.OPEN:
        facts = [f"{complete} of 10 rows complete"]
        facts.append(f"due {words.due(report.due_at, deadlines.band(report.due_at, shown.now))}")
    facts.append(f"owner {words.name(report.owner.name)}")
    lock = ":lock: " if report.is_private else ""
    return words.section(
        f"*{lock}{_title(report)}*{_committee(report)}\n{' · '.join(facts)}",
        accessory=words.button("Show", ids.SHOW_REPORT, report.id),
    )
