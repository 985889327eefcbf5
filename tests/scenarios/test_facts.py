"""Getting the facts: asked of whoever knows, in Slack or not, chased, answered, and taken into a draft."""

from datetime import timedelta

from bot.core import audit
from bot.desk import leave
from bot.desk.leave import Absence
from bot.sandbox import Message
from storage import people
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, DEV, ESTHER, FARAH, GARETH, GUS, JOAN, KIT, PRESS, Office
from tests.scenarios.acts import TEXT, ask_for_signatures, card, draft, log, more, take
from tests.scenarios.test_retention import everything_kept

QUESTION = "How many beds are closed on Ward 7, and since when?"
WHY = "A paper asks about the winter."
ANSWER = "12 of 28, since 3 November."


def ask(
    office: Office,
    whom: str = JOAN,
    who: str = AMINA,
    *,
    question: str = QUESTION,
    on: Message | None = None,
    hours: float | None = None,
) -> None:
    """Asks a member of the workspace, by the time that the form proposes if none is said."""
    person = office.member(who)
    person.press("Ask for facts", on=on or card(office, 1, who))
    person.fill("What you need to know", question)
    person.fill("Why it is asked", WHY)
    person.fill("Who knows", whom)
    if hours is not None:
        person.fill("By when", office.clock.now() + timedelta(hours=hours))
    assert person.submit() is None
    office.settle()


def answer(office: Office, who: str = JOAN, text: str = ANSWER, *, button: str = "Answer", on: str = QUESTION) -> None:
    person = office.member(who)
    person.press(button, on=person.sees(on))
    person.fill("Your answer", text)
    assert person.submit() is None
    office.settle()


def thread(office: Office, who: str = AMINA) -> list[str]:
    return [one.text for one in office.member(who).messages(channel=PRESS, thread=card(office, 1, who))]


def texts(office: Office, who: str) -> str:
    office.settle()
    return "\n".join(message.text for message in office.member(who).messages())


def test_facts_are_asked_for_answered_corrected_and_used(office: Office) -> None:
    """The main path: question, home, answer in the thread, a correction, a new statement; all of it on the record."""
    log(office)
    take(office)
    ask(office)
    assert "Waiting for facts from Joan Tattersby by" in card(office).text
    assert "Amina Rahman asked Joan Tattersby" in thread(office)[-1]
    joan, amina = office.member(JOAN), office.member(AMINA)
    asked = joan.sees("The press office asks you")
    for words in (QUESTION, WHY, "The press channel sees what you write", "goes to Amina Rahman"):
        assert words in asked.text
    assert "Courier" not in asked.text
    assert QUESTION in joan.open_home().text
    answer(office)
    assert "1 fact in" in card(office).text
    assert "Waiting for facts" not in card(office).text
    assert ANSWER in thread(office)[-1]
    assert ANSWER in amina.sees("Facts from Joan Tattersby").text
    assert QUESTION not in joan.open_home().text
    answer(office, text="13 of 28.", button="Correct the answer", on="Answered, thank you")
    older, newest = amina.messages(channel=PRESS, thread=card(office))[-2:]
    assert "13 of 28." in newest.text
    assert "Use in draft" not in older.text
    amina.press("Read them all", on=newest)
    assert amina.form is not None
    assert amina.form.text.index("13 of 28.") < amina.form.text.index(ANSWER)
    amina.close_form()
    amina.press("Use in draft", on=newest)
    assert amina.form is not None
    assert amina.form.values["Text"] == "13 of 28."
    amina.fill("In the name of", GARETH)
    assert amina.submit() is None
    office.settle()
    assert "13 of 28." in thread(office)[-1]
    assert audit.verify(office.app.database).findings == ()


