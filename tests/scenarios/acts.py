"""What people do again and again, done as they do it: in forms and with buttons."""

from datetime import timedelta

from bot.sandbox import Member, Message, Shown
from tests.office import AMINA, GARETH, PRESS, Office

TEXT = "The buses are late because of the snow."


def log(
    office: Office,
    who: str = AMINA,
    *,
    hours: float = 6,
    question: str = "Why are the buses late?",
    topic: str | None = "Screening (Esther Lindqvist)",
    channel: str = PRESS,
    sensitive: bool = False,
    journalist: str = "Rosa Achter",
    outlet: str = "Evening Courier",
    alike: str = "Log it anyway",
) -> None:
    """Fills and sends the form for a new enquiry, due in so many hours.

    If it looks like one on file, `alike` is chosen.
    """
    person = office.member(who)
    person.run(f"/enquiry {question}", channel=channel)
    first_name, outlet_name = journalist.partition(" ")[0].lower(), outlet.rpartition(" ")[2].lower()
    person.fill("Journalist", journalist)
    person.fill("Outlet", outlet)
    person.fill("E-mail", f"{first_name}@{outlet_name}.example")
    person.fill("Deadline", office.clock.now() + timedelta(hours=hours))
    if topic is not None:
        person.fill("Topic", topic)
    if sensitive:
        person.fill("Sensitive", ["Show it only to those who work on it"])
    decide(person, alike)


def decide(person: Member, alike: str = "Log it anyway") -> None:
    """Sends the form for a new enquiry; if the desk asks what to do with what it looks like, says so."""
    form = person.form
    if form is not None and "What to do" in form.labels and form.values.get("What to do") is None:
        person.fill("What to do", alike)
    asked = person.submit()
    if asked is not None and "What to do" in asked.labels:
        person.fill("What to do", alike)
        asked = person.submit()
    assert asked is None


def card(office: Office, number: int = 1, who: str = AMINA) -> Message:
    """An enquiry's card in the press channel, as it is when all has been said."""
    office.settle()
    messages = office.member(who).messages(channel=PRESS)
    return next(message for message in reversed(messages) if message.text.startswith(f"ENQ-{number} · "))


def said(shown: Shown) -> str:
    """What a command answered, in words."""
    assert shown.text is not None, "it answered nothing"
    return shown.text


def more(office: Office, choice: str, who: str = AMINA, *, number: int = 1) -> None:
    """Presses *Show more* on the card, and what stands there."""
    office.member(who).press("Show more", on=card(office, number, who))
    office.member(who).press(choice)


def take(office: Office, who: str = AMINA, *, number: int = 1) -> None:
    office.member(who).press("Take it", on=card(office, number, who))
    office.settle()


def draft(office: Office, who: str = AMINA, *, number: int = 1, text: str = TEXT, spokesperson: str = GARETH) -> None:
    person = office.member(who)
    person.press("Draft statement", on=card(office, number, who))
    person.fill("Text", text)
    person.fill("In the name of", spokesperson)
    assert person.submit() is None
    office.settle()


def ask_for_signatures(office: Office, who: str = AMINA, *, number: int = 1) -> None:
    person = office.member(who)
    person.press("Ask for signatures", on=card(office, number, who))
    assert person.submit() is None
    office.settle()


def approve(office: Office, *who: str) -> None:
    for name in who:
        person = office.member(name)
        person.press("Approve", on=person.sees("Please sign STA-"))
    office.settle()


def redraft(office: Office, text: str, who: str = AMINA, *, number: int = 1) -> None:
    """Writes a new draft of the enquiry's statement."""
    person = office.member(who)
    person.press("Write new draft", on=card(office, number, who))
    person.fill("Text", text)
    assert person.submit() is None
    office.settle()
