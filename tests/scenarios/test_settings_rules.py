"""The office's rules, changed in Slack as people do it: each takes effect, stays on the record, and refuses kindly."""

import json
from datetime import UTC, datetime

import pytest

from storage import audit
from tests.office import AMINA, BEN, CARYS, ESTHER, FARAH, GARETH, HANNAH, Office
from tests.scenarios.acts import approve, ask_for_signatures, card, draft, log, take


def changes(office: Office) -> list[dict[str, object]]:
    """What the record says of settings, oldest first."""
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        found = [entry for page in audit.entries(tx) for entry in page if entry["act"] == "change_settings"]
        return [json.loads(entry["details"]) for entry in found]


def in_settings(office: Office, button: str, **answers: object) -> str | None:
    """Carys opens the form behind a button, fills it in and sends it. Gives the refusal, if there is one."""
    carys = office.member(CARYS)
    carys.open_home()
    carys.press_in_home(button)
    for label, value in answers.items():
        carys.fill(label, value)
    refused = carys.submit()
    office.settle()
    return None if refused is None else " ".join(refused.errors.values()) or refused.text


def test_hours_of_each_day_and_days_off(sqlite_office: Office) -> None:
    """A short Friday and a closed day before Christmas: shown at home, on the record, and reminders keep to them."""
    office = sqlite_office
    log(office, hours=30 * 24)
    take(office)
    assert (
        in_settings(
            office,
            "Change hours",
            **{
                "Days with other hours": "Friday 09:00 to 12:30",
                "Closed also on": "24 December 2026\n28 to 31 December 2026",
            },
        )
        is None
    )
    home = office.member(CARYS).sees_in_home("Rules").text
    assert "Open Monday to Friday 09:00 to 17:00, but Friday 09:00 to 12:30" in home
    assert "closed also on 24 December 2026, 28 December 2026" in home
    told = changes(office)[-1]
    assert told["what"] == "hours"
    assert told["was"] == {"other_hours": {}, "closed_on": []}
    with office.app.desk.on_its_own(office.app.workspace_id, read_only=True) as work:
        assert not work.hours.is_open(datetime(2026, 11, 27, 13, 0, tzinfo=UTC))
        assert work.hours.is_open(datetime(2026, 11, 26, 13, 0, tzinfo=UTC))
        assert not work.hours.is_open(datetime(2026, 12, 24, 10, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("Working days", [], "Choose at least one day on which somebody works."),
        ("Opens", "18:00", "The office has to close after it opens."),
        ("Days with other hours", "Freitag 9-12", "cannot be read. Write it like: Friday 09:00 to 16:30."),
        ("Days with other hours", "Saturday 09:00 to 12:00", "Saturday has hours of its own and is no working day."),
        ("Days with other hours", "Friday 12:00 to 09:00", "On Friday the office has to close after it opens."),
        ("Days with other hours", "Fri 09:00 to 25:00", "has no such time of day"),
        ("Closed also on", "Christmas Eve", "has no year. Write it like: 24 December 2026."),
        ("Closed also on", "31 February 2026", "cannot be read as a day"),
        ("Closed also on", "31 to 27 December 2026", "ends before it begins"),
    ],
)
def test_hours_that_make_no_sense_are_refused(sqlite_office: Office, label: str, value: object, sentence: str) -> None:
    """The form stays open with what was typed, and says what to write."""
    refused = in_settings(sqlite_office, "Change hours", **{label: value})
    assert refused is not None
    assert sentence in refused


def test_own_reminders_are_shown_before_they_are_saved_and_then_used(office: Office) -> None:
    """Carys has the deputy told when half of the time is gone; what was owed already keeps to it. Then back again."""
    carys, amina = office.member(CARYS), office.member(AMINA)
    log(office, hours=6)
    take(office)
    carys.open_home()
    carys.press_in_home("Change reminders")
    carys.fill("Of what", "Answering an enquiry")
    form = carys.submit()
    assert form is not None
    assert "When half of the time is gone: whoever owes it" in form.text
    carys.fill("When half of the time is gone", [])
    carys.fill("When three quarters are gone", [])
    carys.fill("An hour before", ["Whoever owes it", "The comms lead"])
    preview = carys.submit()
    assert preview is not None
    assert "An hour before: whoever owes it and the comms lead" in preview.text
    assert "reminders" not in [told["what"] for told in changes(office)]
    assert carys.submit() is None
    carys.sees_in_home("Reminders: our own for answering an enquiry")

    office.wait(hours=4, minutes=55)
    assert not [one for one in amina.messages() if "ENQ-1" in one.text and "due" in one.text.lower()]
    office.wait(minutes=10)
    assert "ENQ-1" in carys.sees("ENQ-1").text
    told = changes(office)[-1]
    assert (told["what"], told["duty"]) == ("reminders", "answer")
    assert told["was"] != told["now"]

    carys.press_in_home("Change reminders")
    carys.fill("Of what", "Answering an enquiry")
    assert carys.submit() is not None
    shown = carys.press("Use the default")
    assert shown.form is not None
    assert "When half of the time is gone" in shown.form.text
    assert carys.submit() is None
    assert carys.form is None
    carys.sees_in_home("Reminders: as the desk comes")