def test_several_facts_an_earlier_deadline_and_the_end(sqlite_office: Office) -> None:
    """Two people, one of them twice; one into a draft in sign-off; the deadline moves; then it is all over."""
    office, amina, joan = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(JOAN)
    log(office, hours=6)
    take(office)
    draft(office)
    ask_for_signatures(office)
    ask(office, JOAN, hours=5)
    ask(office, JOAN, question="And on Ward 8?", hours=5)
    ask(office, FARAH, question="What does a bed cost?", hours=1)
    assert "Waiting for facts from Joan Tattersby and Farah Castellane by" in card(office).text
    answer(office)
    assert "1 fact in" in card(office).text
    amina.press("Use in draft", on=amina.messages(channel=PRESS, thread=card(office))[-1])
    assert amina.form is not None
    assert amina.form.values["Text"] == f"{TEXT}\n\n{ANSWER}"
    assert "needs new signatures" in amina.form.text
    assert amina.submit() is None
    office.settle()
    assert "draft 2" in texts(office, ESTHER)

    more(office, "Change deadline")
    amina.fill("Deadline", office.clock.now() + timedelta(hours=3))
    assert amina.submit() is None
    assert "And on Ward 8?" in joan.sees("needs this earlier than we said").text
    assert "earlier than we said" not in texts(office, FARAH), "she is in time for the new deadline"
    office.wait(hours=1.6)
    joan.sees("The press office asks you: “And on Ward 8?”")

    amina.press(
        "Withdraw", on=next(one for one in amina.messages(channel=PRESS, thread=card(office)) if TEXT in one.text)
    )
    amina.fill("Why it will not go out", "The story has moved on.")
    assert amina.submit() is None
    amina.press("Close", on=card(office))
    amina.fill("Outcome", "Withdrawn by the journalist")
    assert amina.submit() is None
    office.settle()
    assert "And on Ward 8?" in joan.sees("Thank you for looking into this").text
    assert "not needed any more" in texts(office, FARAH)
    assert "And on Ward 8?" not in joan.open_home().text
    answer(office, text="Two.", button="Answer anyway", on="Not needed any more, thank you")
    assert "2 facts in" in card(office).text
    late = amina.messages(channel=PRESS, thread=card(office))[-1]
    assert "Two." in late.text
    assert "Use in draft" not in late.text, "there is nothing to draft on a closed enquiry"
    before = len(joan.messages())
    office.wait(hours=30)
    assert len(joan.messages()) == before, "nobody is chased for what is over"


def test_nobody_who_was_asked_knows_until_somebody_does(sqlite_office: Office) -> None:
    """Can't say, asked of whom she named, passed on, then left unanswered: it climbs to the owner; a deputy answers."""
    office, amina, joan, gus = sqlite_office, *(sqlite_office.member(name) for name in (AMINA, JOAN, GUS))
    log(office, hours=30)
    take(office)
    ask(office, hours=6)
    joan.press("I can’t say", on=joan.sees(QUESTION))
    joan.fill("Why not", "I only do the day ward.")
    joan.fill("Who could say", FARAH)
    assert joan.submit() is None
    office.settle()
    told = amina.sees("Joan Tattersby cannot say")
    assert "I only do the day ward." in told.text
    amina.press("Ask them instead", on=told)
    assert amina.form is not None
    assert amina.form.values["What you need to know"] == QUESTION
    amina.fill("By when", office.clock.now() + timedelta(hours=6))
    assert amina.submit() is None
    office.settle()
    farah = office.member(FARAH)
    farah.press("Ask someone instead", on=farah.sees(QUESTION))
    farah.fill("Who could say", GUS)
    farah.fill("A word to them", "You did the count.")
    assert farah.submit() is None
    office.settle()
    assert "Farah Castellane thinks that you know: You did the count." in gus.sees(QUESTION).text
    assert "You passed this on" in texts(office, FARAH)
    assert "Farah Castellane passed it on to Gus Guest" in thread(office)[-1]
    assert "Farah Castellane passed it on to Gus Guest" in thread(office)[-2]
    assert "Waiting for facts from Gus Guest" in card(office).text

    office.wait(hours=3)
    gus.sees("The press office asks you: “How many")
    assert "has not answered" not in texts(office, AMINA)
    office.wait(hours=4)
    assert "Gus Guest has not answered" in texts(office, AMINA)
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        gus_ = people.by_slack(tx, office.sandbox.user_id(GUS))
    assert gus_ is not None
    office.ids[GUS] = gus_.id
    office.change(GUS, Role.PROGRAMME_OFFICE, deputy=JOAN)
    away = Absence(None, office.clock.now() + timedelta(days=2), None)
    leave.set_for(office.app.desk, office.caller(AMINA), gus_.id, away, once="leave")
    office.settle()
    joan.open_home()
    assert QUESTION in joan.sees_in_home("for whom you stand in").text
    joan.press_in_home("Answer")
    joan.fill("Your answer", ANSWER)
    assert joan.submit() is None
    office.settle()
    assert ANSWER in thread(office)[-1]


