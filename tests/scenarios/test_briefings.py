"""Key-message briefings: written, signed by the chair, posted to their audiences at their hour, and never before."""

from datetime import UTC, datetime, timedelta

from bot.core import audit
from bot.sandbox import Message
from storage import calendar, people
from storage.calendar import CalendarDate, DateKind
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, ESTHER, GARETH, JOAN, LEONORA, PIERS, PRESS, Office

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
            kind=DateKind.BOARD_MEETING,
            title=title,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            added_at=starts_at - timedelta(days=1),
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
    return next(message for message in reversed(messages) if message.text.startswith(f"BRF-{number} · Key messages"))


def history(office: Office, number: int = 1) -> str:
    return "\n".join(one.text for one in office.member(AMINA).messages(channel=PRESS, thread=card(office, number)))


def posted(office: Office, channel: str = "second-office", who: str = BEN) -> list[str]:
    office.settle()
    return [one.text for one in office.member(who).messages(channel=channel) if one.text.startswith("Key messages:")]


def said_alone(office: Office, who: str) -> list[str]:
    """The briefings that somebody got as a message."""
    office.settle()
    return [one.text for one in office.member(who).messages() if one.text.startswith("Key messages:")]


def texts(office: Office, who: str) -> str:
    office.settle()
    return "\n".join(message.text for message in office.member(who).messages())


def again(office: Office, who: str, message: Message) -> Message:
    """A message as it stands by now."""
    office.settle()
    return next(one for one in office.member(who).messages() if one.ts == message.ts)


def test_a_briefing_is_written_signed_and_posted_at_its_hour(office: Office) -> None:
    """The main path: form, preview, signature, the hour, each place once, by hand for who is outside Slack."""
    meeting(office)
    audience(office)
    audience(office, "GPs", channels=("second-office",), people=(JOAN, BEN, PIERS))
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
    _whoever_takes_it_home_gets_it_once(office)
    assert said_alone(office, BEN) == [TEXT]
    by_hand = amina.sees("Please send BRF-1 to those who are not in Slack")
    for words in (TEXT, "Leonora Ashby", "leonora@partners.example"):
        assert words in by_hand.text
    assert "Posted" in card(office).text
    assert "Posted BRF-1, draft 1, for: All staff, GPs." in history(office)
    assert "Nothing is asked of you" in texts(office, GARETH)
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        assert calendar.get(tx, 1) is not None
    assert audit.verify(office.app.database).findings == ()


def _whoever_takes_it_home_gets_it_once(office: Office) -> None:
    """With the request: Joan in Slack, and Piers, who has no account, through the press officer."""
    asked, amina = office.member(JOAN).sees("Please pass on the key messages"), office.member(AMINA)
    assert TEXT in asked.text
    assert said_alone(office, JOAN) == []
    assert PIERS in amina.sees("1 person is not in Slack").text
    assert PIERS not in amina.sees("Please send BRF-1 to those who are not in Slack").text
    assert f"with the request to pass it on, to {JOAN} and {PIERS}" in card(office).text
    assert "e-mails, by the press office, to Leonora Ashby" in card(office).text


