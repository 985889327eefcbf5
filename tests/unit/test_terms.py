"""On what terms: what must be agreed, what is marked, what an embargo is, and how long a holding line may be."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadlines import Band, band
from bot.core.errors import BadInput
from bot.desk import settings, statements, terms
from bot.desk.enquiry_cards import EnquiryLine, Stage
from bot.desk.statement_signing import CORRECT_WITHIN, HOLD_WITHIN, StatementSigning, deadline_of
from bot.desk.terms import Agreement
from handlers.views import terms as views
from storage.database import Database
from storage.enquiries import Enquiry, EnquiryStatus, Terms
from storage.settings import BackgroundRule, ExecutivesRule
from storage.signoffs import SignatureState
from storage.statements import Statement, StatementKind, StatementStatus
from tests.unit.small_office import ADMINISTRATOR, NOW, OUTSIDER, OWNER, SIGNATORY, TEXT, SmallOffice, opened

LONDON = ZoneInfo("Europe/London")
AGREED = Agreement("Rosa Achter", NOW, is_confirmed=True)
ON_RECORD = (StatementKind.STATEMENT, StatementKind.HOLDING)


def enquiry(embargo: datetime | None = None) -> Enquiry:
    return Enquiry(terms=Terms.ON_RECORD, embargo_until=embargo, status=EnquiryStatus.OPEN, deadline=None)


@pytest.mark.parametrize("kind", StatementKind)
@pytest.mark.parametrize(
    ("agreement", "field"),
    [
        (AGREED, None),
        (None, "agreed"),
        (Agreement("Rosa", NOW, is_confirmed=False), "agreed"),
        (Agreement(" ", NOW, is_confirmed=True), "agreed_by"),
        (Agreement("Rosa", None, is_confirmed=True), "agreed_at"),
        (Agreement("Rosa", NOW + timedelta(minutes=2), is_confirmed=True), "agreed_at"),
    ],
)
def test_what_is_not_on_the_record_was_agreed_first(
    kind: StatementKind, agreement: Agreement | None, field: str | None
) -> None:
    """By whom, and before it was sent; what is on the record needs nobody's consent."""
    if field is None or kind in ON_RECORD:
        terms.check_agreement(kind, agreement, sent_at=NOW)
        return
    with pytest.raises(BadInput) as refused:
        terms.check_agreement(kind, agreement, sent_at=NOW)
    assert refused.value.field == field


@pytest.mark.parametrize("kind", StatementKind)
def test_only_a_holding_line_is_short(kind: StatementKind) -> None:
    """Four hundred characters, spaces around it not counted; the refusal says how many there are."""
    terms.check_length(kind, "x" * 400 + " \n")
    if kind is not StatementKind.HOLDING:
        terms.check_length(kind, "x" * 1401)
        return
    with pytest.raises(BadInput, match="may have 400 characters, and this has 1,401"):
        terms.check_length(kind, "x" * 1401)


@pytest.mark.parametrize(
    ("kind", "embargo", "marks"),
    [
        (StatementKind.STATEMENT, None, ()),
        (StatementKind.HOLDING, NOW, ()),
        (StatementKind.BACKGROUND, None, ("BACKGROUND, NOT FOR QUOTATION",)),
        (StatementKind.OFF_RECORD, NOW - timedelta(1), ("OFF THE RECORD, NOT FOR PUBLICATION",)),
        (
            StatementKind.STATEMENT,
            datetime(2027, 6, 2, 23, 1, tzinfo=UTC),
            ("EMBARGOED UNTIL 00:01 (BST) ON THURSDAY 3 JUNE 2027",),
        ),
        (
            StatementKind.BACKGROUND,
            NOW + timedelta(hours=1),
            ("BACKGROUND, NOT FOR QUOTATION", "EMBARGOED UNTIL 11:00 (GMT) ON MONDAY 23 NOVEMBER 2026"),
        ),
    ],
)
def test_what_stands_above_a_text(kind: StatementKind, embargo: datetime | None, marks: tuple[str, ...]) -> None:
    """In the office's own time, and of several enquiries by the longest embargo; one that is over marks nothing."""
    found = [enquiry(), enquiry(embargo), enquiry(embargo and embargo - timedelta(minutes=1))]
    assert terms.marks(kind, found, NOW, LONDON) == marks


