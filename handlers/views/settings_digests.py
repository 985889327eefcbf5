"""Digests in the settings, on the screen."""

from collections.abc import Sequence
from datetime import time

from slack_sdk.models.views import View

from bot.core.digests import MOST_DAYS_BEFORE
from bot.desk.settings_digests import DigestChoice, rules_of, when_words
from bot.desk.settings_words import WEEKDAYS
from handlers import ids
from handlers.views import forms, words
from storage.digests import Digest, Every, Moment

_MOMENTS: dict[Moment, str] = {
    Moment.OPENS: "When the office opens",
    Moment.CLOSES: "When the office closes",
    Moment.CLOCK: "At the time below",
}


def in_words(digests: Sequence[Digest]) -> str:
    """All of them in one line of the settings."""
    if not digests:
        return "none before the press channel is known"
    return "; ".join(
        f"{words.plain(digest.title)}, {when_words(rules_of(digest)) if digest.is_on else 'off'}" for digest in digests
    )


def choose_form(digests: Sequence[Digest]) -> View:
    offered = [(digest.title, str(digest.id)) for digest in digests]
    return forms.form(
        "Change digests", ids.CHOOSE_DIGEST_FORM, [forms.choice("digest", "Which", offered)], submit="Continue"
    )


def digest_form(shown: DigestChoice) -> View:
    digest = shown.digest
    return forms.form(
        digest.title,
        ids.DIGEST_FORM,
        [
            forms.tick("on", "Send it", "Yes, on these days", ticked=digest.is_on),
            forms.choice(
                "days",
                "Days",
                _days(digest),
                _day_value(digest.every, digest.days_before or digest.on_day),
                hint="What falls on a day on which nobody works is sent on the next working day.",
            ),
            forms.choice("moment", "When", [(text, one.value) for one, text in _MOMENTS.items()], digest.moment),
            forms.clock_time("at", "Time", digest.at or time(9)),
            forms.choices("parts", "What it tells", [(label, name) for name, label in shown.parts], digest.parts),
        ],
        submit="Save digest",
        about={"digest": digest.id},
    )


def _days(digest: Digest) -> list[forms.Choice]:
    months = sorted({1, 15, *([digest.on_day] if digest.every is Every.MONTH and digest.on_day else [])})
    return [
        ("Every working day", _day_value(Every.WORKING_DAY, None)),
        ("Every day", _day_value(Every.DAY, None)),
        *((f"Every {name}", _day_value(Every.WEEK, day)) for day, name in enumerate(WEEKDAYS)),
        *((f"Every month on day {day}", _day_value(Every.MONTH, day)) for day in months),
        *((_before(number), _day_value(Every.BEFORE_MEETING, number)) for number in range(1, MOST_DAYS_BEFORE + 1)),
    ]


def _before(number: int) -> str:
    return f"{number} working {'day' if number == 1 else 'days'} before each board meeting"


def _day_value(every: Every, on_day: int | None) -> str:
    return every.value if on_day is None else f"{every}:{on_day}"
