"""Referrals on the screen: what a partner's lead is asked, what is carried to one outside Slack, and the forms."""

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, InputBlock
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk.referral_cards import BY_THEM, ReferralCard, contact
from bot.desk.referral_replies import LONGEST_ANSWER, Said
from bot.desk.referrals import LONGEST_NOTE, Partners
from handlers import ids
from handlers.views import forms, hearing, room, words
from handlers.views.words import Drawn
from storage.referrals import ReferralStatus

SAID_WORDS: dict[Said, str] = {
    Said.YES: "They have it, and answer the journalist",
    Said.NO: "It is not theirs",
    Said.DONE: "They have answered the journalist",
}
_ENDED: dict[ReferralStatus, str] = {
    ReferralStatus.REFUSED: "It was sent back to the press office.",
    ReferralStatus.ANSWERED: "Done: the press office knows what was answered.",
    ReferralStatus.WITHDRAWN: "The press office took it back. Nothing more is needed.",
}
LONGEST_IN_ONE_LOOK = 2500
"""Characters: a longer one may be cut in a message, and is read on a page."""


def message(shown: ReferralCard) -> Drawn:
    """The whole of it in one message: what is asked, who asks, by when, and what to press."""
    heading = _heading(shown)
    frame, below = _frame(shown), words.buttons(_buttons(shown))
    texts = _texts(shown)
    blocks = [words.section(f"*{heading}*"), *frame]
    blocks += room.MESSAGE.lay_out(
        [[block] for block in texts],
        beside=[*blocks, *below],
        rest=lambda _: words.small("It goes on. Press Read all of it."),
    )
    return words.drawn(heading, [*blocks, *below])


def page(shown: ReferralCard) -> View:
    """The same to read, with room for all of it."""
    below = words.buttons([one for one in _buttons(shown) if one.action_id != ids.READ_REFERRAL])
    blocks = [words.section(f"*{_heading(shown)}*"), *_frame(shown)]
    texts = room.VIEW.lay_out(
        [[block] for block in _texts(shown)],
        beside=[*blocks, *below],
        rest=lambda _: words.small("It goes on; an export has all of it."),
    )
    return forms.page(shown.enquiry.reference, [*blocks, *texts, *below])


def _heading(shown: ReferralCard) -> str:
    organisation = words.name(shown.referral.organisation.name)
    lead = words.name(shown.referral.lead.name)
    outlet = words.plain(shown.enquiry.outlet, words.LONGEST_TITLE)
    if shown.is_relayed:
        what = "for information" if _is_told(shown) else "to answer"
        return f"Please send this to {lead}, {organisation}, {what}: {shown.enquiry.reference} · {outlet}"
    if _is_told(shown):
        return f"For your information: {outlet} asked about something that touches {organisation}"
    if _went_back(shown) and shown.enquiry.is_sensitive:
        return f"Nothing is asked of {organisation} any more"
    place = f"; you stand in for {lead}" if shown.stands_in else ""
    return f"Can {organisation} answer {outlet}?{place}"


def _frame(shown: ReferralCard) -> list[Block]:
    referral = shown.referral
    blocks: list[Block] = []
    if shown.is_relayed:
        address = f", {referral.lead.email}" if referral.lead.email else ""
        blocks += [words.section("*Where to send it*"), words.verbatim(f"{referral.lead.name}{address}")]
    if _is_told(shown):
        sender = words.name(referral.referred_by.name)
        return [*blocks, words.small(f"From {sender}, {words.moment(referral.referred_at)}. Nothing is asked of you.")]
    if not shown.is_relayed and not _went_back(shown):
        blocks.append(words.small("asks:", before=contact(shown.enquiry)))
    state = _ENDED.get(referral.status)
    if state is not None:
        return [*blocks, words.section(state)]
    blocks.append(words.section(f"*Deadline*  {words.due(shown.enquiry.deadline, shown.band)}"))
    if referral.status is ReferralStatus.ACCEPTED:
        who = "They have it" if shown.is_relayed else "You have it"
        blocks.append(words.section(f"{who}. What is still to come: what was answered, and when."))
    return blocks


