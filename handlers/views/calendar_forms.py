"""The forms of the calendar: a date, how it comes again with the dates that leads to, and calling off."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot.core.recurrences import MONTHS, WEEKDAYS
from bot.desk.calendar_changes import Scope
from bot.desk.calendar_details import LONGEST_PLACE, LONGEST_REASON, LONGEST_TITLE, DateDetails, details_of
from bot.desk.calendar_series import Again, Months, Preview, RuleChoice
from bot.desk.calendar_words import KIND_WORDS, day_words
from handlers import ids
from handlers.views import forms, words
from storage.calendar import CalendarDate

_AGAIN = (
    ("Every week, or every few weeks", Again.WEEK),
    ("On a weekday of the month, such as the second Tuesday", Again.WEEKDAY),
    ("On the same day of the month", Again.DAY),
    ("Every year, or every few years", Again.YEAR),
    ("By a rule of my own (iCalendar)", Again.OWN),
)
_NTH = (("First", 1), ("Second", 2), ("Third", 3), ("Fourth", 4), ("Fifth", 5), ("Last", -1))
_MONTHS = (
    ("Every month", Months.EVERY),
    ("Odd months: January, March, May …", Months.ODD),
    ("Even months: February, April, June …", Months.EVEN),
    ("The months chosen below", Months.CHOSEN),
)
_SCOPES = (
    ("Only this one", Scope.ONE),
    ("This and all to come, on the same days", Scope.ALL),
    ("This and all to come, by another rule", Scope.RULE),
)
MOST_WEEKS = 5
_CALLED_OFF = (("Only this one", Scope.ONE), ("This and all to come", Scope.ALL))


def add_form() -> View:
    return forms.form(
        "Add a date",
        ids.ADD_DATE_FORM,
        [
            *_details(None),
            forms.tick("again", "Comes again", "Yes: next, say how", hint="You see the next dates before it is saved."),
        ],
        submit="Add",
    )


def change_form(shown: CalendarDate) -> View:
    scope = forms.radio("scope", "What to change", _SCOPES, Scope.ONE) if shown.series_id is not None else None
    return forms.form(
        "Change a date",
        ids.CHANGE_DATE_FORM,
        [*([scope] if scope else []), *_details(details_of(shown))],
        submit="Save",
        about=_about(shown),
    )


def call_off_form(shown: CalendarDate) -> View:
    scope = [forms.radio("scope", "What to call off", _CALLED_OFF, Scope.ONE)] if shown.series_id is not None else []
    return forms.form(
        "Call off",
        ids.CALL_OFF_DATE_FORM,
        [
            words.section(f"*{words.plain(shown.title)}*, {words.moment(shown.starts_at)}"),
            *scope,
            forms.paragraph(
                "because", "Why", most=LONGEST_REASON, hint="It stays in the calendar as called off, with this."
            ),
        ],
        submit="Call off",
        about=_about(shown),
    )


def _about(shown: CalendarDate) -> dict[str, Any]:
    return {"date": shown.id, "seen": int(shown.starts_at.timestamp())}


def _details(shown: DateDetails | None) -> list[InputBlock]:
    kinds = [(said, kind.value) for kind, said in KIND_WORDS.items()]
    return [
        forms.choice("kind", "What it is", kinds, shown.kind.value if shown else None),
        forms.line(
            "title",
            "What it is called",
            shown.title if shown else "",
            most=LONGEST_TITLE,
            optional=True,
            hint="Meetings may do without.",
        ),
        forms.moment("starts", "Begins", shown.starts_at if shown else None),
        forms.moment(
            "ends",
            "Ends",
            shown.ends_at if shown else None,
            optional=True,
            hint="Left as it is, it moves along to another day." if shown else "",
        ),
        forms.line("place", "Where", (shown.place or "") if shown else "", most=LONGEST_PLACE, optional=True),
    ]


def rule_form(
    about: Mapping[str, Any], starts: datetime, choice: RuleChoice | None = None, shown: Preview | None = None
) -> View:
    """How a date comes again. `starts` is by the office's clock. With `shown`, the dates it leads to stand above, and
    sending it in once more saves it; whatever is changed below is shown first."""
    above = (
        _preview(shown, starts) if shown else [words.section("How does it come again? The next step shows the dates.")]
    )
    chosen = choice or RuleChoice(Again.WEEKDAY, weekday=starts.weekday(), nth=_which(starts))
    return forms.form(
        "Comes again",
        ids.DATE_RULE_FORM,
        [
            *above,
            forms.choice("frequency", "How it comes again", _AGAIN, chosen.again),
            forms.line("interval", "Every how many weeks, months or years", chosen.every, most=3),
            forms.choice("nth", "Which one of the month", [(said, str(nth)) for said, nth in _NTH], str(chosen.nth)),
            forms.choice(
                "weekday", "Weekday", [(said, str(day)) for day, said in enumerate(WEEKDAYS)], str(chosen.weekday)
            ),
            forms.choice("months", "In which months", _MONTHS, chosen.months),
            forms.choices(
                "chosen",
                "Months chosen",
                [(said, str(number)) for number, said in enumerate(MONTHS, 1)],
                [str(month) for month in chosen.chosen],
            ),
            forms.day("until", "Until", chosen.until, optional=True, hint="The last day on which it may be."),
            forms.line(
                "own",
                "A rule of my own",
                chosen.own,
                most=300,
                optional=True,
                hint="For who has one as iCalendar text: FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,3,5",
            ),
        ],
        submit="Save these dates" if shown else "Show dates",
        about=about,
    )


def _which(starts: datetime) -> int:
    """Which of its weekday a day is in its month: the first … the fourth, or the last (-1)."""
    which = (starts.day - 1) // 7 + 1
    return which if which < MOST_WEEKS else -1


def _preview(shown: Preview, starts: datetime) -> list[Block]:
    lines = [
        f"• {day_words(one.day)}, {starts:%H:%M}" + (f"  :warning: {one.not_working}" if one.not_working else "")
        for one in shown.days
    ]
    remark = ""
    if shown.days[0].day != shown.first_on and shown.first_on not in shown.rule.dates(shown.first_on, most=1):
        remark = f"\n{day_words(shown.first_on)} itself is not one of them."
    said = f"*{words.first_up(words.plain(shown.rule.words()))}.* The next dates:\n" + "\n".join(lines) + remark
    return [
        words.section(said),
        words.small("Nothing is saved yet. Save these dates, or change something below and look again."),
        words.divider(),
    ]
