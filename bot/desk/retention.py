"""What is known of journalists is kept no longer than the workspace's retention period (DOMAIN §8)."""

import re
from collections.abc import Collection
from datetime import datetime

from dateutil.relativedelta import relativedelta

from bot.core import outbox
from bot.core.workspaces import Desk, Work
from storage import deadline_changes, evidence, facts, referrals, retention, statements, workspaces
from storage.enquiries import Enquiry, EnquiryStatus
from storage.retention import ERASED
from storage.subjects import Subject, SubjectKind

AT_ONCE = 100
"""Enquiries erased in one transaction: others wait for it."""

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+\d|\b0\d)[\d\s().-]{6,}\d")
_SHORTEST_SURNAME = 4


def erase_expired(desk: Desk) -> None:
    """The tick: once a day, by the office's calendar, erases what was kept long enough. Safe in several processes."""
    with desk.database.across_workspaces(read_only=True) as view:
        ids = [workspace.id for workspace in workspaces.all_of_them(view)]
    for workspace_id in ids:
        with desk.on_its_own(workspace_id, read_only=True) as work:
            was_looked = _has_looked_today(work)
        if not was_looked:
            with desk.on_its_own(workspace_id) as work:
                if not _has_looked_today(work):
                    _erase_some(work)


def _has_looked_today(work: Work) -> bool:
    at = work.settings.looked_for_expired_at
    return at is not None and work.hours.local_day(at) == work.hours.local_day(work.now)


def _erase_some(work: Work) -> None:
    found = retention.expired(work.tx, kept_since(work), limit=AT_ONCE)
    for enquiry in found:
        _erase(work, enquiry)
    if len(found) < AT_ONCE:  # else the next tick goes on
        work.settings.looked_for_expired_at = work.now


def kept_since(work: Work) -> datetime:
    """Of what was closed before this, names and addresses are erased."""
    local = work.now.astimezone(work.hours.zone)
    return local - relativedelta(months=work.settings.keep_months)


def _erase(work: Work, enquiry: Enquiry) -> None:
    """Its journalist's name and addresses, here, in what was quoted of it, and behind the record's commitments."""
    subject = Subject(SubjectKind.ENQUIRY, enquiry.id)
    names = ("journalist", "was_journalist", "agreed_by")
    secrets = secrets_of(enquiry, retention.once_on_record(work.tx, subject, names))
    texts = {"question": enquiry.question, "outcome_detail": enquiry.outcome_detail}
    clean = {name: text and without_personal(text, secrets) for name, text in texts.items()}
    if not retention.erase_enquiry(work.tx, enquiry, work.now, **clean):
        return
    for note in retention.notes(work.tx, enquiry.id):
        retention.rewrite_note(work.tx, note.id, without_personal(note.text, secrets))
    for statement in statements.of_enquiry(work.tx, enquiry.id):
        if statement.what_was_wrong:
            clean_reason = without_personal(statement.what_was_wrong, secrets)
            retention.rewrite_what_was_wrong(work.tx, statement.id, clean_reason)
    subjects = [
        subject,
        *_statements_of(work, enquiry),
        *_referrals_of(work, enquiry, secrets),
        *_facts_of(work, enquiry, secrets),
    ]
    retention.erase_dispatches(work.tx, enquiry.id)
    deadline_changes.erase_names(work.tx, enquiry.id, ERASED)
    for posting in retention.sentences(work.tx, subjects):
        sentence, quote = posting.detail["sentence"], posting.detail["quote"]
        is_file_name = quote and "evidence" in posting.detail
        clean_words = {
            "sentence": without(sentence, secrets),
            "quote": ERASED if is_file_name else quote and without_personal(quote, secrets),
        }
        if clean_words != {"sentence": sentence, "quote": quote}:
            retention.reword(work.tx, posting, **clean_words)
    for file in evidence.of_subjects(work.tx, subjects):
        # nobody knows how a name is spelt there, and what proves the file is its hash
        evidence.rename(work.tx, file.id, f"{ERASED}.{file.name.rpartition('.')[2]}")
    retention.erase_on_record(work.tx, subjects)
    retention.redraw(work.tx, subjects, outbox.LIVING_CARDS)
    work.record("erase_personal_data", subject, reference=enquiry.reference, months=work.settings.keep_months)


def _referrals_of(work: Work, enquiry: Enquiry, secrets: Collection[str]) -> list[Subject]:
    """What partners were asked and what they answered stays, without what tells who asked."""
    found = referrals.of_enquiry(work.tx, enquiry.id)
    for referral in found:
        texts = {name: getattr(referral, name) for name in ("note", "reason", "answer")}
        clean = {name: text and without_personal(text, secrets) for name, text in texts.items()}
        referrals.rewrite(work.tx, referral.id, **clean)
    return [Subject(SubjectKind.REFERRAL, referral.id) for referral in found]


def _statements_of(work: Work, enquiry: Enquiry) -> list[Subject]:
    """The statements that answered it and nothing that is still kept: what the record has of them goes with it."""
    found = []
    for statement in statements.of_enquiry(work.tx, enquiry.id):
        others = [one for one in statements.enquiries_of(work.tx, statement.id) if one.id != enquiry.id]
        if all(one.status is EnquiryStatus.CLOSED and one.erased_at is not None for one in others):
            retention.erase_agreement(work.tx, statement.id)
            found.append(Subject(SubjectKind.STATEMENT, statement.id))
    return found


def _facts_of(work: Work, enquiry: Enquiry, secrets: Collection[str]) -> list[Subject]:
    """What was asked for it and what was said stays, without what tells who asked."""
    found = []
    for request in facts.of_enquiry(work.tx, enquiry.id):
        texts = {name: getattr(request, name) for name in ("question", "why", "reason", "instead_words")}
        clean = {name: text and without_personal(text, secrets) for name, text in texts.items()}
        facts.rewrite(work.tx, request, erased_at=work.now, **clean)
        for answer in facts.answers(work.tx, request.id):
            evidence = answer.evidence and without_personal(answer.evidence, secrets)
            facts.rewrite_answer(work.tx, answer, text=without_personal(answer.text, secrets), evidence=evidence)
        found.append(Subject(SubjectKind.FACTS, request.id))
    return found


def secrets_of(enquiry: Enquiry, earlier: Collection[str] = ()) -> tuple[str, ...]:
    """What tells who asked: names, addresses, surnames. Read before any of it is erased.

    `earlier` are names that were corrected since. First names alone are left out: too many of them begin a sentence
    (Will, Grace, Mark).
    """
    found = [enquiry.phone, enquiry.email]
    for name in dict.fromkeys([enquiry.journalist, *earlier]):
        parts = name.split()
        found.append(name.strip())
        if len(parts) > 1 and len(parts[-1]) >= _SHORTEST_SURNAME:
            found.append(parts[-1])
    return tuple(filter(None, found))


def without_personal(text: str, secrets: Collection[str]) -> str:
    """A text without these, and without any e-mail address or telephone number."""
    return without(_PHONE.sub(ERASED, _EMAIL.sub(ERASED, text)), secrets)


def without(text: str, secrets: Collection[str]) -> str:
    """A text without these."""
    for secret in secrets:
        text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", ERASED, text)
    return text
