"""Digests in the settings, on the screen."""

from collections.abc import Sequence
from datetime import time

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.core.digest_days import MOST_DAYS_BEFORE
from bot.core.digests import ShownDigest
from bot.desk import digest_rules
from bot.desk.digest_rules import DigestRules
from bot.desk.settings_digests import DigestChoice
from bot.desk.settings_words import WEEKDAYS
from handlers import ids
from handlers.views import digests, forms, words
from handlers.views.role_words import ROLE_WORDS
from storage.digests import Digest, Every, Moment, ReaderKind
from storage.people import Person

_MOMENTS: dict[Moment, str] = {
    Moment.OPENS: "When the office opens",
    Moment.CLOSES: "When the office closes",
    Moment.CLOCK: "At the time below",
}


READERS_WORDS: dict[str, str] = {
    ReaderKind.PRESS_CHANNEL.value: "The press channel",
    ReaderKind.DUTY_OFFICER.value: "The duty officer",
}
A_NEW_ONE = "new"


def in_words(several: Sequence[Digest], people: Sequence[Person]) -> str:
    """All of them in one line of the settings."""
    if not several:
        return "none before the press channel is known"
    return "; ".join(f"{words.plain(digest.title)}, {_goes_out(digest, people)}" for digest in several)


def _goes_out(digest: Digest, people: Sequence[Person]) -> str:
    if not digest.is_on:
        return "off"
    when = digest_rules.when_words(digest_rules.of(digest))
    roles = {role for person in people if person.on_slack for role in person.roles}
    has_reader = any(reader.kind is not ReaderKind.ROLE or reader.role in roles for reader in digest.readers)
    return when if has_reader else f"{when} (nobody reads it yet)"


def choose_form(several: Sequence[Digest]) -> View:
    offered = [*((digest.title, str(digest.id)) for digest in several), ("A new one", A_NEW_ONE)]
    return forms.form(
        "Change digests", ids.CHOOSE_DIGEST_FORM, [forms.choice("digest", "Which", offered)], submit="Continue"
    )


def digest_form(shown: DigestChoice) -> View:
    """What is set of a digest, or of a new one."""
    digest = shown.digest
    rules = digest_rules.of(digest) if digest else _NEW
    readers = rules.readers or ()
    return forms.form(
        digest.title if digest else "New digest",
        ids.DIGEST_FORM,
        [
            *(_above(shown) if digest else []),
            forms.tick("on", "Send it", "Yes, on these days", ticked=rules.is_on),
            forms.line("title", "Title", rules.title or "", most=digest_rules.LONGEST_TITLE),
            forms.choice(
                "days",
                "Days",
                _days(rules),
                _day_value(rules.every, rules.days_before or rules.on_day),
                hint="What falls on a day on which nobody works is sent on the next working day.",
            ),
            forms.choice("moment", "When", [(text, one.value) for one, text in _MOMENTS.items()], rules.moment),
            forms.clock_time("at", "Time", rules.at or time(9)),
            forms.choices("parts", "What it tells", [(label, name) for name, label in shown.parts], rules.parts),
            forms.choices(
                "readers",
                "To whom",
                [
                    *((text, value) for value, text in READERS_WORDS.items()),
                    *((f"Everybody who is: {text}", role.value) for role, text in ROLE_WORDS.items()),
                ],
                [(one.role or one.kind).value for one in readers],
            ),
            forms.channels(
                "channels",
                "And to these channels",
                [one.channel_id for one in readers if one.channel_id],
                hint="What is of enquiries goes to the press channel alone. Comms Desk has to be in the channel.",
            ),
            forms.choices(
                "people",
                "And to these people",
                [(person.name, str(person.id)) for person in shown.people],
                [str(one.person_id) for one in readers if one.person_id],
            ),
        ],
        submit="Save digest" if digest else "Add digest",
        about={"digest": digest.id if digest else None},
    )


_NEW = DigestRules(is_on=True, every=Every.WEEK, on_day=0, moment=Moment.OPENS, at=None, parts=(), title="", readers=())


def _above(shown: DigestChoice) -> list[Block]:
    if shown.digest is None:
        return []
    value = shown.digest.id
    offered = [
        words.button("Show what it would say now", ids.PREVIEW_DIGEST, value),
        words.button("Send me this now", ids.SEND_DIGEST_NOW, value),
    ]
    if shown.is_own:
        offered.append(words.button("Remove digest", ids.REMOVE_DIGEST, value))
    return [*words.buttons(offered)]


def preview_page(shown: ShownDigest) -> View:
    """As whoever looks would get it."""
    drawn = digests.digest(shown)
    return forms.page("What it would say now", drawn.blocks)


def remove_form(shown: DigestChoice) -> View:
    title = words.plain(shown.digest.title, words.LONGEST_TITLE) if shown.digest else ""
    return forms.form(
        "Remove digest",
        ids.REMOVE_DIGEST_FORM,
        [words.section(f"*{title}* is not sent any more. What it said stays where it stands.")],
        submit="Remove digest",
        about={"digest": shown.digest.id if shown.digest else None},
    )


def _days(digest: DigestRules) -> list[forms.Choice]:
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
