"""Morning and evening in the press channel, and the evening's list with the duty officer."""

from datetime import UTC, datetime, timedelta

from bot.desk import digests as digests_desk
from bot.desk import leave, settings
from bot.desk.leave import Absence
from bot.desk.settings import Office as OfficeSettings
from storage import digests as records
from tests.office import AMINA, BEN, CARYS, DEV, ESTHER, GARETH, PRESS, Office
from tests.scenarios.acts import approve, ask_for_signatures, card, draft, log, more, take
from tests.scenarios.test_sensitive import CARD, WORDS, log_sensitive
from tests.scenarios.test_settings_rules import changes
from tests.scenarios.test_unblocking import go_on_without

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
    assert "Due before Tuesday morning" in due
    assert "Due today at 19:00 · Amina Rahman · not drafted yet" in due
    assert "ENQ-3" not in due
    assert "Amina Rahman, 1: ENQ-2 · Evening Courier" in held
    assert "Nobody yet, 1: ENQ-3 · Evening Courier" in held
    (handed,) = digests(office, DEV, "Overnight: Monday 23 November", None)
    assert "You are the duty officer until tomorrow at 09:00." in handed
    assert "ENQ-2 · Evening Courier" in handed

    office.wait_until(TUESDAY_NINE)
    office.wait(minutes=1)
    (morning,) = digests(office, BEN, "The day ahead: Tuesday 24 November")
    today, rest = morning.split("Overdue")
    assert "ENQ-3 · Evening Courier" in today
    assert "Was due yesterday at 19:00 · Amina Rahman" in rest
    assert "Went out since Monday" in rest
    assert "STA-1 · Evening Courier, sent yesterday at 10:00, recorded by Amina Rahman" in rest
    assert "comms-desk audit verify --head" in rest
    assert digests(office, DEV, "The day ahead", None) == []


