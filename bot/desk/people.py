"""Who the people behind Slack accounts are, as Slack tells."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core import handovers, outbox
from bot.core.outbox import said
from bot.core.workspaces import Desk
from bot.desk import cascade_steps, facts_steps, referral_steps, reviews_steps, settings
from storage import people, workspaces
from storage.outbox import Urgency
from storage.people import Role
from storage.subjects import Subject, SubjectKind


@dataclass(frozen=True)
class Profile:
    name: str
    team_ids: tuple[str, ...]
    """The workspaces they are a member of; several in an Enterprise Grid, none if Slack does not say."""
    is_workspace_owner: bool
    is_guest: bool
    has_left: bool


STALE = timedelta(days=1)


def refresh_profiles(desk: Desk) -> None:
    """The tick for people: once a day Slack is asked again who they are, so that nobody waits for somebody who left."""
    with desk.database.across_workspaces(read_only=True) as view:
        ids = [workspace.id for workspace in workspaces.all_of_them(view)]
    for workspace_id in ids:
        with desk.on_its_own(workspace_id) as work:
            for person in people.with_stale_profile(work.tx, work.now - STALE):
                outbox.want_profile(work, person, urgency=Urgency.BY_THE_WAY)


def apply_profile(desk: Desk, workspace_id: int, person_id: int, profile: Profile) -> None:
    """Takes over what Slack says of somebody. That they left is told to the comms leads, if they held a role."""
    with desk.on_its_own(workspace_id) as work:
        person = people.get(work.tx, person_id)
        if person is None:
            return
        was = (person.name, person.slack_team_id)
        person.name = profile.name or person.name
        if profile.team_ids:
            ours = workspaces.get(work.tx).team_id
            person.slack_team_id = ours if ours in profile.team_ids else profile.team_ids[0]
        person.is_workspace_owner, person.is_guest = profile.is_workspace_owner, profile.is_guest
        person.profile_read_at = work.now
        if profile.has_left and person.left_at is None:
            person.left_at = work.now
            work.tx.flush()
            cascade_steps.left(work, person)
            handovers.settle(work)
            referral_steps.leads_changed(work)
            goes_to = "their deputy" if person.deputy_id else "the owners of the records"
            for lead in people.holding(work.tx, Role.COMMS_LEAD) if person.roles else []:
                outbox.tell(
                    work,
                    lead,
                    Subject(SubjectKind.PERSON, person.id),
                    said(
                        f"{person.name} has left this Slack workspace. What they owe goes to {goes_to}. Choose "
                        "Change person in Settings to give their roles to somebody else.",
                        settings=True,
                    ),
                    dedupe_key=f"left:{person.id}:{work.now:%Y-%m-%d}",
                )
        elif not profile.has_left and person.left_at is not None:
            person.left_at = None
            work.tx.flush()
            handovers.settle(work)
        if (person.name, person.slack_team_id) != was:
            work.tx.flush()
            facts_steps.profile_read(work, person)
            reviews_steps.profile_read(work, person)
        readers = [reader.id for reader in people.in_slack(work.tx) if settings.may_change(work, reader)]
        outbox.redraw_homes(work, [person.id, *readers])
