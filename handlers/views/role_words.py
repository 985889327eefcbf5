"""What each role is called."""

from storage.people import Role

ROLE_WORDS: dict[Role, str] = {
    Role.PRESS_OFFICER: "Press officer",
    Role.COMMS_LEAD: "Comms lead",
    Role.LEAD: "Lead for a topic",
    Role.SPOKESPERSON: "Spokesperson",
    Role.EXECUTIVE: "Executive",
    Role.CHAIR: "Chair of the board",
    Role.GROUP_CHAIR: "Chair of a group",
    Role.BOARD_MEMBER: "Board member",
    Role.ORGANISATION_LEAD: "An organisation’s communications lead",
    Role.PROGRAMME_OFFICE: "Programme office",
    Role.ON_CALL_OFFICER: "On-call officer",
}