def test_what_goes_wrong_with_what_went_out_is_told(sqlite_office: Office) -> None:
    """Without whose signature it went; and its correction, which is owed though the enquiry is closed."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office, hours=5)
    take(office)
    draft(office)
    ask_for_signatures(office)
    approve(office, ESTHER)
    go_on_without(office, "Gareth Pryce, spokesperson")
    amina.press("Record as issued", on=card(office))
    amina.fill("And then", ["Close ENQ-1 as answered"])
    assert amina.submit() is None
    office.settle()
    amina.press("Correct this", on=amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office)))
    amina.fill("What was wrong", "It was ice, not snow.")
    amina.fill("Text", "It was ice.")
    assert amina.submit() is None
    log(office, hours=2)
    office.wait_until(EVENING)
    office.wait(minutes=1)
    (evening,) = digests(office, BEN, "Overnight")
    assert "Overdue, or due before Tuesday morning" in evening
    assert "Overdue: was due today at 12:00 · Nobody yet" in evening
    assert "STA-2 (corrects STA-1) · Evening Courier, was due today at 12:00 · Amina Rahman" in evening
    office.wait_until(TUESDAY_NINE)
    office.wait(minutes=1)
    (morning,) = digests(office, BEN, "The day ahead")
    overdue, sent = morning.split("Went out since")
    assert "STA-2 (corrects STA-1) · Evening Courier, was due yesterday" in overdue.split("Overdue")[1]
    assert "recorded by Amina Rahman · without the signature of Gareth Pryce · being corrected by STA-2" in sent


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def duty_officer(office: Office, name: str | None) -> None:
    settings.change_office(
        office.app.desk,
        office.caller(CARYS),
        OfficeSettings(
            press_channel_id=office.sandbox.channel_id(PRESS),
            zone="Europe/London",
            nation="england",
            duty_officer_id=office.ids[name] if name else None,
        ),
        once=f"duty:{name}:{office.clock.now()}",
    )


def test_empty_days_holidays_and_who_is_on_duty(sqlite_office: Office) -> None:
    """Christmas: one quiet line before and after it, nothing in between; then nobody on duty, and somebody away."""
    office = sqlite_office
    office.wait_until(at(12, 24, 17))
    (line,) = digests(office, BEN, "Overnight")
    said = "Nothing is due before Tuesday morning and nothing is open."
    assert line.startswith(f"Overnight: Thursday 24 December to Tuesday 29 December. {said} Dev Malhotra is the duty")
    assert "is the duty officer until 29 Dec" in line
    assert "\n" not in line
    (handed,) = digests(office, DEV, "Overnight", None)
    assert "You are the duty officer until 29 Dec" in handed
    for moment in (at(12, 25, 9), at(12, 26, 9), at(12, 28, 9), at(12, 28, 17)):
        office.wait_until(moment)
    assert len(digests(office, BEN, "Overnight")) == 1
    assert digests(office, BEN, "The day ahead") == []
    office.wait_until(at(12, 29, 9, 40))
    (line,) = digests(office, BEN, "The day ahead")
    said = "Nothing is due today, nothing is overdue, nothing is open and nothing has gone out since Thursday."
    assert line.startswith(f"The day ahead: Tuesday 29 December. {said} The record of what was done here")

    duty_officer(office, None)
    office.wait_until(at(12, 29, 17))
    line = digests(office, BEN, "Overnight")[-1]
    assert "Nobody is the duty officer, so what cannot wait until tomorrow at 09:00 goes to whoever owns it." in line
    assert "Home, Settings, Change press office." in line
    duty_officer(office, DEV)
    office.wait(minutes=1)
    assert len(digests(office, DEV, "Overnight", None)) == 2, "named an hour later, he still gets the list"

    back = Absence(None, at(1, 4, 9) + timedelta(days=365), office.ids[BEN])
    leave.set_own(office.app.desk, office.caller(DEV), back, once="away")
    office.wait_until(at(12, 30, 17))
    assert "Dev Malhotra, the duty officer, is away. Ben Okafor stands in" in digests(office, AMINA, "Overnight")[-1]
    assert "for Dev Malhotra, who is away" in digests(office, BEN, "Overnight", None)[-1]
    assert len(digests(office, DEV, "Overnight", None)) == 2
    office.wait_until(at(12, 31, 12))
    assert len(digests(office, BEN, "The day ahead")) == 1, "a morning that is three hours late is left out"


def test_a_sensitive_enquiry_is_in_no_digest_but_of_those_who_work_on_it(sqlite_office: Office) -> None:
    """Not a word and not in a number; the duty officer reads of it once let in. What was told before it was marked
    sensitive goes from the digests that told it."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log_sensitive(office, hours=9)
    amina.press("Take it", on=amina.sees(CARD))
    office.settle()
    office.wait_until(EVENING)
    quiet = "Nothing is due before Tuesday morning and nothing is open."
    assert quiet in digests(office, BEN, "Overnight")[0]
    assert quiet in digests(office, DEV, "Overnight", None)[0]

    amina.press("Show more", on=amina.sees(CARD))
    amina.press("Let somebody in")
    amina.fill("Whom to let in", [DEV])
    assert amina.submit() is None
    log(office, hours=40)
    take(office, BEN, number=2)
    office.wait_until(at(11, 24, 9))
    office.wait_until(at(11, 24, 17))
    evening, handed = digests(office, BEN, "Overnight")[1], digests(office, DEV, "Overnight", None)[1]
    assert "ENQ-1" not in evening
    assert [word for word in ("abuse", "ward closed", "Amina") if word in evening] == []
    assert "Ben Okafor, 1: ENQ-2" in evening
    assert "ENQ-1 · Evening Courier" in handed
    assert "Amina Rahman, 1: ENQ-1" in handed

    more(office, "Mark as sensitive", BEN, number=2)
    assert office.member(BEN).submit() is None
    everything = "".join(digests(office, DEV, "Overnight") + digests(office, DEV, "The day ahead"))
    assert [word for word in (*WORDS, "ENQ-") if word in everything] == []
    handed = digests(office, DEV, "Overnight", None)[1]
    assert "ENQ-2" not in handed
    assert "Ben Okafor" not in handed
    assert "ENQ-1" in handed


