"""The forms about key messages: passed on, cannot, what was said put right or written down, and asking someone else."""

from datetime import datetime

from slack_sdk.models.blocks import InputBlock
from slack_sdk.models.views import View

from bot.desk.cascade_cards import CascadeRequest, ToAskInstead, ToRecord
from handlers import ids
from handlers.views import forms, hearing, words
from handlers.views.cascades import PASSED_BY_WORDS, meeting, what_they_said
from storage.cascades import Cascade, CascadeReply, CascadeState

_SAID = [("Passed on", CascadeState.PASSED_ON.value), ("They can’t", CascadeState.CANNOT.value)]
_I_SAY = [("I passed them on", CascadeState.PASSED_ON.value), ("I can’t", CascadeState.CANNOT.value)]


def passed_on_form(shown: CascadeRequest, now: datetime) -> View:
    return forms.form(
        "Passed on",
        ids.PASSED_ON_FORM,
        [words.section(f"The key messages of {meeting(shown.briefing, shown.day)}."), *_passed(None, now)],
        submit="Send",
        about={"cascade": shown.cascade.id},
    )


def cannot_form(shown: CascadeRequest) -> View:
    return forms.form(
        "I can’t pass them on",
        ids.CANNOT_PASS_ON_FORM,
        [words.section(f"The key messages of {meeting(shown.briefing, shown.day)}."), *_cannot(None)],
        submit="Send",
        about={"cascade": shown.cascade.id},
    )


def change_form(shown: CascadeRequest, now: datetime) -> View:
    """What was said stays on file; what is sent now counts."""
    before = shown.replies[-1] if shown.replies else None
    said = [words.section(f"Until now: {what_they_said(before)}")] if before else []
    return forms.form(
        "Change what I said",
        ids.CHANGE_PASSED_ON_FORM,
        [
            *said,
            words.small("What you said before stays on record; this counts from now on."),
            forms.radio("said", "What is right", _I_SAY, before.said.value if before else None),
            *_either(before, now),
        ],
        submit="Send",
        about={"cascade": shown.cascade.id},
    )


def record_form(shown: ToRecord, now: datetime) -> View:
    """Of one person, or of one of many, to be chosen."""
    who = [words.section(f"*{words.name(shown.chosen.person.name)}* was asked.")] if shown.chosen else []
    choose = [] if shown.chosen else [forms.choice("cascade", "Who answered", [_offered(one) for one in shown.offered])]
    return forms.form(
        "Record reply",
        ids.RECORD_PASSED_ON_FORM,
        [
            words.section(f"The key messages of {meeting(shown.briefing, shown.day)}."),
            *who,
            *choose,
            forms.radio("said", "What they said", _SAID),
            hearing.how("How it reached you"),
            *_either(None, now, unnamed="Do not name them"),
        ],
        submit="Record reply",
        about={"cascade": shown.chosen.id} if shown.chosen else {},
    )


def _offered(cascade: Cascade) -> tuple[str, str]:
    mark = {CascadeState.ASKED: "", CascadeState.NO_LONGER_ASKED: " (no longer asked)"}.get(
        cascade.state, " (has answered)"
    )
    return f"{words.typed(cascade.person.name, words.LONGEST_OPTION - len(mark))}{mark}", str(cascade.id)


def ask_instead_form(shown: ToAskInstead) -> View:
    said = [words.section(what_they_said(shown.reply))] if shown.reply else []
    chosen = shown.reply.instead if shown.reply else None
    colleague = chosen if chosen and chosen.id in {person.id for person in shown.colleagues} else None
    member = chosen.slack_user_id if chosen and colleague is None else None
    where = shown.cascade.organisation.name if shown.cascade.organisation else ""
    return forms.form(
        "Ask someone instead",
        ids.ASK_TO_PASS_ON_FORM,
        [
            words.section(
                f"In place of {words.name(shown.cascade.person.name)}: {meeting(shown.briefing, shown.day)}."
            ),
            *said,
            *forms.optional_choice(
                "colleague",
                "A colleague of theirs",
                [(person.name, str(person.id)) for person in shown.colleagues],
                colleague.id if colleague else None,
                hint=f"Of {where}." if where else "",
            ),
            forms.member(
                "member",
                "Or anybody in this Slack workspace",
                member,
                optional=True,
                hint="They get the messages at once, and five working days.",
            ),
        ],
        submit="Ask them",
        about={"cascade": shown.cascade.id},
    )


def _either(before: CascadeReply | None, now: datetime, *, unnamed: str = "Do not name me") -> list[InputBlock]:
    """What is filled in for the one answer, and for the other."""
    return [*_passed(before, now, optional=True, unnamed=unnamed), *_cannot(before, optional=True)]


def _passed(
    before: CascadeReply | None, now: datetime, *, optional: bool = False, unnamed: str = "Do not name me"
) -> list[InputBlock]:
    offered = [(words.first_up(text), way.value) for way, text in PASSED_BY_WORDS.items()]
    how = before.passed_by.value if before and before.passed_by else None
    needed = "Needed where they were passed on, as are how and when. " if optional else ""
    return [
        forms.line(
            "to_whom",
            "To whom",
            (before.to_whom or "") if before else "",
            hint=f"{needed}For example: all team leaders of the north site.",
            optional=optional,
            most=300,
        ),
        forms.choice("passed_by", "How", offered, how, optional=optional),
        forms.moment("at", "When", (before.passed_at if before else None) or now, optional=optional),
        forms.paragraph(
            "feedback",
            "What people said",
            (before.feedback or "") if before else "",
            optional=True,
            hint="The press office, the group chairs and the organisation’s lead read it.",
        ),
        forms.tick(
            "unnamed",
            "With what people said",
            unnamed,
            ticked=before is not None and not before.is_named,
        ),
    ]


def _cannot(before: CascadeReply | None, *, optional: bool = False) -> list[InputBlock]:
    return [
        forms.paragraph("reason", "Why not", (before.reason or "") if before else "", optional=optional),
        forms.member(
            "could",
            "Who could instead",
            before.instead.slack_user_id if before and before.instead else None,
            optional=True,
            hint="The press office may ask them.",
        ),
        forms.line(
            "could_words",
            "Or somebody outside Slack",
            (before.instead_words or "") if before else "",
            optional=True,
            most=300,
            hint="Their name, and how to reach them.",
        ),
    ]
