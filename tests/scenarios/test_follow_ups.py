"""A journalist comes back for more: the two enquiries are linked, and what was said the first time is at hand."""

from tests.office import AMINA, BEN, ESTHER, GARETH, PRESS, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, draft, log, more, take

NUMBER = "Or its number"


def test_a_follow_up_shows_what_was_answered_the_first_time(office: Office) -> None:
    """Linked later by number or from a list, used as a draft, moved to another, never in a circle, and parted again."""
    amina, ben = office.member(AMINA), office.member(BEN)
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=card(office))
    assert amina.submit() is None
    log(office, BEN, question="And the trams?")
    log(office, BEN, question="Who decides about the ferries?", journalist="Tom Bell", outlet="ITV")
    take(office, BEN, number=2)

    more(office, "Link to earlier", BEN, number=2)
    for typed, why in (("ENQ-9", "There is no ENQ-9"), ("buses", "like ENQ-3"), ("", "like ENQ-3")):
        ben.fill(NUMBER, typed)
        refused = ben.submit()
        assert refused is not None
        assert why in refused.errors[NUMBER]
    ben.fill("Which enquiry it follows", "ENQ-1 · Evening Courier: Why are the buses late?")
    assert ben.submit() is None
    assert "Follows ENQ-1 (Evening Courier)" in card(office, 2).text
    assert "Followed by ENQ-2 (Evening Courier)" in card(office, 1).text
    thread = [message.text for message in ben.messages(channel=PRESS, thread=card(office, 1))]
    assert thread[-1] == "Ben Okafor linked ENQ-2 to ENQ-1, which it follows."

    ben.run("/enquiry list mine", channel=PRESS)
    ben.press("Show")
    page = ben.wait_for_form("ENQ-2")
    assert "The first time: ENQ-1" in page.text
    assert TEXT in page.text
    ben.press("Use this")
    assert TEXT in str(ben.wait_for_form("Statement for ENQ-2").values["Text"])
    ben.close_form()
    ben.close_form()

    more(office, "Link to earlier", AMINA, number=3)
    amina.fill("The number of the enquiry that it follows", "2")
    assert amina.submit() is None
    more(office, "Link to earlier", AMINA, number=1)
    amina.fill(NUMBER, "ENQ-3")
    refused = amina.submit()
    assert refused is not None
    assert "ENQ-3 follows ENQ-1 already" in refused.text + str(refused.errors)
    amina.close_form()
    amina.close_form()
    if amina.form is not None:
        amina.close_form()
    more(office, "Take link away", BEN, number=2)
    assert ben.submit() is None
    assert "Follow" not in card(office, 1).text
    assert "Followed by ENQ-3" in card(office, 2).text
