"""The office's rules on the screen: hours, reminders, who signs, what is kept, what everybody knows."""

from datetime import date

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot.core.ladder_plans import (
    AGAIN_WORDS,
    MOMENT_WORDS,
    TELL_WORDS,
    Again,
    Moment,
    Plan,
    default_plan,
    moments_of,
    plan_to_data,
)
from bot.desk.settings import Reminders, SettingsPage
from bot.desk.settings_words import WEEKDAYS, duty_words
from handlers import ids
from handlers.views import forms, settings_digests, words
from storage.obligations import Duty
from storage.settings import BackgroundRule, ExecutivesRule, Settings

EXECUTIVES_WORDS: dict[ExecutivesRule, str] = {
    ExecutivesRule.COPIED: "are copied, and may ask for changes",
    ExecutivesRule.MUST_SIGN: "must sign",
}
BACKGROUND_WORDS: dict[BackgroundRule, str] = {
    BackgroundRule.SAME: "is signed by the same people as a statement",
    BackgroundRule.LEAD: "is signed by the topic’s lead alone",
}
KEPT_CHOICES = (6, 12, 18, 24, 36, 48, 60, 72, 84)
"""Months offered; what is set in a file may be another number."""
MOST_SHOWN = 6


def summary(shown: SettingsPage) -> list[Block]:
    """How the office works, in one block, with its buttons."""
    set_ = shown.settings
    own = [duty_words(duty) for duty in shown.own_reminders]
    lines = [
        f"Open {hours_words(set_)}{_closed(shown.closed_days)}",
        f"Reminders: {'our own for ' + _few(own) if own else 'as the desk comes'}",
        f"Digests: {settings_digests.in_words(shown.digests, shown.people)}",
        f"Executives {EXECUTIVES_WORDS[set_.executives]}. Background {BACKGROUND_WORDS[set_.background]}.",
        f"Journalists’ names are kept for {set_.keep_months} months after their enquiry is closed.",
    ]
    if set_.own_domains:
        lines.append(f"Our e-mail domains: {_some(set_.own_domains)}")
    if set_.known_abbreviations:
        lines.append(f"Everybody knows: {_some(set_.known_abbreviations)}")
    return [
        words.section("*Rules*\n" + "\n".join(lines)),
        *words.buttons(
            [
                words.button("Change hours", ids.HOURS, "hours"),
                words.button("Change reminders", ids.REMINDERS, "which"),
                words.button("Change digests", ids.DIGESTS, "which"),
                words.button("Change sign-off rules", ids.SIGNING_RULES, "rules"),
                words.button("Change what is kept", ids.KEPT, "kept"),
                words.button("Change known words", ids.KNOWN_WORDS, "words"),
            ]
        ),
    ]


def hours_words(set_: Settings) -> str:
    """Monday to Friday 09:00 to 17:00, but Friday 09:00 to 16:30."""
    days = _days(sorted(set_.weekdays))
    but = [f"{WEEKDAYS[int(day)]} {opens} to {closes}" for day, (opens, closes) in sorted(set_.other_hours.items())]
    return f"{days} {set_.opens:%H:%M} to {set_.closes:%H:%M}" + (f", but {', '.join(but)}" if but else "")


def hours_form(shown: SettingsPage) -> View:
    set_ = shown.settings
    other = "\n".join(
        f"{WEEKDAYS[int(day)]} {opens} to {closes}" for day, (opens, closes) in sorted(set_.other_hours.items())
    )
    return forms.form(
        "Hours",
        ids.HOURS_FORM,
        [
            forms.choices(
                "weekdays",
                "Working days",
                [(name, str(day)) for day, name in enumerate(WEEKDAYS)],
                [str(day) for day in set_.weekdays],
                hint="On other days, and outside the hours, only what cannot wait is said, to the duty officer.",
            ),
            forms.clock_time("opens", "Opens", set_.opens),
            forms.clock_time("closes", "Closes", set_.closes),
            forms.paragraph(
                "other", "Days with other hours", other, hint="One a line, like: Friday 09:00 to 16:30", optional=True
            ),
            forms.paragraph(
                "closed_on",
                "Closed also on",
                "\n".join(_day(day) for day in shown.closed_days),
                hint="Bank holidays are known. One a line, like: 24 December 2026, or 27 to 31 December 2026",
                optional=True,
            ),
        ],
        submit="Save hours",
    )


def choose_reminders_form() -> View:
    offered = [(words.first_up(duty_words(duty)), duty.value) for duty in Duty]
    return forms.form(
        "Change reminders",
        ids.CHOOSE_REMINDERS_FORM,
        [forms.choice("duty", "Of what", offered)],
        submit="Continue",
    )


