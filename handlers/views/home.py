"""The home: what waits for the person, with its buttons right there; what is theirs; and the settings."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.enquiry_cards import EnquiryLine, Stage
from bot.desk.home import HomePage
from bot.desk.reminders import Reminder
from handlers import ids
from handlers.views import enquiries, reminders, settings, signoffs, words

MOST_BLOCKS = 100
ROOM_FOR_SETTINGS = 20


def home(shown: HomePage) -> View:
    """At most a hundred blocks: what does not fit is counted, and the settings always fit."""
    tail = [words.divider(), *settings.summary(shown.settings)] if shown.settings else []
    blocks = _waiting(shown)
    blocks += _yours(shown)
    blocks += _nobodys(shown)
    if not shown.is_known:
        blocks = [words.header("Welcome"), words.section(_STRANGER if shown.settings is None else _ADMINISTRATOR)]
    return View(type="home", blocks=[*blocks[: MOST_BLOCKS - len(tail)], *tail])


_STRANGER = (
    "This is the press office’s desk. Nothing waits for you here. If you work with the press office, "
    "ask them to add you in Settings."
)
_ADMINISTRATOR = "You are the desk’s administrator. Below is what it needs to know before it can start."


def _waiting(shown: HomePage) -> list[Block]:
    blocks: list[Block] = [words.header("Waiting for you")]
    if not shown.waiting_count:
        blocks.append(words.section("Nothing waits for you."))
    for request in shown.requests:
        blocks += [*signoffs.in_home(request), words.divider()]
    for line in shown.owed:
        blocks += reminders.line_blocks(line, Reminder(shown.person, shown.owed, shown.now))
    left_out = shown.waiting_count - len(shown.requests) - len(shown.owed)
    if left_out > 0:
        blocks.append(words.small(f"And {left_out} more. They appear here as the first ones are done."))
    return blocks


def _yours(shown: HomePage) -> list[Block]:
    if not shown.may_log and not shown.yours:
        return []
    blocks: list[Block] = [words.header("Yours")]
    if not shown.yours:
        blocks.append(words.section("You own no open enquiry."))
    for line in shown.yours:
        blocks += _line(line)
    if shown.yours_count > len(shown.yours):
        blocks.append(words.small(f"And {shown.yours_count - len(shown.yours)} more."))
    if shown.may_log:
        blocks += words.buttons([words.button("Log a media enquiry", ids.LOG, "new")])
    return blocks


def _nobodys(shown: HomePage) -> list[Block]:
    if not shown.nobodys:
        return []
    blocks: list[Block] = [words.header("Nobody has these yet")]
    for line in shown.nobodys:
        blocks += [
            enquiries.line_section(line),
            *words.buttons(
                [
                    words.button("Take it", ids.TAKE, line.enquiry.id, primary=True),
                    words.button("Show", ids.SHOW, line.enquiry.id),
                ]
            ),
        ]
    return blocks


def _line(line: EnquiryLine) -> list[Block]:
    current = line.current
    found = []
    if line.stage is Stage.OWNED:
        found.append(words.button("Draft statement", ids.START_STATEMENT, line.enquiry.id, primary=True))
    if line.stage is Stage.AWAITING_EMAIL:
        found.append(words.button("E-mail came", ids.EMAIL_CAME, line.enquiry.id, primary=True))
    if current is not None and line.stage is Stage.DRAFTING:
        found.append(words.button("Ask for signatures", ids.REQUEST_SIGNOFF, current.statement.id, primary=True))
    if current is not None and line.stage is Stage.READY:
        found.append(words.button("Record as issued", ids.RECORD_ISSUE, current.statement.id, primary=True))
    if current is not None:
        found.append(words.button("New draft", ids.WRITE_DRAFT, current.statement.id))
    if line.stage is Stage.ANSWERED:
        found.append(words.button("Close", ids.CLOSE, line.enquiry.id, primary=True))
    found.append(words.button("Add note", ids.NOTE, line.enquiry.id))
    found.append(words.button("Show", ids.SHOW, line.enquiry.id))
    return [enquiries.line_section(line), *words.buttons(found)]
