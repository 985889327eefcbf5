"""The tenant a request belongs to, the person behind it, and the one transaction in which it is carried out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.core.errors import AlreadyDone, DeskError, NotFound, NotPermitted
from bot.core.features import Features
from bot.core.permissions import Act, Relation, may, refusal
from bot.core.working_days import Nation, WorkingHours
from storage import audit, people, sensitive, settings, workspaces
from storage.database import Database, Transaction
from storage.outbox import Posting
from storage.people import Person, Role
from storage.settings import Settings
from storage.subjects import Subject, SubjectKind


def working_hours(settings_: Settings) -> WorkingHours:
    """What the settings say of working hours. `ValueError` where they contradict themselves."""
    return WorkingHours(
        zone=ZoneInfo(settings_.zone),
        nation=Nation(settings_.nation),
        opens=settings_.opens,
        closes=settings_.closes,
        weekdays=frozenset(settings_.weekdays),
        other_hours={
            int(weekday): (time.fromisoformat(opens), time.fromisoformat(closes))
            for weekday, (opens, closes) in settings_.other_hours.items()
        },
        closed_on=frozenset(map(date.fromisoformat, settings_.closed_on)),
    )


@dataclass(frozen=True)
class Caller:
    """Who pressed, as Slack says: the team the desk is installed in, and the person's own team."""

    team_id: str
    user_id: str
    user_team_id: str
    user_name: str = ""


@dataclass(frozen=True)
class Work:
    """One transaction in one workspace, and what is needed throughout it."""

    tx: Transaction
    now: datetime
    settings: Settings
    features: Features
    administrators: frozenset[str]
    _person: Person | None = None
    standing: frozenset[Role | Relation] = frozenset()
    """What the person acting is here: their roles, and what they are to the record that it is about."""

    @property
    def person(self) -> Person:
        if self._person is None:
            raise LookupError("nobody in particular is acting here")
        return self._person

    @property
    def actor(self) -> Person | None:
        """Who is acting; None where the desk does something by itself, or the command line does."""
        return self._person

    @property
    def person_id(self) -> int | None:
        """The same by id."""
        return self._person.id if self._person else None

    @property
    def hours(self) -> WorkingHours:
        """When the press office works, by its settings."""
        return working_hours(self.settings)

    def may_see(self, reader: Person | None, subject: Subject) -> bool:
        """Whether a record may be shown to somebody; to everybody in an open channel, if `reader` is None."""
        if reader is None and not self.features.is_for_channels(subject):
            return False
        with sensitive.shown_to(self.tx, reader):
            return self.features.is_there(self.tx, subject)

    def is_administrator(self, person: Person) -> bool:
        """Whether somebody may do the first settings: those named at the start, or the workspace's owners."""
        if self.administrators:
            return person.slack_user_id in self.administrators
        return person.is_workspace_owner

    def record(
        self, act: Act | str, subject: Subject, *, personal: Mapping[str, str | None] | None = None, **details: Any
    ) -> None:
        """Puts what happened on the audit record. Names, addresses and words of outsiders go under `personal`."""
        audit.record(
            self.tx,
            audit.NewEntry(
                at=self.now,
                actor_id=self.person_id,
                act=str(act),
                subject_kind=subject.kind.value,
                subject_id=subject.id,
                details=details,
                personal={name: value for name, value in (personal or {}).items() if value},
            ),
        )


