"""Who is in the demo's workspace: an invented partnership, its press office and its board."""

from dataclasses import dataclass

from bot.sandbox import ChannelPlan, MemberPlan, Plan, TeamPlan
from storage.people import Role

PARTNER = "Eastvale Council"
PRESS_CHANNEL = "press-office"
BOARD_CHANNEL = "board-news"


@dataclass(frozen=True)
class Someone:
    """A person of the demo. Without `in_slack` they have no account, and a press officer brings them what they owe."""

    name: str
    title: str
    roles: tuple[Role, ...] = ()
    in_slack: bool = True
    owner: bool = False
    guest: bool = False
    team: str | None = None
    email: str = ""
    organisation: str | None = None


PEOPLE = (
    Someone("Amina Rahman", "Press officer", (Role.PRESS_OFFICER,)),
    Someone("Ben Okafor", "Press officer", (Role.PRESS_OFFICER,)),
    Someone(
        "Carys Whitlock",
        "Head of communications",
        (Role.COMMS_LEAD, Role.ORGANISATION_LEAD),
        owner=True,
        organisation="Northbrook Health Alliance",
    ),
    Someone("Dev Malhotra", "Duty officer tonight", (Role.ON_CALL_OFFICER,)),
    Someone("Dr Esther Lindqvist", "Clinical lead, cancer screening", (Role.LEAD, Role.SPOKESPERSON)),
    Someone("Farah Castellane", "Director of children’s services", (Role.LEAD,)),
    Someone("Gareth Pryce-Bell", "Chair of the board", (Role.SPOKESPERSON, Role.CHAIR)),
    Someone("Hannah Oduya", "Accountable officer", (Role.EXECUTIVE,)),
    Someone("Ivo Marchetti", "Director of finance", (Role.EXECUTIVE,)),
    Someone("Joan Tattersby", "Board member, lay", (Role.BOARD_MEMBER,), guest=True),
    Someone("Mabel Thistlewood", "Chair, screening group", (Role.GROUP_CHAIR,)),
    Someone(
        "Rufus Ockenden-Vale",
        "Board member, Westmere",
        (Role.BOARD_MEMBER,),
        organisation="Westmere Hospitals Trust",
    ),
    Someone("Saoirse Delamere", "Programme office", (Role.PROGRAMME_OFFICE,)),
    Someone("Kit Sandringhale", "Communications lead, Eastvale", team=PARTNER),
    Someone(
        "Leonora Ashby-Quill",
        "Vice-chair of the board",
        (Role.SPOKESPERSON, Role.BOARD_MEMBER),
        in_slack=False,
        email="leonora@ashby-quill.example",
    ),
    Someone(
        "Priya Narang",
        "Communications lead, Westmere Hospitals",
        (Role.ORGANISATION_LEAD,),
        guest=True,
        organisation="Westmere Hospitals Trust",
    ),
    Someone(
        "Olwen Harries",
        "Communications lead, Healthwatch",
        (Role.ORGANISATION_LEAD,),
        in_slack=False,
        email="olwen@healthwatch.example",
        organisation="Healthwatch Northbrook",
    ),
)

TOPICS = (
    ("Cancer screening", "Dr Esther Lindqvist"),
    ("Children’s services", "Farah Castellane"),
    ("Parking and travel", "Farah Castellane"),
)
ORGANISATIONS = ("Northbrook Health Alliance", PARTNER, "Westmere Hospitals Trust", "Healthwatch Northbrook")


_BOARD = {Role.BOARD_MEMBER, Role.GROUP_CHAIR, Role.PROGRAMME_OFFICE}
"""They hear of what they owe in messages of their own, and not in the press channel."""


def plan() -> Plan:
    """Who is in the demo's workspace, and where they talk."""
    here = [person for person in PEOPLE if person.in_slack]
    ours = tuple(person.name for person in here if person.team is None and not person.guest)
    at_the_desk = tuple(person.name for person in here if person.name in ours and not _BOARD & set(person.roles))
    return Plan(
        team=TeamPlan("Northbrook Health Alliance"),
        partner_teams=(TeamPlan(PARTNER),),
        members=tuple(
            MemberPlan(person.name, title=person.title, owner=person.owner, guest=person.guest, team=person.team)
            for person in here
        ),
        channels=(
            ChannelPlan(
                PRESS_CHANNEL,
                members=at_the_desk,
                bot=True,
                purpose="Media enquiries, from the first call to the answer",
            ),
            ChannelPlan(
                BOARD_CHANNEL,
                members=tuple(person.name for person in here if person.team is None),
                bot=True,
                purpose="What the board says after its meetings",
            ),
            ChannelPlan("general", members=tuple(person.name for person in here), purpose="For everyone"),
            ChannelPlan(
                "partners",
                members=(*ours, "Kit Sandringhale", "Joan Tattersby"),
                bot=True,
                purpose="Shared with Eastvale Council",
            ),
        ),
    )
