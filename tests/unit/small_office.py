"""A desk on a database, without Slack: one person of every sort, and records in whatever state a test asks for."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from bot.app import FEATURES
from bot.clock import MovableClock
from bot.core.errors import DeskError, NotFromHere, NotPermitted
from bot.core.features import Features
from bot.core.permissions import MAY, Act, Relation, may
from bot.core.workspaces import Caller, Desk
from bot.desk import digests
from bot.desk.reviews_rules import months
from storage import audit, bulletins, every_table, people, settings, signoffs, workspaces
from storage.briefings import Briefing, BriefingStatus
from storage.bulletins import Bulletin, BulletinItem
from storage.calendar import CalendarDate, DateKind
from storage.cascades import Cascade, CascadeState, NotAsked
from storage.database import Database, Transaction
from storage.enquiries import CameBy, Enquiry, EnquiryStatus, Outcome
from storage.facts import FactAnswer, FactRequest, FactState
from storage.people import Organisation, Person, Role, Topic
from storage.referrals import Referral, ReferralStatus
from storage.reviews import Review, ReviewKind, ReviewState
from storage.signoffs import Capacity, Draft, Signatory, Signature, SignatureState, Signoff
from storage.statements import Dispatch, SentBy, Statement, StatementEnquiry, StatementKind, StatementStatus
from storage.subjects import SubjectKind

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OURS, THEIRS = "T0000OURS", "T00THEIRS"
TEXT = "The buses are late because of the snow."


@dataclass(frozen=True)
class Someone:
    """A person, by what they are to the desk and to the records of these tests."""

    name: str
    roles: frozenset[Role] = frozenset()
    team: str = OURS
    says_team: str = OURS
    in_slack: bool = True
    is_guest: bool = False

    @property
    def slack_id(self) -> str:
        return f"U{self.name.upper()}"

    @property
    def caller(self) -> Caller:
        """As Slack tells of them, or, of the impostor, as somebody made it tell."""
        return Caller(OURS, self.slack_id, self.says_team, self.name)


EVERY_ROLE = frozenset(Role)
OWNER, SIGNATORY, COPIED = Someone("owner"), Someone("signatory"), Someone("copied")
ASKED = Someone("asked")
"""The communications lead of a partner organisation, whom something was referred to."""
GUEST = Someone("guest", is_guest=True)
"""Without any role, but the one who wrote the drafts: that alone gives no right to anything."""
OUTSIDER = Someone("outsider", in_slack=False)
ADMINISTRATOR = Someone("administrator")
STRANGERS = (
    Someone("stranger", roles=EVERY_ROLE, team=THEIRS, says_team=THEIRS),
    Someone("impostor", roles=EVERY_ROLE, team=THEIRS),
    Someone("borrowed", roles=EVERY_ROLE, says_team=THEIRS),
)
"""Somebody of another team; one of them who says otherwise; an account of ours that is used from elsewhere."""
IN_ROLES = {role: Someone(f"the {role}", roles=frozenset({role})) for role in Role}


def rightful(act: Act) -> list[Someone]:
    """Of every role that may do something, one person who has no other."""
    return [IN_ROLES[role] for role in Role if role in MAY[act]]


def everybody_else(act: Act) -> Someone:
    """One person with all the roles that may not, and an administrator at that.

    What somebody may do follows from whether they have any of the roles that may: what all the others together may
    not do, none of them may.
    """
    return Someone(f"all but {sorted(MAY[act] & EVERY_ROLE)}", roles=EVERY_ROLE - MAY[act])


ADMINISTRATORS = {one.slack_id for one in (ADMINISTRATOR, *map(everybody_else, Act))}


def standing(who: Someone, relations: Mapping[Someone, Relation]) -> frozenset[Role | Relation]:
    """What somebody is, by the rules and not by the code: their roles, and what they are to the record at hand."""
    if who.team != OURS or who.says_team != OURS:
        return frozenset()
    found: set[Role | Relation] = {*who.roles}
    if who.roles:
        found.add(Relation.KNOWN)
    if who.slack_id in ADMINISTRATORS:
        found.add(Relation.ADMINISTRATOR)
    return frozenset(found | ({relations[who]} if who in relations else set()))


@dataclass
class SmallOffice:
    """The desk, and our ids of everybody in it."""

    desk: Desk
    workspace_id: int
    ids: dict[str, int] = field(default_factory=dict)
    topic_id: int = 0
    other_topic_id: int = 0
    organisation_id: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: count(1001))
    """Far from those that the desk itself gives."""

    def once(self) -> str:
        return f"once:{next(self._numbers)}"

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        with self.desk.database.transaction(self.workspace_id) as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        with self.desk.database.transaction(self.workspace_id, read_only=True) as tx:
            yield tx

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """All that is stored, but for the audit record."""
        tables = [table for table in every_table().sorted_tables if not table.name.startswith("audit")]
        with self.desk.database.engine.connect() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
                for table in tables
            }

    def refusals(self, after: int = 0) -> list[audit.AuditEntry]:
        """The refused attempts on record, in their order, after a position."""
        entry = audit.AuditEntry
        asked = sa.select(entry).where(entry.act.endswith(".refused"), entry.position > after).order_by(entry.position)
        with self.reading() as tx:
            return list(tx.session.scalars(asked))

    def position(self) -> int:
        """Where the audit record ends."""
        with self.reading() as tx:
            return tx.session.scalar(sa.select(sa.func.max(audit.AuditEntry.position))) or 0

    def enquiry(
        self, status: EnquiryStatus = EnquiryStatus.OPEN, *, owned: bool = True, is_sensitive: bool = False
    ) -> int:
        number = next(self._numbers)
        enquiry = Enquiry(
            number=number,
            status=status,
            journalist="Rosa Achter",
            outlet="Evening Courier",
            email="rosa@courier.example",
            came_by=CameBy.EMAIL,
            received_at=NOW,
            out_of_hours=False,
            deadline=NOW + timedelta(hours=6),
            question="Why are the buses late?",
            topic_id=self.topic_id,
            owner_id=self.ids[OWNER.name] if owned else None,
            logged_by_id=self.ids[OWNER.name],
            logged_at=NOW,
            is_sensitive=is_sensitive,
            outcome=Outcome.WITHDRAWN if status is EnquiryStatus.CLOSED else None,
        )
        with self.writing() as tx:
            tx.add(enquiry)
        return enquiry.id

    def statement(
        self,
        status: StatementStatus = StatementStatus.IN_SIGNOFF,
        state: SignatureState | None = SignatureState.ASKED,
        *,
        written_by: Someone = GUEST,
        enquiry_id: int | None = None,
    ) -> int:
        """A statement whose signatures (the signatory's, the outsider's, the copied person's) are all in one state."""
        enquiry_id = enquiry_id or self.enquiry()
        sha256 = signoffs.text_hash(TEXT)
        with self.writing() as tx:
            statement = Statement(
                number=next(self._numbers),
                kind=StatementKind.STATEMENT,
                status=status,
                spokesperson_id=self.ids[OUTSIDER.name],
                owner_id=self.ids[OWNER.name],
                started_at=NOW,
            )
            tx.add(statement)
            tx.add(StatementEnquiry(statement_id=statement.id, enquiry_id=enquiry_id))
            all_signed = state is SignatureState.APPROVED
            signoff = Signoff(
                subject_kind=SubjectKind.STATEMENT,
                subject_id=statement.id,
                current_draft=1,
                signed_at=NOW if all_signed else None,
            )
            tx.add(signoff)
            author_id = self.ids[written_by.name]
            draft = Draft(
                signoff_id=signoff.id, number=1, text=TEXT, sha256=sha256, author_id=author_id, written_at=NOW
            )
            tx.add(draft)
            if status is StatementStatus.ISSUED:
                tx.add(
                    Dispatch(
                        statement_id=statement.id,
                        enquiry_id=enquiry_id,
                        draft_id=draft.id,
                        sent_to="Rosa Achter",
                        sent_by=SentBy.EMAIL,
                        sent_at=NOW,
                        recorded_by_id=author_id,
                        recorded_at=NOW,
                    )
                )
            for who, capacity in _ASKED.items() if state else ():
                person_id, must_sign = self.ids[who.name], who is not COPIED
                tx.add(
                    Signatory(signoff_id=signoff.id, person_id=person_id, capacity=capacity, must_sign=must_sign),
                    Signature(
                        draft_id=draft.id,
                        person_id=person_id,
                        capacity=capacity,
                        must_sign=must_sign,
                        state=state,
                        sha256=sha256,
                        asked_at=NOW,
                        answered_at=None if state is SignatureState.ASKED else NOW,
                        recorded_by_id=self.ids[OWNER.name] if state is SignatureState.APPROVED else None,
                        suggested_text=f"{TEXT} Sorry." if state is SignatureState.CHANGES_ASKED else None,
                    ),
                )
            return statement.id

    def fact_request(self, state: FactState = FactState.ASKED, *, asked: Someone, enquiry_id: int | None = None) -> int:
        """What the owner of an enquiry asked somebody for; answered, if that is its state."""
        enquiry_id, owner_id, asked_id = enquiry_id or self.enquiry(), self.ids[OWNER.name], self.ids[asked.name]
        with self.writing() as tx:
            request = FactRequest(
                enquiry_id=enquiry_id,
                asked_id=asked_id,
                asked_by_id=owner_id,
                owner_id=owner_id,
                state=state,
                question="How many?",
                due_at=NOW + timedelta(hours=1),
                asked_at=NOW,
                in_confidence=False,
            )
            tx.add(request)
            if state is FactState.ANSWERED:
                tx.add(FactAnswer(request_id=request.id, text="Twelve.", given_by_id=asked_id, at=NOW))
            return request.id

    def briefing(self) -> int:
        """The owner's, posted, of the board's last meeting."""
        with self.writing() as tx:
            meeting = CalendarDate(
                kind=DateKind.BOARD_MEETING, title="Board meeting", starts_at=NOW - timedelta(days=3), added_at=NOW
            )
            tx.add(meeting)
            briefing = Briefing(
                number=next(self._numbers),
                meeting_id=meeting.id,
                status=BriefingStatus.POSTED,
                owner_id=self.ids[OWNER.name],
                chair_id=self.ids[OUTSIDER.name],
                started_at=NOW,
                posted_at=NOW,
            )
            tx.add(briefing)
            signoff = Signoff(subject_kind=SubjectKind.BRIEFING, subject_id=briefing.id, current_draft=1, signed_at=NOW)
            tx.add(signoff)
            sha256, author_id = signoffs.text_hash(TEXT), self.ids[OWNER.name]
            tx.add(
                Draft(signoff_id=signoff.id, number=1, text=TEXT, sha256=sha256, author_id=author_id, written_at=NOW)
            )
            return briefing.id

    def cascade(
        self, state: CascadeState = CascadeState.ASKED, *, asked: Someone, because: NotAsked = NotAsked.ROLE_LOST
    ) -> int:
        """Somebody is to take the messages of a briefing home."""
        briefing_id = self.briefing()
        with self.writing() as tx:
            cascade = Cascade(
                briefing_id=briefing_id,
                person_id=self.ids[asked.name],
                organisation_id=self.organisation_id,
                state=state,
                asked_at=NOW,
                due_at=NOW + timedelta(days=7),
                ended_because=because if state is CascadeState.NO_LONGER_ASKED else None,
            )
            tx.add(cascade)
            return cascade.id

    def meeting(self, starts_at: datetime = NOW, *, added_at: datetime | None = None) -> int:
        """A board meeting in the calendar, added a month before unless said otherwise."""
        added_at = added_at or starts_at - timedelta(days=30)
        with self.writing() as tx:
            one = CalendarDate(
                kind=DateKind.BOARD_MEETING, title="Board meeting", starts_at=starts_at, added_at=added_at
            )
            tx.add(one)
            return one.id

    def bulletin(self) -> int:
        """Items are called for, of a board member, who has given one."""
        member = self.ids[IN_ROLES[Role.BOARD_MEMBER].name]
        with self.writing() as tx:
            bulletin = Bulletin(
                title="Bulletin",
                deadline=NOW + timedelta(days=3),
                owner_id=self.ids[OWNER.name],
                called_at=NOW,
                roles=[],
            )
            tx.add(bulletin)
            bulletins.ask(tx, bulletin.id, member)
            item = BulletinItem(
                bulletin_id=bulletin.id, headline="News", text="It opens.", given_by_id=member, given_at=NOW
            )
            tx.add(item)
            return bulletin.id

    def bulletin_item(self, bulletin_id: int) -> int:
        with self.reading() as tx:
            return bulletins.items(tx, bulletin_id)[0].id

    def referral(self, status: ReferralStatus = ReferralStatus.ASKED) -> int:
        enquiry_id = self.enquiry()
        with self.writing() as tx:
            referral = Referral(
                enquiry_id=enquiry_id,
                organisation_id=self.organisation_id,
                lead_id=self.ids[ASKED.name],
                status=status,
                referred_by_id=self.ids[GUEST.name],
                referred_at=NOW,
            )
            tx.add(referral)
            return referral.id

    def review(self, owner: Someone, state: ReviewState = ReviewState.ACTIVE, **values: Any) -> int:
        """Something to be reviewed in a quarter, and then every six months; nobody is reminded of it."""
        day, rule = date(2027, 3, 1), months(6).to_data()
        title = f"Risk log {next(self._numbers)}"
        planned: dict[str, Any] = {"title": title, "next_on": day, "planned_on": day, "counted_from": day, "rule": rule}
        with self.writing() as tx:
            review = Review(
                kind=ReviewKind.RISK_LOG,
                owner_id=self.ids[owner.name],
                added_by_id=self.ids[GUEST.name],
                added_at=NOW,
                state=state,
                **{"for_board": True, **planned, **values},
            )
            tx.add(review)
            return review.id

    def signature(self, statement_id: int, who: Someone) -> int:
        """The id of somebody's signature on the only draft of a statement."""
        found = (
            sa.select(Signature.id)
            .join(Draft, Draft.id == Signature.draft_id)
            .join(Signoff, Signoff.id == Draft.signoff_id)
            .where(Signoff.subject_id == statement_id, Signature.person_id == self.ids[who.name])
        )
        with self.reading() as tx:
            return tx.session.scalars(found).one()

    def status(self, kind: type[Enquiry] | type[Statement] | type[Referral], record_id: int) -> object:
        with self.reading() as tx:
            return tx.session.scalars(sa.select(kind.status).where(kind.id == record_id)).one()

    def state(self, signature_id: int) -> SignatureState:
        with self.reading() as tx:
            return tx.session.get_one(Signature, signature_id).state


EVERYBODY = (
    *(OWNER, SIGNATORY, COPIED, ASKED, OUTSIDER, ADMINISTRATOR, GUEST),
    *STRANGERS,
    *IN_ROLES.values(),
    *{everybody_else(act) for act in Act},
)
_ASKED = {SIGNATORY: Capacity.TOPIC_LEAD, OUTSIDER: Capacity.SPOKESPERSON, COPIED: Capacity.ADDED}


def opened(database: Database) -> SmallOffice:
    """A new workspace in a migrated database, with everybody in it."""
    with database.across_workspaces() as view:
        workspace = workspaces.open_for(view, team_id=OURS, enterprise_id=None, name="Northbrook Health Alliance")
    desk = Desk(database, MovableClock(NOW), Features(FEATURES), frozenset(ADMINISTRATORS))
    office = SmallOffice(desk, workspace.id)
    with office.writing() as tx:
        settings.make(tx)
        settings.get(tx).press_channel_id = "C00000001"
        for who in EVERYBODY:
            office.ids[who.name] = _arrived(tx, who).id
        topic = Topic(name="Travel", lead_id=office.ids[SIGNATORY.name])
        other = Topic(name="Parking", lead_id=office.ids[SIGNATORY.name])
        organisation = Organisation(name="Westmere Trust")
        tx.add(topic, other, organisation)
        lead = people.get(tx, office.ids[IN_ROLES[Role.ORGANISATION_LEAD].name])
        assert lead is not None
        lead.organisation_id = organisation.id
        office.topic_id, office.other_topic_id, office.organisation_id = topic.id, other.id, organisation.id
    with desk.on_its_own(workspace.id) as work:
        digests.make_defaults(work)
    return office


def _arrived(tx: Transaction, who: Someone) -> Person:
    if who.in_slack:
        person = people.arrive(tx, slack_user_id=who.slack_id, slack_team_id=who.team, name=who.name)
    else:
        person = Person(name=who.name)
        tx.add(person)
    person.is_guest = who.is_guest
    person.roles = frozenset(who.roles)
    tx.flush()
    return person


Attempt = Callable[[SmallOffice, Caller, int], object]
"""One act by somebody on one record, by its id."""


@dataclass(frozen=True)
class State:
    """A state of a record, as one act finds it: how to make one, what it becomes (None: the act is not for it)."""

    fresh: Callable[[], int]
    becomes: object | None
    relations: Mapping[Someone, Relation]


def everybody_tries(
    office: SmallOffice,
    act: Act,
    attempt: Attempt,
    *,
    states: Sequence[State],
    becomes: Callable[[int], object],
    others: Sequence[Someone],
) -> list[str]:
    """Has everybody try an act on records in every state, and gives what went otherwise than by the rules.

    Everybody: each role that may, all the others in one, somebody of another team, and `others`. Whoever is to be
    refused tries on one and the same record: in the end it must be as it was, with all else that is stored, and each
    attempt must be on the audit record.
    """
    refused, allowed = [], []
    for place, state in enumerate(states):
        record = state.fresh()
        for who in (*rightful(act), everybody_else(act), STRANGERS[place % len(STRANGERS)], *others):
            permitted = may(act, standing(who, state.relations))
            if permitted and state.becomes is not None:
                allowed.append((who, state))
            else:
                refused.append((who, record, NotFromHere if permitted else NotPermitted))
    wrong = _refused(office, act, attempt, refused)
    for who, state in allowed:
        wrong += tried_by(office, who, act, attempt, [state], becomes=becomes)
    return wrong


def tried_by(
    office: SmallOffice,
    who: Someone,
    act: Act,
    attempt: Attempt,
    states: Sequence[State],
    *,
    becomes: Callable[[int], object],
) -> list[str]:
    """Somebody who may tries an act in each state: done where the state allows it, refused where not."""
    wrong = []
    for state in states:
        record = state.fresh()
        outcome = _outcome(office, attempt, who, record)
        if outcome is not (NotFromHere if state.becomes is None else None):
            wrong.append(f"{act} by {who.name}: {outcome}, should make it {state.becomes}")
        elif state.becomes is not None and becomes(record) is not state.becomes:
            wrong.append(f"{act} by {who.name}: it is {becomes(record)}, should be {state.becomes}")
    return wrong


def _refused(
    office: SmallOffice, act: Act, attempt: Attempt, tries: Sequence[tuple[Someone, int, type[DeskError]]]
) -> list[str]:
    before, position = office.everything(), office.position()
    outcomes = [_outcome(office, attempt, who, record) for who, record, _ in tries]
    wrong = [
        f"{act} by {who.name}: {outcome}, should be {because.__name__}"
        for (who, _, because), outcome in zip(tries, outcomes, strict=True)
        if outcome is not because
    ]
    if office.everything() != before:
        wrong.append(f"{act}: a refusal changed something")
    on_record = [
        (entry.act, entry.actor_id, json.loads(entry.details)["because"]) for entry in office.refusals(position)
    ]
    expected = [(f"{act}.refused", office.ids[who.name], because.__name__) for who, _, because in tries]
    if on_record != expected:
        wrong.append(f"{act}: on record are {on_record}, should be {expected}")
    return wrong


def _outcome(office: SmallOffice, attempt: Attempt, who: Someone, record: int) -> type[DeskError] | None:
    try:
        attempt(office, who.caller, record)
    except DeskError as error:
        return type(error)
    return None