@dataclass(frozen=True)
class Desk:
    """What every desk function is handed first."""

    database: Database
    clock: Clock
    features: Features
    administrators: frozenset[str] = frozenset()
    """Slack ids of those who may do the first settings; empty means the workspace's owners."""

    @contextmanager
    def acting(
        self, caller: Caller, act: Act, subject: Subject | None = None, *, once: str | None = None
    ) -> Iterator[Work]:
        """One act by one person: identified, permitted, and carried out whole or not at all.

        `once` is what Slack repeats of a submission; a second one with the same key raises `AlreadyDone`. A refusal
        is put on the audit record in a transaction of its own.
        """
        workspace_id = self.workspace_id(caller.team_id)
        with (
            self._refusals_on_record(workspace_id, caller, act, subject),
            self.database.transaction(workspace_id) as tx,
        ):
            work = _permitted(self._work(tx, self._identify(tx, caller)), caller, act, subject)
            if subject is not None and not work.may_see(work.person, subject):
                raise NotFound(self.features.of(subject.kind).not_there)
            if once is not None and not workspaces.take_in(tx, once):
                raise AlreadyDone(once)
            yield work

    @contextmanager
    def looking(self, caller: Caller, act: Act, subject: Subject | None = None) -> Iterator[Work]:
        """The same without changing anything: what a form or a list shows, and of that what this person may see."""
        workspace_id = self.workspace_id(caller.team_id)
        with (
            self._refusals_on_record(workspace_id, caller, act, subject),
            self.database.transaction(workspace_id, read_only=True) as tx,
        ):
            person = people.by_slack(tx, caller.user_id)
            if person is None:
                raise refusal(act)
            work = _permitted(self._work(tx, person), caller, act, subject)
            with sensitive.shown_to(tx, person):
                if subject is not None and not self.features.is_there(tx, subject):
                    raise NotFound(self.features.of(subject.kind).not_there)
                yield work

    @contextmanager
    def meeting(self, caller: Caller) -> Iterator[Work]:
        """Somebody comes by, whoever they are. For what anybody may do: open the desk's home, write to it."""
        with self.database.transaction(self.workspace_id(caller.team_id)) as tx:
            yield self._work(tx, self._identify(tx, caller))

    def load(self, work: Work, posting: Posting) -> Any:
        """What a posting shows, as whoever reads it may see it. None: it need not be said any more."""
        with sensitive.shown_to(work.tx, posting.person):
            return self.features.loader(posting.kind)(work, posting)

    @contextmanager
    def on_its_own(self, workspace_id: int, *, read_only: bool = False) -> Iterator[Work]:
        """What the desk does by itself in one workspace: ticks, and preparing what delivery sends."""
        with self.database.transaction(workspace_id, read_only=read_only) as tx:
            yield self._work(tx, None)

    def workspace_id(self, team_id: str) -> int:
        with self.database.across_workspaces(read_only=True) as view:
            workspace = workspaces.find(view, team_id)
        if workspace is None:
            raise NotPermitted("This workspace is not set up with the desk. Please ask whoever installed it.")
        return workspace.id

    def _identify(self, tx: Transaction, caller: Caller) -> Person:
        return people.by_slack(tx, caller.user_id) or people.arrive(
            tx,
            slack_user_id=caller.user_id,
            slack_team_id=caller.user_team_id,
            name=caller.user_name or caller.user_id,
        )

    def _work(self, tx: Transaction, person: Person | None) -> Work:
        return Work(tx, self.clock.now(), settings.get(tx), self.features, self.administrators, person)

    @contextmanager
    def _refusals_on_record(
        self, workspace_id: int, caller: Caller, act: Act, subject: Subject | None
    ) -> Iterator[None]:
        """What is refused inside is recorded in a transaction of its own, since the one it happened in is undone."""
        try:
            yield
        except DeskError as error:
            if error.on_record:
                with self.database.transaction(workspace_id) as tx:
                    work = self._work(tx, self._identify(tx, caller))
                    work.record(
                        f"{act}.refused",
                        subject or Subject(SubjectKind.PERSON, work.person.id),
                        because=type(error).__name__,
                    )
            raise


def _permitted(work: Work, caller: Caller, act: Act, subject: Subject | None) -> Work:
    """The same, with what the person is to it. Raises `NotPermitted` where that does not suffice."""
    standing = _standing(work, caller, subject)
    if not may(act, standing):
        raise refusal(act)
    return replace(work, standing=standing)


def _is_of_this_workspace(work: Work, caller: Caller) -> bool:
    """Whether whoever acts is a member here, by our own record of them and by what Slack says with the request.

    In an Enterprise Grid, where one may be a member of several workspaces, Slack names whichever it likes with a press
    (slackapi/bolt-js#1875). There, what it said of the person when it was asked about them counts.
    """
    if work.person.slack_team_id != caller.team_id:
        return False
    if caller.user_team_id == caller.team_id:
        return True
    return work.person.profile_read_at is not None and workspaces.get(work.tx).enterprise_id is not None


def _standing(work: Work, caller: Caller, subject: Subject | None) -> frozenset[Role | Relation]:
    """Roles and relations that count. A button's press proves nothing by itself, nor does another team's member."""
    person = work.person
    if not _is_of_this_workspace(work, caller):
        return frozenset()
    found: set[Role | Relation] = set(person.roles)
    if person.roles:
        found.add(Relation.KNOWN)
    if work.is_administrator(person):
        found.add(Relation.ADMINISTRATOR)
    if subject is not None:
        found |= work.features.relations(work.tx, subject, person)
    return frozenset(found)
