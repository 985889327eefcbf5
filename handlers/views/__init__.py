"""What the desk says, as Block Kit: pure functions from records to blocks, one for each kind of posting."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.models.views import View

from handlers.views import (
    briefings,
    bulletins,
    cascades,
    digests,
    enquiry_cards,
    exports,
    facts,
    home,
    messages,
    papers,
    referrals,
    reminders,
    reports,
    signoffs,
    statements,
)
from handlers.views.words import Drawn
from storage.outbox import PostingKind

RENDERERS: Mapping[PostingKind, Callable[[Any], Drawn]] = {
    PostingKind.ENQUIRY_CARD: enquiry_cards.card,
    PostingKind.STATEMENT_CARD: statements.card,
    PostingKind.SIGN_REQUEST: signoffs.request,
    PostingKind.READY_TO_ISSUE: statements.ready_to_issue,
    PostingKind.REFERRAL: referrals.message,
    PostingKind.HISTORY: messages.sentence,
    PostingKind.NOTICE: messages.sentence,
    PostingKind.REMINDER: reminders.reminder,
    PostingKind.DIGEST: digests.digest,
    PostingKind.EXPORT: exports.beside,
    PostingKind.FACTS_REQUEST: facts.request,
    PostingKind.FACTS_CARD: facts.card,
    PostingKind.BULLETIN_REQUEST: bulletins.request,
    PostingKind.BULLETIN_CARD: bulletins.card,
    PostingKind.BULLETIN_FILE: bulletins.beside,
    PostingKind.REPORT_CARD: reports.card,
    PostingKind.REPORT_ROWS: reports.rows,
    PostingKind.REPORT_FILE: reports.beside,
    PostingKind.CASCADE_REQUEST: cascades.request,
    PostingKind.CASCADE_TO_CARRY: cascades.to_carry,
    PostingKind.CASCADE_CARD: cascades.card,
    PostingKind.CASCADE_FILE: cascades.beside_file,
    PostingKind.BRIEFING_CARD: briefings.card,
    PostingKind.BRIEFING: briefings.post,
    PostingKind.BRIEFING_BY_HAND: briefings.by_hand,
    PostingKind.PAPER_RULING: papers.ruling_request,
}
"""Every kind that is a message. A home is drawn by `home_view`; a profile is asked for, not drawn."""

home_view: Callable[[Any], View] = home.home
