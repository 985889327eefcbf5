"""What is said of a date: as a form gives it, and as it is kept."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.errors import BadInput
from bot.core.workspaces import Work
from bot.desk.calendar_words import KIND_WORDS
from storage.calendar import CalendarDate, DateKind

LONGEST_TITLE, LONGEST_PLACE, LONGEST_REASON = 100, 80, 300
"""Characters. Title and place travel with the form that follows: it holds three thousand, and an emoji is twelve."""
LONGEST = timedelta(days=366)
FAR = timedelta(days=10 * 366)
MEETINGS = frozenset({DateKind.BOARD_MEETING, DateKind.GROUP_MEETING})


@dataclass(frozen=True)
class DateDetails:
    """Instants are UTC."""

    kind: DateKind
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime | None


def checked(work: Work, details: DateDetails) -> DateDetails:
    """The same, tidied. Raises `BadInput` with a sentence for its field."""
    title, place = " ".join(details.title.split()), " ".join(details.place.split())
    if not title and details.kind not in MEETINGS:
        raise BadInput("Say what it is called.", field="title")
    for words, most, field in ((title, LONGEST_TITLE, "title"), (place, LONGEST_PLACE, "place")):
        if len(words) > most:
            raise BadInput(f"This has {len(words)} characters and may have {most}. Shorten it.", field=field)
    starts_at, ends_at = details.starts_at, details.ends_at
    if abs(starts_at - work.now) > FAR:
        raise BadInput("This is more than ten years away. Check the year.", field="starts")
    if ends_at is not None and ends_at <= starts_at:
        raise BadInput("This is before it begins. Give a later time.", field="ends")
    if ends_at is not None and ends_at - starts_at > LONGEST:
        raise BadInput("This is more than a year after it begins. Check the year.", field="ends")
    return replace(details, title=title or KIND_WORDS[details.kind], place=place)


def details_of(one: CalendarDate) -> DateDetails:
    return DateDetails(one.kind, one.title, one.place or "", one.starts_at, one.ends_at)


def values_of(details: DateDetails) -> dict[str, object]:
    """As the columns of a date."""
    return {
        "kind": details.kind,
        "title": details.title,
        "place": details.place or None,
        "starts_at": details.starts_at,
        "ends_at": details.ends_at,
    }
