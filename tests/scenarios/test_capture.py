"""An enquiry is read out of the e-mail itself: the form opens filled in, and a person checks it."""

import pytest

from bot.app import FORM_TIMEOUT_SECONDS
from bot.sandbox import Form, Message
from tests.office import AMINA, BEN, PRESS, Office
from tests.scenarios.acts import card, decide

SHORTCUT = "Log as media enquiry"
ASKED = """Hi there,

Why are the Northbrook buses late every morning? Could I have a line by 4pm today please. We publish on Friday.

Many thanks,
Rosa Achter
Reporter, Evening Courier
07700 900 142
"""


def read(office: Office, who: str, message: Message) -> Form:
    """Chooses the shortcut on a message, and waits until what it brings has been read."""
    person = office.member(who)
    person.message_shortcut(SHORTCUT, message)

    def form() -> Form | None:
        return person.form if person.form is not None and person.form.title != "Reading …" else None

    found: Form = office.sandbox.wait_until(form)
    return found


def test_a_forwarded_email_fills_the_form_in_and_is_logged(office: Office) -> None:
    """Slack's e-mail file: who, from where, what, and by when, with the words it was read from."""
    amina = office.member(AMINA)
    email = amina.forward_email("Late buses", ASKED, channel=PRESS, sender="Rosa Achter <rosa@eveningcourier.example>")
    form = read(office, AMINA, email)
    assert "Deadline read from “4pm today”: Mon 23 November, 4pm, in 6 hours. Please check." in form.text
    assert form.values["Journalist"] == "Rosa Achter"
    assert form.values["E-mail"] == "rosa@eveningcourier.example"
    assert "07700 900142" in str(form.values["Phone"])
    assert str(form.values["What is asked"]).startswith("Why are the Northbrook buses late")
    assert "Rosa Achter" not in str(form.values["What is asked"])
    amina.fill("Outlet", "Evening Courier")
    assert amina.submit() is None
    assert "Due  today at 16:00" in card(office).text


def test_the_outlet_is_known_the_next_time(sqlite_office: Office) -> None:
    """By the domain of the address, as it was logged, or corrected, last."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    for outlet in ("Evening Courier", "Evening Courier & Post"):
        email = amina.forward_email("Late buses", ASKED, channel=PRESS, sender="Rosa <rosa@courier.example>")
        read(office, AMINA, email)
        amina.fill("Outlet", outlet)
        decide(amina)
    email = amina.forward_email("Parking", "Is it free?", channel=PRESS, sender="Jo Bell <jo@courier.example>")
    assert read(office, AMINA, email).values["Outlet"] == "Evening Courier & Post"


def test_a_pasted_message_is_read_at_once(sqlite_office: Office) -> None:
    """No file, no waiting; with headers or without, whoever reads it may be somebody else."""
    office, ben = sqlite_office, sqlite_office.member(BEN)
    office.member(AMINA).say(f"From: Rosa Achter <rosa@courier.example>\nSubject: Buses\n\n{ASKED}", channel=PRESS)
    form = ben.message_shortcut(SHORTCUT, ben.messages(channel=PRESS)[-1])
    assert form.title == "Log a media enquiry"
    assert form.values["E-mail"] == "rosa@courier.example"
    assert form.values["Deadline"] == "2026-11-23 16:00"


@pytest.mark.parametrize(
    ("words", "deadline", "said"),
    [
        ("Parking at the hospital, noon tomorrow", "2026-11-24 12:00", "Tue 24 November, noon"),
        ("Parking at the hospital, as soon as possible", None, "name no time"),
        ("Parking at the hospital", None, ""),
    ],
)
def test_typed_words_are_read(sqlite_office: Office, words: str, deadline: str | None, said: str) -> None:
    """The words are the question; a time in them is the deadline; haste is none."""
    amina = sqlite_office.member(AMINA)
    form = amina.run(f"/enquiry {words}", channel=PRESS).form
    assert form is not None
    assert form.values["What is asked"] == words
    assert form.values.get("Deadline") == deadline
    assert said in form.text


def test_typed_words_say_who_asks(sqlite_office: Office) -> None:
    """By a name beside its address or its outlet; the outlet is known the next time. Where it is not plain, nobody."""
    amina = sqlite_office.member(AMINA)
    sam = "Sam Fletcher from the Guardian, sam.fletcher@theguardian.com, 07700 900 142, asks about parking by 4pm"
    for words, journalist, outlet in (
        (sam, "Sam Fletcher", "Guardian"),
        ("Tobias Wrenfield <tobias@theguardian.com> asks about beds", "Tobias Wrenfield", "Guardian"),
        ("Parking at Northbrook Hospital, from the guardian", "", "Guardian"),
        ("Why is Northbrook Hospital shut?", "", ""),
    ):
        form = amina.run(f"/enquiry {words}", channel=PRESS).form
        assert form is not None
        found = form.values.get("Journalist") or "", form.values.get("Outlet") or ""
        assert found == (journalist, outlet)
        assert form.values["What is asked"] == words
        if words == sam:
            assert form.values["E-mail"] == "sam.fletcher@theguardian.com"
            assert form.values["Phone"] == "07700 900142"
            decide(amina)
        else:
            amina.close_form()


def test_an_eml_file_is_downloaded_and_read(sqlite_office: Office) -> None:
    """As mail programs save it, with the bot's own token."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    headers = "From: Rosa Achter <rosa@courier.example>\r\nDate: Mon, 23 Nov 2026 09:30:00 +0000\r\n"
    eml = f"{headers}Subject: Buses\r\n\r\n{ASKED}"
    message = amina.upload("buses.eml", eml.encode(), channel=PRESS)
    form = read(office, AMINA, message)
    assert form.values["Journalist"] == "Rosa Achter"
    assert form.values["Received"] == "2026-11-23 09:30"