def reminders_form(shown: Reminders) -> View:
    """Whom to tell at each moment, and how often again."""
    duty = shown.duty
    plan = shown.plan or default_plan(duty) or Plan()
    above: list[Block] = [words.section(f"*Now, of {duty_words(duty)}:*\n{_lines(shown)}")]
    if shown.plan is None:
        above.append(words.small("These were written in a settings file. What is saved here replaces them."))
    if shown.is_other:
        above += words.buttons([words.button("Use the default", ids.DEFAULT_REMINDERS, duty.value)])
    meanwhile: list[InputBlock] = []
    if plan.meanwhile is not Again.NOT or duty is Duty.ISSUE:
        meanwhile = [_again("meanwhile", "And again, until the next moment", plan.meanwhile)]
    return forms.form(
        "Change reminders",
        ids.REMINDERS_FORM,
        [
            *above,
            *(_moment(moment, plan) for moment in moments_of(duty)),
            *meanwhile,
            _again("again", "And again, after the last of these", plan.again),
        ],
        submit="Show how it goes",
        about={"duty": duty.value},
    )


def preview_form(shown: Reminders) -> View:
    """How it would go, in words; only now is anything changed."""
    same = [] if shown.is_other else [words.small("This is how it goes already.")]
    return forms.form(
        "Change reminders",
        ids.PREVIEW_REMINDERS_FORM,
        [words.section(f"*From now on, of {duty_words(shown.duty)}:*\n{_lines(shown)}"), *same],
        submit="Save reminders",
        about={"duty": shown.duty.value, "plan": plan_to_data(shown.plan) if shown.plan else None},
    )


def signing_form(shown: SettingsPage) -> View:
    set_ = shown.settings
    return forms.form(
        "Sign-off rules",
        ids.SIGNING_RULES_FORM,
        [
            forms.radio(
                "executives",
                "Executives",
                [(words.first_up(text), rule.value) for rule, text in EXECUTIVES_WORDS.items()],
                set_.executives,
            ),
            forms.radio(
                "background",
                "Background for a journalist",
                [(words.first_up(text), rule.value) for rule, text in BACKGROUND_WORDS.items()],
                set_.background,
            ),
            words.small(
                "Who else must sign on a topic stands with the topic: choose Change topic. Whoever must sign from "
                "now on is asked about texts in sign-off too, and nobody who was asked to sign one drops out. What is "
                "said off the record is signed as background is."
            ),
        ],
        submit="Save rules",
    )


def kept_form(shown: SettingsPage) -> View:
    months = sorted({*KEPT_CHOICES, shown.settings.keep_months})
    return forms.form(
        "What is kept",
        ids.KEPT_FORM,
        [
            forms.choice(
                "months",
                "Journalists’ names and addresses are kept for",
                [(f"{number} months", str(number)) for number in months],
                str(shown.settings.keep_months),
                hint="Counted from the day on which their enquiry is closed. Then they are erased, once a day.",
            ),
            words.small(
                "What was asked, what was sent and who signed it stay on file. What is erased cannot be brought back."
            ),
        ],
        submit="Save",
    )


def known_words_form(shown: SettingsPage) -> View:
    set_ = shown.settings
    return forms.form(
        "Known words",
        ids.KNOWN_WORDS_FORM,
        [
            forms.paragraph(
                "domains",
                "Our own e-mail domains",
                "\n".join(set_.own_domains),
                hint="One a line, like: northbrook.nhs.uk. Whoever writes from one is no journalist.",
                optional=True,
            ),
            forms.paragraph(
                "abbreviations",
                "Abbreviations that everybody knows",
                "\n".join(set_.known_abbreviations),
                hint="One a line, like: ICB. The desk does not point them out in a draft.",
                optional=True,
            ),
        ],
        submit="Save words",
    )


def _moment(moment: Moment, plan: Plan) -> InputBlock:
    offered = [(words.first_up(text), tell.value) for tell, text in TELL_WORDS.items()]
    chosen = [tell.value for tell in plan.tells.get(moment, ())]
    return forms.choices(moment.value, words.first_up(MOMENT_WORDS[moment]), offered, chosen)


def _again(field: str, label: str, again: Again) -> InputBlock:
    return forms.choice(
        field, label, [(words.first_up(text), one.value) for one, text in AGAIN_WORDS.items()], again.value
    )


def _lines(shown: Reminders) -> str:
    return words.listed([f"• {line}" for line in shown.in_words])


def _days(days: list[int]) -> str:
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    return ", ".join(WEEKDAYS[day] for day in days)


def _closed(days: tuple[date, ...]) -> str:
    if not days:
        return ""
    more = f" and {len(days) - MOST_SHOWN} more days" if len(days) > MOST_SHOWN else ""
    return f"; closed also on {', '.join(_day(day) for day in days[:MOST_SHOWN])}{more}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _few(found: list[str]) -> str:
    if len(found) <= MOST_NAMED:
        return " and ".join(found)
    return f"{', '.join(found[:MOST_NAMED])} and {len(found) - MOST_NAMED} more"


MOST_NAMED = 3


def _some(found: list[str]) -> str:
    more = f" and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    return ", ".join(words.plain(one, 60) for one in found[:MOST_SHOWN]) + more
