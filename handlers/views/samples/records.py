"""Records for the views to draw: the real classes, filled in by hand, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TypeVar

from slack_sdk.models.views import View

from bot.core import deadlines
from bot.core.features import Ending
from bot.core.permissions import Act
from bot.core.signature_states import allowed
from bot.core.standings import Standing
from bot.core.wording import Change
from bot.desk.enquiry_cards import FOLLOWING, SENSITIVITY, TRANSITIONS, EnquiryCard, EnquiryLine, Stage, StatementLine
from bot.desk.enquiry_parts import PARTS
from bot.desk.leave import LeaveLine
from bot.desk.referral_cards import BY_THEM, ReferralCard
from bot.desk.referral_steps import TRANSITIONS as REFERRAL_TRANSITIONS
from bot.desk.reminders import ReminderLine
from bot.desk.settings import SettingsPage
from bot.desk.signoffs import SignRequest
from bot.desk.statement_cards import FROM_AN_ENQUIRY, StatementCard
from bot.desk.statement_cards import TRANSITIONS as STATEMENT_TRANSITIONS
from handlers.views.words import Drawn
from storage.audiences import Audience
from storage.database import Base, relate
from storage.digests import Digest, Every, Moment
from storage.enquiries import CameBy, Enquiry, EnquiryStatus, Outcome, Terms
from storage.evidence import EvidenceFile
from storage.leave import Leave
from storage.obligations import Duty, Obligation
from storage.people import Organisation, Person, Role, Topic
from storage.referrals import Referral, ReferralStatus
from storage.settings import BackgroundRule, ExecutivesRule, PassTo, Settings
from storage.signoffs import Capacity, Draft, HeardBy, Signature, SignatureState, Signoff
from storage.statements import Dispatch, SentBy, Statement, StatementKind, StatementStatus
from storage.subjects import SubjectKind

Shown = tuple[str, Drawn | View]
"""A message, a form or a page, with a name for it."""

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DEADLINES = (None, NOW + timedelta(days=2), NOW + timedelta(hours=2), NOW + timedelta(minutes=5), NOW - timedelta(1))

Record = TypeVar("Record", bound=Base)


def related(record: Record, **related: object) -> Record:
    relate(record, **related)
    return record


def person(number: int, name: str, *roles: Role, in_slack: bool = True) -> Person:
    return Person(
        id=number,
        name=name,
        email=None if in_slack else f"{name[:60]}@partners.example",
        slack_user_id=f"U{number:08}" if in_slack else None,
        slack_team_id="T00000001" if in_slack else None,
        organisation_id=None,
        deputy_id=None,
        left_at=None,
        roles=frozenset(roles),
    )


@dataclass(frozen=True)
class Typed:
    """One text that people typed wherever they can type, cut to what each field takes."""

    text: str
    draft_text: str = ""
    """That of a draft, if it is a longer one."""

    @property
    def name(self) -> str:
        return self.text[:75].strip() or "x"

    @property
    def outlet(self) -> str:
        return self.text[:200].strip() or "x"

    @property
    def other_text(self) -> str:
        """As long, and another."""
        return f"{(self.draft_text or self.text)[::-1][:-1]}."

    @cache  # noqa: B019 (there are a dozen texts, and they live as long as the tests)
    def person(self, number: int, *roles: Role, in_slack: bool = True) -> Person:
        return person(number, self.name, *roles, in_slack=in_slack)

    def topic(self, number: int, lead: Person | None) -> Topic:
        name = f"{number} {self.name}"[:75]
        return related(Topic(id=number, name=name, lead_id=lead.id if lead else None), lead=lead)

    def organisation(self, number: int) -> Organisation:
        return Organisation(id=number, name=f"{number} {self.name}"[:75])

    def enquiry(
        self,
        number: int = 7,
        *,
        status: EnquiryStatus = EnquiryStatus.OPEN,
        owned: bool = True,
        deadline: datetime | None = NOW + timedelta(hours=2),
        outcome: Outcome | None = None,
        is_sensitive: bool = False,
    ) -> Enquiry:
        owner = self.person(1, Role.PRESS_OFFICER) if owned else None
        topic, organisation = self.topic(1, self.person(2, Role.LEAD)), self.organisation(1)
        closed = status is EnquiryStatus.CLOSED
        return related(
            Enquiry(
                id=number,
                number=number,
                status=status,
                journalist=self.outlet,
                outlet=self.outlet,
                email=self.outlet,
                phone=self.outlet,
                came_by=CameBy.PHONE,
                received_at=NOW - timedelta(hours=1),
                out_of_hours=True,
                deadline=deadline,
                question=self.text,
                is_sensitive=is_sensitive,
                terms=Terms.BACKGROUND,
                embargo_until=NOW + timedelta(days=1),
                topic_id=topic.id,
                organisation_id=organisation.id,
                owner_id=owner.id if owner else None,
                outcome=(outcome or Outcome.REFERRED) if closed else None,
                outcome_detail=self.text if closed else None,
            ),
            owner=owner,
            topic=topic,
            organisation=organisation,
            referred_to=organisation if closed else None,
        )

    def draft(self, number: int = 3, text: str | None = None) -> Draft:
        words = (self.draft_text or self.text) if text is None else text
        draft = Draft(id=number, number=number, signoff_id=1, text=words, sha256="0" * 64, author_id=1, written_at=NOW)
        return related(draft, author=self.person(1, Role.PRESS_OFFICER))

    @cache  # noqa: B019 (there are a dozen texts, and they live as long as the tests)
    def signature(
        self,
        number: int,
        state: SignatureState,
        *,
        must_sign: bool = True,
        in_slack: bool = True,
        said: bool = True,
        suggests: bool = False,
        stood_in: bool = False,
    ) -> Signature:
        """`said`: comment and the owner's reason are as long as they can be."""
        answered = state is not SignatureState.ASKED
        stand_in = self.person(200 + number, Role.LEAD) if stood_in else None
        recorded_by = None if in_slack or not answered else self.person(1, Role.PRESS_OFFICER)
        return related(
            Signature(
                id=number,
                person_id=100 + number,
                capacity=list(Capacity)[number % 4],
                must_sign=must_sign,
                state=state,
                asked_at=NOW,
                answered_at=NOW if answered else None,
                approved_at=NOW if state is SignatureState.APPROVED else None,
                comment=self.text[:2000] if said and not suggests else None,
                suggested_text=self.other_text if suggests else None,
                reply=self.text[:1000] if said else None,
                recorded_by_id=recorded_by.id if recorded_by else None,
                evidence=self.text[:500] if recorded_by else None,
                heard_by=HeardBy.IN_PERSON if recorded_by else None,
                disputed_at=NOW if recorded_by else None,
                stand_in_id=stand_in.id if stand_in else None,
                given_by_id=stand_in.id if stand_in and answered else None,
                override_reason=self.text[:1000],
            ),
            stand_in=stand_in,
            given_by=stand_in if answered else None,
            overridden_by=self.person(1, Role.COMMS_LEAD),
            passed_to=self.person(5, Role.LEAD),
            person=self.person(100 + number, Role.LEAD, in_slack=in_slack),
            recorded_by=recorded_by,
            draft=self.draft(),
        )

    def evidence_file(self, number: int, *, read: bool) -> EvidenceFile:
        return EvidenceFile(
            id=number,
            signature_id=12,
            slack_file_id="F00000001",
            name=self.text[:200],
            permalink=f"https://northbrook.slack.com/files/U00000001/F00000001/{'x' * 300}" if read else None,
            size=9_999_999,
            sha256="0123456789abcdef" * 4 if read else None,
            read_at=NOW if read else None,
        )

    def standing(self, *states: SignatureState, in_slack: bool = True) -> Standing:
        signatures = [
            self.signature(place, state, must_sign=place % 3 != 2, in_slack=in_slack)
            for place, state in enumerate(states)
        ]
        return Standing(Signoff(id=1, current_draft=3), self.draft(), tuple(signatures))

    def statement(
        self, status: StatementStatus, number: int = 4, kind: StatementKind = StatementKind.BACKGROUND
    ) -> Statement:
        spokesperson = self.person(3, Role.SPOKESPERSON)
        return related(
            Statement(
                id=number,
                number=number,
                kind=kind,
                status=status,
                spokesperson_id=spokesperson.id,
                owner_id=1,
                started_at=NOW,
            ),
            spokesperson=spokesperson,
            owner=self.person(1, Role.PRESS_OFFICER),
        )

    @cache  # noqa: B019 (there are a dozen texts, and they live as long as the tests)
    def statement_card(self, status: StatementStatus, *states: SignatureState, in_slack: bool = True) -> StatementCard:
        standing = self.standing(*states, in_slack=in_slack)
        dispatches = [
            Dispatch(id=n, enquiry_id=n, sent_to=self.text[:1000], sent_by=SentBy.EMAIL, sent_at=NOW, recorded_by_id=1)
            for n in range(7)
        ]
        for dispatch in dispatches:
            related(dispatch, recorded_by=self.person(1))
        acts = {act for (from_, act) in STATEMENT_TRANSITIONS if from_ is status} - FROM_AN_ENQUIRY
        if status is StatementStatus.IN_SIGNOFF and standing.missing:
            acts |= {Act.RECORD_REPLY, Act.OVERRIDE_SIGNATURE}
        return StatementCard(
            self.statement(status),
            standing,
            (self.enquiry(), self.enquiry(8)),
            tuple(dispatches) if status is StatementStatus.ISSUED else (),
            frozenset(acts if standing.is_signed else acts - {Act.RECORD_ISSUE}),
        )

    def enquiry_line(self, enquiry: Enquiry, stage: Stage, *statements: StatementCard) -> EnquiryLine:
        tied = tuple(StatementLine(card.statement, card.standing) for card in statements)
        held_at = NOW if stage is Stage.HELD else None
        return EnquiryLine(enquiry, stage, tied, deadlines.band(enquiry.deadline, NOW), NOW, held_at)

    def referral(self, status: ReferralStatus, *, in_slack: bool = True) -> Referral:
        has_ended = status not in {ReferralStatus.ASKED, ReferralStatus.ACCEPTED}
        lead, officer = self.person(8, Role.ORGANISATION_LEAD, in_slack=in_slack), self.person(1, Role.PRESS_OFFICER)
        return related(
            Referral(
                id=5,
                enquiry_id=7,
                organisation_id=1,
                lead_id=lead.id,
                status=status,
                note=self.text[:1000],
                referred_by_id=1,
                referred_at=NOW,
                reason=self.text[:1000],
                answer=self.text if has_ended else None,
                answered_at=NOW if has_ended else None,
                link=f"https://{self.outlet}",
            ),
            organisation=self.organisation(1),
            lead=lead,
            referred_by=officer,
            recorded_by=officer,
        )

    def referral_card(
        self, status: ReferralStatus, *, is_relayed: bool = False, stands_in: bool = False, said: int = 0
    ) -> ReferralCard:
        possible = {act for (from_, act) in REFERRAL_TRANSITIONS if from_ is status}
        ours = {Act.WITHDRAW_REFERRAL, Act.RECORD_PARTNER_REPLY} if possible else set()
        return ReferralCard(
            referral=self.referral(status, in_slack=not is_relayed),
            enquiry=self.enquiry(),
            reader=self.person(1 if is_relayed else 8),
            stands_in=stands_in,
            is_relayed=is_relayed,
            email=f"{self.text}\n\n{self.text[:1000]}" if is_relayed else "",
            said=(self.draft_text or self.text,) * said,
            band=deadlines.band(NOW, NOW),
            redraw_at=None,
            acts=frozenset(ours if is_relayed else possible & BY_THEM),
        )

    @cache  # noqa: B019 (there are a dozen texts, and they live as long as the tests)
    def enquiry_card(
        self, stage: Stage, deadline: datetime | None = NOW + timedelta(hours=2), *, is_sensitive: bool = False
    ) -> EnquiryCard:
        """An enquiry at a stage, with statements of a kind that lead there."""
        status = {Stage.CLOSED: EnquiryStatus.CLOSED, Stage.AWAITING_EMAIL: EnquiryStatus.AWAITING_EMAIL}
        enquiry = self.enquiry(
            status=status.get(stage, EnquiryStatus.OPEN),
            owned=stage is not Stage.NOBODY,
            deadline=deadline,
            is_sensitive=is_sensitive,
        )
        acts = {act for (from_, act) in TRANSITIONS if from_ is enquiry.status}
        acts |= {act for (from_, act) in SENSITIVITY if from_ is enquiry.is_sensitive}
        acts |= {act for (from_, act) in FOLLOWING if from_ is is_sensitive}
        if enquiry.owner is not None:
            acts.discard(Act.TAKE_ENQUIRY)
        statements = [self.statement_card(status_, *states) for status_, states in LEADING_TO.get(stage, ())]
        stand_in = self.person(6) if stage is Stage.DRAFTING else None
        line = self.enquiry_line(enquiry, stage, *statements)
        if stage in WITH_PARTNER:
            line = replace(line, referral=self.referral(WITH_PARTNER[stage]))
            acts = acts - {Act.REFER_ENQUIRY} | {Act.RECORD_PARTNER_REPLY, Act.WITHDRAW_REFERRAL}
        return EnquiryCard(line, frozenset(acts), stand_in)

    def sign_request(
        self,
        signature: Signature,
        *,
        relayed: bool = False,
        is_open: bool = True,
        since: bool = False,
        stand_in_reads: bool = False,
        passed: bool = False,
    ) -> SignRequest:
        reader = self.person(1, Role.PRESS_OFFICER) if relayed else signature.person
        if stand_in_reads and signature.stand_in is not None:
            reader = signature.stand_in
        acts = {Act.RECORD_REPLY, Act.KEEP_WORDING} if relayed else set(SIGNATORY_ACTS)
        possible = allowed(signature.state) | ({Act.RECORD_REPLY} if Act.APPROVE in allowed(signature.state) else set())
        return SignRequest(
            signature=signature,
            draft=signature.draft,
            title=f"STA-4 · {self.outlet}, {self.outlet}",
            reader=reader,
            due_at=NOW + timedelta(hours=1),
            ending=None if is_open else Ending("STA-4 went out by e-mail, {sent}", {"sent": NOW}, reader),
            is_open=is_open,
            acts=frozenset(acts & possible) if is_open else frozenset(),
            since_signed=pieces(signature.draft.text, 10 if relayed else 1500) if since else (),
            since_draft=2 if since else 0,
            passed_from=self.signature(9, SignatureState.PASSED) if passed else None,
            questions=(self.text,) * (3 if since else 1),
        )

    def reminder_line(
        self,
        duty: Duty,
        number: int = 1,
        *,
        own: bool = True,
        done: bool = False,
        seen: bool = False,
        for_somebody: bool = False,
        may_sign: bool = True,
    ) -> ReminderLine:
        owner = None if duty is Duty.OWN else self.person(1, Role.PRESS_OFFICER)
        obligation = Obligation(
            id=number,
            owner_id=owner.id if owner else None,
            duty=duty,
            subject_kind=SubjectKind.ENQUIRY,
            subject_id=number,
            asked_at=NOW,
            due_at=NOW + timedelta(minutes=40 - number),
            done_at=NOW if done else None,
        )
        return ReminderLine(
            obligation=related(obligation, owner=owner, on_behalf_of=self.person(2) if for_somebody else None),
            title=f"ENQ-{number} · {self.outlet}",
            band=deadlines.band(obligation.due_at, NOW),
            next_band_at=deadlines.next_band_at(obligation.due_at, NOW),
            is_readers_own=own,
            seen_at=NOW if seen else None,
            snoozed_until=NOW if seen else None,
            signature_id=12 if duty is Duty.SIGN and not done and may_sign else None,
            acts=frozenset() if done or seen else frozenset({Act.MARK_SEEN, Act.SNOOZE}) | OF_FACTS | OF_REVIEWS,
        )

    def leave_line(self, number: int, *, is_on: bool, covered: bool) -> LeaveLine:
        from_at = NOW - timedelta(days=1) if is_on else NOW + timedelta(days=1)
        leave = Leave(id=number, person_id=number, from_at=from_at, back_at=NOW + timedelta(days=3))
        stand_in = self.person(300 + number) if covered else None
        return LeaveLine(related(leave, person=self.person(number)), is_on, stand_in)

    def settings_page(self, *, people: int, topics: int) -> SettingsPage:
        everyone = tuple(self.person(1 + place, *Role, in_slack=place % 5 > 0) for place in range(people))
        duty_officer = everyone[1] if people > 1 else None
        settings = Settings(
            id=1,
            press_channel_id="C00000001" if people else None,
            zone="Europe/London",
            nation="northern_ireland",
            opens=time(9),
            closes=time(17, 30),
            duty_officer_id=duty_officer.id if duty_officer else None,
            deputies_sign_for_leads=people % 2 > 0,
            deputies_sign_for_spokespeople=people % 2 == 0,
            pass_to=PassTo.DEPUTY_OR_ROLE,
            spokespeople_can_be_overridden=people % 2 > 0,
            weekdays=[0, 1, 2, 3, 4],
            other_hours={"4": ["09:00", "16:30"]} if people else {},
            closed_on=[],
            ladders={},
            executives=ExecutivesRule.COPIED,
            background=BackgroundRule.LEAD,
            keep_months=18 if people else 7,
            own_domains=[f"{''.join(self.name.split())[:30]}.example"] * (8 if people else 0),
            known_abbreviations=["".join(self.name.split())[:20]] * topics,
        )
        found = tuple(
            self.topic(1 + place, everyone[place % people] if place % 2 and people else None) for place in range(topics)
        )
        return SettingsPage(
            related(settings, duty_officer=duty_officer),
            everyone,
            found,
            tuple(self.organisation(1 + place) for place in range(topics)),
            tuple(f"The topic {topic.name} has no lead, so nothing on it can be signed." for topic in found),
            {topic.id: everyone[:9] for topic in found},
            tuple(date(2026, 12, 1 + place) for place in range(9 if people else 0)),
            dict.fromkeys(Duty, ("When it is due: whoever owes it",)) if topics else {},
            tuple(self.digest(number, is_on=number > 1) for number in range(1, 5 if people else 1)),
            {1 + place: everyone[place % people] for place in range(0, topics, 2)} if people else {},
            tuple(
                Audience(1 + place, f"{place} {self.name}"[:75], ("C00000001",) * 6, everyone[:9])
                for place in range(topics)
            ),
        )

    def digest(self, number: int, *, is_on: bool = True) -> Digest:
        every = list(Every)[number % 4]
        moment = list(Moment)[number % 3]
        return Digest(
            id=number,
            name=f"digest_{number}",
            title="The day ahead",
            is_on=is_on,
            on_since=NOW,
            every=every,
            on_day=3 if every in {Every.WEEK, Every.MONTH} else None,
            moment=moment,
            at=time(8, 30) if moment is Moment.CLOCK else None,
            hours_late=3,
            parts=[part.name for part in PARTS][number:],
        )


