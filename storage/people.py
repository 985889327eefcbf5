"""The people the desk knows, what they may be asked to do, and the organisations they belong to."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, changed, insert_once, within_workspace


class Role(StrEnum):
    """What a person is to the press office. One person may hold several."""

    PRESS_OFFICER = "press_officer"
    COMMS_LEAD = "comms_lead"
    LEAD = "lead"
    SPOKESPERSON = "spokesperson"
    EXECUTIVE = "executive"
    CHAIR = "chair"
    GROUP_CHAIR = "group_chair"
    BOARD_MEMBER = "board_member"
    ORGANISATION_LEAD = "organisation_lead"
    PROGRAMME_OFFICE = "programme_office"
    ON_CALL_OFFICER = "on_call_officer"


class Roles(sa.types.TypeDecorator[frozenset[Role]]):
    """Someone's roles in one column, `,chair,lead,`: read with the person, wherever a person is read."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Collection[Role] | None, dialect: sa.Dialect) -> str:  # noqa: ARG002 (SQLAlchemy's signature)
        return "".join(f",{role.value}" for role in sorted(value or ())) + ","

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> frozenset[Role]:  # noqa: ARG002 (SQLAlchemy's signature)
        return frozenset(Role(role) for role in (value or "").split(",") if role)


class Organisation(InWorkspace, Base):
    __tablename__ = "organisations"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "id"), sa.UniqueConstraint("workspace_id", "name"))

    name: Mapped[str]


class Person(InWorkspace, Base):
    """Somebody who works with the desk. Without `slack_user_id`, a press officer carries what they owe to them."""

    __tablename__ = "people"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "slack_user_id"),
        within_workspace("organisation_id", table="organisations"),
        within_workspace("deputy_id", table="people"),
    )

    name: Mapped[str]
    roles: Mapped[frozenset[Role]] = mapped_column(Roles, default=frozenset())
    email: Mapped[str | None]
    slack_user_id: Mapped[str | None]
    slack_team_id: Mapped[str | None]
    dm_channel_id: Mapped[str | None]
    organisation_id: Mapped[int | None]
    deputy_id: Mapped[int | None]
    is_workspace_owner: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    left_at: Mapped[datetime | None]
    profile_read_at: Mapped[datetime | None]

    @property
    def on_slack(self) -> bool:
        return self.slack_user_id is not None and self.left_at is None


class Topic(InWorkspace, Base):
    """A subject of enquiries. Its lead must sign what is said on it."""

    __tablename__ = "topics"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "name"),
        within_workspace("lead_id", table="people"),
    )

    name: Mapped[str]
    lead_id: Mapped[int | None]
    lead: Mapped[Person | None] = relationship(lazy="joined", foreign_keys="Topic.lead_id", viewonly=True)


class TopicSignatory(InWorkspace, Base):
    """Somebody who must sign what is said on a topic, beside its lead."""

    __tablename__ = "topic_signatories"
    __table_args__ = (
        within_workspace("topic_id", table="topics"),
        within_workspace("person_id", table="people"),
        sa.UniqueConstraint("workspace_id", "topic_id", "person_id"),
    )

    topic_id: Mapped[int]
    person_id: Mapped[int]


def get(tx: Transaction, person_id: int) -> Person | None:
    return tx.session.scalar(sa.select(Person).where(Person.id == person_id))


def by_slack(tx: Transaction, slack_user_id: str) -> Person | None:
    return tx.session.scalar(sa.select(Person).where(Person.slack_user_id == slack_user_id))


def several(tx: Transaction, ids: Collection[int]) -> list[Person]:
    return list(tx.session.scalars(sa.select(Person).where(Person.id.in_(ids)).order_by(Person.name)))


def everyone(tx: Transaction) -> list[Person]:
    """Everybody with a role who has not left, by name."""
    return list(
        tx.session.scalars(
            sa.select(Person)
            .where(Person.left_at.is_(None), Person.roles != frozenset())
            .order_by(sa.func.lower(Person.name))
        )
    )


def all_known(tx: Transaction) -> list[Person]:
    """Everybody on file, with a role or without, gone or not; in the order in which they came."""
    return list(tx.session.scalars(sa.select(Person).order_by(Person.id)))


def holding(tx: Transaction, *roles: Role) -> list[Person]:
    """Those who hold any of the roles and have not left, by name."""
    return list(
        tx.session.scalars(
            sa.select(Person)
            .where(Person.left_at.is_(None), sa.or_(*(_holds(role) for role in roles)))
            .order_by(sa.func.lower(Person.name))
        )
    )


def holding_even_if_left(tx: Transaction, *roles: Role) -> list[Person]:
    """Those who hold any of the roles, by name; also those who have left Slack and may still be reached elsewhere."""
    holds = sa.or_(*(_holds(role) for role in roles))
    return list(tx.session.scalars(sa.select(Person).where(holds).order_by(sa.func.lower(Person.name), Person.id)))


