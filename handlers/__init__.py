"""Slack's side of the desk. Each file registers what it handles."""

from slack_bolt import App
from slack_sdk import WebClient

from bot.core.workspaces import Desk
from handlers import (
    alikes,
    answering,
    audiences,
    briefings,
    bulletins,
    calendar,
    capture,
    cascades,
    corrections,
    desk_words,
    digests,
    enquiries,
    enquiry_lists,
    evidence,
    exports,
    facts,
    finds,
    follow_ups,
    home,
    leave,
    more_time,
    papers,
    referrals,
    reminders,
    reports,
    reviews,
    sensitive,
    settings,
    settings_digests,
    settings_rules,
    signoffs,
    statements,
    typed_replies,
    unblocking,
)
from handlers.edge import Edge


def register_all(app: App, desk: Desk, client: WebClient, reader: WebClient) -> Edge:
    """Registers every handler. Forms are opened through `client`. The edge given back knows which ids are handled."""
    edge = Edge(app, desk, client, reader)
    enquiries.register(edge)
    enquiry_lists.register(edge)
    finds.register(edge)
    exports.register(edge)
    capture.register(edge)
    alikes.register(edge)
    follow_ups.register(edge)
    answering.register(edge)
    statements.register(edge)
    corrections.register(edge)
    signoffs.register(edge)
    unblocking.register(edge)
    referrals.register(edge)
    evidence.register(edge)
    facts.register(edge)
    reports.register(edge)
    cascades.register(edge)
    briefings.register(edge)
    audiences.register(edge)
    papers.register(edge)
    reminders.register(edge)
    reviews.register(edge)
    sensitive.register(edge)
    leave.register(edge)
    more_time.register(edge)
    settings.register(edge)
    settings_rules.register(edge)
    settings_digests.register(edge)
    digests.register(edge)
    bulletins.register(edge)
    calendar.register(edge)
    desk_words.register(edge)
    home.register(edge, app, desk)
    typed_replies.register(edge, app, desk)
    return edge
