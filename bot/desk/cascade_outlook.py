"""What the board owes: in homes, and in digests."""

from datetime import datetime

from bot.core.digest_parts import Edition, Entry, Section, bounded, without_braces
from bot.core.outlook import Listing, Some, Upcoming
from bot.core.permissions import Act, may
from bot.core.workspaces import Work
from bot.desk import cascade_steps
from bot.desk.cascade_steps import about
from storage import cascades
from storage.briefings import Briefing
from storage.cascades import CascadeState, Count
from storage.people import Person

MOST_BRIEFINGS = 8
MOST_NAMES = 15


def listing(work: Work, reader: Person) -> Listing | None:
    """The cascades under way, for those who look over them."""
    if reader.roles.isdisjoint(cascade_steps.LOOKING_OVER):
        return None
    ids = cascades.briefings_under_way(work.tx)
    found = [
        Upcoming(
            subject=about(briefing.id),
            title=f"{briefing.reference} · {briefing.meeting.title}",
            about="",
            due_at=due_at,
            whose=f"{briefing.owner.name} sees to it",
            words=f"{in_short(count)}. {_slowest(work, briefing.id, due_at)}",
        )
        for briefing_id in ids[:MOST_BRIEFINGS]
        for briefing, count, due_at in [_standing(work, briefing_id)]
    ]
    return Listing(
        "What the board owes", Some(tuple(found), len(ids)), "Show says who has passed them on, and who not."
    )


def _standing(work: Work, briefing_id: int) -> tuple[Briefing, Count, datetime]:
    count = cascades.count(work.tx, briefing_id)
    return cascade_steps.briefing_of(work.tx, briefing_id), count, count.due_at or work.now


def _slowest(work: Work, briefing_id: int, due_at: datetime) -> str:
    """Who is due first and has not said anything."""
    late = [one for one in cascades.of_briefing(work.tx, briefing_id, CascadeState.ASKED) if one.due_at == due_at]
    others = f" and {len(late) - 1} more" if len(late) > 1 else ""
    return f"First due: {late[0].person.name}{others}" if late else ""


def in_short(count: Count) -> str:
    return f"{count.passed_on} of {count.wanted} have passed it on"


class TakenHome:
    name, label, needs = "cascade", "Who has taken the key messages home", None

    def gather(self, work: Work, edition: Edition) -> Section:
        ids = cascades.briefings_under_way(work.tx)
        reader = edition.reader
        names = reader is not None and may(Act.SEE_WHO_PASSED_ON, frozenset(reader.roles))
        entries = [self._entry(work, briefing_id, names=names) for briefing_id in ids]
        kept, more = bounded(entries, MOST_BRIEFINGS)
        has_listing = reader is not None and not reader.roles.isdisjoint(cascade_steps.LOOKING_OVER)
        see = "Your Home shows all of them, under What the board owes." if has_listing else ""
        return Section(self.label, kept, more, see, quiet="nobody has key messages to take home")

    def _entry(self, work: Work, briefing_id: int, *, names: bool) -> Entry:
        briefing, count, due_at = _standing(work, briefing_id)
        title = without_braces(briefing.meeting.title)
        line = f"{briefing.reference} · {title}: {in_short(count)}; the rest are due {{due}}"
        if names:
            missing = [one.person.name for one in cascades.of_briefing(work.tx, briefing_id, CascadeState.ASKED)]
            more = f" and {len(missing) - MOST_NAMES} more" if len(missing) > MOST_NAMES else ""
            line += f". Not yet: {without_braces(', '.join(missing[:MOST_NAMES]))}{more}"
        return Entry(line, times={"due": due_at})
