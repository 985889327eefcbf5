"""Everything the desk can put on a screen: every view, in every state that it can be in, with a name for each."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

from slack_sdk.models.views import View

from bot.core.digests import ShownDigest, ShownEntry, ShownSection
from bot.core.features import Asked
from bot.core.ladder_plans import default_plan, in_words
from bot.core.ladders import DEFAULT_LADDERS
from bot.core.outlook import Because, Listing, Some, Stuck, Upcoming
from bot.core.permissions import Act
from bot.desk.capture import ToLog
from bot.desk.enquiry_cards import Stage
from bot.desk.enquiry_details import EnquiryDetails
from bot.desk.enquiry_lists import PAGE, EnquiryList
from bot.desk.enquiry_outlook import MOST_STUCK
from bot.desk.enquiry_parts import PARTS
from bot.desk.finds import PAGE as FOUND_PAGE
from bot.desk.finds import Found, Reuse, Said, SaidIn, Search
from bot.desk.home import MOST_LINES, MOST_REQUESTS, HomePage, Owed
from bot.desk.leave import LeaveLine, LeaveOffers
from bot.desk.messages import Sentence
from bot.desk.more_time import Asking, MoreTime
from bot.desk.referrals import Partners
from bot.desk.reminders import Reminder
from bot.desk.settings import Reminders
from bot.desk.settings_digests import DigestChoice
from bot.desk.signoffs import SignRequest
from bot.desk.statement_cards import StatementCard, ToIssue, ToSign
from bot.desk.unblocking import Missing, ToPass
from handlers.views import (
    digests,
    enquiries,
    enquiry_cards,
    enquiry_lists,
    finds,
    forms,
    home,
    leave,
    messages,
    more_time,
    referrals,
    reminders,
    sensitive,
    settings,
    settings_digests,
    settings_rules,
    signoffs,
    statements,
    unblocking,
)
from handlers.views.samples import holding
from handlers.views.samples.briefings import briefing_views
from handlers.views.samples.bulletins import views_of_bulletins
from handlers.views.samples.calendar import calendar_views
from handlers.views.samples.cascades import cascade_views
from handlers.views.samples.digests import views_of_digests
from handlers.views.samples.facts import facts_views
from handlers.views.samples.files import evidence_views, export_views
from handlers.views.samples.papers import paper_views
from handlers.views.samples.records import DEADLINES, NOW, TWELVE_MIXED, TWELVE_OBJECTING, TWELVE_SIGNED, Shown, Typed
from handlers.views.samples.reports import report_views
from handlers.views.samples.reviews import review_views
from handlers.views.samples.several import views_of_several
from handlers.views.words import drawn, section
from storage.enquiries import CameBy, EnquiryStatus, Outcome
from storage.enquiry_lists import Listed
from storage.finds import Term
from storage.obligations import Duty
from storage.people import Person, Role
from storage.referrals import ReferralStatus
from storage.signoffs import Capacity, HeardBy, SignatureState
from storage.statements import StatementKind, StatementStatus
from storage.subjects import Subject, SubjectKind

_UNITS: dict[str, str] = {
    "ampersands": "&",
    "emoji": "👩🏽‍🚒😀🏳️‍🌈",
    "marks": (
        "<!channel> <!here> <@U00000001> <!subteam^S1|x> <#C1> <https://a.example|b> <!date^1^{date}|x> "
        "*bold* _it_ ~no~ `code` ```block``` * _ ~ :x: :+1: "
        '"a\\\n\n> b\n• c\n'
        "لماذا تتأخر الحافلات؟ 12:30 \u202eabc\u2069 "
    ),
}


def _typed(unit: str, of_drafts: int) -> Typed:
    return Typed((unit * 3000)[:3000], (unit * of_drafts)[:of_drafts])


SHORT = Typed("Why are the buses late?")
ALL_TEXTS = {
    "ampersands": _typed(_UNITS["ampersands"], 3000),
    **{f"long {name}": _typed(_UNITS[name], 12_000) for name in ("emoji", "marks")},
    "short": SHORT,
}
"""What people can type: what grows most when it is escaped, what takes most bytes, all that has a meaning in Slack.

