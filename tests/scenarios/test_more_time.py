"""More time: asked of the journalist, given or refused, and everything that hangs on the deadline moves."""

from datetime import timedelta

from bot.desk.enquiry_deadlines import Kept, history
from storage import deadline_changes, enquiries
from storage.deadline_changes import Because
from tests.office import AMINA, ESTHER, PRESS, Office
from tests.scenarios.acts import ask_for_signatures, card, draft, log, more, take


def thread(office: Office) -> str:
    office.settle()
    below = office.member(AMINA).messages(channel=PRESS, thread=card(office))
    return "\n".join(message.text for message in below)


def test_more_time_is_asked_for_given_twice_refused_once_and_the_first_deadline_is_kept(office: Office) -> None:
    """From the offer at half time to the second extension: signatories see the new time, the history keeps them all."""
    log(office, hours=2)
    take(office)
    draft(office)
    ask_for_signatures(office)
    amina, first = office.member(AMINA), office.clock.now() + timedelta(hours=2)
    office.wait(minutes=46)
    offer = amina.sees("ask the journalist for more time")
    amina.press("Ask for more time", on=offer)
    amina.press("They said no")
    untouched = amina.submit()
    assert untouched is not None, "nobody said anything yet"
    assert "How they said it" in untouched.errors
    amina.fill("How they said it", "On the phone")
    assert amina.submit() is None
    assert "Rosa Achter gave no more time, on the phone" in thread(office)

    amina.press("Ask for more time", on=offer)
    amina.press("More time agreed")
    assert amina.form is not None
    assert "If the new deadline has passed" not in amina.form.text, "a later one than one to come has not passed"
    amina.fill("New deadline", first - timedelta(minutes=5))
    amina.fill("How they said it", "By e-mail")
    refused = amina.submit()
    assert refused is not None
    assert "later deadline" in refused.errors["New deadline"]
    amina.fill("New deadline", first + timedelta(hours=2))
    assert amina.submit() is None
    assert "Rosa Achter agreed by e-mail to" in thread(office)
    assert "2 hours more" in thread(office)
    due = office.member(ESTHER).sees("Please sign STA-1").text
    assert "13:" in due or "1:30" in due, due

    more(office, "More time agreed")
    amina.fill("Or in words", "5pm today")
    amina.fill("How they said it", "On the phone")
    read = amina.submit()
    assert read is not None
    assert "Mon 23 November, 5pm" in read.text
    amina.fill("Who agreed it", "Jim Nash, the news desk")
    assert amina.submit() is None
    assert "Jim Nash, the news desk agreed on the phone to" in thread(office)

    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        enquiry = enquiries.numbered(tx, 1)
        assert enquiry is not None
        changes = deadline_changes.of_enquiry(tx, enquiry.id)
    assert [change.because for change in changes] == [Because.REFUSED, Because.AGREED, Because.AGREED]
    kept = history(enquiry, changes)
    assert kept.first == first
    assert kept.kept(first) is Kept.FIRST
    assert kept.kept(first + timedelta(hours=1)) is Kept.AGREED
    assert kept.kept(first + timedelta(hours=9)) is Kept.NEITHER
