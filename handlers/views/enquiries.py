"""The forms on enquiries."""

from collections.abc import Sequence

from slack_sdk.models.views import View

from bot.desk.capture import ToLog
from bot.desk.enquiry_cards import OUTCOME_WORDS
from handlers import ids
from handlers.views import alikes, enquiry_cards, forms, terms, words
from storage.enquiries import Enquiry, NoteKind, Outcome, Terms
from storage.people import Organisation, Person, Topic

NOTE_WORDS: dict[NoteKind, str] = {
    NoteKind.CALL: "A call",
    NoteKind.CONVERSATION: "A conversation",
    NoteKind.NOTE: "A remark",
}


HELP = (
    "*What you can type*\n"
    "• `/enquiry` opens the form; so does the shortcut _Log a media enquiry_.\n"
    "• `/enquiry` followed by any words opens it filled in with what they say: question, deadline, who asks.\n"
    "• A message or a forwarded e-mail has it in its menu: _Log as media enquiry_.\n"
    "• `/enquiry list` shows what is open, the most pressing first; `list mine`, `list overdue`, `list waiting` (for "
    "signatures) and `list week` show part of it.\n"
    '• `/enquiry find` and some words finds what was asked and what we said: `find car park`, `find "car park"`, '
    "`find screen*`.\n"
    "• `/enquiry ENQ-7` shows one enquiry.\n"
    "• `/enquiry export` sends you enquiries as a file; `export open`, `export all`, `export csv`.\n"
    "• `/enquiry help` shows this.\n"
    "Everything else happens on the enquiry’s card in the press channel, and in Comms Desk’s Home."
)


def log_form(to_log: ToLog, *, ask_if_late: bool = False, what_to_do: str | None = None) -> View:
    """The form for a new enquiry, filled in as far as is known; on top of it, what it looks like.

    `what_to_do` is what was chosen about that.
    """
    details = to_log.details
    late = [
        words.section("*This deadline has passed.* Correct it; or, if the answer is late already, tick the box."),
        forms.tick("late", "The deadline has passed", "It is late already: log it so", ticked=details.late_is_meant),
    ]
    return forms.form(
        "Log a media enquiry",
        ids.LOG_FORM,
        [
            *alikes.question(to_log.alike, what_to_do),
            forms.paragraph("question", "What is asked", details.question),
            forms.line("journalist", "Journalist", details.journalist),
            forms.line("outlet", "Outlet", details.outlet, hint="The paper, station, site or agency"),
            *([words.section(words.plain(to_log.understood))] if to_log.understood else []),
            forms.moment(
                "deadline",
                "Deadline",
                details.deadline,
                optional=True,
                hint="When the journalist needs the answer. Leave it open only if they have just phoned.",
            ),
            *(late if ask_if_late else []),
            forms.tick(
                "awaiting",
                "No e-mail yet",
                "Only phoned so far: their e-mail and deadline are still to come",
                ticked=details.awaiting_email,
            ),
            forms.line("email", "E-mail", details.email, optional=True, hint="Or a phone number, below"),
            forms.line("phone", "Phone", details.phone, optional=True),
            forms.choice(
                "came_by",
                "How it came",
                [(text, way.value) for way, text in enquiry_cards.CAME_BY_WORDS.items()],
                details.came_by.value,
            ),
            forms.moment("received", "Received", details.received_at or to_log.now),
            *forms.optional_choice(
                "topic", "Topic", _topics(to_log.topics), details.topic_id, hint="Its lead must sign."
            ),
            *forms.optional_choice(
                "organisation",
                "Organisation it concerns",
                _organisations(to_log.organisations),
                details.organisation_id,
            ),
            forms.tick(
                "sensitive",
                "Sensitive",
                "Show it only to those who work on it",
                ticked=details.is_sensitive,
                hint="No card in the channel; you, its owner, whoever signs and the comms leads see it.",
            ),
            *terms.inputs(details.terms, details.embargo_until),
        ],
        submit="Go on" if to_log.alike else "Log enquiry",
        about={"alike": [one.enquiry.id for one in to_log.alike]},
    )


def give_form(enquiry: Enquiry, people: Sequence[Person]) -> View:
    return forms.form(
        f"Give {enquiry.reference}",
        ids.GIVE_FORM,
        [forms.choice("person", "To whom", [(person.name, str(person.id)) for person in people])],
        submit="Give it",
        about={"enquiry": enquiry.id},
    )


