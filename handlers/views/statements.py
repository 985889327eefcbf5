"""Statements on the screen: the card in the thread, the text to send, and the forms."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, InputBlock
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.signoffs import LONGEST_TEXT
from bot.core.standings import Standing
from bot.desk.statement_cards import StatementCard, ToIssue, ToSign
from bot.desk.statement_signing import SENT_BY_WORDS
from bot.desk.terms import TERMS_OF, TERMS_WORDS
from bot.desk.unblocking import HEARD_WORDS
from handlers import ids
from handlers.views import corrections, forms, long_texts, room, terms, words
from handlers.views.words import Drawn
from storage.enquiries import Enquiry
from storage.people import Person
from storage.signoffs import Capacity, Signature, SignatureState
from storage.statements import SentBy, StatementKind, StatementStatus

LONGEST_REASON = 300
"""Characters of why a signature is gone on without, on the card; the thread has the whole."""
LONGEST_RECIPIENTS = 1000
"""Characters of the line that says to whom a text went."""
LONGEST_SENT_TO, LONGEST_OF_SEVERAL = 300, 80
"""Characters of it on a card, where it went to one alone and to several."""
LONGEST_OUTLET, MOST_NAMED = 40, 6
MOST_DISPATCHES = 5
"""On a card; each enquiry's own history has what went to it."""

KIND_WORDS: dict[StatementKind, str] = {
    StatementKind.STATEMENT: "Statement",
    StatementKind.HOLDING: "Holding line",
    StatementKind.BACKGROUND: "Background, not for quotation",
    StatementKind.OFF_RECORD: "Off the record",
}
CAPACITY_WORDS: dict[Capacity, str] = {
    Capacity.TOPIC_LEAD: "the topic’s lead",
    Capacity.SPOKESPERSON: "spokesperson",
    Capacity.EXECUTIVE: "executive",
    Capacity.ADDED: "added by the press office",
    Capacity.TOPIC_SIGNATORY: "must sign on this topic too",
    Capacity.CHAIR: "chair of the board",
}


def card(shown: StatementCard) -> Drawn:
    """The statement with its whole text and how each signature stands."""
    statement, standing = shown.statement, shown.standing
    title = f"{statement.reference} · {KIND_WORDS[statement.kind]}, draft {standing.draft.number}"
    corrects = f"Corrects {shown.corrects.reference}. " if shown.corrects else ""
    heading = words.section(
        f"*{title}*\n{corrects}In the name of {words.name(statement.spokesperson.name)}{_answers(shown)}"
    )
    below: list[Block] = [
        *words.sections(_state(shown)),
        *corrections.on_card(shown),
        words.small(f"Written by {words.name(standing.draft.author.name)}, {words.moment(standing.draft.written_at)}"),
        *words.buttons(_buttons(shown)),
    ]
    signatures = [] if statement.status is StatementStatus.WITHDRAWN else standing.signatures
    leave_room = words.sections(f"And {len(signatures)} more." for _ in signatures[:1])
    text, _ = long_texts.shown(
        standing.draft.text, room.MESSAGE, [heading, *leave_room, *below], _read_all(statement.id)
    )
    above: list[Block] = [heading, *text]
    lines = room.MESSAGE.lines(
        [signature_line(signature) for signature in signatures],
        beside=[*above, *below],
        rest=lambda number: f"And {number} more.",
    )
    return words.drawn(title, [*above, *lines, *below])


def _answers(shown: StatementCard) -> str:
    """Where a statement answers several enquiries, which."""
    if len(shown.enquiries) < 2:
        return ""
    named = [f"{one.reference} ({words.plain(one.outlet, LONGEST_OUTLET)})" for one in shown.enquiries[:MOST_NAMED]]
    more = len(shown.enquiries) - MOST_NAMED
    return f"\nAnswers {', '.join(named)}" + (f" and {more} more" if more > 0 else "")


def ready_to_issue(shown: ToIssue) -> Drawn:
    """To the owner: everyone has signed, here is the text to send."""
    card_ = shown.card
    statement, standing = card_.statement, card_.standing
    if statement.status is StatementStatus.ISSUED:
        text = f"{statement.reference} has been issued. It is on file."
        return words.drawn(text, words.sections([f"*{text}*", *dispatch_lines(card_)]))
    if standing.draft.number != shown.draft or not standing.is_signed:
        text = f"{statement.reference} was ready to issue and is not any more. Its card shows why."
        return words.drawn(text, [words.section(text)])
    without = [one for one in standing.signatures if one.state is SignatureState.OVERRIDDEN]
    title = f"{statement.reference} is signed and can go out"
    if without:
        title = f"{statement.reference} can go out without {_signatures(len(without))}"
    above: list[Block] = [words.header(title), *_without(without), words.section(_to_send(shown))]
    below: list[Block] = [
        words.section("To:"),
        words.quote(words.cut(shown.recipients, LONGEST_RECIPIENTS)),
        *words.buttons([words.button("Record as issued", ids.RECORD_ISSUE, statement.id, primary=True)]),
    ]
    signed, _ = long_texts.shown(shown.to_copy, room.MESSAGE, [*above, *below], _read_all(statement.id))
    return words.drawn(title, [*above, *signed, *below])