def test_what_cannot_be_read_is_said_in_a_sentence(sqlite_office: Office) -> None:
    """A picture, a file that is gone, a Slack that does not answer: what to do instead."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    picture = amina.upload("buses.png", b"\x89PNG\r\n\x1a\n", channel=PRESS, filetype="png")
    assert "buses.png is no e-mail and no text" in read(office, AMINA, picture).text
    amina.close_form()
    gone = amina.upload("gone.txt", b"Why?", channel=PRESS)
    office.sandbox.delete_file(gone.files[0].id)
    assert "not in Slack any more" in read(office, AMINA, gone).text
    amina.close_form()
    office.sandbox.faults.server_error("files.info", times=2)
    later = amina.upload("later.txt", b"Why are they late? By 5pm please.", channel=PRESS)
    assert "Try again in a minute" in read(office, AMINA, later).text
    amina.close_form()
    assert read(office, AMINA, later).values["What is asked"] == "Why are they late? By 5pm please."


def test_what_was_read_is_shown_although_slack_stumbles(sqlite_office: Office) -> None:
    """The reply to the page is lost, the file is described slowly, the form is not taken at first: it comes."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    message = amina.upload("later.txt", b"Why are they late? By 5pm please.", channel=PRESS)
    office.sandbox.faults.lose_reply("views.open")
    office.sandbox.faults.slow("files.info", seconds=FORM_TIMEOUT_SECONDS + 0.1)
    office.sandbox.faults.server_error("views.update")
    office.sandbox.faults.lose_reply("views.update")
    form = read(office, AMINA, message)
    assert form.values["What is asked"] == "Why are they late? By 5pm please."


def test_an_email_whose_own_date_cannot_be_read_is_doubted(sqlite_office: Office) -> None:
    """Its "tomorrow" may be today: the form says that it counted from now."""
    amina = sqlite_office.member(AMINA)
    amina.say(
        "From: Rosa Achter <rosa@courier.example>\nSent: Yesterday, 18:02\nSubject: Buses\n\n"
        "Why are the buses late? Please answer by 10am tomorrow.",
        channel=PRESS,
    )
    form = amina.message_shortcut(SHORTCUT, amina.messages(channel=PRESS)[-1])
    assert form.values["Deadline"] == "2026-11-24 10:00"
    assert "may be a day wrong: please check" in form.text
