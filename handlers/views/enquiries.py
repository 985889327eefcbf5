"""Enquiries on the screen: the card, the list, and the forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk.capture import ToLog
from bot.desk.enquiry_cards import OUTCOME_WORDS, EnquiryCard, EnquiryLine, Stage, StatementLine
from bot.desk.finds import SaidIn
from bot.desk.terms import APART
from handlers import ids
from handlers.views import alikes, corrections, facts, follow_ups, forms, room, terms, words
from handlers.views.words import Drawn
from storage.enquiries import CameBy, Enquiry, NoteKind, Outcome, Terms
from storage.people import Organisation, Person, Topic
from storage.statements import StatementKind

LONGEST_QUESTION_ON_CARD = 700
LONGEST_OUTLET_IN_LIST = 60

CAME_BY_WORDS: dict[CameBy, str] = {
    CameBy.EMAIL: "E-mail",
    CameBy.PHONE: "Phone",
    CameBy.SOCIAL: "Social media",
    CameBy.IN_PERSON: "In person",
}
NOTE_WORDS: dict[NoteKind, str] = {
    NoteKind.CALL: "A call",
    NoteKind.CONVERSATION: "A conversation",
    NoteKind.NOTE: "A remark",
}

ANSWER_FROM_BEFORE = "Answer from before Comms Desk"
"""What an import brought along was not signed here, and must not look as if it had been."""

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


def card(shown: EnquiryCard) -> Drawn:
    """The living card: everything needed to know what to do next, readable on a phone."""
    line = shown.line
    enquiry = line.enquiry
    blocks: list[Block] = [
        words.header(f"{enquiry.reference} · {words.typed(enquiry.outlet, 130)}"),
        words.quote(words.excerpt(enquiry.question, LONGEST_QUESTION_ON_CARD)),
        words.section(_facts(line, shown.stand_in)),
        _particulars(enquiry),
        *_confidence(enquiry),
        *follow_ups.lines(shown),
        *alikes.lines(shown),
        *beside(line),
        *words.buttons(_buttons(shown)),
    ]
    title = f"{enquiry.reference} · {words.plain(enquiry.outlet, words.LONGEST_TITLE)}"
    return words.drawn(f"{title}: {stage_words(line)}. {next_step(line)}", blocks)


def line_section(line: EnquiryLine, accessory: ButtonElement | None = None) -> Block:
    enquiry = line.enquiry
    owner = words.name(enquiry.owner.name) if enquiry.owner else "nobody yet"
    outlet = words.plain(enquiry.outlet, LONGEST_OUTLET_IN_LIST)
    return words.section(
        f"{':lock: ' * enquiry.is_sensitive}*{enquiry.reference} · {outlet}*  {words.plain(enquiry.question, 120)}\n"
        f"Due {words.due(enquiry.deadline, line.band)} · {owner} · {stage_words(line)}",
        accessory=accessory,
    )


def show_page(shown: EnquiryCard) -> View:
    """One enquiry to read, with its whole question and all that the reader may do with it."""
    line = shown.line
    enquiry = line.enquiry
    blocks: list[Block] = [
        words.section(f"*{words.plain(enquiry.outlet, words.LONGEST_TITLE)}*"),
        *(words.quote(part) for part in words.parts(enquiry.question)),
        words.section(_facts(line, shown.stand_in)),
        _particulars(enquiry),
        *_confidence(enquiry),
        *follow_ups.lines(shown),
        *alikes.lines(shown),
    ]
    blocks += facts.on_page(line.facts)
    blocks += follow_ups.said_before(shown)
    blocks += _from_before(shown, blocks)
    texts = [
        [
            words.divider(),
            words.section(f"*{_tied(tied, line)}*"),
            words.verbatim(tied.standing.draft.text),
        ]
        for tied in reversed(line.statements)
    ]
    below = [*beside(line), *words.buttons(_buttons(shown))]
    blocks += room.VIEW.lay_out(
        texts,
        beside=[*blocks, *below],
        rest=lambda number: words.small(f"Older statements not shown here: {number}. The card’s thread has them."),
    )
    return forms.page(enquiry.reference, [*blocks, *below])


def _tied(tied: StatementLine, line: EnquiryLine) -> str:
    """What a text is, and whether it was wrong. A draft of a draft is of no use to anybody: which one, it says."""
    apart = f" ({APART[tied.statement.kind]})" if tied.statement.kind in APART else ""
    correction = next(
        (one.statement for one in line.statements if one.statement.corrects_id == tied.statement.id), None
    )
    wrong = f" · :warning: {corrections.corrected(correction)}" if correction else ""
    return f"{tied.statement.reference}{apart}, draft {tied.standing.draft.number}{wrong}"


def _from_before(shown: EnquiryCard, beside: Sequence[Block]) -> list[Block]:
    if shown.answer_from_before is None:
        return []
    use = words.button("Use this", ids.USE_THIS, f"{SaidIn.BEFORE}:{shown.line.enquiry.id}")
    above: list[Block] = [words.divider(), words.section(f"*{ANSWER_FROM_BEFORE}*", accessory=use)]
    return [*above, *room.long_text(shown.answer_from_before, [*beside, *above])]


def stage_words(line: EnquiryLine) -> str:
    """Where it stands, and what is under way beside the answer."""
    return "; ".join([_own_stage(line), *(f"{_apart(other)} {_text_words(other)}" for other in line.beside)])


def _own_stage(line: EnquiryLine) -> str:
    """Where it stands, with a holding line that went out."""
    found = [_stage_words(line)]
    if line.current is not None and line.stage is line.current.stage and _is_apart(line.current):
        found = [f"{_apart(line.current)} {found[0]}"]
    if line.held_at is not None and line.stage is not Stage.HELD:
        found.append(f"holding line sent, {words.moment(line.held_at)}")
    return "; ".join(found)


def _is_apart(tied: StatementLine) -> bool:
    return not tied.statement.is_answer


def _apart(tied: StatementLine) -> str:
    kinds = {**APART, StatementKind.OFF_RECORD: "off-the-record text"}
    kind = "correction" if tied.statement.corrects_id is not None else kinds.get(tied.statement.kind, "statement")
    return f"{kind} {tied.statement.reference}"


def _text_words(tied: StatementLine) -> str:
    """How far a text under way has come."""
    match tied.stage:
        case Stage.SIGNING:
            missing = tied.standing.missing
            count = "1 signature" if len(missing) == 1 else f"{len(missing)} signatures"
            return f"waiting for {count}: {words.names(s.person.name for s in missing)}"
        case Stage.AMENDMENT:
            return f"changes asked for by {words.names(s.person.name for s in tied.standing.objections)}"
        case stage:
            return _STAGE_WORDS[stage]


def _stage_words(line: EnquiryLine) -> str:
    if line.current is not None and line.stage is line.current.stage:
        return _text_words(line.current)
    match line.stage:
        case Stage.HELD:
            return f"holding line sent, {words.moment(line.held_at)}" if line.held_at else "holding line sent"
        case Stage.CLOSED:
            outcome = line.enquiry.outcome
            referred = line.enquiry.referred_to
            return f"closed: {OUTCOME_WORDS[outcome] if outcome else ''}" + (
                f", {words.name(referred.name)}" if referred else ""
            )
        case Stage.REFERRED if line.referral is not None:
            return f"{words.name(line.referral.organisation.name)} was asked to take it"
        case Stage.WITH_PARTNER if line.referral is not None:
            return f"{words.name(line.referral.organisation.name)} answers it"
        case stage:
            return _STAGE_WORDS[stage]


_STAGE_WORDS: dict[Stage, str] = {
    Stage.AWAITING_EMAIL: "waiting for the journalist’s e-mail",
    Stage.NOBODY: "nobody has it",
    Stage.OWNED: "not drafted yet",
    Stage.REFERRED: "a partner was asked to take it",
    Stage.WITH_PARTNER: "a partner answers it",
    Stage.DRAFTING: "being drafted",
    Stage.READY: "ready to issue",
    Stage.ANSWERED: "answered",
}


def next_step(line: EnquiryLine) -> str:
    ref = line.current.statement.reference if line.current else ""
    ready = [_next_of(one) for one in line.beside if one.stage is Stage.READY]
    first = {
        Stage.AWAITING_EMAIL: "Chase the journalist’s e-mail, and press E-mail came when it is there.",
        Stage.NOBODY: "Somebody has to take it.",
        Stage.OWNED: "Draft a statement, or close it with another outcome.",
        Stage.REFERRED: "Until they say yes it stays ours, and the deadline runs on.",
        Stage.WITH_PARTNER: "What they answered closes it. They are reminded.",
        Stage.HELD: "The answer is still owed. Draft a statement, or close it with another outcome.",
        Stage.DRAFTING: f"Finish {ref} and ask for signatures.",
        Stage.SIGNING: "The signatories have been asked. Nothing goes out before the last one.",
        Stage.AMENDMENT: "Write a new draft, or keep the wording and say why.",
        Stage.READY: f"Send {ref} to the journalist and record it as issued.",
        Stage.ANSWERED: "Close it with its outcome.",
        Stage.CLOSED: "Nothing more to do. Reopen it if it goes on.",
    }[line.stage]
    if line.stage in {Stage.CLOSED, Stage.ANSWERED} and line.beside:
        return " ".join(ready or [_next_of(line.beside[-1])])
    return " ".join([first, *ready])


def _next_of(beside: StatementLine) -> str:
    what = _apart(beside)
    match beside.stage:
        case Stage.READY:
            return f"Send {what} and record it as issued."
        case Stage.SIGNING:
            return f"The signatories of {what} have been asked. Nothing goes out before the last one."
        case Stage.AMENDMENT:
            return f"Write a new draft of {what}, or keep the wording and say why."
        case _:
            return f"Finish {what} and ask for signatures."


def _facts(line: EnquiryLine, stand_in: Person | None) -> str:
    enquiry = line.enquiry
    owner = words.name(enquiry.owner.name) if enquiry.owner else "Nobody yet"
    if stand_in is not None:
        owner += f", away; {words.name(stand_in.name)} stands in"
    found = [
        f"*Due*  {words.due(enquiry.deadline, line.band)}",
        f"*Owner*  {owner}",
        f"*Stage*  {words.first_up(_own_stage(line))}",
        *terms.facts(enquiry, line.now),
    ]
    if line.stage is Stage.CLOSED and enquiry.outcome_detail:
        found.append(f"*Details*  {words.plain(enquiry.outcome_detail, 300)}")
    if asked := facts.in_short(line.facts):
        found.append(f"*Facts*  {asked}")
    found.append(f"*Next*  {next_step(line)}")
    return "\n".join(found)


def _particulars(enquiry: Enquiry) -> Block:
    contact = " · ".join(part for part in (enquiry.journalist, enquiry.email, enquiry.phone) if part)
    parts = [f"{CAME_BY_WORDS[enquiry.came_by]}, {words.moment(enquiry.received_at)}"]
    if enquiry.out_of_hours:
        parts.append("out of hours")
    if enquiry.topic:
        parts.append(f"Topic: {words.name(enquiry.topic.name)}")
    if enquiry.organisation:
        parts.append(f"Concerns: {words.name(enquiry.organisation.name)}")
    return words.small(" · ".join(parts), before=contact)


def _confidence(enquiry: Enquiry) -> list[Block]:
    return [words.small(":lock: Sensitive: only those who work on it see this.")] if enquiry.is_sensitive else []


def _buttons(shown: EnquiryCard) -> list[ButtonElement]:
    """What can be done, the next step first; what is done seldom stands on a page of its own."""
    line, acts = shown.line, shown.acts
    is_drafted_next = Act.START_STATEMENT in acts and _drafts_next(line)
    asked = line.referral if Act.RECORD_PARTNER_REPLY in acts else None
    both = "Look at both" if len(shown.alike) == 1 else "Look at all"

    def button(text: str, action_id: str, *, primary: bool = False) -> ButtonElement:
        return words.button(text, action_id, line.enquiry.id, primary=primary)

    offered: list[tuple[bool, ButtonElement]] = [
        (Act.TAKE_ENQUIRY in acts, button("Take it", ids.TAKE, primary=True)),
        (Act.RECORD_EMAIL in acts, button("E-mail came", ids.EMAIL_CAME)),
        (Act.REOPEN_ENQUIRY in acts, button("Reopen", ids.REOPEN)),
        *((True, one) for one in statement_buttons(line)),
        (is_drafted_next, button("Draft statement", ids.START_STATEMENT, primary=line.stage in NOT_DRAFTED)),
        (Act.ASK_FOR_FACTS in acts, button("Ask for facts", ids.ASK_FOR_FACTS)),
        *((True, words.button("Record partner’s reply", ids.RECORD_PARTNER_REPLY, one.id)) for one in [asked] if one),
        (bool(shown.alike), button(both, ids.ALIKE)),
        (Act.ADD_NOTE in acts, button("Add note", ids.NOTE)),
        (Act.CLOSE_ENQUIRY in acts, button("Close", ids.CLOSE, primary=line.stage is Stage.ANSWERED)),
        (bool(_seldom(shown)), button("Show more", ids.MORE)),
    ]
    return [one for is_offered, one in offered if is_offered]


@dataclass(frozen=True)
class _Seldom:
    """An act on an enquiry for which the card has no room: what its button says, and what it is for."""

    act: Act
    text: str
    action_id: str
    what_for: str


_SELDOM = (
    _Seldom(Act.GIVE_ENQUIRY, "Give to someone", ids.GIVE, "Somebody else sees to it from now on, and is told."),
    _Seldom(Act.CHANGE_DEADLINE, "Change deadline", ids.DEADLINE, "It was noted wrongly, or has become known."),
    _Seldom(
        Act.ASK_FOR_MORE_TIME,
        "Ask for more time",
        ids.ASK_FOR_MORE_TIME,
        "A text for the journalist; note their answer.",
    ),
    _Seldom(
        Act.AGREE_MORE_TIME, "More time agreed", ids.MORE_TIME_AGREED, "They gave a later deadline; all moves with it."
    ),
    _Seldom(Act.CHANGE_TOPIC, "Change topic", ids.TOPIC, "The new topic’s lead is asked to sign too."),
    _Seldom(Act.REFER_ENQUIRY, "Refer to partner", ids.REFER, "It concerns them alone: their lead is asked to answer."),
    _Seldom(
        Act.WITHDRAW_REFERRAL, "Take back from partner", ids.WITHDRAW_REFERRAL, "They are told; it is ours to answer."
    ),
    _Seldom(Act.TELL_PARTNERS, "Tell other organisations", ids.TELL_PARTNERS, "Their leads are told, for information."),
    _Seldom(
        Act.CORRECT_DETAILS, "Correct details", ids.CORRECT, "The journalist, the outlet, the question, an embargo."
    ),
    _Seldom(
        Act.MARK_SENSITIVE, "Mark as sensitive", ids.MARK_SENSITIVE, "Only those who work on it see it from then on."
    ),
    _Seldom(Act.LET_IN, "Let somebody in", ids.LET_IN, "They see it too, and get its card."),
    _Seldom(
        Act.SHOW_TO_ALL,
        "Show to all",
        ids.SHOW_TO_ALL,
        "Its card goes up in the channel again.",
    ),
    _Seldom(
        Act.ANSWER_WITH,
        "Answer with statement",
        ids.ANSWER_WITH,
        "A statement that answers another enquiry answers this too.",
    ),
    _Seldom(Act.LINK_FOLLOW_UP, "Link to earlier", ids.LINK_FOLLOW_UP, "It follows an enquiry that came before."),
    _Seldom(Act.UNLINK_FOLLOW_UP, "Take link away", ids.UNLINK_FOLLOW_UP, "It does not follow the earlier one."),
    _Seldom(Act.START_STATEMENT, "Draft statement", ids.START_STATEMENT, "A new text, with signatures of its own."),
    _Seldom(
        Act.START_STATEMENT,
        "Draft a holding line",
        ids.HOLDING_LINE,
        "Short, for now, and signed as well. The answer stays owed.",
    ),
)
NOT_DRAFTED = frozenset({Stage.OWNED, Stage.HELD})
"""Somebody has it, and has nothing yet that would answer."""


def _seldom(shown: EnquiryCard) -> list[_Seldom]:
    """What may be done and does not stand on the card itself."""
    on_card = {ids.START_STATEMENT} if _drafts_next(shown.line) else set()
    return [seldom for seldom in _SELDOM if seldom.act in shown.acts and seldom.action_id not in on_card]


def _value(shown: EnquiryCard, seldom: _Seldom) -> int:
    """What its button is about: the enquiry, or the partner who has it."""
    if seldom.act is Act.WITHDRAW_REFERRAL and shown.line.referral is not None:
        return shown.line.referral.id
    return shown.line.enquiry.id


def _drafts_next(line: EnquiryLine) -> bool:
    is_drafted = line.current is not None and line.current.statement.is_answer
    return not is_drafted and line.stage is not Stage.NOBODY


def more_page(shown: EnquiryCard) -> View:
    """Everything else that can be done, each with a word on what it is for."""
    enquiry = shown.line.enquiry
    blocks: list[Block] = [
        words.section(seldom.what_for, accessory=words.button(seldom.text, seldom.action_id, _value(shown, seldom)))
        for seldom in _seldom(shown)
    ]
    title = words.section(f"*{enquiry.reference} · {words.plain(enquiry.outlet, words.LONGEST_TITLE)}*")
    nothing = words.section("There is nothing else that you can do with it. The buttons on its card are all there is.")
    return forms.page(f"More: {enquiry.reference}", [title, *(blocks or [nothing])])


def statement_buttons(line: EnquiryLine) -> list[ButtonElement]:
    """What the statement under way waits for: for the card, and for its owner's home."""
    if line.current is None:
        return []
    statement_id, stage = line.current.statement.id, line.current.stage
    found = []
    if stage is Stage.DRAFTING:
        found.append(words.button("Ask for signatures", ids.REQUEST_SIGNOFF, statement_id, primary=True))
    if stage is Stage.READY:
        found.append(words.button("Record as issued", ids.RECORD_ISSUE, statement_id, primary=True))
    return [*found, words.button("Write new draft", ids.WRITE_DRAFT, statement_id)]


MOST_BESIDE = 2


def beside(line: EnquiryLine) -> list[Block]:
    """What is under way beside the answer, the newest: how far it has come, and the button for what comes next."""
    found: list[Block] = []
    for other in line.beside[-MOST_BESIDE:]:
        statement_id, button = other.statement.id, None
        if other.stage is Stage.DRAFTING:
            button = words.button("Ask for signatures", ids.REQUEST_SIGNOFF, statement_id)
        if other.stage is Stage.READY:
            button = words.button("Record as issued", ids.RECORD_ISSUE, statement_id, primary=True)
        found.append(
            words.section(f"*{words.first_up(_apart(other))}*  {words.first_up(_text_words(other))}", accessory=button)
        )
    return found


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
                [(text, way.value) for way, text in CAME_BY_WORDS.items()],
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