def _texts(shown: ReferralCard) -> list[Block]:
    """What was typed, each piece as it was written."""
    if shown.is_relayed:
        return [words.verbatim(part) for part in words.parts(shown.email)] if _still_matters(shown) else []
    if _went_back(shown):
        return []  # a question that is not theirs, and a journalist's address, need not stay with them
    referral = shown.referral
    found: list[Block] = [words.quote(part) for part in words.parts(shown.enquiry.question)]
    if referral.note:
        found += [words.section(f"{words.name(referral.referred_by.name)} says:"), words.quote(referral.note)]
    if _is_told(shown):
        found.append(words.section("*What was said*" if shown.said else "Nothing has been said yet."))
        found += [words.verbatim(part) for text in shown.said for part in words.parts(text)]
    if referral.answer:
        found += [words.section("*What was answered*"), *(words.quote(part) for part in words.parts(referral.answer))]
    return found


def _went_back(shown: ReferralCard) -> bool:
    return shown.referral.status in {ReferralStatus.REFUSED, ReferralStatus.WITHDRAWN}


def _still_matters(shown: ReferralCard) -> bool:
    return shown.referral.is_open or _is_told(shown)


def _is_told(shown: ReferralCard) -> bool:
    return shown.referral.status is ReferralStatus.TOLD


def _buttons(shown: ReferralCard) -> list[ButtonElement]:
    referral, acts, found = shown.referral, shown.acts, list[ButtonElement]()
    referral_id = referral.id
    if Act.ACCEPT_REFERRAL in acts:
        found.append(words.button("We have it", ids.WE_HAVE_IT, referral_id, primary=True))
    if Act.ANSWER_REFERRAL in acts:
        has_it = Act.ACCEPT_REFERRAL not in acts
        found.append(words.button("Done: say what you said", ids.REFERRAL_DONE, referral_id, primary=has_it))
    if Act.REFUSE_REFERRAL in acts:
        found.append(words.button("Not ours, because…", ids.NOT_OURS, referral_id))
    if Act.RECORD_PARTNER_REPLY in acts and not acts & BY_THEM:
        found.append(words.button("Record reply", ids.RECORD_PARTNER_REPLY, referral_id, primary=True))
    if Act.WITHDRAW_REFERRAL in acts:
        found.append(words.button("Take back from partner", ids.WITHDRAW_REFERRAL, referral_id))
    if sum(map(len, (shown.email, shown.enquiry.question, referral.note or "", *shown.said))) > LONGEST_IN_ONE_LOOK:
        found.append(words.button("Read all of it", ids.READ_REFERRAL, referral_id))
    return found


def refer_form(shown: Partners) -> View:
    """To which partner, and a word with it."""
    enquiry = shown.enquiry
    warning = "*It is marked as sensitive.* Their lead reads what is below, and nothing else of it.\n"
    return forms.form(
        f"Refer {enquiry.reference}",
        ids.REFER_FORM,
        [
            words.section(
                f"{warning * enquiry.is_sensitive}Their communications lead is sent the question, the journalist’s "
                "name, e-mail and phone, and the deadline. It stays yours until they have said yes."
            ),
            words.quote(words.excerpt(enquiry.question, 1000)),
            _choose(shown),
            _note(),
        ],
        submit="Refer to partner",
        about={"enquiry": enquiry.id},
    )


def _choose(shown: Partners) -> InputBlock:
    offered = [
        (f"{organisation.name} ({lead.name if lead else 'no lead yet'})", str(organisation.id))
        for organisation, lead in shown.organisations
    ]
    chosen = str(shown.enquiry.organisation_id) if shown.enquiry.organisation_id else None
    return forms.choice("organisation", "To whom", offered, chosen)


def _note() -> InputBlock:
    return forms.paragraph("note", "A word with it", optional=True, most=LONGEST_NOTE)