def pieces(text: str, length: int) -> tuple[tuple[Change, str], ...]:
    """A text as what changed in it, a few characters at a time; what was taken out came from nowhere."""
    found = []
    for place, start in enumerate(range(0, len(text), length)):
        piece = text[start : start + length]
        found.append((Change.ADDED if place % 2 else Change.SAME, piece))
        if place % 2:
            found.append((Change.REMOVED, piece[::-1]))
    return tuple(found)


def several(kind: Sequence[SignatureState], number: int) -> tuple[SignatureState, ...]:
    return tuple(kind[place % len(kind)] for place in range(number))


OF_FACTS = frozenset({Act.ANSWER_FACTS, Act.CANNOT_SAY, Act.ASK_INSTEAD, Act.RECORD_FACTS})
OF_REVIEWS = frozenset({Act.REVIEW_WITHOUT_CHANGE, Act.REVIEW_WITH_CHANGE, Act.PUT_OFF_REVIEW, Act.RECORD_REVIEW})
WITH_PARTNER = {Stage.REFERRED: ReferralStatus.ASKED, Stage.WITH_PARTNER: ReferralStatus.ACCEPTED}
SIGNATORY_ACTS = frozenset({Act.APPROVE, Act.ASK_FOR_CHANGES, Act.SUGGEST_WORDING, Act.PASS_ON, Act.DISPUTE})
TWELVE_MISSING = several((SignatureState.ASKED,), 12)
TWELVE_OBJECTING = several((SignatureState.CHANGES_ASKED,), 12)
TWELVE_SIGNED = several((SignatureState.APPROVED,), 12)
TWELVE_MIXED = several(tuple(SignatureState), 12)

LEADING_TO: dict[Stage, tuple[tuple[StatementStatus, tuple[SignatureState, ...]], ...]] = {
    Stage.DRAFTING: ((StatementStatus.ISSUED, TWELVE_SIGNED), (StatementStatus.DRAFT, ())),
    Stage.SIGNING: ((StatementStatus.IN_SIGNOFF, TWELVE_MISSING),),
    Stage.AMENDMENT: ((StatementStatus.IN_SIGNOFF, TWELVE_OBJECTING),),
    Stage.READY: ((StatementStatus.IN_SIGNOFF, TWELVE_SIGNED),),
    Stage.ANSWERED: ((StatementStatus.ISSUED, TWELVE_SIGNED),) * 30,
    Stage.CLOSED: ((StatementStatus.ISSUED, TWELVE_SIGNED),),
}
"""The statements of an enquiry at each stage, oldest first: their status and their signatures."""
