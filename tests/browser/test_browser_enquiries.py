"""Enquiries, in a browser: logged in every way, owned, changed, found again, closed and reopened."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.people import AMINA, BEN, CARYS, ESTHER, MESSAGES, People
from tests.browser.steps import QUESTION, log, take

ONLY_YOU = re.compile("Only visible to you")


def test_everything_the_form_asks_is_on_the_card_and_in_its_thread(people: People) -> None:
    """A command with words opens the form with them; what is filled in stands on one card, the history below it."""
    amina = people(AMINA)
    amina.run("/enquiry Why are the buses late? Is it *snow* & ice?")
    form = amina.form("Log a media enquiry")
    expect(form.field("What is asked")).to_have_value("Why are the buses late? Is it *snow* & ice?")
    form.fill("Journalist", "Rosa Achter")
    form.fill("Outlet", "Vale Live")
    form.fill("Deadline", amina.now + timedelta(hours=4))
    form.fill("E-mail", "rosa@vale-live.example")
    form.fill("Phone", "01632 960777")
    form.pick("How it came", "Social media")
    form.fill("Received", amina.now - timedelta(minutes=40))
    form.pick("Topic", "Cancer screening (Dr Esther Lindqvist)")
    form.pick("Organisation it concerns", "Westmere Hospitals Trust")
    form.submit()

    card = amina.card("Vale Live")
    expect(card.get_by_role("blockquote")).to_have_text("Why are the buses late? Is it *snow* & ice?")
    due = f"{amina.now + timedelta(hours=4):%H:%M}"
    came = f"{amina.now - timedelta(minutes=40):%H:%M}"
    for words in (
        f"Due today at {due} 🟢 on time",
        "Owner Nobody yet",
        "Rosa Achter · rosa@vale-live.example · 01632 960777",
        f"Social media, today at {came}",
        "Topic: Cancer screening",
        "Concerns: Westmere Hospitals Trust",
    ):
        expect(card).to_contain_text(words)
    expect(amina.open_thread(card)).to_contain_text(f"Amina Rahman logged {amina.reference(card)}.")


def test_who_only_phoned_is_logged_from_the_shortcut_until_their_email_comes(people: People) -> None:
    """The shortcut opens the form; without a deadline it wants to know that the e-mail is awaited, which then comes."""
    amina = people(AMINA)
    amina.press("Shortcuts", amina.place)
    amina.page.get_by_role("menuitem", name="Log a media enquiry").click()
    form = amina.form("Log a media enquiry")
    form.fill("What is asked", "Something about buses")
    form.fill("Journalist", "Rosa Achter")
    form.fill("Outlet", "Vale Live")
    form.fill("Phone", "01632 960777")
    form.pick("How it came", "Phone")
    form.send()
    form.refuses("Deadline", re.compile("deadline", re.IGNORECASE))
    form.tick("Only phoned so far: their e-mail and deadline are still to come")
    form.submit()
    card = amina.card("Vale Live")
    expect(card).to_contain_text("Due not known yet")

    take(amina, card)
    expect(card).to_contain_text("Waiting for the journalist’s e-mail")
    amina.press("E-mail came", card)
    form = amina.form(f"{amina.reference(card)}: e-mail")
    form.fill("What is asked", QUESTION)
    form.fill("Deadline", amina.now + timedelta(hours=2))
    form.fill("E-mail", "rosa@vale-live.example")
    form.submit()
    expect(card.get_by_role("blockquote")).to_have_text(QUESTION)
    expect(card).to_contain_text("less than 3 hours left")
    expect(card.get_by_role("button", name="E-mail came")).to_have_count(0)


def test_a_deadline_already_past_is_asked_about_and_nothing_typed_is_lost(people: People) -> None:
    """The form comes back with a question instead of logging it; with the answer given, the card says late."""
    amina = people(AMINA)
    amina.run("/enquiry Why are the buses late?")
    form = amina.form("Log a media enquiry")
    form.fill("Journalist", "Rosa Achter")
    form.fill("Outlet", "Vale Live")
    form.fill("E-mail", "rosa@vale-live.example")
    form.fill("Deadline", amina.now - timedelta(hours=1))
    form.send()
    late = form.dialog.get_by_label(re.compile("late already"))
    expect(late).to_be_in_viewport()
    expect(form.field("Journalist")).to_have_value("Rosa Achter")
    expect(amina.place.get_by_role("heading", name="Vale Live")).to_have_count(0)
    late.check()
    form.submit()
    expect(amina.card("Vale Live")).to_contain_text("🔴 late")


def test_it_changes_hands_deadline_and_topic_and_the_thread_tells_all(people: People) -> None:
    """Taken, noted on, moved, given away: the card follows in place, the thread keeps each step, the owner hears."""
    amina, ben = people(AMINA), people(BEN, MESSAGES)
    card = log(amina, "Vale Live")
    reference = amina.reference(card)
    take(amina, card)

    amina.press("Add note", card)
    form = amina.form(f"{reference}: note")
    form.tick("A call")
    form.fill("Note", "The depot says: no gritters before noon. <!channel> *really*")
    form.submit()
    amina.choose("Change deadline", card)
    form = amina.form(f"{reference}: deadline")
    form.fill("Deadline", amina.now + timedelta(hours=6))
    form.submit()
    expect(card).to_contain_text(f"Due today at {amina.now + timedelta(hours=6):%H:%M}")
    amina.choose("Change topic", card)
    form = amina.form(f"{reference}: topic")
    form.pick("Topic", "Parking and travel (Farah Castellane)")
    form.submit()
    expect(card).to_contain_text("Topic: Parking and travel")
    amina.choose("Give to someone", card)
    form = amina.form(f"Give {reference}")
    form.pick("To whom", BEN)
    form.submit()
    expect(card).to_contain_text("Owner Ben Okafor")

    thread = amina.open_thread(card)
    for words in (
        f"Amina Rahman took {reference}.",
        "Amina Rahman noted a call:",
        "The depot says: no gritters before noon. <!channel> *really*",
        "Amina Rahman set the deadline to",
        "Amina Rahman set the topic to Parking and travel.",
        f"Amina Rahman gave {reference} to Ben Okafor.",
    ):
        expect(thread).to_contain_text(words)
    told = ben.message(f"Amina Rahman gave you {reference} from Vale Live.")
    ben.press("Show", told)
    ben.form(reference).says(QUESTION)


def test_whoever_may_not_is_told_who_may(people: People) -> None:
    """A topic's lead sees the card and presses Take it: a small form says whose work this is, and nothing changes."""
    amina, esther = people(AMINA), people(ESTHER)
    log(amina, "Vale Live")
    card = esther.card("Vale Live")
    esther.press("Take it", card)
    refusal = esther.form("Not done")
    refusal.says("press officer")
    refusal.close()
    expect(card).to_contain_text("Owner Nobody yet")


