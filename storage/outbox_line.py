"""The line in which postings stand until they are said: whose turn it is, who sends it, and what could not be said.

Instants named `…_real` are of the real clock, whatever the desk's clock shows: a lease is about processes, not people.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from storage.database import Overview, Transaction, UtcDateTime, changed
from storage.outbox import FILES, IS_MESSAGE, LIVE, MESSAGE_DELETED, UNSENT, Posting
from storage.people import Person
from storage.subjects import Subject


def ready(view: Overview, *, now_real: datetime, limit: int) -> list[int]:
    """The ids of what can be said now, what people wait for first.

    A reply waits for the post it stands below, and for older replies there, so that a thread reads in order. Other
    messages wait for those before them in the same channel or to the same person, unless these have failed before: one
    that Slack refuses must not hold up others.
    """
    return list(view.session.scalars(_ready(), {"now_real": now_real, "limit": limit}))


@cache
def _ready() -> sa.Select[int]:
    """The question of `ready`: asked many times a second, so put together once."""
    parent = aliased(Posting)
    in_thread = Posting.thread_of_id.is_not(None)
    in_order = sa.or_(in_thread, sa.and_(Posting.attempts == 0, Posting.kind.not_in(FILES)))
    holds_up_others = sa.and_(IS_MESSAGE, Posting.ts.is_(None), in_order)
    before_it = (
        sa.func.count()
        .filter(holds_up_others)
        .over(
            partition_by=[Posting.channel_id, Posting.person_id, Posting.thread_of_id],
            order_by=[sa.case((in_thread, None), else_=Posting.urgency), Posting.id],
            rows=(None, -1),
        )
    )
    # one pass over what is unsent, however much has been said before
    queue = sa.select(Posting.id, before_it.label("before_it")).where(UNSENT, LIVE).subquery()
    has_its_turn = sa.and_(queue.c.before_it == 0, sa.or_(~in_thread, parent.ts.is_not(None)))
    now_real: sa.BindParameter[datetime] = sa.bindparam("now_real", type_=UtcDateTime)
    return (
        sa.select(Posting.id)
        .join(queue, queue.c.id == Posting.id)
        .outerjoin(parent, parent.id == Posting.thread_of_id)
        .where(_free(now_real), sa.or_(Posting.ts.is_not(None), ~IS_MESSAGE, has_its_turn))
        .order_by(Posting.urgency, Posting.id)
        .limit(sa.bindparam("limit", type_=sa.Integer))
    )


def claim(
    view: Overview, ids: Collection[int], *, by: str, now_real: datetime, until_real: datetime
) -> Sequence[Posting]:
    """Takes postings for one sender until a lease runs out: those of `ids` that nobody else has taken meanwhile."""
    taken = view.session.scalars(
        sa.update(Posting)
        .where(Posting.id.in_(ids), _free(now_real))
        .values(
            claim=by,
            claimed_until_real=until_real,
            first_tried_real=sa.func.coalesce(Posting.first_tried_real, now_real),
        )
        .returning(Posting.id),
        execution_options={"synchronize_session": False},
    ).all()
    return view.session.scalars(
        sa.select(Posting).where(Posting.id.in_(taken)).order_by(Posting.urgency, Posting.id)
    ).all()


def begin(
    tx: Transaction, posting_id: int, by: str, *, version: int, posted_in: str, until_real: datetime, **more: Any
) -> bool:
    """Notes that a first post is about to go out, so that whoever comes next looks for it, and renews the lease.

    False: another sender has taken it over, or it was taken back. From here on it can no longer be taken back. Of a
    file, `more` is its id in Slack, by which it is looked for.
    """
    return changed(
        tx,
        sa.update(Posting)
        .where(Posting.id == posting_id, Posting.claim == by, Posting.cancelled_at.is_(None))
        .values(attempting=version, posted_in=posted_in, claimed_until_real=until_real, **more),
    )


def held(tx: Transaction, posting_id: int, by: str, /, **values: Any) -> bool:
    """Changes a posting if the claim on it still holds."""
    return changed(tx, sa.update(Posting).where(Posting.id == posting_id, Posting.claim == by).values(**values))


def hold_back(tx: Transaction, posting: Posting, until_real: datetime) -> None:
    """Slack asked for patience where this was to be posted: nothing new is posted there before `until_real`."""
    changed(
        tx,
        sa.update(Posting)
        .where(
            Posting.channel_id == posting.channel_id if posting.channel_id else Posting.person_id == posting.person_id,
            UNSENT,
            IS_MESSAGE,
            Posting.ts.is_(None),
        )
        .values(retry_at_real=until_real),
    )


def failed_about(tx: Transaction, *, channel_id: str | None = None, person_id: int | None = None) -> list[Subject]:
    """The records of which something could not be said in a channel, or to a person."""
    there = Posting.channel_id == channel_id if channel_id else Posting.person_id == person_id
    query = sa.select(Posting.subject_kind, Posting.subject_id).where(Posting.failed_because.is_not(None), there)
    return [Subject(*row) for row in tx.session.execute(query.distinct())]


def retry(tx: Transaction, *, channel_id: str | None = None, person_id: int | None = None) -> None:
    """Wants what could not be said in a channel, or to a person, tried again. What was deleted is posted anew."""
    was_deleted = Posting.failed_because == MESSAGE_DELETED
    changed(
        tx,
        sa.update(Posting)
        .where(
            Posting.failed_because.is_not(None),
            Posting.channel_id == channel_id if channel_id else Posting.person_id == person_id,
        )
        .values(
            failed_because=None,
            retry_at_real=None,
            attempts=0,
            ts=sa.case((was_deleted, None), else_=Posting.ts),
            first_tried_real=sa.case((was_deleted, None), else_=Posting.first_tried_real),
        ),
    )


def count_unsent(view: Overview) -> int:
    """How much is still to be said. What stands below a post that could not be said is not counted."""
    return view.session.scalar(_how_many_unsent()) or 0


@cache
def _how_many_unsent() -> sa.Select[int]:
    parent = aliased(Posting)
    has_no_place = sa.and_(
        parent.ts.is_(None), sa.or_(parent.cancelled_at.is_not(None), parent.failed_because.is_not(None))
    )
    return (
        sa.select(sa.func.count())
        .select_from(Posting)
        .outerjoin(parent, parent.id == Posting.thread_of_id)
        .where(UNSENT, LIVE, sa.or_(parent.id.is_(None), ~has_no_place))
    )


def oldest_unsent(tx: Transaction) -> datetime | None:
    """Since when the oldest of what still has to be said has waited; None where nothing does."""
    return tx.session.scalar(
        sa.select(Posting.created_at)
        .where(UNSENT, LIVE, IS_MESSAGE, Posting.ts.is_(None))
        .order_by(Posting.id)
        .limit(1)
    )


def refused(tx: Transaction) -> list[tuple[str, str, int]]:
    """What Slack refused for good: in which channel or to whom, its word for why, and how many; the most first."""
    place = sa.func.coalesce(Posting.channel_id, Person.name)
    number = sa.func.count()
    query = (
        sa.select(place, Posting.failed_because, number)
        .select_from(Posting)
        .outerjoin(Person, Person.id == Posting.person_id)
        .where(Posting.failed_because.is_not(None), Posting.cancelled_at.is_(None), IS_MESSAGE)
        .group_by(place, Posting.failed_because)
        .order_by(number.desc())
    )
    return [(row[0], row[1] or "", row[2]) for row in tx.session.execute(query)]


@dataclass(frozen=True)
class Undelivered:
    """What Slack refused for good in one channel, or to one person: its word for why, and how many messages."""

    channel_id: str | None
    person_id: int | None
    error: str
    number: int


def undelivered(tx: Transaction) -> list[Undelivered]:
    """By place, the most messages first."""
    number = sa.func.count()
    query = (
        sa.select(Posting.channel_id, Posting.person_id, sa.func.max(Posting.failed_because), number)
        .where(Posting.failed_because.is_not(None), Posting.cancelled_at.is_(None), IS_MESSAGE)
        .group_by(Posting.channel_id, Posting.person_id)
        .order_by(number.desc(), Posting.channel_id, Posting.person_id)
    )
    return [Undelivered(row[0], row[1], row[2] or "", row[3]) for row in tx.session.execute(query)]


def _free(now_real: datetime | sa.BindParameter[datetime]) -> sa.ColumnElement[bool]:
    """Nobody is sending it, and it need not wait."""
    return sa.and_(
        UNSENT,
        LIVE,
        sa.or_(Posting.claimed_until_real.is_(None), Posting.claimed_until_real < now_real),
        sa.or_(Posting.retry_at_real.is_(None), Posting.retry_at_real <= now_real),
    )
