"""What each duty is called in a reminder, and the button that leads to doing it."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers import ids
from storage.obligations import Duty


@dataclass(frozen=True)
class NextStep:
    """A button whose value is the id of what is owed on. `ends_it`: whether pressing it can be all there is to do."""

    text: str
    action_id: str
    ends_it: bool = False


@dataclass(frozen=True)
class DutyWords:
    """A duty to whoever owes it, to whoever stands in for them (`{whose}`), and to others. `{title}` is what it is
    about, `{owner}` who sees to it."""

    own: str
    for_somebody: str
    of_others: str
    next: NextStep | None = None
    instead: NextStep | None = None


REACH_THEM = "Only {whose} can sign {title}, and is away; please reach them"
"""To a deputy who may not sign in this capacity."""

DUTIES: Mapping[Duty, DutyWords] = {
    Duty.OWN: DutyWords(
        "Nobody has taken {title} yet",
        "Nobody has taken {title} yet",
        "Nobody has taken {title} yet",
        NextStep("Take it", ids.TAKE, ends_it=True),
    ),
    Duty.ANSWER: DutyWords(
        "Your answer to {title}",
        "The answer to {title}, for {whose}, who is away",
        "{title} has not been answered; {owner} has it",
        NextStep("Show", ids.SHOW),
    ),
    Duty.AWAITING_EMAIL: DutyWords(
        "The journalist’s e-mail for {title} has not come",
        "The journalist’s e-mail for {title} has not come; you stand in for {whose}",
        "The journalist’s e-mail for {title} has not come; {owner} is on it",
        NextStep("E-mail came", ids.EMAIL_CAME),
    ),
    Duty.SIGN: DutyWords(
        "Your signature on {title}",
        "Your signature on {title}, for {whose}, who is away",
        "{owner} has not signed {title}",
    ),
    Duty.ISSUE: DutyWords(
        "{title} is signed and has not gone out",
        "{title} is signed and has not gone out; you stand in for {whose}",
        "{title} is signed and has not gone out; {owner} has it",
        NextStep("Record as issued", ids.RECORD_ISSUE, ends_it=True),
    ),
    Duty.CORRECT: DutyWords(
        "{title} has not gone out yet",
        "{title} has not gone out yet; you stand in for {whose}",
        "{title} has not gone out yet; {owner} has it",
        NextStep("Go on with it", ids.READ_ALL, ends_it=True),
    ),
    Duty.FACTS: DutyWords(
        "The press office asks you: {title}",
        "The press office asks {whose}, for whom you stand in: {title}",
        "{owner} has not answered: {title}",
    ),
    Duty.ACCEPT_REFERRAL: DutyWords(
        "Please say whether you take {title}",
        "Please say whether you take {title}; you stand in for {whose}",
        "{owner} has not said whether they take {title}",
    ),
    Duty.REFERRAL_OUTCOME: DutyWords(
        "Please say what you answered to {title}",
        "Please say what you answered to {title}; you stand in for {whose}",
        "{owner} has not said what they answered to {title}",
    ),
    Duty.REVIEW: DutyWords(
        "Please review {title}",
        "Please review {title}; you stand in for {whose}",
        "{title} is to be reviewed; {owner} has it",
        NextStep("Show", ids.SHOW_REVIEW),
    ),
    Duty.BRIEF: DutyWords(
        "The key messages of {title} are to go out; nobody has begun the briefing",
        "The key messages of {title} are to go out; nobody has begun the briefing",
        "The key messages of {title} are to go out; nobody has begun the briefing",
        NextStep("Write the briefing", ids.BRIEF_MEETING, ends_it=True),
    ),
    Duty.CHECK: DutyWords(
        "A row of a checklist waits for you: {title}",
        "A row of a checklist waits for {whose}, for whom you stand in: {title}",
        "{owner} has not completed a row: {title}",
    ),
    Duty.SUBMIT: DutyWords(
        "{title} has not been submitted yet",
        "{title} has not been submitted yet; you stand in for {whose}",
        "{title} has not been submitted yet; {owner} owns it",
        NextStep("Show", ids.SHOW_REPORT),
    ),
    Duty.CASCADE: DutyWords(
        "Please pass on {title}",
        "Please pass on {title}, for {whose}, who is away",
        "{owner} has not said whether they passed on {title}",
    ),
    Duty.POST: DutyWords(
        "{title} is signed and has not been posted: say when",
        "{title} is signed and has not been posted: say when, for {whose}, who is away",
        "{title} is signed and has not been posted; {owner} has it",
        NextStep("Post now", ids.POST_NOW, ends_it=True),
        NextStep("Choose another time", ids.POSTING_TIME),
    ),
    Duty.CONTRIBUTE: DutyWords(
        "Your items for {title}, or that there is nothing from you",
        "Items for {title} from {whose}, for whom you stand in",
        "Nothing has come from {owner} for {title} yet",
    ),
    Duty.PUBLISH: DutyWords(
        "{title} has not been published yet",
        "{title} has not been published yet; you stand in for {whose}",
        "{title} has not been published yet; {owner} has it",
        NextStep("Published", ids.PUBLISH_PAPER),
    ),
    Duty.RULE: DutyWords(
        "Please rule whether this is confidential: {title}",
        "{whose} is away and has been asked whether this is confidential: {title}",
        "{owner} has not ruled whether this is confidential: {title}",
    ),
}
