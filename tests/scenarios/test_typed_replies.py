"""“Looks good”, typed: never counted, and answered kindly to whoever typed it, with the buttons."""

from tests.office import AMINA, BEN, ESTHER, FARAH, GARETH, HANNAH, PRESS, Office
from tests.scenarios.acts import ask_for_signatures, card, draft, log, take


def in_signoff(office: Office) -> None:
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)


def answers(office: Office, name: str) -> list[str]:
    return [message.text for message in office.member(name).messages() if "Typed words" in message.text]


def test_looks_good_in_the_thread_is_answered_with_the_buttons_and_not_counted(office: Office) -> None:
    """To her alone; the request stands below the answer, and pressing there signs."""
    in_signoff(office)
    esther = office.member(ESTHER)
    esther.say("Looks good to me!", channel=PRESS, thread=card(office))
    esther.sees("Thank you. Typed words are not counted as a signature")
    office.settle()
    assert "Waiting for 2 signatures" in card(office).text
    newest = esther.messages()[-1]
    assert "Please sign STA-1" in newest.text
    esther.press("Approve", on=newest)
    office.settle()
    assert "Waiting for 1 signature: Gareth Pryce" in card(office).text
    first = next(message for message in esther.messages() if "STA-1" in message.text)
    assert first.text.startswith("Approved: STA-1")
    assert not any("Typed words" in message.text for message in esther.messages(channel=PRESS, thread=card(office)))


def test_fine_by_me_to_the_bot_is_answered_too(sqlite_office: Office) -> None:
    """In the conversation with the bot, whatever it is about; what is wrong with the text, too. One copy is enough."""
    office, gareth = sqlite_office, sqlite_office.member(GARETH)
    in_signoff(office)
    gareth.say("fine by me 👍")
    gareth.sees("Typed words are not counted as a signature")
    gareth.say("No, the figure of nine days is wrong")
    gareth.sees("To have this text changed, press Ask for changes or Suggest wording below.")
    office.settle()
    assert "Ask for changes" in gareth.messages()[-1].buttons
    copies = [message for message in gareth.messages() if message.text.startswith("Please sign STA-1")]
    assert len(copies) == 2, "the one that was asked first, and one below the newest answer"


def test_whoever_has_nothing_to_sign_hears_nothing(sqlite_office: Office) -> None:
    """Not the owner, not who is copied, not who wrote something else, and nobody in another thread or none."""
    office = sqlite_office
    in_signoff(office)
    log(office, question="What about parking?", topic="Parking (Farah Castellane)")
    for name in (AMINA, BEN, HANNAH, FARAH):
        office.member(name).say("Looks good", channel=PRESS, thread=card(office))
    esther = office.member(ESTHER)
    esther.say("Looks good", channel=PRESS)
    esther.say("Looks good", channel=PRESS, thread=card(office, 2))
    esther.say("I will read it after lunch", channel=PRESS, thread=card(office))
    esther.say("No, the figure of nine days is wrong", channel=PRESS, thread=card(office))
    esther.say("Approved", channel=PRESS, thread=card(office))
    esther.sees("Typed words")
    office.settle()
    assert not any("Nobody reads what is typed" in message.text for message in esther.messages())
    assert [len(answers(office, name)) for name in (AMINA, BEN, HANNAH, FARAH, ESTHER)] == [0, 0, 0, 0, 1]


def test_a_message_that_slack_sends_twice_is_answered_once(sqlite_office: Office) -> None:
    """Slack redelivers events; the answer is not repeated."""
    office, esther = sqlite_office, sqlite_office.member(ESTHER)
    in_signoff(office)
    esther.say("Approved", channel=PRESS, thread=card(office))
    esther.sees("Typed words")
    office.settle()
    office.sandbox.redeliver_last()
    office.wait(seconds=1)
    assert len(answers(office, ESTHER)) == 1