def tell_form(shown: Partners) -> View:
    """Whose leads to tell, for information."""
    enquiry = shown.enquiry
    without = [organisation.name for organisation, lead in shown.organisations if lead is None]
    offered = [
        (f"{organisation.name} ({lead.name})", str(organisation.id))
        for organisation, lead in shown.organisations
        if lead
    ]
    nobody = (
        f"No lead yet: {words.names(without)}. The comms lead or the administrator can name one in Settings."
        if without
        else ""
    )
    if not offered:
        return forms.refusal(
            "No partner organisation has a communications lead yet. The comms lead or the administrator can name one "
            "in Settings: Change person."
        )
    chosen = [str(enquiry.organisation_id)] if enquiry.organisation_id else []
    warning = "*It is marked as sensitive.* They read what was asked and said, and nothing else of it.\n"
    return forms.form(
        f"{enquiry.reference}: tell others",
        ids.TELL_PARTNERS_FORM,
        [
            words.section(
                f"{warning * enquiry.is_sensitive}Their leads are told what was asked, and what was said so far. "
                "Nothing is asked of them."
            ),
            words.quote(words.excerpt(enquiry.question, 1000)),
            forms.choices("organisations", "Whose lead to tell", offered, chosen),
            *([words.small(nobody)] if nobody else []),
            _note(),
        ],
        submit="Tell their lead",
        about={"enquiry": enquiry.id},
    )


def refuse_form(shown: ReferralCard) -> View:
    return forms.form(
        "Not ours",
        ids.NOT_OURS_FORM,
        [
            words.section(f"*{_heading(shown)}*\nIt goes back to the press office, which has to answer in time."),
            forms.paragraph("text", "Why it is not yours", most=1000, hint="And whose it could be, if you know."),
        ],
        submit="Send it back",
        about={"referral": shown.referral.id},
    )


def done_form(shown: ReferralCard, now: datetime) -> View:
    return forms.form(
        "What you answered",
        ids.REFERRAL_DONE_FORM,
        [words.section(f"*{_heading(shown)}*"), *_outcome("What you answered", now)],
        submit="Say what you answered",
        about={"referral": shown.referral.id},
    )


def reply_form(shown: ReferralCard, now: datetime) -> View:
    """What somebody outside Slack, or on the phone, said."""
    offered = [
        (text, kind.value)
        for kind, text in SAID_WORDS.items()
        if kind is not Said.YES or shown.referral.status is ReferralStatus.ASKED
    ]
    lead = words.name(shown.referral.lead.name)
    told = " They are told what you noted." if shown.referral.lead.on_slack else ""
    return forms.form(
        "Record reply",
        ids.PARTNER_REPLY_FORM,
        [
            words.section(
                f"*{shown.enquiry.reference}, {words.name(shown.referral.organisation.name)}*\nWhat {lead} said.{told}"
            ),
            forms.radio("said", "What they said", offered),
            *_outcome("Why not; or what they answered", now, optional=True),
            hearing.how("How it reached you"),
        ],
        submit="Record reply",
        about={"referral": shown.referral.id},
    )


def _outcome(label: str, now: datetime, *, optional: bool = False) -> list[InputBlock]:
    return [
        forms.paragraph("text", label, optional=optional, most=LONGEST_ANSWER),
        forms.moment("at", "When", now),
        forms.line("link", "Link to it", optional=True, most=500, hint="If it is published, or on file somewhere."),
    ]


def withdraw_form(shown: ReferralCard) -> View:
    name = words.name(shown.referral.organisation.name)
    return forms.form(
        "Take it back",
        ids.WITHDRAW_REFERRAL_FORM,
        [
            words.section(f"*{shown.enquiry.reference}*\n{name} need do nothing more, and is told. It is yours again."),
            forms.paragraph("reason", "Why", most=1000, hint="They read this."),
        ],
        submit="Take it back",
        about={"referral": shown.referral.id},
    )
