"""Sensitive enquiries: those who work on them work as ever, and nobody else ever reads a word of them."""

import pytest

from bot.core.errors import NotFound
from bot.desk import corrections
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, DEV, ESTHER, FARAH, GARETH, HANNAH, JOAN, PRESS, Office
from tests.scenarios.acts import TEXT, approve, card, draft, log, more, take

QUESTION = "Is the ward closed because of the abuse case?"
CARD = "Sensitive: only those who work on it see this"
WORDS = ("abuse", "ward closed", "nother ward", "Evening Courier", "Rosa Achter", "STA-1", TEXT)
"""Of which nobody outside may read one. (That there is an ENQ-1 is no secret: numbers have no gaps.)"""


ASKED = ("list", "list week", "list waiting", "ENQ-1", "find closed", 'find "closed because"', "find late", "help")


def log_sensitive(office: Office, who: str = AMINA, *, hours: float = 6) -> None:
    log(office, who, hours=hours, question=QUESTION, sensitive=True)
    office.settle()


def own_card(office: Office, who: str = AMINA) -> str:
    office.settle()
    return office.member(who).sees(CARD).text


def everything_shown_to(office: Office, name: str) -> str:
    """What somebody can read anywhere: the channels, their messages, their home, and what commands answer."""
    office.settle()
    person = office.member(name)
    texts = [message.text for message in person.messages()]
    for message in person.messages(channel=PRESS):
        texts += [message.text, *(reply.text for reply in person.messages(channel=PRESS, thread=message))]
    texts.append(person.open_home().text)
    for words in (
        "list",
        "list week",
        "list waiting",
        "ENQ-1",
        "find closed",
        'find "closed because"',
        "find late",
        "help",
    ):
        shown = person.run(f"/enquiry {words}", channel=PRESS)
        texts.append(shown.text or "")
        if shown.form is not None:
            texts.append(shown.form.text)
            person.close_form()
    return "\n".join(texts)


def assert_knows_nothing(office: Office, *names: str) -> None:
    for name in names:
        text = everything_shown_to(office, name)
        assert [words for words in WORDS if words in text] == [], name


def test_a_sensitive_enquiry_is_worked_on_and_nobody_else_reads_a_word(office: Office) -> None:
    """Logged, taken, drafted, signed and issued among those who work on it; hunted for by the others: nothing."""
    log_sensitive(office)
    amina = office.member(AMINA)
    assert QUESTION in own_card(office)
    assert "Is the ward closed" in own_card(office, CARYS)
    assert_knows_nothing(office, BEN, DEV, JOAN, FARAH, ESTHER)

    amina.press("Take it", on=amina.sees(CARD))
    office.settle()
    amina.press("Draft statement", on=amina.sees(CARD))
    amina.fill("Text", TEXT)
    amina.fill("In the name of", GARETH)
    assert amina.submit() is None
    office.settle()
    amina.press("Ask for signatures", on=amina.sees(CARD))
    assert amina.submit() is None
    office.settle()
    assert_knows_nothing(office, BEN, DEV, JOAN, FARAH)
    approve(office, ESTHER, GARETH)
    assert "Ready to issue" in own_card(office)
    office.wait(hours=7)
    assert_knows_nothing(office, BEN, DEV, JOAN, FARAH)
    amina.press("Record as issued", on=amina.sees("is signed and can go out"))
    assert amina.submit() is None
    office.settle()
    assert "closed: answered with a statement" in own_card(office).lower()
    desk, wrong = office.app.desk, "It was another ward."
    with pytest.raises(NotFound):
        corrections.start(desk, office.caller(BEN), 1, "Another ward.", what_was_wrong=wrong, once="guessed")
    corrections.start(desk, office.caller(AMINA), 1, "Another ward.", what_was_wrong=wrong, once="correction")
    office.wait(hours=3)
    assert_knows_nothing(office, BEN, DEV, JOAN, FARAH)


def test_a_press_with_a_guessed_number_finds_nothing(sqlite_office: Office) -> None:
    """Whatever is pressed for it reads exactly as for a record that is not there."""
    office, ben = sqlite_office, sqlite_office.member(BEN)
    log_sensitive(office)
    log(office, BEN)
    other = card(office, 2, BEN)
    for action in ("take", "give", "deadline", "topic", "note", "close", "show", "more", "let_in", "show_to_all"):
        hidden = ben.press_raw(other, f"enquiry.{action}", value="1").form
        if hidden is not None:
            ben.close_form()
        missing = ben.press_raw(other, f"enquiry.{action}", value="99").form
        if missing is not None:
            ben.close_form()
        assert hidden is not None, action
        assert missing is not None, action
        assert hidden.text == missing.text, action
    assert ben.run("/enquiry ENQ-1").text == str(ben.run("/enquiry ENQ-9").text).replace("9", "1")