def _signatures(number: int) -> str:
    return "one signature" if number == 1 else f"{number} signatures"


def _without(signatures: Sequence[Signature]) -> list[Block]:
    """Who has not signed, and who of them said that what was recorded of them is wrong."""
    if not signatures:
        return []
    named = [
        words.name(one.person.name) + (" (who disputed what was recorded)" if one.disputed_at is not None else "")
        for one in signatures[:MOST_NAMED]
    ]
    more = len(signatures) - len(named)
    names = ", ".join(named) + (f" and {more} more" if more else "")
    return [words.section(f":warning: It goes on without the signature of {names}. The reason is on its card.")]


def _to_send(shown: ToIssue) -> str:
    terms = words.first_up(TERMS_WORDS[TERMS_OF[shown.card.statement.kind]])
    with_marks = ", with what stands above it" * bool(shown.marks)
    return f"{terms}. Send exactly this text{with_marks}:"


def read_page(shown: StatementCard) -> View:
    """The whole text, to read and to copy, and what can be done with it."""
    statement, draft = shown.statement, shown.standing.draft
    heading = words.section(f"*{statement.reference} · {KIND_WORDS[statement.kind]}, draft {draft.number}*")
    below = words.buttons(_buttons(shown))
    return forms.page("The whole text", [heading, words.verbatim(draft.text), *corrections.on_card(shown), *below])


def _read_all(statement_id: int) -> ButtonElement:
    return words.button("Read it all", ids.READ_ALL, statement_id)


def signature_line(signature: Signature) -> str:
    """Who, in what capacity, and what they said; a sign as well as words."""
    person = words.name(signature.person.name)
    given_by = f"{words.name(signature.given_by.name)} for " if signature.given_by else ""
    who = f"{given_by}{person} ({CAPACITY_WORDS[signature.capacity]})"
    answered = words.moment(signature.answered_at) if signature.answered_at else ""
    asked = ":hourglass_flowing_sand: {who} has not signed yet" if signature.must_sign else ":eyes: {who} is copied"
    if signature.stand_in:
        asked += f"; away, {words.name(signature.stand_in.name)} is asked for them"
    passed_to = words.name(signature.passed_to.name) if signature.passed_to else "a colleague"
    lead = words.name(signature.overridden_by.name) if signature.overridden_by else "the comms lead"
    because = words.plain(signature.override_reason or "", LONGEST_REASON)
    changes = ":pencil2: {who} " + ("suggested other wording" if signature.suggested_text else "asked for changes")
    said = {
        SignatureState.ASKED: asked,
        SignatureState.APPROVED: ":white_check_mark: {who} approved, {answered}",
        SignatureState.CHANGES_ASKED: f"{changes}, {{answered}}",
        SignatureState.PASSED: f":arrow_right: {{who}} passed it to {passed_to}",
        SignatureState.OVERRIDDEN: f":warning: {{who}} has not signed; {lead} goes on without, because: {because}",
        SignatureState.VOIDED: ":no_entry_sign: {who}: replaced by a newer draft",
    }[signature.state]
    said = said.replace("{who}", who).replace("{answered}", answered)
    if signature.recorded_by is not None:
        how = f", said {HEARD_WORDS[signature.heard_by]}" if signature.heard_by else ""
        said += f"{how}, recorded by {words.name(signature.recorded_by.name)}"
    if signature.disputed_at is not None:
        said += f". :warning: They disputed what was recorded, {words.moment(signature.disputed_at)}"
    return said


def start_form(
    enquiry_id: int,
    reference: str,
    spokespeople: Sequence[Person],
    *,
    text: str = "",
    hint: str = "",
    kind: StatementKind = StatementKind.STATEMENT,
) -> View:
    """An empty form, or one that begins with a `text`: used before, as this `kind`, if no `hint` says otherwise."""
    if not spokespeople:
        return forms.refusal("There is no spokesperson yet. Ask the administrator to add one in Settings.")
    inputs = long_texts.inputs("text", "Text", text[:LONGEST_TEXT], hint=hint or _text_hint(text))
    return forms.form(
        f"Statement for {reference}",
        ids.START_FORM,
        [
            inputs.first,
            spokesperson_choice(spokespeople),
            forms.radio("kind", "What it is", [(text, one.value) for one, text in KIND_WORDS.items()], kind),
            *inputs.rest,
        ],
        submit="Save draft",
        about={"enquiry": enquiry_id, **inputs.about},
    )