"Long" are those with drafts as long as a statement may be: more than an input holds, and more than a message.
"""

_CARD_STATES = {
    StatementStatus.DRAFT: ((),),
    StatementStatus.IN_SIGNOFF: (TWELVE_MIXED, TWELVE_SIGNED, TWELVE_OBJECTING),
    StatementStatus.ISSUED: (TWELVE_SIGNED,),
    StatementStatus.WITHDRAWN: ((), TWELVE_MIXED),
}


def everything(typed: Typed) -> Iterator[Shown]:
    """With the same words in every place where somebody can type."""
    yield from enquiry_views(typed)
    yield from list_views(typed)
    yield from find_views(typed)
    yield from referral_views(typed)
    yield from views_of_several(typed)
    yield from export_views()
    yield from evidence_views(typed)
    yield from statement_views(typed)
    yield from plain_english_views(typed)
    yield from signing_views(typed)
    yield from long_views(typed)
    yield from unblocking_views(typed)
    yield from leave_views(typed)
    yield from sentences(typed)
    yield from reminder_views(typed)
    yield from settings_views(typed)
    yield from digest_views(typed)
    yield from views_of_digests(typed)
    yield from views_of_bulletins(typed)
    yield from reminder_rules_views()
    yield from homes(typed)
    yield from holding.views(typed)
    yield from facts_views(typed)
    yield from calendar_views(typed)
    yield from report_views(typed)
    yield from cascade_views(typed)
    yield from briefing_views(typed)
    yield from review_views(typed)
    yield from paper_views(typed)


def enquiry_views(typed: Typed) -> Iterator[Shown]:
    for stage in Stage:
        yield f"card, {stage}", enquiry_cards.card(typed.enquiry_card(stage))
        yield f"page, {stage}", enquiry_cards.show_page(typed.enquiry_card(stage))
        yield f"more, {stage}", enquiry_cards.more_page(typed.enquiry_card(stage))
        yield f"sensitive card, {stage}", enquiry_cards.card(typed.enquiry_card(stage, is_sensitive=True))
        yield f"more of a sensitive one, {stage}", enquiry_cards.more_page(typed.enquiry_card(stage, is_sensitive=True))
    for outcome in Outcome:
        closed = typed.enquiry(status=EnquiryStatus.CLOSED, outcome=outcome)
        line = typed.enquiry_line(closed, Stage.CLOSED)
        yield f"{outcome}", enquiry_lists.message(EnquiryList(Listed.WEEK, (line,), 1))
    yield "help", drawn("Help with /enquiry", [section(enquiries.HELP)])
    yield "done", forms.done()
    yield "reading", forms.reading("reading-1")
    yield "refusal", forms.refusal(f"{typed.name} has ENQ-7. If you should have it, choose Give to someone.")
    for topics, late in product((0, 1, 60), (False, True)):
        page = typed.settings_page(people=3, topics=topics)
        chosen = 1 if topics else None
        details = EnquiryDetails(
            journalist=typed.outlet,
            outlet=typed.outlet,
            email=typed.outlet,
            phone=typed.outlet,
            came_by=CameBy.SOCIAL,
            received_at=None,
            deadline=NOW,
            question=typed.text,
            topic_id=chosen,
            organisation_id=chosen,
        )
        yield (
            f"log form, {topics} topics, late {late}",
            enquiries.log_form(
                ToLog(
                    details,
                    f"Deadline read from “{typed.outlet}”. Please check.",
                    page.topics,
                    page.organisations,
                    (),
                    NOW,
                ),
                ask_if_late=late,
            ),
        )
        enquiry = typed.enquiry()
        yield f"close form, {topics}", enquiries.close_form(enquiry, page.organisations, answered=Outcome.STATEMENT)
        yield f"correct form, {topics}, late {late}", enquiries.correct_form(enquiry, page.organisations)
        yield f"topic form, {topics}", enquiries.topic_form(enquiry, page.topics)
    for number in (1, 150):
        yield f"give form, {number}", enquiries.give_form(typed.enquiry(), people(typed, number))
    for at in DEADLINES:
        yield f"card, due {at}", enquiry_cards.card(typed.enquiry_card(Stage.OWNED, at))
        enquiry = typed.enquiry(deadline=at)
        yield f"asking for more time, {at}", more_time.asking_page(Asking(enquiry, typed.outlet, typed.text))
        more = MoreTime(NOW, "", typed.outlet, HeardBy.IN_PERSON)
        yield f"more time form, {at}", more_time.agreed_form(enquiry, NOW)
        yield f"more time form read, {at}", more_time.agreed_form(enquiry, NOW, more, understood=typed.outlet)
        yield f"no more time form, {at}", more_time.refused_form(enquiry)
        yield f"deadline form, {at}", enquiries.deadline_form(typed.enquiry(deadline=at))
        yield f"e-mail form, {at}", enquiries.email_form(typed.enquiry(deadline=at))
    yield "mark sensitive form", sensitive.mark_form(typed.enquiry())
    yield "show to all form", sensitive.show_to_all_form(typed.enquiry())
    for number in (0, 1, 150):
        yield f"let in form, {number}", sensitive.let_in_form(typed.enquiry(), people(typed, number))
    yield "note form", enquiries.note_form(typed.enquiry())
    yield "reopen form", enquiries.reopen_form(typed.enquiry(status=EnquiryStatus.CLOSED))


def list_views(typed: Typed) -> Iterator[Shown]:
    stages = [stage for stage in Stage if stage is not Stage.CLOSED]
    lines = tuple(typed.enquiry_card(stages[place % len(stages)]).line for place in range(PAGE))
    for listed, (number, total, offset) in product(Listed, ((0, 0, 0), (1, 1, 0), (PAGE, PAGE, 0), (PAGE, 2000, 900))):
        shown = EnquiryList(listed, lines[:number], total, offset)
        yield f"list of {total}, {listed}", enquiry_lists.message(shown, not_known=typed.text)
        yield f"page of {total}, {listed}", enquiry_lists.page(shown)


def find_views(typed: Typed) -> Iterator[Shown]:
    sent = Said(SaidIn.STATEMENT, 4, typed.text, NOW, "STA-4", StatementKind.BACKGROUND)
    before = Said(SaidIn.BEFORE, 7, typed.text * 10, NOW)
    found = [
        Found(typed.enquiry(place), ((), (sent,), (before,), (before, sent))[place % 4]) for place in range(FOUND_PAGE)
    ]
    for has_all, (number, total, offset) in product(
        (True, False), ((0, 0, 0), (1, 1, 0), (FOUND_PAGE, FOUND_PAGE, 0), (FOUND_PAGE, 20_000, 904))
    ):
        shown = Search(typed.text[:300], tuple(found[:number]), total, offset, has_all, (Term(("x",)),))
        yield f"found {total}, {has_all}", finds.message(shown, typed=typed.text)
        yield f"page of finds {total}, {has_all}", finds.page(shown)
    yield "find without words", finds.message(Search("", (), 0, 0, has_all=True), typed="")
    for said in (sent, before):
        for number in (1, 150):
            own = tuple(typed.enquiry(one) for one in range(1, number + 1))
            yield f"use form, {said.where} {number}", finds.use_form(Reuse(said, own))
        yield f"start form, text {said.where}", statements.start_form(7, "ENQ-7", people(typed, 1), text=said.text)
    from_before = replace(typed.enquiry_card(Stage.CLOSED), answer_from_before=typed.text * 10)
    yield "page with an answer from before", enquiry_cards.show_page(from_before)


def referral_views(typed: Typed) -> Iterator[Shown]:
    for status, is_relayed, stands_in in product(ReferralStatus, (True, False), (True, False)):
        shown = typed.referral_card(status, is_relayed=is_relayed, stands_in=stands_in)
        yield f"referral, {status} {is_relayed}", referrals.message(shown)
        yield f"referral page, {status} {is_relayed}", referrals.page(shown)
        yield f"partner’s reply, {status}", referrals.reply_form(shown, NOW)
    for said in (0, 1, 9):
        told = typed.referral_card(ReferralStatus.TOLD, said=said)
        yield f"told, {said}", referrals.message(told)
        yield f"told page, {said}", referrals.page(told)
    asked = typed.referral_card(ReferralStatus.ASKED)
    yield "not ours form", referrals.refuse_form(asked)
    yield "what was answered form", referrals.done_form(asked, NOW)
    yield "take back form", referrals.withdraw_form(asked)
    for number, is_sensitive in product((1, 150), (True, False)):
        organisations = [
            (typed.organisation(1 + place), typed.person(1 + place) if place % 2 == 0 else None)
            for place in range(number)
        ]
        partners = Partners(typed.enquiry(is_sensitive=is_sensitive), organisations)
        yield f"refer form, {number}", referrals.refer_form(partners)
        yield f"tell form, {number}", referrals.tell_form(partners)
    nobody = Partners(typed.enquiry(), [(typed.organisation(1), None)])
    yield "tell form without a lead", referrals.tell_form(nobody)


def statement_views(typed: Typed) -> Iterator[Shown]:
    for status, states in _CARD_STATES.items():
        for number, signatures in enumerate(states):
            for in_slack in (True, False):
                card = typed.statement_card(status, *signatures, in_slack=in_slack)
                yield f"statement, {status} {number} {in_slack}", statements.card(card)
                yield f"to issue, {status} {number} {in_slack}", statements.ready_to_issue(to_issue(card))
        card = typed.statement_card(status, *states[0])
        yield f"draft form, {status}", statements.draft_form(card)
        yield f"adopting form, {status}", statements.draft_form(card, text=typed.other_text)
        yield f"withdraw form, {status}", statements.withdraw_form(card)
        yield f"whole text, {status}", statements.read_page(card)
    signed = typed.statement_card(StatementStatus.IN_SIGNOFF, *TWELVE_SIGNED)
    yield "issue form", statements.issue_form(to_issue(signed), NOW)
    without = typed.statement_card(StatementStatus.IN_SIGNOFF, *[SignatureState.OVERRIDDEN] * 12)
    yield "to issue without twelve", statements.ready_to_issue(to_issue(without))
    yield "an older draft", statements.ready_to_issue(to_issue(signed, draft=1))
    for number in (0, 1, 150):
        yield (
            f"start form, {number}, filled in",
            statements.start_form(7, "ENQ-7", people(typed, number), text=typed.draft_text or typed.text),
        )
        yield f"start form, {number}", statements.start_form(7, "ENQ-7", people(typed, number))
        yield f"request form, {number}", statements.request_form(to_sign(typed, number))


def plain_english_views(typed: Typed) -> Iterator[Shown]:
    page = statements.hints_page([f"“{typed.name}” is not explained. Write it out the first time."] * 3)
    assert page is not None  # noqa: S101 (there are hints)
    yield "hints", page


def signing_views(typed: Typed) -> Iterator[Shown]:
    for name, request in sign_requests(typed):
        yield f"request, {name}", signoffs.request(request)
    for state, relayed, suggests in product(SignatureState, (True, False), (True, False)):
        signature = typed.signature(12, state, in_slack=not relayed, suggests=suggests)
        request = typed.sign_request(signature, relayed=relayed)
        yield f"sign form, {state}", signoffs.sign_form(request)
        yield f"whole text of a request, {state}", signoffs.read_page(request)
        yield f"changes form, {state}", signoffs.changes_form(request)
        yield f"suggest form, {state}", signoffs.suggest_form(request)
        yield f"keep form, {state} {suggests}", signoffs.keep_form(request)


def long_views(typed: Typed) -> Iterator[Shown]:
    """What shows the beginning of a text that is too long for a message."""
    typed = replace(typed, draft_text=(typed.text * 12_000)[:12_000])
    asked = typed.sign_request(typed.signature(12, SignatureState.ASKED))
    signed = typed.statement_card(StatementStatus.IN_SIGNOFF, *TWELVE_SIGNED)
    yield "a long request", signoffs.request(asked)
    yield "a long request in the home", View(type="home", blocks=signoffs.in_home(asked))
    yield "a long statement", statements.card(signed)
    yield "a long statement to issue", statements.ready_to_issue(to_issue(signed))


def sign_requests(typed: Typed) -> Iterator[tuple[str, SignRequest]]:
    """Every request to sign: state, who must, who brings it, whether something is said with it."""
    for state, must_sign, relayed, said in product(SignatureState, (True, False), (False, True), (0, 1, 2)):
        signature = typed.signature(
            12, state, must_sign=must_sign, in_slack=not relayed, said=said > 0, suggests=said == 2
        )
        for is_open in (True, False) if state is not SignatureState.VOIDED else (False,):
            name = f"{state} must {must_sign} relayed {relayed} said {said} open {is_open}"
            yield name, typed.sign_request(signature, relayed=relayed, is_open=is_open, since=said == 1)


def unblocking_views(typed: Typed) -> Iterator[Shown]:
    for state, relayed, stood_in in product(SignatureState, (True, False), (True, False)):
        signature = typed.signature(12, state, in_slack=not relayed, stood_in=stood_in)
        yield f"reply form, {state}", unblocking.reply_form(typed.sign_request(signature, relayed=relayed), NOW)
        for stand_in_reads in (True, False):
            request = typed.sign_request(signature, stand_in_reads=stand_in_reads, passed=not stood_in)
            yield f"request, {state} stood in {stood_in}", signoffs.request(request)
            yield f"request elsewhere, {state}", signoffs.request(replace(request, is_elsewhere=True, acts=frozenset()))
            after = replace(request, is_open=False, acts=frozenset({Act.DISPUTE}))
            yield f"request after issue, {state}", signoffs.request(after)
    title = f"STA-4 · {typed.outlet}, {typed.outlet}"
    recorded = typed.signature(12, SignatureState.APPROVED, in_slack=False, said=True)
    for number in (1, 150):
        to_pass = ToPass(recorded, title, tuple(people(typed, number)))
        yield f"pass form, {number}", unblocking.pass_form(to_pass)
        attached = tuple(typed.evidence_file(one, read=one % 2 > 0) for one in range(min(number, 6)))
        yield "dispute form", unblocking.dispute_form(replace(to_pass, evidence=attached))
        asked = [typed.signature(one, SignatureState.ASKED, stood_in=True) for one in range(min(number, 24))]
        missing = Missing(Subject(SubjectKind.STATEMENT, 4), title, tuple(asked))
        yield f"whose reply, {number}", unblocking.choose_reply_form(missing)
        yield f"without whom, {number}", unblocking.override_form(missing)
        disputed = [
            typed.signature(one, SignatureState.CHANGES_ASKED, in_slack=False) for one in range(min(number, 24))
        ]
        yield (
            f"without whom, disputed, {number}",
            unblocking.override_form(replace(missing, signatures=tuple(disputed))),
        )


def leave_views(typed: Typed) -> Iterator[Shown]:
    for number in (0, 1, 150):
        yield f"who is away, {number}", leave.page(leave_lines(typed, number))
        offers = LeaveOffers(typed.person(1), tuple(people(typed, number)), NOW)
        yield f"own leave, {number}", leave.own_form(offers)
        yield f"leave of somebody, {number}", leave.leave_form(offers)
    yield "back", leave.ended(typed.name)


def leave_lines(typed: Typed, number: int) -> list[LeaveLine]:
    return [typed.leave_line(1 + place, is_on=place % 2 == 0, covered=place % 3 > 0) for place in range(number)]


def sentences(typed: Typed) -> Iterator[Shown]:
    buttons: tuple[dict[str, object], ...] = (
        {},
        {"enquiry": 7},
        {"signature": 12, "draft_of": 4, "objection": 12},
        {"adopt": 12, "objection": 12},
        {"dispute": 12, "away": True},
        {"holding": 7, "more_time": 7},
        {"tell_partners": 7},
        {"attach": 12},
        {"cascade_instead": 5},
        {"said_of": 2},
        {"channel": "C00000001", "retry": "C00000001", "settings": True},
    )
    for more, quote, times in product(buttons, (typed.text, None), ({"deadline": NOW}, {})):
        words = f"{typed.name} gave you ENQ-7 from {typed.outlet}, due {{deadline}}: {', '.join([typed.name] * 12)}."
        shown = Sentence(words, quote, times, None, Subject(SubjectKind.ENQUIRY, 7), dict(more))
        yield f"sentence, {sorted(more)}, {bool(quote)}", messages.sentence(shown)


def reminder_views(typed: Typed) -> Iterator[Shown]:
    reader = typed.person(1, Role.PRESS_OFFICER)
    for duty, may_sign in product(Duty, (True, False)):
        line = typed.reminder_line(duty, for_somebody=True, may_sign=may_sign)
        yield f"reminder for somebody, {duty}", reminders.reminder(Reminder(reader, (line,)))
    for duty, own, done, seen in product(Duty, (True, False), (True, False), (True, False)):
        line = typed.reminder_line(duty, own=own, done=done, seen=seen)
        yield f"reminder, {duty} own {own}", reminders.reminder(Reminder(reader, (line,)))
    duties = list(Duty)
    many = tuple(typed.reminder_line(duties[place % len(duties)], place + 1, own=place % 2 > 0) for place in range(40))
    for name, someone in (("a person", reader), ("the channel", None)):
        yield f"forty reminders for {name}", reminders.reminder(Reminder(someone, many))


def settings_views(typed: Typed) -> Iterator[Shown]:
    yield "organisation form", settings.organisation_form()
    for number, topics in ((0, 0), (1, 1), (150, 60)):
        page = typed.settings_page(people=number, topics=topics)
        yield f"office form, {number}", settings.office_form(page)
        yield f"signing rules, {number}", settings.signing_form(page)
        for person, outside in ((None, False), (None, True), *((one, False) for one in page.people[:2])):
            yield f"person form, {number} {outside}", settings.person_form(page, person, outside_slack=outside)
        for topic in (None, *page.topics[:2]):
            yield f"topic settings, {number}", settings.topic_form(page, topic)
        if number:
            yield f"choose person, {number}", settings.choose_person_form(page.people)
            yield f"choose topic, {number}", settings.choose_topic_form(page.topics)
        yield f"hours form, {number}", settings_rules.hours_form(page)
        yield f"sign-off rules form, {number}", settings_rules.signing_form(page)
        yield f"kept form, {number}", settings_rules.kept_form(page)
        yield f"known words form, {number}", settings_rules.known_words_form(page)


def digest_views(typed: Typed) -> Iterator[Shown]:
    enquiry = Subject(SubjectKind.ENQUIRY, 7)
    titles = tuple(f"ENQ-{place} · {typed.outlet}" for place in range(6))
    about = ShownEntry(
        f"{{title}}  {typed.name}\nDue {{due}} · {typed.name} · ready", titles[:1], 0, {"due": NOW}, enquiry
    )
    held = ShownEntry(f"{typed.name}: {{count}}. {{titles}}", titles, 12, {}, None)
    remark = ShownEntry(f"{typed.name} is the duty officer until {{morning}}.", (), 0, {"morning": NOW}, None)
    head = ShownEntry("It ends with {exact}.", (), 0, {}, None, f"comms-desk audit verify --head 900-{'a' * 64}")
    for number, more, reader in ((0, 0, None), (1, 0, typed.person(1)), (10, 31, None)):
        sections = (
            ShownSection("", (remark,), 0, "", "", is_small=False),
            ShownSection(
                "Due today", (about,) * number, more, "`/enquiry list` shows it.", "nothing is due", is_small=False
            ),
            ShownSection("Overdue", (about,) * (number // 2), 0, "", "nothing is overdue", is_small=False),
            ShownSection("Who holds what", (held,) * (2 * number), more, "", "nothing is open", is_small=False),
            ShownSection("", (head,), 0, "", "", is_small=True),
        )
        yield f"digest of {number}", digests.digest(ShownDigest("The day ahead", NOW.date(), reader, sections))
    for number in range(1, 5):
        yield (
            f"choose digest form, {number}",
            settings_digests.choose_form([typed.digest(one) for one in range(1, number + 1)]),
        )
        parts = tuple((part.name, part.label) for part in PARTS)
        choice = DigestChoice(typed.digest(number, is_on=number > 1), parts, tuple(people(typed, 150)))
        yield f"digest form, {number}", settings_digests.digest_form(choice)


def reminder_rules_views() -> Iterator[Shown]:
    yield "choose reminders form", settings_rules.choose_reminders_form()
    for duty, own, planned in product(Duty, (True, False), (True, False)):
        ladder = DEFAULT_LADDERS[duty.value]
        shown = Reminders(duty, default_plan(duty) if planned else None, tuple(in_words(duty, ladder)), own)
        yield f"reminders form, {duty} own {own}", settings_rules.reminders_form(shown)
        yield f"preview of reminders, {duty} own {own}", settings_rules.preview_form(shown)


def homes(typed: Typed) -> Iterator[Shown]:
    yield "home, full", home.home(full_home(typed))
    yield "home, half full", home.home(full_home(typed, requests=2, owed=3, lines=4))
    yield "home, empty", home.home(full_home(typed, requests=0, owed=0, lines=0))
    for known, administers in product((True, False), (True, False)):
        page = full_home(typed, requests=0, owed=0, lines=0, known=known, administers=administers)
        yield f"home, known {known}, administrator {administers}", home.home(page)


def full_home(
    typed: Typed,
    *,
    requests: int = MOST_REQUESTS,
    owed: int = MOST_LINES,
    lines: int = MOST_LINES,
    known: bool = True,
    administers: bool = True,
) -> HomePage:
    """A home with as much as the desk ever puts into one, and more that did not fit."""
    asked = [request for _, request in sign_requests(typed) if request.is_open][:: 3 if requests > 2 else 1]
    stages = [stage for stage in Stage if stage is not Stage.CLOSED]
    duties = list(Duty)
    return HomePage(
        person=typed.person(1, Role.PRESS_OFFICER),
        is_known=known,
        requests=tuple(asked[:requests]),
        owed=tuple(
            Owed(
                typed.reminder_line(duties[place % len(duties)], place + 1),
                typed.enquiry_card(stages[place % len(stages)]).line if place % 2 else None,
            )
            for place in range(owed)
        ),
        stuck=Some(tuple(stuck_items(typed, MOST_STUCK if lines else 0)), 40 if lines else 0) if administers else None,
        coming_up=Some(
            tuple(upcoming(typed, place) for place in range(lines)),
            lines + (11 if lines else 0),
        ),
        listings=tuple(
            Listing(
                heading, Some(tuple(upcoming(typed, place) for place in range(3)), 20), "`/desk` shows all of them."
            )
            for heading in (("What the board owes", "Due for review") if lines else ())
        ),
        yours=tuple(typed.enquiry_card(stages[place % len(stages)]).line for place in range(lines)),
        nobodys_count=lines,
        nobodys=tuple(typed.enquiry_card(Stage.NOBODY).line for _ in range(lines)),
        waiting_count=requests + owed + (7 if owed else 0),
        yours_count=lines + (9 if lines else 0),
        may_log=known,
        may_export=known,
        leave=leave_lines(typed, 1)[0] if known else None,
        may_set_leave=administers,
        settings=typed.settings_page(people=150, topics=60) if administers else None,
        redraw_at=None,
        now=NOW,
    )


def upcoming(typed: Typed, place: int) -> Upcoming:
    subject = Subject(SubjectKind.ENQUIRY, place + 1)
    at = NOW + timedelta(days=place)
    return Upcoming(
        subject, f"ENQ-{place} · {typed.outlet}", typed.text, at, typed.name if place % 2 else "", typed.name
    )


def stuck_items(typed: Typed, number: int) -> list[Stuck]:
    reasons = list(Because)
    return [
        Stuck(
            because=reasons[place % len(reasons)],
            title=f"ENQ-{place} · {typed.outlet}",
            words=f"Back {{back}}. {', '.join([typed.name] * 12)}.",
            advice=f"Ask {typed.name} what holds it up, or give it to somebody else.",
            value=str(place + 1),
            about=typed.text,
            due_at=NOW - timedelta(hours=place) if place % 3 else None,
            times={"back": NOW},
            subject=Subject(SubjectKind.ENQUIRY, place + 1),
            text_id=4,
            channel_id="C00000001" if place % 5 == 4 else None,
        )
        for place in range(number)
    ]


def people(typed: Typed, number: int) -> list[Person]:
    return [typed.person(1 + place, Role.LEAD) for place in range(number)]


def to_issue(card: StatementCard, draft: int = 3) -> ToIssue:
    return ToIssue(card, draft, card.enquiries)


def to_sign(typed: Typed, number: int) -> ToSign:
    asked = [Asked(one, list(Capacity)[one.id % 4], one.id % 2 > 0) for one in people(typed, min(number, 24))]
    return ToSign(typed.statement_card(StatementStatus.DRAFT), tuple(asked), tuple(people(typed, number)))
