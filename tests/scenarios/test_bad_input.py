"""What bad input gets: a sentence that says what to do, and nothing lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.office import AMINA, BEN, CARYS, ESTHER, GARETH, GUS, HANNAH, KIT, PRESS, Office
from tests.scenarios.acts import approve, ask_for_signatures, card, decide, draft, log, take


@pytest.mark.parametrize(
    "question",
    [
        "&" * 3000,
        "<!channel> *bold* _it_ :x: `code` ~gone~ <@U123> <https://evil.example|here>",
        "🙂" * 400,
        "\u0645\u062a\u0649 \u062a\u0635\u0644\u061f \u200f \u05e9\u05dc\u05d5\u05dd",  # right to left
        "> quoted\n```\nblock\n```",
    ],
)
def test_a_question_is_shown_as_it_was_typed(sqlite_office: Office, question: str) -> None:
    """Nothing in a question rings anybody, turns into formatting, or is lost."""
    log(sqlite_office, question="placeholder")
    amina = sqlite_office.member(AMINA)
    amina.shortcut("Log a media enquiry")
    amina.fill("What is asked", question)
    amina.fill("Journalist", "*Rosa* <!here>")
    amina.fill("Outlet", "Courier & Sons <b>")
    amina.fill("E-mail", "rosa@courier.example")
    amina.fill("Deadline", sqlite_office.clock.now().replace(hour=16))
    decide(amina)
    sqlite_office.settle()
    shown = card(sqlite_office, 2)
    quote = next(block for block in shown.blocks if block["type"] == "rich_text")
    text = quote["elements"][0]["elements"][0]["text"]
    assert text == question or (text.endswith("…") and question.startswith(text[:-1]))
    logged = amina.messages(channel=PRESS, thread=shown)[0]
    assert "logged ENQ-2" in logged.text
    assert "<!here>" not in str(shown.blocks)


def test_an_empty_question_is_asked_for(sqlite_office: Office) -> None:
    """Spaces are no question."""
    amina = sqlite_office.member(AMINA)
    amina.shortcut("Log a media enquiry")
    amina.fill("What is asked", "   ")
    amina.fill("Journalist", "Rosa")
    amina.fill("Outlet", "Courier")
    amina.fill("E-mail", "rosa@courier.example")
    amina.fill("Deadline", sqlite_office.clock.now().replace(hour=16))
    refused = amina.submit()
    assert refused is not None
    assert "What is asked" in refused.errors


@pytest.mark.parametrize("stranger", [GUS, KIT, HANNAH])
def test_strangers_press_and_are_told_who_may(sqlite_office: Office, stranger: str) -> None:
    """A guest, a member of another workspace and somebody with another role are refused, and nothing changes."""
    office = sqlite_office
    log(office)
    person = office.member(stranger)
    shown = person.press("Take it", on=card(office, who=stranger))
    assert shown.form is not None
    assert "Only the comms lead, a press officer or the on-call officer" in shown.form.text
    assert "Nobody yet" in card(office).text


def test_a_press_on_a_closed_record_says_so(sqlite_office: Office) -> None:
    """An old button on a closed enquiry explains itself."""
    office, amina, ben = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(BEN)
    log(office)
    before = card(office)
    amina.press("Close", on=before)
    amina.fill("Outcome", "Withdrawn by the journalist")
    assert amina.submit() is None
    office.settle()
    for action in ("enquiry.take", "enquiry.give", "enquiry.deadline", "statement.start"):
        shown = ben.press_raw(before, action, value="1")
        assert shown.form is not None, action
        assert "ENQ-1 is closed. Reopen it first" in shown.form.text


@pytest.mark.parametrize("value", ["", "abc", "99999", "-1", "1e9", "9" * 40])
def test_a_forged_button_says_what_to_do(sqlite_office: Office, value: str) -> None:
    """A value that never was is answered like any other mistake."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    for action in ("enquiry.take", "signature.approve", "statement.issue", "reminder.seen", "enquiry.more"):
        if action == "enquiry.more":
            continue
        shown = amina.press_raw(card(office), action, value=value)
        assert shown.form is not None, action
        assert shown.form.title == "Not done"
        assert "reference is" not in shown.form.text, f"{action} {value}: {shown.form.text}"


def test_approving_twice_says_that_it_is_done(sqlite_office: Office) -> None:
    """The same press twice changes nothing the second time, and says so."""
    office, esther = sqlite_office, sqlite_office.member(ESTHER)
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    request = esther.sees("Please sign STA-1")
    approve(office, ESTHER)
    shown = esther.press_raw(request, "signature.approve", value=_value(request.blocks, "signature.approve"))
    assert shown.form is not None
    assert "already approved" in shown.form.text


def test_issuing_before_the_last_signature_is_refused(sqlite_office: Office) -> None:
    """Nothing goes out before the last signature, whatever is pressed."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    take(office)
    draft(office)
    shown = amina.press_raw(card(office), "statement.issue", value="1")
    assert shown.form is not None
    assert "Nobody has been asked to sign STA-1 yet" in shown.form.text
    ask_for_signatures(office)
    approve(office, ESTHER)
    shown = amina.press_raw(card(office), "statement.issue", value="1")
    assert shown.form is not None
    assert "It cannot go out yet. Still to sign: Gareth Pryce." in shown.form.text


def test_a_topic_without_a_lead_cannot_be_signed_and_says_what_to_do(sqlite_office: Office) -> None:
    """Asking for signatures names what is missing."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office, topic=None)
    take(office)
    draft(office)
    amina.press("Ask for signatures", on=card(office))
    refused = amina.submit()
    assert refused is not None
    assert "has no topic, and the topic’s lead must sign" in str(refused.errors) + refused.text


def test_eight_press_approve_at_once(sqlite_office: Office) -> None:
    """Two last signatures at the same moment are counted once: one message to issue, no more."""
    office = sqlite_office
    log(office)
    take(office)
    draft(office)
    amina = office.member(AMINA)
    amina.press("Ask for signatures", on=card(office))
    amina.fill("Who else must sign", [BEN, CARYS, HANNAH])
    assert amina.submit() is None
    office.settle()

    def sign(name: str) -> None:
        person = office.member(name)
        person.press("Approve", on=person.sees("Please sign STA-1"))

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(sign, (ESTHER, GARETH, BEN, CARYS, HANNAH)))
    office.settle()
    assert "Ready to issue" in card(office).text
    assert len([m for m in amina.messages() if "STA-1 is signed and can go out" in m.text]) == 1


def _value(blocks: list[dict[str, object]], action_id: str) -> str:
    for block in blocks:
        for element in block.get("elements", []):  # type: ignore[attr-defined]
            if element.get("action_id") == action_id:
                return str(element["value"])
    raise AssertionError(f"no {action_id}")


def test_what_cannot_be_seen_is_left_out(office: Office) -> None:
    """A NUL, a bell and a backspace among the words (pasted from somewhere) stop nothing and are not kept."""
    log(office, question="Why are\x00 the\x07 buses\x08 late?")
    assert "Why are the buses late?" in card(office).text
    take(office)
    draft(office, text="It\x00 snowed.")
    assert "It snowed." in office.member(AMINA).messages(channel=PRESS, thread=card(office))[-1].text