def spokesperson_choice(spokespeople: Sequence[Person]) -> InputBlock:
    return forms.choice(
        "spokesperson",
        "In the name of",
        [(person.name, str(person.id)) for person in spokespeople],
        hint="The spokesperson signs it too.",
    )


def _text_hint(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        return f"Only the first {LONGEST_TEXT:,} of {len(text):,} characters fit. This is what is signed."
    if text:
        return "As it went out before: read it through and bring it up to date. This is what is signed."
    return "The exact words. This is what is signed."


def draft_form(shown: StatementCard, *, text: str | None = None, hint: str = "") -> View:
    """The current text to change; or another one, to adopt as its author."""
    statement, standing = shown.statement, shown.standing
    warning = (
        [
            words.section(
                "A new draft needs new signatures: those given so far no longer count, and everyone is asked again."
            )
        ]
        if standing.was_asked
        else []
    )
    inputs = long_texts.inputs("text", "Text", text or standing.draft.text, hint=hint)
    return forms.form(
        f"{statement.reference}: new draft",
        ids.DRAFT_FORM,
        [*warning, inputs.first, *inputs.rest],
        submit="Save new draft",
        about={"statement": statement.id, "draft": standing.draft.number, **inputs.about},
    )


def hints_page(hints: Sequence[str]) -> View | None:
    """To the author alone: the draft is saved, and might read more plainly. Nothing, where there is nothing to say."""
    if not hints:
        return None
    return forms.page(
        "Draft saved",
        [
            words.section("The draft is saved. Some of it might read more plainly:"),
            *words.sections(f"• {words.plain(hint)}" for hint in hints),
            words.small(
                "These are only hints. To follow them, choose Write new draft on the statement’s card, in the thread "
                "of its enquiry."
            ),
        ],
    )


def request_form(shown: ToSign) -> View:
    """Whom the rules name, to see; others, to add."""
    statement, standing = shown.card.statement, shown.card.standing
    must = [f"• {words.name(a.person.name)}, {CAPACITY_WORDS[a.capacity]}" for a in shown.asked if a.must_sign]
    copied = [f"• {words.name(a.person.name)}, {CAPACITY_WORDS[a.capacity]}" for a in shown.asked if not a.must_sign]
    blocks: list[Block] = [*words.sections(["*Must sign*", *(must or ["Nobody yet"])])]
    if copied:
        blocks += words.sections(["*Copied, and may ask for changes*", *copied])
    if shown.could_be_added:
        offered = [(person.name, str(person.id)) for person in shown.could_be_added]
        blocks.append(
            forms.choices(
                "added",
                "Who else must sign",
                offered,
                [str(person_id) for person_id in shown.were_added],
                hint="Nobody whom the rules name can be taken off.",
            )
        )
    heading = words.section(f"*Draft {standing.draft.number}*")
    text, _ = long_texts.shown(standing.draft.text, room.VIEW, [heading, *blocks], _read_all(statement.id))
    return forms.form(
        f"{statement.reference}: signatures",
        ids.REQUEST_FORM,
        [heading, *text, *blocks],
        submit="Ask for signatures",
        about={"statement": statement.id, "draft": standing.draft.number},
    )


def issue_form(shown: ToIssue, now: datetime) -> View:
    statement, standing = shown.card.statement, shown.card.standing
    return forms.form(
        f"{statement.reference}: issued",
        ids.ISSUE_FORM,
        [
            words.section("*This is the signed text, to copy:*"),
            words.verbatim(shown.to_copy),
            *terms.agreement_inputs(shown, now),
            *sending_inputs(
                [(enquiry, shown.to[enquiry.id]) for enquiry in shown.waiting], shown.closes, now, sent_by=shown.sent_by
            ),
        ],
        submit="Record as issued",
        about={
            "statement": statement.id,
            "draft": standing.draft.number,
            "enquiries": [enquiry.id for enquiry in shown.waiting],
        },
    )


def sending_inputs(
    to: Sequence[tuple[Enquiry, str]], closes: Sequence[Enquiry], now: datetime, *, sent_by: SentBy = SentBy.EMAIL
) -> list[Block]:
    """To whom, how and when a text went out, and which enquiries are closed with it."""
    ways = [(words.first_up(text), way.value) for way, text in SENT_BY_WORDS.items()]
    how = [forms.choice("by", "How", ways, sent_by.value), forms.moment("at", "When", now)]
    if len(to) == 1:
        ((enquiry, recipient),) = to
        close = [forms.tick("close", "And then", f"Close {one.reference} as answered", ticked=True) for one in closes]
        return [forms.line(f"to_{enquiry.id}", "To whom", recipient, most=LONGEST_RECIPIENTS), *how, *close]
    each = [
        forms.line(
            f"to_{enquiry.id}",
            f"To whom, for {enquiry.reference}",
            recipient,
            most=LONGEST_RECIPIENTS,
            optional=True,
            hint="Leave this empty if it has not gone to them: the enquiry then waits on.",
        )
        for enquiry, recipient in to
    ]
    if not closes:
        return [*each, *how]
    all_of_them = [str(one.id) for one in closes]
    could_close = [(f"{one.reference} · {words.typed(one.outlet, 60)}", str(one.id)) for one in closes]
    return [
        *each,
        *how,
        forms.choices("close", "And then close as answered", could_close, all_of_them),
    ]


def withdraw_form(shown: StatementCard) -> View:
    reference = shown.statement.reference
    return forms.form(
        f"Withdraw {reference}",
        ids.WITHDRAW_FORM,
        [forms.paragraph("reason", "Why it will not go out", most=1000)],
        submit="Withdraw",
        about={"statement": shown.statement.id},
    )


def _state(shown: StatementCard) -> list[str]:
    match shown.statement.status:
        case StatementStatus.DRAFT:
            return ["Nobody has been asked to sign it yet."]
        case StatementStatus.WITHDRAWN:
            return ["Withdrawn. It will not go out."]
        case StatementStatus.ISSUED:
            return dispatch_lines(shown)
        case StatementStatus.IN_SIGNOFF:
            return [f"*{_summary(shown.standing)}*"]


def _summary(standing: Standing) -> str:
    if standing.objections:
        return "On hold until the changes asked for are answered."
    if standing.missing:
        return f"{len(standing.missing)} still to sign."
    if any(signature.state is SignatureState.OVERRIDDEN for signature in standing.signatures):
        return "It can go out, without a signature: the reason stands with the name."
    return "Everyone has signed. It can go out."


def dispatch_lines(shown: StatementCard) -> list[str]:
    """How, when and to whom it went out."""
    lines = []
    for dispatch in shown.dispatches[:MOST_DISPATCHES]:
        how = f"{SENT_BY_WORDS[dispatch.sent_by]}, {words.moment(dispatch.sent_at)}"
        to = words.plain(dispatch.sent_to, LONGEST_SENT_TO if len(shown.dispatches) == 1 else LONGEST_OF_SEVERAL)
        who = f"{to}; recorded by {words.name(dispatch.recorded_by.name)}"
        lines.append(f"*Issued* {how}, to {who}")
    more = len(shown.dispatches) - MOST_DISPATCHES
    if more > 0:
        lines.append(f"And to {more} more.")
    return [*lines, *terms.agreed(shown.statement)] if lines else []


def _buttons(shown: StatementCard) -> list[ButtonElement]:
    statement_id, acts = shown.statement.id, shown.acts
    found: list[ButtonElement] = []
    if Act.RECORD_ISSUE in acts:
        found.append(words.button("Record as issued", ids.RECORD_ISSUE, statement_id, primary=True))
    if Act.REQUEST_SIGNOFF in acts:
        found.append(words.button("Ask for signatures", ids.REQUEST_SIGNOFF, statement_id, primary=True))
    if Act.WRITE_DRAFT in acts:
        found.append(words.button("Write new draft", ids.WRITE_DRAFT, statement_id))
    if Act.WITHDRAW_STATEMENT in acts:
        found.append(words.button("Withdraw", ids.WITHDRAW, statement_id))
    if Act.UNTIE_STATEMENT in acts:
        found.append(words.button("Untie an enquiry", ids.UNTIE, statement_id))
    if Act.RECORD_REPLY in acts:
        found.append(words.button("Record reply", ids.RECORD_A_REPLY, statement_id))
    if Act.CORRECT_STATEMENT in acts:
        found.append(words.button("Correct this", ids.CORRECT_STATEMENT, statement_id))
    if Act.OVERRIDE_SIGNATURE in acts:
        found.append(words.button("Go on without someone", ids.OVERRIDE, statement_id))
    if any(signature.recorded_by_id is not None for signature in shown.standing.signatures):
        found.append(words.button("Show evidence", ids.SHOW_EVIDENCE, statement_id))
    return found