def test_reminders_that_would_tell_nobody_are_refused(sqlite_office: Office) -> None:
    """At no moment, or only when there is no time for it: said in a sentence, and nothing has changed."""
    carys = sqlite_office.member(CARYS)
    carys.open_home()
    carys.press_in_home("Change reminders")
    carys.fill("Of what", "Signing")
    assert carys.submit() is not None
    for label in ("When half of the time is gone", "When three quarters are gone", "When it is due"):
        carys.fill(label, [])
    refused = carys.submit()
    assert refused is not None
    assert "Of what is due in half an hour, this would tell nobody in time" in refused.text
    carys.close_form()
    carys.fill("An hour before", [])
    refused = carys.submit()
    assert refused is not None
    assert "This would tell nobody." in refused.text or refused.text


def test_executives_who_must_sign_hold_a_statement_back(office: Office) -> None:
    """Once the rule is set, a statement is not signed before the executive has signed it too."""
    assert in_settings(office, "Change sign-off rules", Executives="Must sign") is None
    assert "Executives must sign" in office.member(CARYS).sees_in_home("Rules").text
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    assert "Record as issued" not in card(office).buttons
    approve(office, HANNAH)
    assert "Record as issued" in card(office).buttons


def test_background_may_be_the_lead_s_alone(sqlite_office: Office) -> None:
    """By that rule, nobody but the topic's lead is asked."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    rule = "Is signed by the topic’s lead alone"
    assert in_settings(office, "Change sign-off rules", **{"Background for a journalist": rule}) is None
    log(office)
    take(office)
    amina.press("Draft statement", on=card(office))
    amina.fill("Text", "Not to be quoted: the ploughs are late.")
    amina.fill("In the name of", GARETH)
    amina.fill("What it is", "Background, not for quotation")
    assert amina.submit() is None
    ask_for_signatures(office)
    approve(office, ESTHER)
    assert "Record as issued" in card(office).buttons


def test_who_else_must_sign_on_a_topic_is_asked(sqlite_office: Office) -> None:
    """Somebody added to a topic while a statement on it is being signed is asked at once."""
    office, carys = sqlite_office, sqlite_office.member(CARYS)
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    carys.open_home()
    carys.press_in_home("Change topic")
    carys.fill("Which", "Screening")
    assert carys.submit() is not None
    carys.fill("Who else must sign", [FARAH])
    assert carys.submit() is None
    carys.sees_in_home(f"Screening: {ESTHER}, and {FARAH}")
    approve(office, ESTHER, GARETH)
    assert "Record as issued" not in card(office).buttons
    approve(office, FARAH)
    assert "Record as issued" in card(office).buttons


def test_known_words_and_what_is_no_word(sqlite_office: Office) -> None:
    """Own domains and abbreviations are shown; what is neither is refused."""
    office = sqlite_office
    domains, abbreviations = "Our own e-mail domains", "Abbreviations that everybody knows"
    given = {domains: "@Northbrook.nhs.uk\nalliance.example", abbreviations: "ICB, CQC"}
    assert in_settings(office, "Change known words", **given) is None
    home = office.member(CARYS).sees_in_home("Rules").text
    assert "Our e-mail domains: alliance.example, northbrook.nhs.uk" in home
    assert "Everybody knows: CQC, ICB" in home
    assert "is no e-mail domain" in str(in_settings(office, "Change known words", **{domains: "us"}))
    office.member(CARYS).close_form()
    assert "is no abbreviation" in str(in_settings(office, "Change known words", **{abbreviations: "the board"}))


def test_the_author_of_a_draft_gets_hints_and_nobody_else(sqlite_office: Office) -> None:
    """Saved first, then told to the author alone; the signatories and the card show nothing of it."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    take(office)
    amina.press("Draft statement", on=card(office))
    amina.fill("Text", "Going forward, the ICB will grit the roads.")
    amina.fill("In the name of", GARETH)
    shown = amina.submit()
    assert shown is not None
    assert "The draft is saved." in shown.text
    assert "“Going forward”: say “from now on”" in shown.text
    assert "“ICB” is not explained" in shown.text
    amina.close_form()
    ask_for_signatures(office)
    for who in (ESTHER, BEN):
        seen = " ".join(message.text for message in office.member(who).messages())
        assert "from now on" not in seen + card(office, who=who).text
    assert "Going forward" in office.member(ESTHER).sees("Please sign STA-").text

    given = {"Abbreviations that everybody knows": "ICB"}
    assert in_settings(office, "Change known words", **given) is None
    amina.press("Write new draft", on=card(office))
    amina.fill("Text", "From now on the ICB will grit the roads.")
    assert amina.submit() is None