@pytest.mark.parametrize(
    ("until", "was", "is_refused"),
    [
        (None, None, False),
        (NOW + timedelta(minutes=1), None, False),
        (NOW, None, True),
        (NOW - timedelta(1), NOW - timedelta(1), False),
        (NOW - timedelta(1), NOW - timedelta(2), True),
        (NOW + timedelta(800), None, True),
    ],
)
def test_an_embargo_begins_in_the_future(until: datetime | None, was: datetime | None, *, is_refused: bool) -> None:
    """One that is over may stay on file while something else is corrected."""
    if not is_refused:
        terms.check_embargo(until, NOW, was=was)
        return
    with pytest.raises(BadInput) as refused:
        terms.check_embargo(until, NOW, was=was)
    assert refused.value.field == "embargo"


spans = st.timedeltas(min_value=timedelta(days=-3), max_value=timedelta(days=3))


@given(deadline=st.none() | spans, embargo=st.none() | spans, stage=st.sampled_from(Stage), later=spans.map(abs))
def test_a_card_is_drawn_anew_before_it_says_what_is_over(
    deadline: timedelta | None, embargo: timedelta | None, stage: Stage, later: timedelta
) -> None:
    """Whatever its stage, and wherever deadline and embargo lie: until it is drawn next, band and embargo hold."""
    one = enquiry(NOW + embargo if embargo is not None else None)
    one.deadline = NOW + deadline if deadline is not None else None
    line = EnquiryLine(one, stage, (), band(one.deadline, NOW), NOW)
    assert bool(views.facts(one, NOW)) == (embargo is not None and embargo > timedelta())
    again = line.redraw_at
    assert again is None or again > NOW
    if again is None or NOW + later < again:
        assert views.facts(one, NOW) == views.facts(one, NOW + later)
        if stage not in {Stage.CLOSED, Stage.ANSWERED}:
            assert band(one.deadline, NOW + later) in {line.band, Band.UNKNOWN}


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


def _changed(office: SmallOffice, statement_id: int, **values: object) -> None:
    with office.writing() as tx:
        statement = tx.session.get_one(Statement, statement_id)
        for name, value in values.items():
            setattr(statement, name, value)


def test_by_when_and_by_whom_each_kind_is_signed(office: SmallOffice) -> None:
    """A holding line within the hour, a correction within two; where background is the lead's, so is off the record."""
    statement_id = office.statement(enquiry_id=office.enquiry())
    wrong_id = office.statement()
    due = {}
    kinds: dict[str, dict[str, object]] = {
        "statement": {},
        "holding": {"kind": StatementKind.HOLDING},
        "late": {"started_at": NOW + timedelta(hours=7)},
        "soon": {"started_at": NOW + timedelta(hours=5)},
        "correction": {"kind": StatementKind.STATEMENT, "started_at": NOW, "corrects_id": wrong_id},
    }
    for kind, values in kinds.items():
        _changed(office, statement_id, **values)
        with office.reading() as tx:
            due[kind] = deadline_of(tx, statement_id)
    assert due == {
        "statement": NOW + timedelta(hours=6),
        "holding": NOW + HOLD_WITHIN,
        "late": NOW + timedelta(hours=6),
        "soon": NOW + timedelta(hours=5, minutes=30),
        "correction": NOW + CORRECT_WITHIN,
    }
    settings.change_signing(
        office.desk,
        ADMINISTRATOR.caller,
        executives=ExecutivesRule.MUST_SIGN,
        background=BackgroundRule.LEAD,
        once=office.once(),
    )
    asked = {}
    for one in StatementKind:
        _changed(office, statement_id, kind=one)
        with office.reading() as tx:
            asked[one] = {person.person.id for person in StatementSigning().asked_by_policy(tx, statement_id)}
    lead, all_of_them = {office.ids[SIGNATORY.name]}, asked[StatementKind.STATEMENT]
    assert all_of_them > lead | {office.ids[OUTSIDER.name]}
    assert asked == {one: all_of_them if one in ON_RECORD else lead for one in StatementKind}


def test_a_new_draft_keeps_to_what_the_first_had_to(office: SmallOffice) -> None:
    """A holding line stays short, and a correction never says again what went out."""
    holding, wrong = office.statement(), office.statement(StatementStatus.ISSUED, SignatureState.APPROVED)

    def write(statement_id: int, text: str, *, based_on: int) -> None:
        statements.write_draft(office.desk, OWNER.caller, statement_id, text, based_on=based_on, once=office.once())

    _changed(office, holding, kind=StatementKind.HOLDING)
    write(holding, "x" * 400, based_on=1)
    with pytest.raises(BadInput, match="this has 401"):
        write(holding, "x" * 401, based_on=2)
    correction = office.statement()
    _changed(office, correction, corrects_id=wrong)
    write(correction, f"{TEXT} Sorry.", based_on=1)
    with pytest.raises(BadInput, match="the text that went out"):
        write(correction, TEXT, based_on=2)
