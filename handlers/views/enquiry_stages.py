"""Where an enquiry stands and what comes next, in words."""

from bot.desk.enquiry_cards import OUTCOME_WORDS, EnquiryLine, Stage, StatementLine
from bot.desk.terms import APART
from handlers.views import words
from storage.statements import StatementKind


def stage_words(line: EnquiryLine) -> str:
    """Where it stands, and what is under way beside the answer."""
    return "; ".join([own_stage(line), *(f"{apart(other)} {text_words(other)}" for other in line.beside)])


def own_stage(line: EnquiryLine) -> str:
    """Where it stands, with a holding line that went out."""
    found = [_stage_words(line)]
    if line.current is not None and line.stage is line.current.stage and is_apart(line.current):
        found = [f"{apart(line.current)} {found[0]}"]
    if line.held_at is not None and line.stage is not Stage.HELD:
        found.append(f"holding line sent, {words.moment(line.held_at)}")
    return "; ".join(found)


def is_apart(tied: StatementLine) -> bool:
    return not tied.statement.is_answer


def apart(tied: StatementLine) -> str:
    kinds = {**APART, StatementKind.OFF_RECORD: "off-the-record text"}
    kind = "correction" if tied.statement.corrects_id is not None else kinds.get(tied.statement.kind, "statement")
    return f"{kind} {tied.statement.reference}"


def text_words(tied: StatementLine) -> str:
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
        return text_words(line.current)
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
    owed = ["The answer is still owed."] if line.current is not None and is_apart(line.current) else []
    return " ".join([first, *ready, *owed])


def _next_of(beside: StatementLine) -> str:
    what = apart(beside)
    match beside.stage:
        case Stage.READY:
            return f"Send {what} and record it as issued."
        case Stage.SIGNING:
            return f"The signatories of {what} have been asked. Nothing goes out before the last one."
        case Stage.AMENDMENT:
            return f"Write a new draft of {what}, or keep the wording and say why."
        case _:
            return f"Finish {what} and ask for signatures."