def test_signed_after_its_hour_the_desk_asks_when(sqlite_office: Office) -> None:
    """The hour comes unsigned, the chair changes their mind, signs late: asked, reminded, another time, posted."""
    office, amina, gareth = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(GARETH)
    meeting(office)
    audience(office)
    office.wait(minutes=1)
    assert "its key-message briefing has not been begun" in amina.open_home().text
    write(office, at=TUESDAY_NINE)
    office.settle()
    assert "its key-message briefing has not been begun" not in amina.open_home().text
    ask(office)
    sign(office)
    _the_chair_changes_their_mind(office)
    asked = gareth.sees("Please sign BRF-1")
    assert "It is posted tomorrow at 09:00, if it is signed by then" in asked.text
    assert "Needed by" in asked.text
    office.wait_until(TUESDAY_NINE)
    assert posted(office) == []
    asked = again(office, GARETH, asked)
    assert "It is posted once the press office says when, since its hour has passed, for: All staff." in asked.text
    assert "The time for this passed" in asked.text
    waits = amina.sees("was to be posted today at 09:00 and is not signed, so it has not been posted")
    assert "Its hour has passed" in card(office).text
    office.wait(hours=1)
    sign(office)
    assert posted(office) == []
    told = amina.sees("BRF-1 is signed and has not been posted")
    assert "Its hour, today at 09:00, has passed. When should it go out?" in told.text
    assert "Post now" in told.buttons
    assert "It has been signed since." in again(office, AMINA, waits).text
    office.wait(hours=1)
    reminder = amina.sees("BRF-1 · Key messages, Partnership Board is signed and has not been posted: say when")
    amina.press("Choose another time", on=reminder)
    amina.fill("When to post it", TUESDAY_NINE + timedelta(hours=1))
    form = amina.submit()
    assert form is not None
    assert "This is in the past" in form.errors["When to post it"]
    amina.fill("When to post it", TUESDAY_NINE + timedelta(hours=6))
    assert amina.submit() is None
    amina.sees("say when\nDone. Nothing more is needed".replace("\nDone", "\n:white_check_mark: Done"))
    shown = again(office, AMINA, told)
    assert "Another time was chosen: today at 15:00." in shown.text
    assert shown.buttons == []
    office.wait_until(TUESDAY_NINE + timedelta(hours=6))
    assert posted(office) == [TEXT]
    for message in (waits, told):
        shown = again(office, AMINA, message)
        assert "BRF-1 was posted today at 15:00. Nothing more is needed." in shown.text
        assert shown.buttons == []


def _the_chair_changes_their_mind(office: Office) -> None:
    amina, gareth = office.member(AMINA), office.member(GARETH)
    gareth.press("Ask for changes", on=gareth.sees("Approved: BRF-1"))
    gareth.fill("What should change", "Which Saturdays?")
    assert gareth.submit() is None
    assert "was to be posted" in amina.sees("is not signed any more").text
    amina.press("Keep the wording", on=amina.sees("asked for changes to BRF-1"))
    amina.fill("Why the wording stays", "All of them.")
    assert amina.submit() is None


def test_posted_as_soon_as_the_chair_outside_slack_has_signed(sqlite_office: Office) -> None:
    """Through the owner: recorded, overridden by nobody; then a second briefing replaces the first, which stands."""
    office, amina, joan = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(JOAN)
    office.change(GARETH, Role.SPOKESPERSON)
    office.change(LEONORA, Role.CHAIR)
    meeting(office)
    audience(office, people=(JOAN, BEN))
    write(office)
    ask(office)
    amina.press("Record reply", on=amina.sees("Please ask Leonora Ashby to sign BRF-1"))
    amina.fill("Answer", "Approves this text")
    amina.fill("How you know", "She rang me")
    assert amina.submit() is None
    office.settle()
    assert posted(office) == [TEXT]
    assert "said by e-mail, recorded by Amina Rahman" in card(office).text

    write(office, BEN)
    ben = office.member(BEN)
    assert ben.form is not None
    assert "BRF-1 has been posted for this meeting" in ben.form.text
    assert ben.form.values["Key message 2"] == MESSAGES[1]
    form = ben.submit()
    assert form is not None
    assert "Tick that this one replaces it" in form.errors["Does this replace BRF-1?"]
    ben.fill("Does this replace BRF-1?", ["Replace BRF-1"])
    ben.fill("Key message 3", "The ward reopens in June.")
    shown = ben.submit()
    assert shown is not None
    assert "This replaces the key messages posted on Monday 23 November 2026." in shown.text
    ask(office, BEN)
    assert "There is no BRF-2 here" in str(joan.run("/briefing BRF-2").text)
    assert "BRF-2" not in str(joan.run("/briefing list").text)
    assert "BRF-2 is to replace it, and has not been posted yet" in card(office).text
    ben.press("Record reply", on=card(office, 2, BEN))
    ben.fill("Who replied", LEONORA)
    ben.submit()
    assert ben.form is not None
    ben.fill("Answer", "Approves this text")
    ben.fill("How you know", "Her e-mail")
    assert ben.submit() is None
    office.settle()
    assert "Replaced by BRF-2" in card(office).text
    assert "BRF-2 has been posted and replaces BRF-1." in history(office)
    _what_was_posted_says_that_it_was_replaced(office)
    assert "reopens in June" in joan.sees("This replaces the key messages").text
    answered = str(joan.run("/briefing BRF-2").text)
    assert "reopens in June" in answered
    assert "If asked about the ward" not in answered
    assert "There is no BRF-9 here" in str(joan.run("/briefing BRF-9").text)
    assert "Only" in str(joan.run("/briefing").text)


