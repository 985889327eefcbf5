"""Signing: exactly this text, everyone who must, nobody who wrote it."""

from datetime import timedelta

from storage.people import Role
from tests.office import AMINA, BEN, CARYS, ESTHER, FARAH, GARETH, HANNAH, LEONORA, PRESS, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, draft, log, more, redraft, take


def in_signoff(office: Office, *, spokesperson: str = GARETH) -> None:
    log(office)
    take(office)
    draft(office, spokesperson=spokesperson)
    ask_for_signatures(office)


def test_an_owner_who_is_copied_answers_her_own_amendment(sqlite_office: Office) -> None:
    """Hannah owns the statement and is copied on it: what she asked for, she can also let go."""
    office, hannah = sqlite_office, sqlite_office.member(HANNAH)
    office.change(HANNAH, Role.EXECUTIVE, Role.PRESS_OFFICER)
    log(office)
    take(office, HANNAH)
    draft(office)
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    hannah.press("Ask for changes", on=hannah.sees("For your information: STA-1"))
    hannah.fill("What should change", "Say sorry first.")
    assert hannah.submit() is None
    office.settle()
    hannah.press("Keep the wording", on=hannah.sees("Changes asked for: STA-1"))
    hannah.fill("Why the wording stays", "We did yesterday.")
    assert hannah.submit() is None
    assert "Ready to issue" in card(office).text


def test_a_changed_word_voids_the_signatures(office: Office) -> None:
    """A new draft asks everyone again, shows what changed to whoever had signed, and retires the old message."""
    in_signoff(office)
    esther = office.member(ESTHER)
    approve(office, ESTHER, GARETH)
    assert "Ready to issue" in card(office).text
    redraft(office, "The buses are late because of the ice.")
    assert "Waiting for 2 signatures" in card(office).text
    old = esther.sees("Replaced by a newer draft: STA-1")
    assert old.buttons == []
    assert "your approval of it no longer counts" in old.text
    new = esther.sees("Please sign STA-1 · Evening Courier, draft 2")
    assert "What changed since draft 1, which you approved" in new.text
    ready = office.member(AMINA).sees("was ready to issue and is not any more")
    assert ready.buttons == []


def test_an_old_message_cannot_sign_a_new_text(sqlite_office: Office) -> None:
    """Approving on a message that shows an earlier draft is refused, in words, and signs nothing."""
    office = sqlite_office
    in_signoff(office)
    esther = office.member(ESTHER)
    old = esther.sees("Please sign STA-1")
    redraft(office, "The buses are late because of the ice.")
    shown = esther.press_raw(old, "signature.approve", value="2")
    assert shown.form is not None
    assert "has written draft 2 since" in shown.form.text
    assert "Waiting for 2 signatures" in card(office).text


def test_a_copied_executive_holds_the_statement_until_she_is_answered(sqlite_office: Office) -> None:
    """The copied may ask for changes until it goes out; the owner answers with a new draft or a reason."""
    office = sqlite_office
    in_signoff(office)
    amina, hannah = office.member(AMINA), office.member(HANNAH)
    approve(office, ESTHER, GARETH)
    hannah.press("Ask for changes", on=hannah.sees("For your information: STA-1"))
    hannah.fill("What should change", "Say *sorry* first.")
    assert hannah.submit() is None
    office.settle()
    assert "Changes asked for by Hannah Oduya" in card(office).text
    assert "Record as issued" not in card(office).buttons
    told = amina.sees("Hannah Oduya asked for changes to STA-1")
    assert "Say *sorry* first." in told.text
    amina.press("Keep the wording", on=told)
    amina.fill("Why the wording stays", "We said sorry yesterday.")
    assert amina.submit() is None
    office.settle()
    assert "Ready to issue" in card(office).text
    assert "We said sorry yesterday." in hannah.sees("Amina Rahman kept the wording").text


def test_a_signatory_suggests_wording_a_press_officer_adopts_it_and_the_signatory_signs(office: Office) -> None:
    """No one signs what they wrote: the words become the press officer's, then they can be signed."""
    in_signoff(office)
    amina, esther = office.member(AMINA), office.member(ESTHER)
    esther.press("Suggest wording", on=esther.sees("Please sign STA-1"))
    esther.fill("Your wording", "The buses are late because of heavy snow.")
    assert esther.submit() is None
    amina.press("Use this wording", on=amina.sees("Esther Lindqvist suggested other wording"))
    form = amina.wait_for_form()
    assert form.values["Text"] == "The buses are late because of heavy snow."
    assert amina.submit() is None
    office.settle()
    esther.press("Approve", on=esther.sees("Please sign STA-1 · Evening Courier, draft 2"))
    office.settle()
    assert "Waiting for 1 signature: Gareth Pryce" in card(office).text


