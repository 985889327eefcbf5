"""Key messages taken home: asked, passed on, chased, carried, counted, and what people said."""

import io
from datetime import timedelta

import docx

from bot.core import audit
from bot.core.digest_parts import Edition
from bot.desk import leave
from bot.desk.leave import Absence
from bot.sandbox import Message
from storage import people
from storage.digests import Digest
from storage.people import Role
from tests.office import AMINA, CARYS, ESTHER, FARAH, GARETH, JOAN, PIERS, PRESS, Office
from tests.scenarios.briefed import MESSAGES, joins, post


def card(office: Office, number: int = 1) -> Message:
    office.settle()
    messages = office.member(AMINA).messages(channel=PRESS)
    return next(one for one in messages if f" passed on BRF-{number} · " in one.text)


def passes_on(
    office: Office, who: str, *, feedback: str = "", unnamed: bool = False, on: str = "Please pass on"
) -> None:
    person = office.member(who)
    person.press("Passed on", on=person.sees(on))
    person.fill("To whom", "All team leaders")
    person.fill("How", "By e-mail")
    if feedback:
        person.fill("What people said", feedback)
    if unnamed:
        person.fill("With what people said", ["Do not name me"])
    assert person.submit() is None
    office.settle()


def test_messages_are_taken_home_counted_and_answered(office: Office) -> None:
    """The main path: the messages to the letter, as a file, passed on, the count, what people said, put right."""
    joins(office, JOAN, organisation="Westmere Trust")
    joins(office, ESTHER, Role.GROUP_CHAIR)
    post(office)
    joan, amina = office.member(JOAN), office.member(AMINA)
    asked = joan.sees("Please pass on the key messages of Board meeting, 20 November")
    assert MESSAGES in asked.text
    assert "0 of 3 have passed on" in card(office).text
    carry = amina.sees("1 person is not in Slack")
    assert "piers@westmere.example" in carry.text
    assert MESSAGES in carry.text
    _she_reads_them_and_gets_a_file(office)
    _she_passes_them_on_and_puts_it_right(office)
    _a_reply_from_outside_slack_is_recorded(office)
    _who_may_know_who_has(office)
    assert audit.verify(office.app.database).findings == ()


def _she_reads_them_and_gets_a_file(office: Office) -> None:
    joan = office.member(JOAN)
    joan.open_home()
    joan.press_in_home("Read the messages")
    assert MESSAGES in joan.wait_for_form("Key messages").text
    joan.close_form()
    joan.press("Get it as a Word file", on=joan.sees("Please pass on"))
    joan.press("Get it as a Word file", on=joan.sees("Please pass on"))
    joan.close_form()
    office.settle()
    [message] = [one for one in joan.messages() if one.files]
    [file] = message.files
    assert file.name == "key-messages-BRF-1-2026-11-20.docx"
    document = docx.Document(io.BytesIO(file.content))
    assert [one.text for one in document.paragraphs][-3:] == MESSAGES.split("\n\n")


def _she_passes_them_on_and_puts_it_right(office: Office) -> None:
    joan = office.member(JOAN)
    passes_on(office, JOAN, feedback="When does the car park open?")
    assert "1 of 3 have passed on" in card(office).text
    assert "Nothing waits for you" in joan.open_home().text
    [said] = thread(office)
    assert "Joan Tattersby (Westmere Trust) brought back what people said" in said
    assert "When does the car park open?" in said
    joan.press("Change what I said", on=joan.sees("Passed on, thank you"))
    assert joan.form is not None
    assert joan.form.values["To whom"] == "All team leaders"
    joan.fill("What people said", "When does the car park open, and for whom?")
    joan.fill("With what people said", ["Do not name me"])
    assert joan.submit() is None
    said = thread(office)[-1]
    assert "Somebody who asks not to be named put right what people said" in said
    assert not any("Joan" in one for one in thread(office)), "nor does what was said before name her any more"
    assert "When does the car park open?" in thread(office)[0]


def _a_reply_from_outside_slack_is_recorded(office: Office) -> None:
    amina = office.member(AMINA)
    amina.press("Record a reply", on=amina.sees("1 person is not in Slack"))
    amina.fill("Who answered", PIERS)
    amina.fill("What they said", "Passed on")
    amina.fill("How it reached you", "By e-mail")
    amina.fill("To whom", "Everybody at Westmere")
    amina.fill("How", "In a bulletin or on the intranet")
    assert amina.submit() is None
    assert "2 of 3 have passed on" in card(office).text
    assert "1 of 1 have answered" in amina.sees("1 person is not in Slack").text