def _what_was_posted_says_that_it_was_replaced(office: Office) -> None:
    above = "Replaced on Monday 23 November 2026: see the newer key messages."
    before, by = [one for one in office.member(BEN).messages(channel="second-office") if "Key messages:" in one.text]
    assert above in before.text.splitlines()[0]
    assert before.text.endswith(TEXT), "what was signed stays as it was"
    assert posted(office) == [by.text]
    assert "reopens in June" in by.text
    assert above in office.member(BEN).sees("The ward reopens in May.").text


def test_a_channel_that_was_archived_and_somebody_who_left(sqlite_office: Office) -> None:
    """Everybody else has it; the owner is told what to do, and posts there again once it is mended."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    meeting(office)
    audience(office, channels=("second-office", "canteen"), people=(JOAN, BEN))
    write(office)
    ask(office)
    with office.app.database.transaction(office.app.workspace_id) as tx:
        joan = people.get(tx, office.ids[JOAN])
        assert joan is not None
        joan.left_at = office.clock.now()
    office.sandbox.archive("second-office")
    sign(office)
    assert said_alone(office, BEN) == [TEXT]
    assert "Joan Tattersby has left this Slack workspace and did not get BRF-1" in texts(office, AMINA)
    assert "BRF-1 could not be posted in a channel: the channel is archived" in texts(office, AMINA)
    assert "BRF-1 could not be posted in a channel: Comms Desk is not in the channel" in texts(office, AMINA)
    assert "It did not reach #second-office: the channel is archived" in card(office).text
    office.sandbox.unarchive("second-office")
    amina.press("Post there again", on=card(office))
    office.settle()
    assert posted(office) == [TEXT]
    assert said_alone(office, BEN) == [TEXT]
    assert "It did not reach #second-office" not in card(office).text
    assert "It did not reach #canteen" in card(office).text

    carys = office.member(CARYS)
    carys.open_home()
    carys.press_in_home("Change audience")
    carys.fill("Which", "All staff")
    carys.submit()
    carys.fill("Channels", ("second-office", PRESS))
    assert carys.submit() is None
    office.settle()
    amina.press("Post there again", on=card(office))
    assert posted(office, PRESS) == [TEXT]
    assert "It did not reach" not in card(office).text
    assert posted(office) == [TEXT]


def test_a_signature_that_comes_in_any_other_way(sqlite_office: Office) -> None:
    """Typed agreement, wording suggested and adopted, a new draft that voids, passed on, gone on without, withdrawn."""
    office, amina, gareth = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(GARETH)
    office.change(ESTHER, Role.LEAD, Role.CHAIR)
    meeting(office)
    audience(office, people=())
    write(office, at=TUESDAY_NINE)
    assert amina.form is not None
    ask(office)
    gareth = office.member(GARETH) if "Gareth" in card(office).text else office.member(ESTHER)
    other = ESTHER if gareth.name == GARETH else GARETH
    gareth.say("Looks good", channel=PRESS, thread=card(office))
    assert "Typed words are not counted" in gareth.sees("Thank you").text
    gareth.press("Suggest wording", on=gareth.sees("Please sign BRF-1"))
    gareth.fill("Your wording", TEXT.replace("in May", "in June"))
    assert gareth.submit() is None
    office.settle()
    amina.press("Use this wording", on=amina.sees("suggested other wording for BRF-1"))
    assert amina.form is not None
    assert amina.form.values["Key message 3"] == "The ward reopens in June."
    shown = amina.submit()
    assert shown is not None
    assert "The ward reopens in June." in shown.text
    amina.close_form()
    office.settle()
    assert "wrote draft 2 of BRF-1. The signature on the earlier draft no longer counts" in history(office)
    assert "Replaced by a newer draft" in texts(office, gareth.name)
    request = gareth.sees("Please sign BRF-1 · Key messages, Partnership Board, draft 2")
    assert "It is posted tomorrow at 09:00, if it is signed by then, for: All staff." in request.text
    gareth.press("Pass to someone", on=request)
    gareth.fill("To whom", other)
    assert gareth.submit() is None
    office.settle()
    carys = office.member(CARYS)
    carys.press("Go on without someone", on=card(office, 1, CARYS))
    carys.fill("Without whom", f"{other}, chair of the board")
    carys.fill("Why", "Nobody can reach them and it is urgent.")
    assert carys.submit() is None
    office.settle()
    assert "goes on without, because: Nobody can reach them" in card(office).text
    assert posted(office) == []
    amina.press("Withdraw", on=card(office))
    amina.fill("Why it will not be posted", "The board asked for more time.")
    assert amina.submit() is None
    office.wait_until(TUESDAY_NINE + timedelta(minutes=5))
    assert posted(office) == []
    assert "Withdrawn: The board asked for more time." in card(office).text


def test_what_cannot_be_taken_is_said_before_anything_is_saved(sqlite_office: Office) -> None:
    """No meeting, no audience, too few and too many messages, too long, a link that is none, an hour too early."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    assert "/desk calendar" in str(amina.run("/briefing").text)
    ahead = meeting(office, days=2, title="NBHQ Board")
    assert "Add audience" in str(amina.run("/briefing").text)
    audience(office)
    assert "There is no briefing yet" in str(amina.run("/briefing list").text)
    amina.run("/briefing")
    amina.fill("Key message 1", "One.\nTwo.")

    def refused(label: str) -> str:
        form = amina.submit()
        assert form is not None
        return form.errors[label]

    assert "complete this" in refused("For whom")
    amina.fill("For whom", ["All staff"])
    assert "there are only 2 so far" in refused("Key message 1")
    amina.fill("Key message 1", "\n".join(f"{number}. Point." for number in range(1, 9)))
    assert "These are 8 key messages" in refused("Key message 1")
    for number in range(1, 6):
        amina.fill(f"Key message {number}", "x" * 2500)
    too_long = refused("Key message 1")
    assert "it has 12," in too_long
    assert "may have 10,000" in too_long
    for number in range(4, 6):
        amina.fill(f"Key message {number}", None)
    for number, message in enumerate(MESSAGES, 1):
        amina.fill(f"Key message {number}", message)
    amina.fill("Links to papers", "Agenda board.example/agenda.pdf")
    assert "has no link" in refused("Links to papers")
    amina.fill("Links to papers", "")
    assert "The meeting is over at 12:00 on Wednesday 25 November" in refused("When to post it")
    amina.fill("When to post it", office.clock.now() + timedelta(days=1))
    assert "Choose a time after that" in refused("When to post it")
    amina.fill("When to post it", office.clock.now() + timedelta(days=3))
    shown = amina.submit()
    assert shown is not None
    assert "might read more plainly" not in shown.text, "the heading is not the author's"
    ask(office)
    sign(office)
    with office.app.desk.on_its_own(office.app.workspace_id) as work:
        date = calendar.get(work.tx, ahead)
        assert date is not None
        later = work.now + timedelta(days=9)
        calendar.change(work.tx, date, starts_at=later, ends_at=later + timedelta(hours=2))
    office.wait(days=3)
    assert posted(office) == []
    assert "The meeting has not been held yet" in texts(office, AMINA)


def test_another_chair_is_chosen_where_the_first_no_longer_is(sqlite_office: Office) -> None:
    """The role is taken away with the request out: the request goes, the card says so, Change text offers the other."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    meeting(office)
    audience(office)
    write(office)
    ask(office)
    office.change(GARETH)
    office.change(ESTHER, Role.LEAD, Role.CHAIR)
    office.settle()
    assert (
        "Gareth Pryce is no longer chair of the board. Press Change text to choose who signs it." in card(office).text
    )
    amina.sees("Gareth Pryce is no longer chair of the board and does not sign BRF-1")
    amina.press("Change text", on=card(office))
    amina.fill("Which chair signs", ESTHER)
    assert amina.submit() is not None
    amina.close_form()
    sign(office, ESTHER)
    assert posted(office) == [TEXT]
    assert "Amina Rahman chose Esther" in history(office)