def test_hour_days_and_parts_are_set_in_slack(sqlite_office: Office) -> None:
    """The evening at half past four without who holds what; refused without any part; off and on again; on the
    record."""
    office, carys = sqlite_office, sqlite_office.member(CARYS)

    def fill(**answers: object) -> str | None:
        carys.open_home()
        carys.press_in_home("Change digests")
        carys.fill("Which", "Overnight")
        assert carys.submit() is not None
        for label, value in answers.items():
            carys.fill(label.replace("_", " "), value)
        refused = carys.submit()
        office.settle()
        return " ".join(refused.errors.values()) if refused else None

    log(office)
    refused = fill(What_it_tells=[])
    assert refused == "Choose at least one thing that it tells, or turn it off."
    carys.close_form()
    parts = ["Who is the duty officer", "What is due before the next working morning"]
    assert fill(When="At the time below", Time="16:30", What_it_tells=parts) is None
    told = changes(office)[-1]
    assert (told["what"], told["digest"]) == ("digest", "evening")
    assert told["was"] == {"moment": "closes", "at": None, "parts": ["duty_officer", "due_overnight", "holdings"]}
    assert told["now"] == {"moment": "clock", "at": "16:30", "parts": ["duty_officer", "due_overnight"]}
    assert "Overnight, every working day at 16:30" in carys.sees_in_home("Digests:").text
    office.wait_until(at(11, 23, 16, 30))
    (evening,) = digests(office, BEN, "Overnight")
    assert "ENQ-1" in evening
    assert "Who holds what" not in evening

    assert fill(Send_it=[]) is None
    assert "Overnight, off" in carys.sees_in_home("Digests:").text
    office.wait_until(at(11, 24, 16, 30))
    assert len(digests(office, BEN, "Overnight")) == 1
    office.wait(minutes=10)
    assert fill(Send_it=["Yes, on these days"], Days="Every Thursday") is None
    office.wait_until(at(11, 25, 16, 30))
    assert len(digests(office, BEN, "Overnight")) == 1
    office.wait_until(at(11, 26, 16, 30))
    assert len(digests(office, BEN, "Overnight")) == 2


def test_a_long_list_is_bounded_and_says_where_the_rest_is(sqlite_office: Office) -> None:
    """Fourteen due today: ten are shown with their buttons, and a command for the others."""
    office = sqlite_office
    for _ in range(14):
        log(office, BEN, hours=26, topic=None)
    office.wait_until(TUESDAY_NINE)
    (morning,) = digests(office, BEN, "The day ahead")
    due = morning.partition("Due today")[2].partition("Who holds what")[0]
    assert due.count("ENQ-") == 10
    assert "And 4 more. /enquiry list shows all that is open." in due
    assert "Nobody yet, 14: ENQ-1 · Evening Courier; " in morning
    assert "and 8 more" in morning
    message = office.member(BEN).sees("The day ahead", channel=PRESS)
    shown = office.member(BEN).press("Show", on=message)
    assert shown.form is not None
    assert "Why are the buses late?" in shown.form.text


def test_a_workspace_has_its_digests_from_when_its_channel_is_known(sqlite_office: Office) -> None:
    """Made once, whatever is chosen again; and nothing is made up for that was before."""
    office = sqlite_office
    duty_officer(office, None)
    with office.app.desk.on_its_own(office.app.workspace_id) as work:
        digests_desk.make_defaults(work)
        found = records.every_one(work.tx)
    assert [digest.name for digest in found] == ["morning", "evening", "week_ahead", "bulletin_call", "board"]
    assert [[(reader.role or reader.kind).value for reader in digest.readers] for digest in found] == [
        ["press_channel"],
        ["press_channel", "duty_officer"],
        ["programme_office", "organisation_lead"],
        ["organisation_lead", "group_chair", "board_member"],
        ["chair", "board_member", "group_chair", "comms_lead", "programme_office"],
    ]
    office.wait(minutes=1)
    assert digests(office, BEN, "The day ahead") == [], "at ten, that of nine is past"
