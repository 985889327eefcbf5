"""A Slack workspace on one's own machine: stricter than Slack, and in the browser. See `Sandbox`."""

from bot.sandbox.api_calls import Call
from bot.sandbox.faults import Faults
from bot.sandbox.manifest import Manifest, ManifestError
from bot.sandbox.member import Member
from bot.sandbox.plan import ChannelPlan, Clock, MemberPlan, Plan, TeamPlan
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.screen import Attached, Form, Home, Message, Shown
from bot.sandbox.store import erase

__all__ = [
    "Attached",
    "Call",
    "ChannelPlan",
    "Clock",
    "Faults",
    "Form",
    "Home",
    "Manifest",
    "ManifestError",
    "Member",
    "MemberPlan",
    "Message",
    "Plan",
    "Sandbox",
    "Shown",
    "TeamPlan",
    "erase",
]