def test_somebody_of_another_workspace_cannot_answer_and_the_owner_hears_of_it(sqlite_office: Office) -> None:
    """Found out when Slack says who they are. What somebody says on the phone is recorded, and they hear of it."""
    office, amina, kit = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(KIT)
    log(office)
    take(office)
    ask(office, KIT)
    assert QUESTION in amina.sees("Kit Partner belongs to another Slack workspace").text
    shown = kit.press("Answer", on=kit.sees(QUESTION)).form
    assert shown is not None
    assert shown.title == "Not done"
    kit.close_form()
    amina.press("Ask for facts", on=card(office))
    amina.fill("What you need to know", "How many wards?")
    amina.fill("Who knows", KIT)
    assert "another Slack workspace" in str(amina.submit())
    amina.close_form()
    ask(office, JOAN, question="How many wards?")
    amina.press("Record the answer", on=amina.messages(channel=PRESS, thread=card(office))[-1])
    amina.fill("What they said", "Nine.")
    amina.fill("How you know", "She rang me")
    amina.fill("How it reached you", "On the phone")
    amina.fill("When", office.clock.now() - timedelta(days=4))
    early = amina.submit()
    assert early is not None
    assert "It was asked at" in early.errors["When"]
    amina.fill("When", office.clock.now())
    assert amina.submit() is None
    office.settle()
    joan = office.member(JOAN)
    assert "Nine." in joan.sees("Amina Rahman recorded what you answered").text
    answer(office, text="Ten.", button="Correct the answer", on="Answered, thank you")
    assert "Ten." in thread(office)[-1]


def test_somebody_outside_slack_is_asked_through_the_owner(sqlite_office: Office) -> None:
    """New to the desk: the owner gets the text to send and is reminded; another owner gets it in turn and records."""
    office, amina, ben = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(BEN)
    log(office, hours=6)
    take(office)
    amina.press("Ask for facts", on=card(office))
    amina.fill("What you need to know", QUESTION)
    amina.fill("Or somebody new outside Slack: their name", "Tomos Reed")
    amina.fill("Their e-mail address", "tomos@ward.example")
    assert amina.submit() is None
    office.settle()
    text = amina.sees("Please ask Tomos Reed").text
    for words in ("tomos@ward.example", "Dear Tomos Reed,", QUESTION, "by 13:00 on Monday 23 November", "Amina Rahman"):
        assert words in text
    assert "Courier" not in text.partition("Dear")[2]
    assert "Our press channel sees what you write" in text
    assert "Tomos Reed has not answered" in amina.open_home().text
    office.wait(hours=1.6)
    amina.sees("Tomos Reed has not answered: “How many")
    more(office, "Give to someone")
    amina.fill("To whom", BEN)
    assert amina.submit() is None
    office.settle()
    assert "With somebody else now" in texts(office, AMINA)
    ben.press("Record the answer", on=ben.sees("Please ask Tomos Reed"))
    ben.fill("What they said", ANSWER)
    ben.fill("How it reached you", "On the phone")
    ben.fill("How you know", "He rang me at noon")
    assert ben.submit() is None
    office.settle()
    for words in ("Facts from Tomos Reed", ANSWER, "on the phone", "recorded by Ben Okafor"):
        assert words in thread(office)[-1]
    assert "Tomos Reed has not answered" not in ben.open_home().text
    ben.press("Ask for facts", on=card(office, 1, BEN))
    ben.fill("What you need to know", "And on Ward 8?")
    ben.fill("Or somebody outside Slack", "Tomos Reed")
    assert ben.submit() is None
    office.settle()
    assert "And on Ward 8?" in ben.sees("And on Ward 8?").text


SENSITIVE = "Is the ward closed because of the abuse case?"
SECRETS = ("abuse", "Evening Courier", "Rosa Achter", "ENQ-1", "STA-1")
OWN_CARD = "Sensitive: only those who work on it see this"


def shown(office: Office, who: str) -> str:
    """All that somebody reads: their messages, their home, and the form to answer."""
    person, found = office.member(who), [texts(office, who), office.member(who).open_home().text]
    form = person.press("Answer", on=person.messages()[0]).form
    assert form is not None
    person.close_form()
    return "\n".join([*found, form.title, form.text])


