"""What is missing in one workspace before the desk can do its work, as far as our own records tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.working_days import bank_holidays
from bot.core.workspaces import Work
from bot.desk import settings
from bot.desk.undeliverable import why
from storage import outbox_line, people
from storage.people import Person, Role

PATIENCE = timedelta(minutes=10)
"""What has been waiting to be said for longer is stuck."""
FEWEST_BANK_HOLIDAYS = 8
"""England and Wales, which have the fewest, have eight in a year."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `ok` None: it could not be looked at. The sentence says what to do."""

    ok: bool | None
    sentence: str


def fine(sentence: str) -> Finding:
    return Finding(ok=True, sentence=sentence)


def wrong(sentence: str) -> Finding:
    return Finding(ok=False, sentence=sentence)


def unseen(sentence: str) -> Finding:
    return Finding(ok=None, sentence=sentence)


def records(work: Work) -> Iterator[Finding]:
    """Settings, people and what waits to be said, each in a sentence."""
    yield from _missing(work)
    yield from _people(work)
    yield from _deputies(work)
    yield from _organisations(work)
    yield from _calendar(work)
    yield from _outbox(work)


def _missing(work: Work) -> Iterator[Finding]:
    missing = settings.page(work).missing
    yield from (wrong(sentence) for sentence in missing)
    if not missing:
        yield fine("The press channel, the roles, the topics and their leads are set.")


def _people(work: Work) -> Iterator[Finding]:
    gone = [(person, duties) for person in people.all_known(work.tx) if (duties := _holds(work, person))]
    left = [(person, duties) for person, duties in gone if person.left_at is not None]
    for person, duties in left:
        yield wrong(
            f"{person.name} has left Slack, and is still {' and '.join(duties)}. Choose somebody else in Settings.",
        )
    if not left:
        yield fine("Everybody who holds a role is still here.")


def _holds(work: Work, person: Person) -> list[str]:
    topics, also = people.topics(work.tx), people.also_signing(work.tx)
    found = [f"lead of {topic.name}" for topic in topics if topic.lead_id == person.id]
    found += [
        f"somebody who must sign on {topic.name}"
        for topic in topics
        if person.id in {one.id for one in also.get(topic.id, ())}
    ]
    if work.settings.duty_officer_id == person.id:
        found.append("duty officer")
    if Role.SPOKESPERSON in person.roles:
        found.append("spokesperson")
    found += [
        f"deputy of {other.name}"
        for other in people.all_known(work.tx)
        if other.deputy_id == person.id and other.left_at is None
    ]
    return found


def _deputies(work: Work) -> Iterator[Finding]:
    circles = circles_of({person.id: person.deputy_id for person in people.all_known(work.tx)})
    names = {person.id: person.name for person in people.all_known(work.tx)}
    for circle in circles:
        listed = ", then ".join(names[one] for one in [*circle, circle[0]])
        yield wrong(
            f"Deputies go round in a circle: {listed}. If all are away, nobody is told. Change a deputy in Settings.",
        )
    if not circles:
        yield fine("No deputies go round in a circle.")


def circles_of(deputies: dict[int, int | None]) -> list[tuple[int, ...]]:
    """The circles in which deputies lead back to the one they stand in for; each once, from its lowest id."""
    found: set[tuple[int, ...]] = set()
    for start in deputies:
        path: list[int] = []
        one: int | None = start
        while one is not None and one not in path:
            path.append(one)
            one = deputies.get(one)
        if one is not None:
            circle = path[path.index(one) :]
            first = circle.index(min(circle))
            found.add((*circle[first:], *circle[:first]))
    return sorted(found)


def _organisations(work: Work) -> Iterator[Finding]:
    without = settings.page(work).without_lead
    for organisation in without:
        yield wrong(
            f"{organisation.name} has no communications lead, so nothing can be referred to it. In Settings choose "
            "Change person or Add person, and give them the role and the organisation.",
        )
    if not without:
        yield fine("Every organisation has a communications lead.")


def _calendar(work: Work) -> Iterator[Finding]:
    today = work.hours.local_day(work.now)
    for year in (today.year, today.year + 1):
        known = bank_holidays(work.hours.nation, date(year, 1, 1).year)
        if len(known) < FEWEST_BANK_HOLIDAYS:
            yield wrong(
                f"Bank holidays of {year} are not known, so working days would be wrong. Update the package holidays.",
            )
            return
    yield fine(f"Bank holidays are known to the end of {today.year + 1}.")


def _outbox(work: Work) -> Iterator[Finding]:
    oldest = outbox_line.oldest_unsent(work.tx)
    refused = outbox_line.refused(work.tx)
    if oldest is not None and work.now - oldest > PATIENCE:
        minutes = (work.now - oldest) // timedelta(minutes=1)
        yield wrong(
            f"Something has been waiting to be said in Slack for {minutes:,} minutes. Is the desk running? Look into "
            "its log.",
        )
    for place, error, number in refused:
        yield wrong(
            f"In {place} something could not be said ({number:,}): {why(error)}. Put it right, and press Try again in "
            "the message that says so.",
        )
    if not refused and (oldest is None or work.now - oldest <= PATIENCE):
        yield fine("Nothing waits to be said in Slack, and nothing was refused.")