def test_nobody_signs_what_they_wrote(sqlite_office: Office) -> None:
    """A draft by somebody who must sign it cannot be sent round for signatures."""
    office, carys = sqlite_office, sqlite_office.member(CARYS)
    log(office)
    take(office)
    draft(office, CARYS)
    carys.press("Ask for signatures", on=card(office))
    carys.fill("Who else must sign", [CARYS])
    refused = carys.submit()
    assert refused is not None
    assert "no one signs what they wrote" in refused.text


def test_a_signatory_outside_slack_answers_through_a_press_officer(office: Office) -> None:
    """The owner gets the text to e-mail and records the reply with how they know."""
    in_signoff(office, spokesperson=LEONORA)
    amina = office.member(AMINA)
    relay = amina.sees("Please ask Leonora Ashby to sign STA-1")
    assert "leonora@partners.example" in relay.text
    assert TEXT in relay.text
    amina.press("Record reply", on=relay)
    amina.fill("Answer", "Approves this text")
    refused = amina.submit()
    assert refused is not None
    amina.fill("How you know", "Her e-mail, Monday 10:20")
    assert amina.submit() is None
    approve(office, ESTHER)
    assert "Ready to issue" in card(office).text
    assert (
        "Leonora Ashby (spokesperson) approved"
        in amina.sees("recorded by Amina Rahman", channel=PRESS, thread=card(office)).text
    )


def test_a_new_topic_asks_its_lead_too(sqlite_office: Office) -> None:
    """Whoever policy requires must sign, also when the topic changes while others are signing."""
    office = sqlite_office
    in_signoff(office)
    amina, farah = office.member(AMINA), office.member(FARAH)
    approve(office, ESTHER, GARETH)
    more(office, "Change topic")
    amina.fill("Topic", "Parking (Farah Castellane)")
    assert amina.submit() is None
    office.settle()
    assert "Waiting for 1 signature: Farah Castellane" in card(office).text
    farah.press("Approve", on=farah.sees("Please sign STA-1"))
    office.settle()
    assert "Ready to issue" in card(office).text


def test_two_drafts_at_once_and_the_slower_author_keeps_their_text(sqlite_office: Office) -> None:
    """A draft based on an old one is refused with the form still open."""
    office = sqlite_office
    amina, ben = office.member(AMINA), office.member(BEN)
    log(office)
    take(office)
    draft(office)
    amina.press("Write new draft", on=card(office))
    redraft(office, "Ben's words.", BEN)
    amina.fill("Text", "Amina's words.")
    refused = amina.submit()
    assert refused is not None
    assert "Ben Okafor wrote draft 2 while you were writing" in refused.errors["Text"]
    assert refused.values["Text"] == "Amina's words."
    ben.sees("draft 2", channel=PRESS, thread=card(office))


