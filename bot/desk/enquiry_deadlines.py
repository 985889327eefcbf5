"""By when a journalist wants an answer: checked, and changed."""

from datetime import datetime, timedelta

from bot.core.errors import BadInput
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_steps


class DeadlinePast(BadInput):
    """The deadline has passed already: the person is asked whether that is meant."""


def change_deadline(
    desk: Desk, caller: Caller, enquiry_id: int, deadline: datetime | None, *, late_is_meant: bool, once: str
) -> None:
    """The journalist's deadline is another, or has become known."""
    with desk.acting(caller, Act.CHANGE_DEADLINE, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        was = enquiry.deadline
        check_deadline(work, deadline, late_is_meant=late_is_meant)
        enquiry_steps.change(work, enquiry, Act.CHANGE_DEADLINE, deadline=deadline)
        sentence = f"{work.person.name} set the deadline to {{deadline}}."
        enquiry_steps.deadline_changed(work, enquiry_id, said(sentence, times=enquiry_steps.times(deadline)))
        work.record(
            Act.CHANGE_DEADLINE,
            enquiry_steps.subject_of(enquiry.id),
            was=was.isoformat() if was else None,
            now=deadline.isoformat() if deadline else None,
        )


def check_deadline(work: Work, deadline: datetime | None, *, late_is_meant: bool, may_await: bool = False) -> None:
    if deadline is None:
        raise BadInput(
            "Give the deadline." + " Or tick “Only phoned so far” if their e-mail is still to come." * may_await,
            field="deadline",
        )
    if deadline > work.now + timedelta(days=366 * 2):
        raise BadInput("This is more than two years away. Check the year.", field="deadline")
    if deadline <= work.now and not late_is_meant:
        raise DeadlinePast("This time has passed. Correct it, or tick “It is late already” below.", field="deadline")