def test_who_is_asked_for_a_sensitive_enquiry_reads_the_question_and_nothing_else(sqlite_office: Office) -> None:
    """In messages, reminders, home and forms; a press officer who was asked, too; others read not even the question."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office, question=SENSITIVE, sensitive=True)
    office.settle()
    amina.press("Take it", on=amina.sees(OWN_CARD))
    office.settle()
    ask(office, JOAN, on=amina.sees(OWN_CARD), hours=1)
    ask(office, BEN, on=amina.sees(OWN_CARD), question="Who was on duty?", hours=1)
    assert "confidential" in office.member(JOAN).sees(QUESTION).text
    assert "Only those who work on this see what you write" in office.member(JOAN).sees(QUESTION).text
    assert "Ask someone instead" not in texts(office, JOAN)
    office.wait(hours=2)
    for who in (JOAN, BEN):
        assert [words for words in SECRETS if words in shown(office, who)] == [], who
        assert "The press office asks you: “" in texts(office, who)
    for who in (DEV, FARAH, ESTHER):
        everything = texts(office, who) + office.member(who).open_home().text
        everything += "".join(one.text for one in office.member(who).messages(channel=PRESS))
        assert [words for words in (*SECRETS, QUESTION, "on duty") if words in everything] == [], who
    answer(office)
    replies = amina.messages(thread=amina.sees(OWN_CARD))
    assert ANSWER in replies[-1].text
    assert ANSWER not in texts(office, BEN) + texts(office, DEV)
    assert ANSWER in "".join(
        one.text for one in office.member(CARYS).messages(thread=office.member(CARYS).sees(OWN_CARD))
    )


def test_what_was_asked_before_it_became_sensitive_says_no_more_than_the_question(sqlite_office: Office) -> None:
    """The reason goes from the message, and passing on; the thread and what a former owner was told are taken back."""
    office, amina, joan = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(JOAN)
    log(office, question=SENSITIVE)
    take(office, BEN)
    ask(office, who=BEN, question="Who was on duty?", hours=1)
    office.wait(hours=1.1)
    assert "has not answered: “Who was on duty?”" in texts(office, BEN)
    answer(office, text="Nurse Evans.", on="Who was on duty?")
    assert "Nurse Evans." in texts(office, BEN)
    more(office, "Give to someone", BEN)
    office.member(BEN).fill("To whom", AMINA)
    assert office.member(BEN).submit() is None
    ask(office)
    assert WHY in texts(office, JOAN)
    more(office, "Mark as sensitive")
    assert amina.submit() is None
    office.settle()
    asked = joan.sees(QUESTION)
    assert WHY not in asked.text
    assert "confidential" in asked.text
    assert "Ask someone instead" not in asked.text
    assert QUESTION not in "".join(one.text for one in office.member(BEN).messages(channel=PRESS))
    answer(office)
    below = [reply.text for reply in amina.messages(thread=amina.sees(OWN_CARD))]
    assert ANSWER in below[-1]
    assert "Nurse Evans." in "".join(below), "what was known before stands below the new card, too"
    assert [words for words in (ANSWER, "on duty", "Evans") if words in texts(office, BEN)] == []


def test_what_tells_who_asked_is_erased_from_questions_and_answers(sqlite_office: Office) -> None:
    """When the retention period is over: in the records, in Slack, behind the record's commitments. The facts stay."""
    office, amina, joan = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(JOAN)
    log(office)
    take(office)
    ask(office, question="Rosa Achter asks how many beds are closed. How many?")
    answer(office, text="Twelve. Tell Ms Achter on 07700 900123.", on="how many beds")
    amina.press("Close", on=card(office))
    amina.fill("Outcome", "Withdrawn by the journalist")
    assert amina.submit() is None
    office.wait(days=750)
    kept = everything_kept(office)
    for secret in ("Achter", "07700"):
        assert secret not in kept
        assert secret not in texts(office, JOAN) + "".join(thread(office)) + texts(office, AMINA)
    assert "asks how many beds are closed. How many?" in kept
    assert "Twelve." in kept
    assert "Correct the answer" not in joan.sees("how many beds").text
    assert audit.verify(office.app.database).findings == ()
