"""Tying, sending and linking from several processes at once: nothing is sent twice, lost, or linked in a circle."""

from collections import Counter
from functools import partial

from bot.core.errors import BadInput, NotFromHere
from bot.desk import answering, follow_ups
from bot.desk.statements import Sending
from storage import follow_ups as links
from storage import statements as records
from storage.statements import SentBy, StatementStatus
from tests.storage.press_office import AMINA, ESTHER, GARETH, PressOffice, at_once


def send(office: PressOffice, enquiry_id: int, statement_id: int) -> None:
    sending = Sending({enquiry_id: "Tom Bell"}, SentBy.PHONE, None)
    answering.send(office.desk, office.caller(AMINA), enquiry_id, statement_id, sending, close=(), once=office.once())


def tie(office: PressOffice, enquiry_id: int, statement_id: int) -> None:
    answering.tie(office.desk, office.caller(AMINA), enquiry_id, statement_id, once=office.once())


def test_it_goes_out_and_is_tied_to_another_at_once(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """Either it went out to the one before it was tied, or whoever issues is told of the other: none waits in vain."""
    for _ in range(2):
        statement, other = press_office.in_signoff(), press_office.log()
        press_office.approve(statement, ESTHER, GARETH)
        outcomes = at_once(partial(press_office.issue, statement), partial(tie, elsewhere, other.id, statement.id))
        with press_office.reading() as tx:
            now, sent = records.get(tx, statement.id), records.dispatches_of(tx, statement.id)
            answered = {one.id for one in records.enquiries_of(tx, statement.id)}
        assert now is not None
        assert Counter(map(type, outcomes)) in ({type(None): 1, NotFromHere: 1}, {type(None): 2})
        if now.status is StatementStatus.ISSUED:
            assert {dispatch.enquiry_id for dispatch in sent} == answered
        else:
            assert (sent, other.id in answered) == ([], True)


def test_two_send_it_on_to_one_enquiry_at_once(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """It is on file once; the other is told so."""
    statement, other = press_office.in_signoff(), press_office.log()
    press_office.approve(statement, ESTHER, GARETH)
    press_office.issue(statement)
    outcomes = at_once(*[partial(send, office, other.id, statement.id) for office in (press_office, elsewhere) * 2])
    assert Counter(map(type, outcomes)) == {type(None): 1, NotFromHere: 3}
    with press_office.reading() as tx:
        assert len(records.dispatches_to(tx, [other.id])[other.id]) == 1


def test_links_made_at_once_close_no_circle(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """Two that would follow each other: one of the links is refused."""
    amina = press_office.caller(AMINA)
    for _ in range(3):
        one, two = press_office.log().id, press_office.log().id
        acts = [
            partial(follow_ups.link, office.desk, amina, first, follows_id=second, once=office.once())
            for office, first, second in ((press_office, one, two), (elsewhere, two, one))
        ]
        assert Counter(map(type, at_once(*acts))) == {type(None): 1, BadInput: 1}
        with press_office.reading() as tx:
            assert all(each not in links.ids_before(tx, each) for each in (one, two))
