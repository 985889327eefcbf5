"""Reminders: in time, kindly, from the owner to the deputy to the lead; and never in the night without need."""

from datetime import UTC, datetime

from storage.people import Role
from tests.office import AMINA, CARYS, DEV, ESTHER, GARETH, JOAN, LEONORA, PRESS, Office
from tests.scenarios.acts import ask_for_signatures, draft, log, take


def reminders(office: Office, name: str) -> list[str]:
    """What somebody has been reminded of, oldest first."""
    said = [message.text for message in office.member(name).messages()]
    others = ("Read", "Please sign", "Overnight")
    return [text for text in said if "Due " in text and not any(words in text for words in others)]


def test_the_owner_is_reminded_at_half_and_three_quarters_and_the_lead_when_it_is_late(office: Office) -> None:
    """DOMAIN §10, "answer": ½ · ¾ · 1 hour before to the owner, then at the due time to the comms lead as well."""
    log(office, hours=6)
    take(office)
    office.wait(hours=2, minutes=59)
    assert reminders(office, AMINA) == []
    for hours, minutes, count in ((0, 1, 1), (1, 30, 2), (0, 30, 3)):
        office.wait(hours=hours, minutes=minutes)
        assert len(reminders(office, AMINA)) == count
    assert reminders(office, CARYS) == []
    office.wait(hours=1)
    assert "Your answer to ENQ-1" in reminders(office, AMINA)[-1]
    assert "ENQ-1 · Evening Courier has not been answered; Amina Rahman has it" in reminders(office, CARYS)[-1]


def test_seen_silences_one_person_until_the_next_rung_and_nobody_else(sqlite_office: Office) -> None:
    """*Seen* does not stop what climbs to others, nor the next rung."""
    office = sqlite_office
    log(office, hours=6)
    take(office)
    amina = office.member(AMINA)
    office.wait(hours=3)
    amina.press("Seen", on=amina.sees("Your answer to ENQ-1"))
    amina.sees("You have seen this")
    office.wait(hours=1, minutes=30)
    assert len(reminders(office, AMINA)) == 2
    office.wait(hours=1, minutes=30)
    amina.press("Seen", on=amina.messages()[-1])
    before = len(reminders(office, AMINA))
    office.wait(minutes=30)
    assert len(reminders(office, AMINA)) == before
    assert len(reminders(office, CARYS)) == 2


def test_snooze_waits_half_an_hour_and_never_past_the_due_time(sqlite_office: Office) -> None:
    """*Snooze* ends at the due time at the latest; once something is due it cannot wait longer."""
    office = sqlite_office
    log(office, hours=1)
    take(office)
    amina = office.member(AMINA)
    office.wait(minutes=30)
    amina.press("Snooze 30 minutes", on=amina.sees("Your answer to ENQ-1"))
    amina.sees("You will be reminded again")
    office.wait(minutes=20)
    assert len(reminders(office, AMINA)) == 1
    office.wait(minutes=10)
    newest = amina.messages()[-1]
    assert "Due today at 11:00  :red_circle: late" in newest.text
    assert "Snooze 30 minutes" not in newest.buttons


def test_what_nobody_took_is_told_to_the_press_channel_and_then_to_the_lead(office: Office) -> None:
    """DOMAIN §10, "nobody owns it": the channel after 15 minutes, the comms lead at half the time."""
    log(office, hours=6)
    office.wait(minutes=14)
    amina = office.member(AMINA)
    assert not any("Nobody has taken" in message.text for message in amina.messages(channel=PRESS))
    office.wait(minutes=1)
    amina.sees("Nobody has taken ENQ-1", channel=PRESS)
    office.wait(hours=3)
    amina_free = office.member(CARYS)
    amina_free.press("Take it", on=amina_free.sees("Nobody has taken ENQ-1"))
    amina.sees("Owner  Carys Whitlock", channel=PRESS)


def test_a_missing_signature_climbs_to_the_owner_and_the_lead(sqlite_office: Office) -> None:
    """DOMAIN §10, "sign": the signatory, then the owner of the statement as well, then the comms lead."""
    office = sqlite_office
    log(office, hours=6)
    take(office)
    draft(office)
    ask_for_signatures(office)
    esther = office.member(ESTHER)
    office.wait(hours=2, minutes=45)
    assert "Your signature on STA-1" in esther.sees("Your signature").text
    esther.press("Read and sign", on=esther.sees("Your signature"))
    form = esther.wait_for_form("Read and sign")
    assert "The buses are late because of the snow." in form.text
    assert esther.submit() is None
    esther.sees("Done. Nothing more is needed.")
    office.wait(hours=1, minutes=45)
    assert "Gareth Pryce has not signed STA-1" in office.member(AMINA).sees("has not signed STA-1").text
    office.wait(hours=1)
    assert "Gareth Pryce has not signed STA-1" in office.member(CARYS).sees("has not signed STA-1").text


def test_several_things_due_together_are_one_message(sqlite_office: Office) -> None:
    """One person's reminders that come due together are one message."""
    office = sqlite_office
    for _ in range(3):
        log(office, hours=6)
    for number in (1, 2, 3):
        take(office, number=number)
    office.wait(hours=3)
    told = reminders(office, AMINA)
    assert len(told) == 1
    assert all(f"ENQ-{number}" in told[0] for number in (1, 2, 3))


