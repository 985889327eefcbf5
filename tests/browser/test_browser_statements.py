"""Statements, in a browser: drafted, asked for, signed, argued about, replaced, issued, each signature for one text."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.people import AMINA, ESTHER, GARETH, HANNAH, JOAN, LEONORA, MESSAGES, People, Person
from tests.browser.steps import TEXT, approve, ask_for_signatures, draft, log, take

BETTER = "The buses are late because of the snow. We are sorry."


def test_nothing_goes_out_before_the_last_signature_and_then_it_is_issued(people: People) -> None:
    """Those proposed and one added sign; an executive's objection holds it up until answered; then it is issued."""
    amina = people(AMINA)
    card = log(amina, "Vale Live")
    reference = amina.reference(card)
    take(amina, card)
    draft(amina, card, in_the_name_of=GARETH)

    amina.press("Ask for signatures", card)
    form = amina.form(re.compile(r"STA-\d+: signatures"))
    form.says("Dr Esther Lindqvist, the topic’s lead")
    form.says("Gareth Pryce-Bell, spokesperson")
    form.says(re.compile("Copied.*Hannah Oduya, executive.*Ivo Marchetti, executive"))
    form.pick("Who else must sign", JOAN)
    form.submit()
    expect(card).to_contain_text("Waiting for 3 signatures")
    issue = card.get_by_role("button", name="Record as issued")
    expect(issue).to_have_count(0)

    hannah = people(HANNAH, MESSAGES)
    copied = hannah.message(TEXT)
    expect(copied).to_contain_text("For your information")
    expect(copied.get_by_role("button", name="Approve")).to_have_count(0)
    hannah.press("Ask for changes", copied)
    form = hannah.form("Ask for changes")
    form.says(TEXT)
    form.fill("What should change", "Say that we are sorry.")
    form.submit()

    for name in (ESTHER, GARETH, JOAN):
        signatory = people(name, MESSAGES)
        offered = signatory.message(TEXT).locator(".block-is-actions").get_by_role("button")
        expect(offered).to_have_text(["Approve", "Ask for changes", "Suggest wording", "Pass to someone"])
        approve(signatory)
    expect(card).to_contain_text("Changes asked for by Hannah Oduya")
    expect(issue).to_have_count(0)

    amina.go(MESSAGES)
    asked = amina.message("Say that we are sorry.")
    amina.press("Keep the wording", asked)
    amina.answer("Keep the wording", re.compile("why", re.IGNORECASE), "We said so this morning.")
    expect(hannah.message("We said so this morning.")).to_be_visible()

    ready = amina.message("can go out")
    expect(ready).to_contain_text(TEXT)
    amina.press("Record as issued", ready)
    form = amina.form(re.compile(r"STA-\d+: issued"))
    form.says(TEXT)
    expect(form.field("To whom")).to_have_value(re.compile("Rosa Achter, Vale Live"))
    form.pick("How", "Read out on the phone")
    form.submit()
    amina.go("press-office")
    expect(card).to_contain_text("Closed: answered with a statement")
    thread = amina.open_thread(card)
    expect(thread).to_contain_text("read out on the phone")
    expect(thread).to_contain_text(f"Amina Rahman closed {reference}: answered with a statement.")


def test_a_suggested_wording_is_adopted_and_everyone_is_asked_again(people: People) -> None:
    """The signatory outside Slack answers by e-mail; a new draft voids that, and both sign the new words."""
    amina, esther = people(AMINA), people(ESTHER, MESSAGES)
    card = log(amina, "Vale Live")
    take(amina, card)
    draft(amina, card, in_the_name_of=LEONORA)
    ask_for_signatures(amina, card)

    amina.go(MESSAGES)
    relayed = amina.message("Please ask Leonora Ashby-Quill")
    expect(relayed).to_contain_text("leonora@ashby-quill.example")
    expect(relayed).to_contain_text(TEXT)
    _record_reply(amina, relayed)
    expect(amina.message(TEXT)).to_contain_text("Leonora Ashby-Quill (spokesperson) approved")

    request = esther.message(TEXT)
    esther.press("Suggest wording", request)
    form = esther.form("Suggest wording")
    expect(form.field("Your wording")).to_have_value(TEXT)
    form.fill("Your wording", BETTER)
    form.submit()
    expect(request).to_contain_text(BETTER)

    suggested = amina.message(BETTER)
    amina.press("Use this wording", suggested)
    form = amina.form(re.compile(r"STA-\d+: new draft"))
    form.says(re.compile("everyone is asked again", re.IGNORECASE))
    expect(form.field("Text")).to_have_value(BETTER)
    form.submit()

    expect(esther.message("Replaced by a newer draft").get_by_role("button", name="Approve")).to_have_count(0)
    esther.press("Approve", esther.message(re.compile("Please sign .*draft 2")))
    again = amina.message(re.compile("Please ask Leonora Ashby-Quill.*draft 2"))
    expect(again).to_contain_text(BETTER)
    _record_reply(amina, again)
    amina.go("press-office")
    expect(card).to_contain_text("Ready to issue")
    expect(card.get_by_role("button", name="Record as issued")).to_be_visible()


def test_a_statement_that_will_not_go_out_is_withdrawn_with_a_reason(people: People) -> None:
    """In the thread the statement has a card of its own; withdrawn, nobody has to sign it and the enquiry goes on."""
    amina, esther = people(AMINA), people(ESTHER, MESSAGES)
    card = log(amina, "Vale Live")
    take(amina, card)
    draft(amina, card, in_the_name_of=GARETH)
    ask_for_signatures(amina, card)
    request = esther.message(TEXT)
    expect(request).to_contain_text("Please sign")

    statement = amina.open_thread(card).get_by_role("article").filter(has_text=re.compile(r"STA-\d+ · Statement"))
    amina.press("Withdraw", statement)
    amina.answer(re.compile(r"Withdraw STA-\d+"), "Why it will not go out", "The snow has melted.")
    expect(statement).to_contain_text("Withdrawn")
    expect(amina.thread).to_contain_text("The snow has melted.")
    expect(esther.message(TEXT).get_by_role("button", name="Approve")).to_have_count(0)
    expect(card).to_contain_text("Not drafted yet")


def _record_reply(owner: Person, request: Locator) -> None:
    owner.press("Record reply", request)
    form = owner.form("Record reply")
    form.says("Leonora Ashby-Quill")
    form.tick("Approves this text")
    form.fill("How you know", "Her e-mail, 10:02")
    form.submit()