def _who_may_know_who_has(office: Office) -> None:
    amina, joan = office.member(AMINA), office.member(JOAN)
    amina.press("Who?", on=card(office))
    assert amina.form is not None
    for words in ("Esther Lindqvist", "Passed on to All team leaders", "(noted by Amina Rahman, by e-mail)"):
        assert words in amina.form.text
    joan.press("Who?", on=card(office))
    assert joan.form is not None
    assert "Only the comms lead" in joan.form.text
    assert "Piers" not in joan.form.text
    joan.close_form()
    esther = office.member(ESTHER)
    esther.press("What people said", on=esther.sees("People have begun to say what they think"))
    assert esther.form is not None
    assert "and for whom?" in esther.form.text
    assert "Joan" not in esther.form.text
    assert "What the board owes" in office.member(CARYS).open_home().text
    assert "2 of 3 have passed it on" in office.member(CARYS).open_home().text


def thread(office: Office) -> list[str]:
    office.settle()
    return [one.text for one in office.member(AMINA).messages(channel=PRESS, thread=card(office))]


def test_who_cannot_somebody_else_and_newer_messages(sqlite_office: Office) -> None:
    """Cannot, asked of a colleague; a deputy; the digest; then another briefing replaces it."""
    office = sqlite_office
    joins(office, JOAN, organisation="Westmere Trust")
    for name in (ESTHER, FARAH):
        joins(office, name, Role.BOARD_MEMBER)
    office.change(PIERS)
    joins(office, PIERS, organisation="Westmere Trust")
    first = post(office)
    joan, amina = office.member(JOAN), office.member(AMINA)
    joan.press("I can’t, because", on=joan.sees("Please pass on"))
    joan.fill("Why not", "I am new here.")
    joan.fill("Or somebody outside Slack", "Piers, 020 7946 0000")
    assert joan.submit() is None
    office.settle()
    heard = amina.sees("Joan Tattersby cannot pass on the key messages of Board meeting")
    assert "I am new here." in heard.text
    assert "Who could: Piers, 020 7946 0000." in heard.text
    assert "1 cannot, and nobody was asked instead" in card(office).text
    amina.press("Ask someone instead", on=heard)
    amina.fill("A colleague of theirs", PIERS)
    assert amina.submit() is None
    assert "Piers Nakamura, no e-mail address on file" in amina.sees("1 person is not in Slack").text
    assert "0 of 3 have passed on" in card(office).text
    assert "cannot" not in card(office).text

    back = office.clock.now() + timedelta(days=20)
    leave.set_for(
        office.app.desk,
        office.caller(CARYS),
        office.ids[ESTHER],
        Absence(None, back, office.ids[GARETH]),
        once="away",
    )
    office.settle()
    gareth = office.member(GARETH)
    assert "for Esther Lindqvist, who is away" in gareth.open_home().text
    gareth.press_in_home("Passed on")
    gareth.fill("To whom", "Her teams")
    gareth.fill("How", "In a meeting")
    assert gareth.submit() is None
    assert "1 of 3 have passed on" in card(office).text
    office.member(CARYS).press("Who?", on=card(office))
    shown = office.member(CARYS).form
    assert shown is not None
    assert "said by Gareth Pryce in their place" in shown.text

    _the_digest_names_nobody_in_a_channel(office)
    _newer_messages_take_their_place(office, first)
    assert audit.verify(office.app.database).findings == ()


def _the_digest_names_nobody_in_a_channel(office: Office) -> None:
    with office.app.desk.on_its_own(office.app.workspace_id, read_only=True) as work:
        part = work.features.part("cascade")
        assert part is not None
        for who, has_listing in ((CARYS, True), (FARAH, False)):
            reader = people.get(work.tx, office.ids[who])
            section = part.gather(work, Edition(Digest(), work.now.date(), work.now, reader, work.now))
            assert ("Your Home" in section.see) is has_listing, "whoever has no such listing is not sent to it"
        in_channel, to_carys = (
            part.gather(work, Edition(Digest(), work.now.date(), work.now, reader, work.now)).entries[0].words
            for reader in (None, people.get(work.tx, office.ids[CARYS]))
        )
    assert in_channel.startswith("BRF-1 · Board meeting: 1 of 3 have passed it on")
    assert "Farah" not in in_channel
    assert "Not yet: Farah Castellane, Piers Nakamura" in to_carys


def _newer_messages_take_their_place(office: Office, first: int) -> None:
    joan, farah = office.member(JOAN), office.member(FARAH)
    post(office, "Four beds, not five.", replaces=first)
    assert "Nobody is chased for them any more" in card(office, 1).text
    assert card(office, 1).text.startswith("1 had passed on BRF-1"), "and not that everybody has"
    assert "0 of 3 have passed on" in card(office, 2).text
    new = farah.sees("Four beds, not five.")
    assert "These replace the messages you were sent before" in new.text
    assert "No longer asked" in farah.sees("Newer messages take the place of these").text
    assert "These replace" in joan.sees("Four beds, not five.").text, "who could not before is asked anew"
    before = len(farah.messages())
    office.wait(days=2)
    [reminder] = farah.messages()[before:]
    assert reminder.text.count("key messages of Board meeting") == 1, "only the newer ones are chased"