def test_one_that_becomes_sensitive_leaves_the_channel(office: Office) -> None:
    """Its card and what the desk said below it are deleted; whose replies remain is told to whoever marked it."""
    log(office, question=QUESTION)
    take(office)
    draft(office)
    ben, amina = office.member(BEN), office.member(AMINA)
    ben.open_home()
    ben.say("I heard about this one.", channel=PRESS, thread=card(office))
    more(office, "Mark as sensitive")
    assert amina.submit() is None
    office.settle()
    assert "Sensitive" in own_card(office)
    assert TEXT in amina.messages(thread=amina.sees(CARD))[0].text
    told = amina.sees("people’s own replies below it stay")
    assert "Ben Okafor (1)" in told.text
    assert_knows_nothing(office, BEN, DEV, JOAN, FARAH, HANNAH)


def test_a_reminder_that_named_it_names_it_no_more(sqlite_office: Office) -> None:
    """What had been said in the channel and to a former owner goes, too."""
    office = sqlite_office
    log(office, BEN, question=QUESTION, hours=3)
    office.wait(minutes=16)
    assert "Nobody has taken ENQ-1" in office.member(BEN).sees("Nobody has taken ENQ-1", channel=PRESS).text
    take(office, BEN)
    more(office, "Give to someone", BEN)
    office.member(BEN).fill("To whom", DEV)
    assert office.member(BEN).submit() is None
    more(office, "Give to someone")
    office.member(AMINA).fill("To whom", AMINA)
    assert office.member(AMINA).submit() is None
    office.settle()
    assert "ENQ-1" in office.member(DEV).messages()[-1].text
    more(office, "Mark as sensitive")
    assert office.member(AMINA).submit() is None
    office.settle()
    office.member(JOAN).sees("This reminder is not for here any more", channel=PRESS)
    assert_knows_nothing(office, DEV, JOAN)


def test_nobody_owns_it_and_the_leads_hear_of_it_not_the_channel(sqlite_office: Office) -> None:
    """What would be said to the press channel is said to the comms leads."""
    office = sqlite_office
    log_sensitive(office, hours=3)
    office.wait(minutes=16)
    assert "Nobody has taken ENQ-1" in office.member(CARYS).sees("Nobody has taken ENQ-1").text
    assert_knows_nothing(office, BEN, DEV)


def test_at_night_it_is_not_the_duty_officer_s_unless_they_are_let_in(sqlite_office: Office) -> None:
    """Due in the night: its owner hears of it; once the duty officer is let in, he does."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log_sensitive(office, hours=10)
    amina.press("Take it", on=amina.sees(CARD))
    office.settle()
    office.wait(hours=7.6)
    amina.sees("Your answer to ENQ-1")
    assert_knows_nothing(office, DEV)
    amina.press("Show more", on=amina.sees(CARD))
    amina.press("Let somebody in")
    amina.fill("Whom to let in", [DEV])
    assert amina.submit() is None
    office.settle()
    assert QUESTION in own_card(office, DEV)
    office.wait(hours=3)
    office.member(DEV).sees("ENQ-1 · Evening Courier has not been answered")


def test_it_is_opened_to_all_again(sqlite_office: Office) -> None:
    """By its owner or a comms lead: one card, in the channel, with its statements below it."""
    office, carys = sqlite_office, sqlite_office.member(CARYS)
    log_sensitive(office)
    carys.press("Show more", on=carys.sees(CARD))
    carys.press("Show to all")
    assert carys.submit() is None
    assert QUESTION in card(office, 1, BEN).text
    assert "ENQ-1 · " not in "".join(message.text for message in office.member(AMINA).messages())
    assert "ENQ-1" in str(office.member(BEN).run("/enquiry list").text)


@pytest.mark.parametrize("who", [BEN, JOAN])
def test_whoever_is_made_to_sign_sees_it(sqlite_office: Office, who: str) -> None:
    """Being asked to sign is working on it."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    office.change(who, Role.PRESS_OFFICER, Role.SPOKESPERSON)
    log_sensitive(office)
    assert_knows_nothing(office, who)
    amina.press("Take it", on=amina.sees(CARD))
    office.settle()
    amina.press("Draft statement", on=amina.sees(CARD))
    amina.fill("Text", TEXT)
    amina.fill("In the name of", who)
    assert amina.submit() is None
    office.settle()
    amina.press("Ask for signatures", on=amina.sees(CARD))
    assert amina.submit() is None
    office.settle()
    assert TEXT in office.member(who).sees("Please sign STA-1").text
    assert "ENQ-1" in str(office.member(who).run("/enquiry list").text)
