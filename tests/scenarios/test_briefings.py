"""Key-message briefings: written, signed by the chair, posted to their audiences at their hour, and never before."""

from datetime import UTC, datetime, timedelta

from bot.core import audit
from bot.sandbox import Message
from storage import calendar
from storage.calendar import CalendarDate, DateKind
from tests.office import AMINA, BEN, CARYS, GARETH, JOAN, LEONORA, PRESS, Office

TUESDAY_NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MESSAGES = ("Screening opens on Saturdays.", "Parking is free for patients.", "The ward reopens in May.")
TEXT = """Key messages: Partnership Board, Thursday 19 November 2026

1. Screening opens on Saturdays.

2. Parking is free for patients.

3. The ward reopens in May.

Papers
Agenda: https://board.example/agenda.pdf"""


def meeting(office: Office, *, days: float = -4, title: str = "Partnership Board") -> int:
    """Puts a board meeting into the calendar, so many days from now. Gives its id."""
    with office.app.desk.on_its_own(office.app.workspace_id) as work:
        starts_at = work.now + timedelta(days=days)
        date = CalendarDate(
            kind=DateKind.BOARD_MEETING, title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
        )
        work.tx.add(date)
        return date.id


def audience(
    office: Office,
    name: str = "All staff",
    *,
    channels: tuple[str, ...] = ("second-office",),
    people: tuple[str, ...] = (JOAN, LEONORA),
) -> None:
    """The administrator adds an audience in Settings."""
    carys = office.member(CARYS)
    carys.open_home()
    carys.press_in_home("Add audience")
    carys.fill("Audience", name)
    carys.fill("Channels", channels)
    carys.fill("People", people)
    assert carys.submit() is None


def write(
    office: Office, who: str = AMINA, *, at: datetime | None = None, audiences: tuple[str, ...] = ("All staff",)
) -> None:
    """Fills in the form for a new briefing, up to the preview."""
    person = office.member(who)
    person.run("/briefing")
    for number, message in enumerate(MESSAGES, 1):
        person.fill(f"Key message {number}", message)
    person.fill("Links to papers", "Agenda https://board.example/agenda.pdf")
    person.fill("For whom", audiences)
    person.fill("Lines to take", "If asked about the ward: ask Esther.")
    if at is not None:
        person.fill("When to post it", at)
    shown = person.submit()
    assert shown is not None


def ask(office: Office, who: str = AMINA) -> None:
    """Asks for the signature from the preview."""
    assert office.member(who).submit() is None
    office.settle()


def sign(office: Office, who: str = GARETH, on: str = "Please sign BRF-") -> None:
    person = office.member(who)
    person.press("Approve", on=person.sees(on))
    office.settle()


def card(office: Office, number: int = 1, who: str = AMINA) -> Message:
    office.settle()
    messages = office.member(who).messages(channel=PRESS)
    return next(message for message in reversed(messages) if message.text.startswith(f"BRF-{number} · "))


def history(office: Office, number: int = 1) -> str:
    return "\n".join(one.text for one in office.member(AMINA).messages(channel=PRESS, thread=card(office, number)))


def posted(office: Office, channel: str = "second-office", who: str = BEN) -> list[str]:
    office.settle()
    return [one.text for one in office.member(who).messages(channel=channel) if "Key messages:" in one.text]


def texts(office: Office, who: str) -> str:
    office.settle()
    return "\n".join(message.text for message in office.member(who).messages())


def test_a_briefing_is_written_signed_and_posted_at_its_hour(office: Office) -> None:
    """The main path: form, preview, signature, the hour, each place once, by hand for who is outside Slack."""
    meeting(office)
    audience(office)
    audience(office, "GPs", channels=("second-office",), people=(JOAN, BEN))
    amina = office.member(AMINA)
    write(office, at=TUESDAY_NINE, audiences=("All staff", "GPs"))
    assert amina.form is not None
    assert TEXT in amina.form.text
    assert "If asked about the ward" not in amina.form.text
    ask(office)
    assert "Waiting for the signature of Gareth Pryce" in card(office).text
    assert "If asked about the ward" in card(office).text
    request = office.member(GARETH).sees("Please sign BRF-1")
    assert TEXT in request.text
    assert "chair of the board" in request.text
    assert "If asked" not in request.text
    sign(office)
    assert "Signed" in card(office).text
    assert posted(office) == []
    office.wait_until(TUESDAY_NINE - timedelta(minutes=1))
    assert posted(office) == []
    office.wait(minutes=1)
    office.wait(minutes=1)
    assert posted(office) == [TEXT]
    assert texts(office, JOAN).count(TEXT) == 1
    assert texts(office, BEN).count(TEXT) == 1
    by_hand = amina.sees("Please send BRF-1 to those who are not in Slack")
    for words in (TEXT, "Leonora Ashby", "leonora@partners.example"):
        assert words in by_hand.text
    assert "Posted" in card(office).text
    assert "Posted BRF-1, draft 1, for: All staff, GPs." in history(office)
    assert "Nothing is asked of you" in texts(office, GARETH)
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        assert calendar.get(tx, 1) is not None
    assert audit.verify(office.app.database).findings == ()
