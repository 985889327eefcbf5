"""Morning and evening in the press channel, and the evening's list with the duty officer."""

from datetime import UTC, datetime

from tests.office import AMINA, BEN, DEV, ESTHER, GARETH, PRESS, Office
from tests.scenarios.acts import approve, ask_for_signatures, draft, log, take

TUESDAY_NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 17, tzinfo=UTC)


def digests(office: Office, who: str, title: str, channel: str | None = PRESS) -> list[str]:
    """The texts of a person's digests; in the press channel, if none else is named."""
    office.settle()
    member = office.member(who)
    messages = member.messages(channel=channel) if channel else member.messages()
    return [message.text for message in messages if message.text.startswith(title)]


def test_the_evening_is_handed_over_and_the_morning_begins_with_it(office: Office) -> None:
    """Due in the night, due tomorrow, with nobody: each once, to the channel and to the duty officer, at their hour."""
    log(office, hours=5)
    take(office)
    draft(office)
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    amina = office.member(AMINA)
    amina.press("Record as issued", on=amina.sees("is signed and can go out"))
    assert amina.submit() is None
    log(office, hours=9)
    take(office, number=2)
    log(office, BEN, hours=25, topic=None)
    office.wait_until(EVENING)
    office.wait(minutes=1)
    (evening,) = digests(office, BEN, "Overnight: Monday 23 November")
    assert "Dev Malhotra is the duty officer until tomorrow at 09:00 and has this list." in evening
    due, held = evening.split("Who holds what")
    assert "Due before tomorrow morning" in due
    assert "Due today at 19:00 · Amina Rahman · not drafted yet" in due
    assert "ENQ-3" not in due
    assert "Amina Rahman: 1. ENQ-2 · Evening Courier" in held
    assert "Nobody yet: 1. ENQ-3 · Evening Courier" in held
    (handed,) = digests(office, DEV, "Overnight: Monday 23 November", None)
    assert "You are the duty officer until tomorrow at 09:00." in handed
    assert "ENQ-2 · Evening Courier" in handed

    office.wait_until(TUESDAY_NINE)
    office.wait(minutes=1)
    (morning,) = digests(office, BEN, "The day ahead: Tuesday 24 November")
    today, rest = morning.split("Overdue")
    assert "ENQ-3 · Evening Courier" in today
    assert "Due yesterday at 19:00 · Amina Rahman" in rest
    assert "Went out since yesterday" in rest
    assert "STA-1 · Evening Courier, sent yesterday at 10:00, recorded by Amina Rahman" in rest
    assert "comms-desk audit verify --head" in rest
    assert digests(office, DEV, "The day ahead", None) == []