def of_organisation(tx: Transaction, organisation_id: int) -> list[Person]:
    """Those who belong to an organisation and have not left, with a role or without, by name."""
    return list(
        tx.session.scalars(
            sa.select(Person)
            .where(Person.organisation_id == organisation_id, Person.left_at.is_(None))
            .order_by(sa.func.lower(Person.name), Person.id)
        )
    )


def _holds(role: Role) -> sa.ColumnElement[bool]:
    return sa.cast(Person.roles, sa.Text).contains(f",{role.value},", autoescape=True)


def in_slack(tx: Transaction) -> list[Person]:
    """Everybody known who has an account and has not left, with a role or without."""
    return list(
        tx.session.scalars(
            sa.select(Person).where(Person.slack_user_id.is_not(None), Person.left_at.is_(None)).order_by(Person.id)
        )
    )


def outside_slack(tx: Transaction) -> list[Person]:
    """Everybody known who has no account, with a role or without, by name."""
    return list(
        tx.session.scalars(
            sa.select(Person)
            .where(Person.slack_user_id.is_(None), Person.left_at.is_(None))
            .order_by(sa.func.lower(Person.name), Person.id)
        )
    )


def left_with_deputy(tx: Transaction) -> list[Person]:
    """Those who left Slack and have somebody to stand in for them."""
    return list(tx.session.scalars(sa.select(Person).where(Person.left_at.is_not(None), Person.deputy_id.is_not(None))))


def with_stale_profile(tx: Transaction, before: datetime) -> list[Person]:
    """Those of whom Slack was last asked before a time, or never."""
    return [person for person in in_slack(tx) if person.profile_read_at is None or person.profile_read_at < before]


def arrive(tx: Transaction, *, slack_user_id: str, slack_team_id: str, name: str) -> Person:
    """The person behind a Slack account, made without any role on first meeting."""
    insert_once(
        tx,
        Person,
        name=name,
        slack_user_id=slack_user_id,
        slack_team_id=slack_team_id,
        is_workspace_owner=False,
        is_guest=False,
    )
    person = by_slack(tx, slack_user_id)
    assert person is not None  # noqa: S101 (inserted above, or there before)
    return person


def note_dm_channel(tx: Transaction, person_id: int, channel_id: str) -> None:
    changed(tx, sa.update(Person).where(Person.id == person_id).values(dm_channel_id=channel_id))


def topics(tx: Transaction) -> list[Topic]:
    return list(tx.session.scalars(sa.select(Topic).order_by(sa.func.lower(Topic.name))))


def topic(tx: Transaction, topic_id: int) -> Topic | None:
    return tx.session.scalar(sa.select(Topic).where(Topic.id == topic_id))


def topic_named(tx: Transaction, name: str) -> Topic | None:
    """Whatever its capitals. Compared here: SQLite knows small letters of ASCII alone."""
    return next((one for one in topics(tx) if one.name.casefold() == name.casefold()), None)


def also_signing(tx: Transaction) -> dict[int, tuple[Person, ...]]:
    """By topic, those who must sign beside its lead, by name. Topics without any are left out."""
    found: dict[int, list[Person]] = {}
    query = (
        sa.select(TopicSignatory.topic_id, Person)
        .join(Person, Person.id == TopicSignatory.person_id)
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    for topic_id, person in tx.session.execute(query):
        found.setdefault(topic_id, []).append(person)
    return {topic_id: tuple(people) for topic_id, people in found.items()}


def set_also_signing(tx: Transaction, topic_id: int, person_ids: Collection[int]) -> None:
    """These and nobody else must sign beside the topic's lead."""
    changed(
        tx,
        sa.delete(TopicSignatory).where(
            TopicSignatory.topic_id == topic_id, TopicSignatory.person_id.not_in(person_ids)
        ),
    )
    for person_id in person_ids:
        insert_once(tx, TopicSignatory, topic_id=topic_id, person_id=person_id)


def organisation_leads(tx: Transaction) -> dict[int, Person]:
    """By organisation, its communications lead who has not left; of several the first by name."""
    found: dict[int, Person] = {}
    for person in holding(tx, Role.ORGANISATION_LEAD):
        if person.organisation_id is not None:
            found.setdefault(person.organisation_id, person)
    return found


def own_organisation_ids(tx: Transaction) -> frozenset[int]:
    """Where the press office's own people work: these are no partners."""
    own = holding(tx, Role.PRESS_OFFICER, Role.COMMS_LEAD)
    return frozenset(person.organisation_id for person in own if person.organisation_id is not None)


def organisations(tx: Transaction) -> list[Organisation]:
    return list(tx.session.scalars(sa.select(Organisation).order_by(sa.func.lower(Organisation.name))))


def organisation_named(tx: Transaction, name: str) -> Organisation | None:
    """Whatever its capitals, as with topics."""
    return next((one for one in organisations(tx) if one.name.casefold() == name.casefold()), None)
