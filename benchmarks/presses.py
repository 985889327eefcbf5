"""Buttons: how soon a press is acknowledged, and how soon its card shows it."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.figures import Row, Times, words
from benchmarks.office import PRESS, BenchOffice
from bot.sandbox.elements import interactive
from bot.sandbox.records import Json, Post
from storage import enquiries, signoffs
from storage.enquiries import Enquiry
from storage.signoffs import SignatureState
from storage.subjects import Subject, SubjectKind

SLACK_SECONDS = 0.15
SLACK_GIVES = 3.0
"""Seconds until Slack tells the person that their press failed."""


@dataclass(frozen=True)
class Button:
    """One button on one message, and who presses it."""

    who: str
    post: Post
    action: tuple[str, str, Json]


def press_to_card(office: BenchOffice, *, presses: int = 120) -> list[Row]:
    """One person after another takes an enquiry; Slack answers each call after 150 ms."""
    logged = office.log(presses)
    office.settle()
    office.sandbox.faults.slow(seconds=SLACK_SECONDS)
    acknowledged, changed = [], []
    for number, enquiry in enumerate(logged):
        button = _button(office, office.officers[number % len(office.officers)], PRESS, enquiry, "Take it")
        started = time.perf_counter()
        acknowledged.append(office.sandbox.do(_press(office, button)))
        office.sandbox.do(_until_changed(office, button.post))
        changed.append(time.perf_counter() - started)
        office.settle()
    office.sandbox.faults.clear()
    return [
        (f"Take it, {presses} presses, Slack at 150 ms: acknowledged", str(Times(acknowledged)), ""),
        ("… card changed", str(Times(changed)), "p95 within 1 s"),
    ]


def take_at_once(office: BenchOffice, people: int) -> list[Row]:
    """Everybody takes an enquiry of their own in the same moment."""
    logged = office.log(people)
    office.settle()
    who = office.officers[:people]
    buttons = [_button(office, name, PRESS, enquiry, "Take it") for name, enquiry in zip(who, logged, strict=True)]

    def taken() -> int:
        with office.reading() as tx:
            return sum(enquiry.owner_id is not None for enquiry in enquiries.several(tx, [e.id for e in logged]))

    rows = _all_at_once(office, f"{people} people press Take it at once", buttons)
    return [*rows, ("… done", f"{taken()} of {people}", "all")]


def approve_at_once(office: BenchOffice, people: int) -> list[Row]:
    """Everybody signs a statement of their own in the same moment."""
    who = office.officers[:people]
    asked = [office.in_signoff(enquiry, name) for enquiry, name in zip(office.log(people), who, strict=True)]
    office.settle()
    buttons = [
        Button(name, post, action)
        for name, statement in zip(who, asked, strict=True)
        for post, action in [_find(office, office.sandbox.member(name).messages()[-1].ts, name, "Approve")]
        if statement.reference in str(post.blocks)
    ]

    def approved() -> int:
        with office.reading() as tx:
            return sum(
                signature.state is SignatureState.APPROVED
                for statement in asked
                for signoff in [signoffs.of(tx, Subject(SubjectKind.STATEMENT, statement.id))]
                for draft in signoffs.drafts(tx, signoff.id)
                for signature in signoffs.signatures(tx, draft.id)
            )

    rows = _all_at_once(office, f"{people} people press Approve at once", buttons)
    return [*rows, ("… done", f"{approved()} of {people}", "all")]


def form_at_once(office: BenchOffice, people: int) -> list[Row]:
    """Everybody opens a form in the same moment, and each form is one call to Slack of 150 ms."""
    (enquiry,) = office.log()
    office.settle()
    buttons = [_button(office, name, PRESS, enquiry, "Add note") for name in office.officers[:people]]
    return _all_at_once(office, f"{people} people open a form at once", buttons)


def _all_at_once(office: BenchOffice, what: str, buttons: Sequence[Button]) -> list[Row]:
    office.sandbox.faults.slow(seconds=SLACK_SECONDS)
    started = time.perf_counter()

    async def together() -> list[float]:
        return await asyncio.gather(*(_press(office, button) for button in buttons))

    acknowledged = Times(office.sandbox.do(together()))
    office.settle()
    settled = time.perf_counter() - started
    office.sandbox.faults.clear()
    late = sum(seconds >= SLACK_GIVES for seconds in acknowledged.seconds)
    return [
        (f"{what}: acknowledged", str(acknowledged), "slowest within 3 s"),
        ("… too late for Slack · all of it shown after", f"{late} · {words(settled)}", "0"),
    ]


async def _press(office: BenchOffice, button: Button) -> float:
    """Seconds until the press is acknowledged; what Slack gives, if it was not."""
    started = time.perf_counter()
    person = office.sandbox.workspace.person_named(button.who)
    outcome = await office.sandbox.acts.press(person, button.post, *button.action)
    return time.perf_counter() - started if outcome.ok else SLACK_GIVES


async def _until_changed(office: BenchOffice, post: Post) -> None:
    before = str(post.blocks)

    def look() -> bool | None:
        return str(post.blocks) != before or post.edited is not None or None

    await office.sandbox.workspace.changes.wait_for(look, patience=30)


def _button(office: BenchOffice, who: str, channel: str, enquiry: Enquiry, text: str) -> Button:
    card = next(
        message
        for message in reversed(office.sandbox.member(who).messages(channel))
        if f"{enquiry.reference} ·" in message.text
    )
    return Button(who, *_find(office, card.ts, who, text))


def _find(office: BenchOffice, ts: str, who: str, text: str) -> tuple[Post, tuple[str, str, Json]]:
    """The message of that time which somebody sees, and what a press on its button sends."""

    def look() -> tuple[Post, tuple[str, str, Json]]:
        person = office.sandbox.workspace.person_named(who)
        post = next(
            post
            for channel in office.sandbox.workspace.channels.values()
            if person.id in channel.members
            for post in office.sandbox.workspace.posts_in(channel.id)
            if post.ts == ts
        )
        for placed in interactive(post.blocks):
            for option in [placed.element, *placed.element.get("options", ())]:
                if option.get("text", {}).get("text") == text:
                    chosen = {"selected_option": option} if option is not placed.element else {}
                    return post, (placed.block_id, placed.action_id, chosen)
        raise LookupError(f"no {text!r} on {post.text!r}")

    return office.sandbox.ask(look)