def test_what_was_looked_at_is_what_goes_out(sqlite_office: Office) -> None:
    """Issuing from a form that shows an earlier text is refused."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    in_signoff(office)
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=card(office))
    redraft(office, "The buses are late because of the ice.", BEN)
    approve(office, ESTHER, GARETH)
    refused = amina.submit()
    assert refused is not None
    assert "Draft 2 has replaced the text you were looking at" in refused.text
    assert "Ready to issue" in card(office).text


def test_verbatim_text_is_signed_as_it_is(sqlite_office: Office) -> None:
    """Nothing in a text to be signed is taken for formatting, a mention or an emoji."""
    office = sqlite_office
    text = "*No* <!channel> :x: _change_ `at` ~all~ & no <@U123> – שלום 🙂"
    log(office)
    take(office)
    draft(office, text=text)
    ask_for_signatures(office)
    request = office.member(ESTHER).sees("Please sign STA-1")
    shown = [block for block in request.blocks if block["type"] == "rich_text"]
    assert len(shown) == 2, "what was asked, and the answer to sign"
    assert shown[1]["elements"][0]["elements"] == [{"type": "text", "text": text}]


def test_a_long_statement_is_written_in_parts_and_signed_whole(office: Office) -> None:
    """Stored as one text; a message that cannot hold it says so, and it is read whole where it is signed."""
    paragraph = "The buses are late because of the snow, and the trams are not. " * 46
    parts = [f"{number}. {paragraph}".strip() for number in range(1, 5)]
    amina, esther, gareth = office.member(AMINA), office.member(ESTHER), office.member(GARETH)
    log(office)
    take(office)
    amina.press("Draft statement", on=card(office))
    for place, part in enumerate(parts):
        amina.fill("Text" if place == 0 else f"Text, part {place + 1}", part)
    amina.fill("In the name of", GARETH)
    assert amina.submit() is None
    office.settle()
    ask_for_signatures(office)
    whole = "\n\n".join(parts)
    request = esther.sees("Please sign STA-1")
    assert "This is only the beginning." in request.text
    assert "Approve" not in request.buttons
    esther.press("Read it all", on=request)
    assert whole in esther.wait_for_form("The whole text").text
    esther.close_form()
    esther.press("Read and sign", on=request)
    assert whole in esther.wait_for_form("Read and sign").text
    assert esther.submit() is None
    office.settle()
    gareth.press("Suggest wording", on=gareth.sees("Please sign STA-1"))
    assert gareth.wait_for_form().values["Your wording, part 4"] == parts[3]
    gareth.fill("Your wording, part 4", other := f"Lastly: {paragraph}".strip())
    assert gareth.submit() is None
    office.settle()
    amina.press("Use this wording", on=amina.sees("Gareth Pryce suggested other wording"))
    assert amina.wait_for_form().values["Text, part 4"] == other
    assert amina.submit() is None
    office.settle()
    esther.press("Read and sign", on=esther.sees("Please sign STA-1 · Evening Courier, draft 2"))
    form = esther.wait_for_form("Read and sign")
    assert "\n\n".join([*parts[:3], other]) in form.text
    assert "What changed since draft 1, which you approved" in form.text


def test_nobody_who_had_to_sign_drops_out_with_a_change_of_topic(sqlite_office: Office) -> None:
    """Esther asked for changes; with another topic and another draft she is asked again, beside the new lead."""
    office, esther = sqlite_office, sqlite_office.member(ESTHER)
    in_signoff(office)
    esther.press("Ask for changes", on=esther.sees("Please sign STA-1"))
    esther.fill("What should change", "It was not the snow.")
    assert esther.submit() is None
    office.settle()
    more(office, "Change topic")
    office.member(AMINA).fill("Topic", "Parking (Farah Castellane)")
    assert office.member(AMINA).submit() is None
    redraft(office, "The buses were late.")
    waiting = card(office).text
    assert [name in waiting for name in (ESTHER, FARAH, GARETH)] == [True, True, True]
    changed = esther.sees("Please sign STA-1 · Evening Courier, draft 2").text
    assert "What changed since draft 1, to which you asked for changes" in changed


def test_a_new_lead_of_the_topic_must_sign_too(sqlite_office: Office) -> None:
    """Named in Settings during a sign-off: somebody new is asked, somebody copied gets the button."""
    office = sqlite_office
    in_signoff(office)
    approve(office, ESTHER, GARETH)
    for name in (FARAH, HANNAH):
        office.lead("Screening", name)
        office.settle()
        assert f"Waiting for 1 signature: {name}" in card(office).text
        approve(office, name)
        assert "Ready to issue" in card(office).text


def test_what_was_said_of_an_objection_loses_its_buttons_once_it_is_answered(sqlite_office: Office) -> None:
    """No button of it is dead: a new draft takes them away."""
    office, hannah = sqlite_office, sqlite_office.member(HANNAH)
    in_signoff(office)
    hannah.press("Suggest wording", on=hannah.sees("For your information: STA-1"))
    hannah.fill("Your wording", "We are sorry. The buses are late.")
    assert hannah.submit() is None
    office.settle()
    assert "Keep the wording" in office.member(AMINA).sees("suggested other wording").buttons
    redraft(office, "We are sorry.")
    assert office.member(AMINA).sees("suggested other wording").buttons == []


def test_after_it_went_out_everyone_sees_what_went_out_and_that_they_had_signed(sqlite_office: Office) -> None:
    """The message says when and how it went out, keeps the approval, and says whom to tell of a mistake."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    in_signoff(office)
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=card(office))
    assert amina.submit() is None
    office.settle()
    text = office.member(ESTHER).sees("No longer waiting: STA-1").text
    assert "STA-1 went out by e-mail, today at 10:00." in text
    assert "Esther Lindqvist (the topic’s lead) approved" in text
    assert "If something in it is wrong, tell Amina Rahman now." in text


def test_what_went_out_cannot_have_gone_out_before_the_last_signature(sqlite_office: Office) -> None:
    """The time of issue is compared with the last signature."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    in_signoff(office)
    office.wait(minutes=20)
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=card(office))
    amina.fill("When", office.clock.now() - timedelta(minutes=10))
    refused = amina.submit()
    assert refused is not None
    assert "The last signature came at 10:20 on 23 November" in refused.errors["When"]


def test_history_reads_in_the_order_in_which_it_happened(sqlite_office: Office) -> None:
    """The last approval comes before that everyone has signed."""
    office = sqlite_office
    in_signoff(office)
    approve(office, ESTHER, GARETH)
    history = [message.text for message in office.member(AMINA).messages(channel=PRESS, thread=card(office))]
    assert history[-2:] == ["Gareth Pryce approved draft 1.", "Everyone has signed draft 1 of STA-1."]