def deadline_form(enquiry: Enquiry) -> View:
    return forms.form(
        f"{enquiry.reference}: deadline",
        ids.DEADLINE_FORM,
        [
            forms.moment("deadline", "Deadline", enquiry.deadline, hint="When the journalist needs the answer"),
            forms.tick("late", "If this has passed", "It is late already: record it so"),
        ],
        submit="Change deadline",
        about={"enquiry": enquiry.id},
    )


def topic_form(enquiry: Enquiry, topics: Sequence[Topic]) -> View:
    if not topics:
        return forms.refusal("There are no topics yet. Ask the administrator to add one in Settings.")
    return forms.form(
        f"{enquiry.reference}: topic",
        ids.TOPIC_FORM,
        [
            forms.choice(
                "topic",
                "Topic",
                _topics(topics),
                str(enquiry.topic_id) if enquiry.topic_id else None,
                hint="Its lead must sign what is said, and is asked about texts in sign-off too.",
            )
        ],
        submit="Change topic",
        about={"enquiry": enquiry.id},
    )


def correct_form(enquiry: Enquiry, organisations: Sequence[Organisation]) -> View:
    return forms.form(
        f"Correct {enquiry.reference}",
        ids.CORRECT_FORM,
        [
            forms.paragraph("question", "What is asked", enquiry.question),
            forms.line("journalist", "Journalist", enquiry.journalist),
            forms.line("outlet", "Outlet", enquiry.outlet),
            forms.line("email", "E-mail", enquiry.email or "", optional=True),
            forms.line("phone", "Phone", enquiry.phone or "", optional=True),
            *forms.optional_choice(
                "organisation", "Organisation it concerns", _organisations(organisations), enquiry.organisation_id
            ),
            *terms.inputs(enquiry.terms, enquiry.embargo_until),
        ],
        submit="Save",
        about={"enquiry": enquiry.id},
    )


def email_form(enquiry: Enquiry) -> View:
    return forms.form(
        f"{enquiry.reference}: e-mail",
        ids.EMAIL_FORM,
        [
            forms.paragraph("question", "What is asked", enquiry.question),
            forms.moment("deadline", "Deadline", enquiry.deadline),
            forms.tick("late", "If this has passed", "It is late already: record it so"),
            forms.line("email", "E-mail", enquiry.email or "", optional=True),
        ],
        submit="Record e-mail",
        about={"enquiry": enquiry.id},
    )


def note_form(enquiry: Enquiry) -> View:
    return forms.form(
        f"{enquiry.reference}: note",
        ids.NOTE_FORM,
        [
            forms.radio("kind", "What it is", [(text, kind.value) for kind, text in NOTE_WORDS.items()], NoteKind.CALL),
            forms.paragraph("text", "Note", hint="Who said what, and when. It stays on record."),
            terms.choice(
                "terms",
                "On what terms",
                Terms.ON_RECORD,
                hint="Of a call or a conversation. Whatever was not agreed beforehand is on the record.",
            ),
        ],
        submit="Add note",
        about={"enquiry": enquiry.id},
    )


def close_form(enquiry: Enquiry, organisations: Sequence[Organisation], *, answered: Outcome | None) -> View:
    return forms.form(
        f"Close {enquiry.reference}",
        ids.CLOSE_FORM,
        [
            forms.choice(
                "outcome",
                "Outcome",
                [(words.first_up(text), outcome.value) for outcome, text in OUTCOME_WORDS.items()],
                answered.value if answered else None,
                hint="“Answered” needs a statement that is recorded as issued. Off the record is no answer.",
            ),
            forms.paragraph(
                "detail",
                "Reason or details",
                optional=True,
                hint="Why it was declined; who gave the interview, when and where; the number of the FOI request.",
            ),
            *forms.optional_choice("referred_to", "Referred to", _organisations(organisations)),
        ],
        submit="Close enquiry",
        about={"enquiry": enquiry.id},
    )


def reopen_form(enquiry: Enquiry) -> View:
    return forms.form(
        f"Reopen {enquiry.reference}",
        ids.REOPEN_FORM,
        [
            forms.paragraph("reason", "Why it is opened again", most=1000),
            forms.moment("deadline", "Deadline", enquiry.deadline, hint="When the journalist needs the answer"),
            forms.tick("late", "If this has passed", "It is late already: record it so"),
        ],
        submit="Reopen",
        about={"enquiry": enquiry.id},
    )


def _topics(topics: Sequence[Topic]) -> list[forms.Choice]:
    return [(f"{topic.name} ({topic.lead.name if topic.lead else 'no lead yet'})", str(topic.id)) for topic in topics]


def _organisations(organisations: Sequence[Organisation]) -> list[forms.Choice]:
    return [(organisation.name, str(organisation.id)) for organisation in organisations]
