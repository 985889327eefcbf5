"""A briefing at its hour: posted once, whoever ticks, and not at all if its signature is taken back in that moment."""

from datetime import timedelta

from bot.desk import briefing_posting, briefing_steps, signoffs
from storage import outbox
from storage import signoffs as signoff_records
from storage.briefings import BriefingStatus
from storage.database import Database
from storage.outbox import PostingKind
from tests.storage.press_office import GARETH, PressOffice, at_once, brief, opened


def _signed(office: PressOffice) -> tuple[int, int]:
    """A briefing that is signed and whose hour has come: its id, and the signature's."""
    briefing_id = brief(office, at=office.clock.now() + timedelta(hours=1))
    with office.reading() as tx:
        signature = signoff_records.waiting_for(tx, office.ids[GARETH])[-1]
    signoffs.approve(office.desk, office.caller(GARETH), signature.id)
    office.clock.advance(timedelta(hours=1))
    return briefing_id, signature.id


def _posts(office: PressOffice, briefing_id: int) -> int:
    with office.reading() as tx:
        return len(outbox.of(tx, briefing_steps.subject_of(briefing_id), PostingKind.BRIEFING))


def test_two_ticks_at_once_post_it_once(database: Database) -> None:
    """Each place once, whichever process was first."""
    office = opened(database)
    briefing_id, _ = _signed(office)
    tick = lambda: briefing_posting.post_due(office.desk)  # noqa: E731 (the same act, twice)
    assert at_once(tick, tick, tick) == [None, None, None]
    assert _posts(office, briefing_id) == 2


def test_what_is_taken_back_in_the_moment_of_its_hour_is_posted_signed_or_not_at_all(database: Database) -> None:
    """The objection comes first, and nothing goes out; or it comes too late, and is refused."""
    office = opened(database)
    briefing_id, signature_id = _signed(office)
    outcomes = at_once(
        lambda: briefing_posting.post_due(office.desk),
        lambda: signoffs.ask_for_changes(office.desk, office.caller(GARETH), signature_id, "Wait.", once="once"),
    )
    with office.reading() as tx:
        is_posted = briefing_steps.get(tx, briefing_id).status is BriefingStatus.POSTED
        is_signed = briefing_steps.standing_of(tx, briefing_id).is_signed
    assert outcomes[0] is None
    assert is_posted is is_signed is (outcomes[1] is not None)
    assert _posts(office, briefing_id) == (2 if is_posted else 0)