def test_it_is_closed_with_an_outcome_and_reopened_with_a_reason(people: People) -> None:
    """Answered needs what was sent, declined a reason; a closed card can be reopened, and the reason is on record."""
    carys = people(CARYS)
    card = log(carys, "Vale Live")
    reference = carys.reference(card)
    carys.press("Close", card)
    form = carys.form(f"Close {reference}")
    form.pick("Outcome", "Answered with a statement")
    form.send()
    form.refuses("Outcome", "Nothing that was sent is on file")
    form.pick("Outcome", "Declined")
    form.send()
    form.refuses("Reason or details", "Say why it was declined.")
    form.fill("Reason or details", "Not ours to say.")
    form.submit()
    expect(card).to_contain_text("Closed: declined")
    expect(card.get_by_role("button", name="Take it")).to_have_count(0)

    carys.press("Reopen", card)
    carys.answer(f"Reopen {reference}", "Why it is opened again", "They came back with more.")
    expect(card.get_by_role("button", name="Take it")).to_be_visible()
    thread = carys.open_thread(card)
    expect(thread).to_contain_text(f"Carys Whitlock closed {reference}: declined")
    expect(thread).to_contain_text("They came back with more.")


def test_what_is_asked_of_the_command_is_answered_to_one_person(people: People) -> None:
    """List, help and a reference answer at once, visible only to whoever asked; the answer can be put away."""
    amina = people(AMINA)
    shown = amina.place.get_by_role("article").filter(has_text=ONLY_YOU)
    for words, answer in (
        ("list", "open enquir"),
        ("help", "What you can type"),
        ("ENQ-1", "ENQ-1 ·"),
        (" enq-1 ", "ENQ-1 ·"),
        ("ENQ-999", "ENQ-999"),
    ):
        amina.run(f"/enquiry {words}")
        expect(shown).to_contain_text(answer)
        amina.press("Dismiss", shown)
        expect(shown).to_have_count(0)


def test_the_list_leads_to_each_enquiry(people: People) -> None:
    """The list names what is open, and Show opens the whole of one."""
    amina = people(AMINA)
    card = log(amina, "Vale Live", hours=0.5)
    amina.run("/enquiry list")
    listed = amina.place.get_by_role("article").filter(has_text=ONLY_YOU)
    first = listed.locator(".block-is-section").first
    expect(first).to_contain_text("Vale Live")  # the most pressing comes first
    amina.press("Show", first)
    page = amina.form(amina.reference(card))
    page.says(QUESTION)
    page.close()