def test_at_night_what_can_wait_waits_and_what_cannot_goes_to_the_duty_officer(sqlite_office: Office) -> None:
    """Quiet hours: until the next working morning, unless the journalist's deadline comes before it."""
    office = sqlite_office
    office.wait_until(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    log(office, hours=4)
    take(office)
    log(office, hours=20)
    take(office, number=2)
    office.wait(hours=2)
    assert "ENQ-1" in office.member(DEV).sees("has not been answered").text
    assert reminders(office, AMINA) == []
    office.wait_until(datetime(2026, 11, 24, 3, 0, tzinfo=UTC))
    assert not any("ENQ-2" in text for text in reminders(office, AMINA))
    office.wait_until(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert any("ENQ-2" in text for text in reminders(office, AMINA))


def test_somebody_who_only_phoned_is_chased(sqlite_office: Office) -> None:
    """DOMAIN §10, "awaiting e-mail": after an hour and on the next working morning, until the e-mail has come."""
    office = sqlite_office
    amina = office.member(AMINA)
    amina.run("/enquiry Something about parking", channel=PRESS)
    amina.fill("Journalist", "Zeke Thorn")
    amina.fill("Outlet", "Vale Today")
    amina.fill("Phone", "01632 960114")
    amina.fill("How it came", "Phone")
    amina.fill("No e-mail yet", ["Only phoned so far: their e-mail and deadline are still to come"])
    assert amina.submit() is None
    take(office)
    card = amina.sees("Waiting for the journalist’s e-mail", channel=PRESS)
    office.wait(hours=1)
    amina.sees("The journalist’s e-mail for ENQ-1")
    office.wait_until(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert len([m for m in amina.messages() if "The journalist’s e-mail for ENQ-1" in m.text]) == 2

    amina.press("E-mail came", on=card)
    amina.fill("Deadline", datetime(2026, 11, 24, 16, 0, tzinfo=UTC))
    amina.fill("E-mail", "zeke@vale.example")
    assert amina.submit() is None
    amina.sees("Not drafted yet", channel=PRESS)
    office.wait(hours=4)
    amina.sees("Your answer to ENQ-1")


def test_somebody_who_has_lost_their_role_still_answers_what_they_owe(sqlite_office: Office) -> None:
    """Esther must still sign what she was asked to sign, and may say that she has seen the reminder."""
    office, esther = sqlite_office, sqlite_office.member(ESTHER)
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    office.change(ESTHER)
    office.wait(hours=3)
    esther.press("Seen", on=esther.sees("Your signature on STA-1"))
    esther.sees("You have seen this")


def test_a_deputy_is_offered_only_what_she_may_do(sqlite_office: Office) -> None:
    """Leonora signs by e-mail through the press office; her deputy Joan is reminded, and cannot record her reply."""
    office, joan = sqlite_office, sqlite_office.member(JOAN)
    office.change(LEONORA, Role.SPOKESPERSON, deputy=JOAN)
    log(office)
    take(office)
    draft(office, spokesperson=LEONORA)
    ask_for_signatures(office)
    office.wait(hours=4, minutes=30)
    reminder = joan.sees("Leonora Ashby has not signed STA-1")
    assert reminder.buttons == ["Seen", "Snooze 30 minutes"]
    assert "Record reply" in office.member(AMINA).sees("Leonora Ashby has not signed STA-1").buttons


def test_a_deadline_that_nobody_owns_does_not_pass_in_silence(sqlite_office: Office) -> None:
    """At the deadline the press channel and the comms lead hear of it; in the night it is the duty officer."""
    office = sqlite_office
    log(office, hours=5)
    office.wait(hours=5)
    office.member(CARYS).sees("Nobody has taken ENQ-1")
    assert ":red_circle: late" in office.member(AMINA).sees("Nobody has taken ENQ-1", channel=PRESS).text
    log(office, hours=4)
    office.wait(hours=4)
    office.member(DEV).sees("Nobody has taken ENQ-2")


def test_the_duty_officer_may_do_at_night_what_he_is_asked_to(sqlite_office: Office) -> None:
    """Signed and not yet out when the office has closed: he records it as issued, and the reminders end."""
    office, dev = sqlite_office, sqlite_office.member(DEV)
    log(office, hours=9)
    take(office)
    draft(office)
    ask_for_signatures(office)
    for name in (ESTHER, GARETH):
        signatory = office.member(name)
        signatory.press("Approve", on=signatory.sees("Please sign STA-1"))
    office.wait(hours=7.5)
    dev.press("Record as issued", on=dev.sees("STA-1 · Evening Courier is signed and has not gone out"))
    assert dev.submit() is None
    office.wait(hours=2)
    assert "Done. Nothing more is needed." in dev.sees("is signed and has not gone out").text


def test_what_is_late_does_not_ring_all_night(sqlite_office: Office) -> None:
    """Once it is late, the night has four more reminders, and then the morning."""
    office = sqlite_office
    log(office, hours=9)
    take(office)
    for _ in range(45):
        office.wait(minutes=30)
    assert len(reminders(office, DEV)) == 6  # at six, at the deadline, and four times after it
    assert office.clock.now() == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
