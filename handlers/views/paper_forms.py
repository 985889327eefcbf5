"""The forms about papers: putting one on file, publishing, asking the chair, and what the chair rules."""

from datetime import datetime

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot.core.file_kinds import PAPER_KINDS
from bot.desk.links import LONGEST_LINK
from bot.desk.paper_cards import KIND_WORDS, ToAsk
from bot.desk.paper_steps import LONGEST_REASON, LONGEST_TITLE
from handlers import ids
from handlers.views import forms, hearing, words
from storage.calendar import CalendarDate
from storage.papers import Paper

CONFIDENTIAL, PUBLISHED = "confidential", "published"


def paper_form(meeting: CalendarDate, paper: Paper | None = None) -> View:
    """One agenda, paper or minutes: a link or a file."""
    kinds = [(text, kind.value) for kind, text in KIND_WORDS.items()]
    endings = ", ".join(f".{ending}" for ending in PAPER_KINDS)
    kept = "Left empty: the file stays that it has. " if paper and paper.slack_file_id else ""
    return forms.form(
        "Change paper" if paper else "Add a paper",
        ids.PAPER_FORM,
        [
            words.section(
                f"For *{words.plain(meeting.title, words.LONGEST_TITLE)}*, {words.moment(meeting.starts_at)}"
            ),
            forms.radio("kind", "What it is", kinds, paper.kind.value if paper else None),
            forms.line("title", "Title", paper.title if paper else "", most=LONGEST_TITLE),
            forms.line(
                "link",
                "Link",
                (paper.link or "") if paper else "",
                hint="Where it is now: https://…",
                optional=True,
                most=LONGEST_LINK,
            ),
            forms.files("files", "Or a file", most=1, hint=f"{kept}{endings}, 10 MB at most.", optional=True),
        ],
        submit="Save",
        about={"paper": paper.id} if paper else {"meeting": meeting.id},
    )


def _about(paper: Paper, said: str = "") -> Block:
    title = words.plain(paper.title, words.LONGEST_TITLE)
    meeting = words.plain(paper.meeting.title, words.LONGEST_TITLE)
    return words.section(f"*{KIND_WORDS[paper.kind]} “{title}”*, for {meeting}\n{said}".rstrip())


def remove_form(paper: Paper) -> View:
    said = "It leaves the list. What was stays on the record."
    return forms.form(
        "Remove paper",
        ids.REMOVE_PAPER_FORM,
        [_about(paper, said), forms.paragraph("reason", "Why", most=LONGEST_REASON)],
        submit="Remove",
        about={"paper": paper.id},
    )


def publish_form(paper: Paper, now: datetime) -> View:
    return forms.form(
        "Published",
        ids.PUBLISH_PAPER_FORM,
        [
            _about(paper),
            forms.line(
                "public_link",
                "Link on the website",
                paper.public_link or "",
                hint="Where everybody can read it: https://…",
                most=LONGEST_LINK,
            ),
            forms.moment("published_at", "Since when", paper.published_at or now),
        ],
        submit="Published",
        about={"paper": paper.id},
    )


def ask_form(shown: ToAsk) -> View:
    """To the chair; which, where there are several."""
    said = "Only the chair rules a paper confidential. Until they have, it is not published, and few see it."
    return forms.form(
        "Ask the chair",
        ids.ASK_FOR_RULING_FORM,
        [
            _about(shown.paper, said),
            *_which(shown),
            forms.paragraph("reason", "Why it may be confidential", most=LONGEST_REASON),
        ],
        submit="Ask",
        about={"paper": shown.paper.id},
    )


def _which(shown: ToAsk) -> list[InputBlock]:
    chairs = [(chair.name, str(chair.id)) for chair in shown.chairs]
    return [forms.choice("chair", "Which chair", chairs)] if len(chairs) > 1 else []


def ruling_form(paper: Paper, *, confidential: bool) -> View:
    if confidential:
        said = (
            "Then chair, comms lead, press office and board members see it, and nobody else. The reason is on record."
        )
        return forms.form(
            "Rule it confidential",
            ids.RULING_FORM,
            [_about(paper, said), forms.paragraph("reason", "Reason", most=LONGEST_REASON)],
            submit="Rule it confidential",
            about={"paper": paper.id, "confidential": True},
        )
    return forms.form(
        "Publish it",
        ids.RULING_FORM,
        [
            _about(paper, "Then it is published as every paper is."),
            forms.paragraph("reason", "A word on why", optional=True, most=LONGEST_REASON),
        ],
        submit="Publish it",
        about={"paper": paper.id, "confidential": False},
    )


def record_form(shown: ToAsk, now: datetime) -> View:
    """What the chair ruled by e-mail or on the phone; which, where there are several and none was asked."""
    paper = shown.paper
    rulings = [("It is confidential", CONFIDENTIAL), ("It is published", PUBLISHED)]
    chair = words.name(shown.chairs[0].name) if len(shown.chairs) == 1 else "the chair"
    return forms.form(
        "Record ruling",
        ids.RECORD_RULING_FORM,
        [
            _about(paper, f"What did {chair} rule?"),
            *_which(shown),
            forms.radio("ruling", "The chair ruled", rulings),
            forms.paragraph(
                "reason", "Reason", optional=True, most=LONGEST_REASON, hint="Needed if it is confidential."
            ),
            hearing.how("How it reached you"),
            forms.moment("heard_at", "When", now),
            forms.line("evidence", "How you know", most=500, hint="For example: their e-mail to you, Tuesday 14:10"),
        ],
        submit="Record ruling",
        about={"paper": paper.id},
    )
