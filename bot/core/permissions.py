"""Who may do what: one table, role by act. Nothing else in the desk decides it."""

from enum import StrEnum

from bot.core.errors import NotPermitted
from storage.people import Role


class Act(StrEnum):
    """Everything a person can do. The values go on the audit record."""

    LOG_ENQUIRY = "log_enquiry"
    SEE_ENQUIRIES = "see_enquiries"
    IMPORT_ENQUIRIES = "import_enquiries"
    EXPORT_ENQUIRIES = "export_enquiries"
    TAKE_ENQUIRY = "take_enquiry"
    GIVE_ENQUIRY = "give_enquiry"
    CHANGE_DEADLINE = "change_deadline"
    ASK_FOR_MORE_TIME = "ask_for_more_time"
    AGREE_MORE_TIME = "agree_more_time"
    CHANGE_TOPIC = "change_topic"
    CORRECT_DETAILS = "correct_details"
    RECORD_EMAIL = "record_email"
    REFER_ENQUIRY = "refer_enquiry"
    TELL_PARTNERS = "tell_partners"
    ACCEPT_REFERRAL = "accept_referral"
    REFUSE_REFERRAL = "refuse_referral"
    ANSWER_REFERRAL = "answer_referral"
    RECORD_PARTNER_REPLY = "record_partner_reply"
    WITHDRAW_REFERRAL = "withdraw_referral"
    READ_REFERRAL = "read_referral"
    ADD_NOTE = "add_note"
    MARK_SENSITIVE = "mark_sensitive"
    SHOW_TO_ALL = "show_to_all"
    LET_IN = "let_in"
    CLOSE_ENQUIRY = "close_enquiry"
    REOPEN_ENQUIRY = "reopen_enquiry"
    START_STATEMENT = "start_statement"
    WRITE_DRAFT = "write_draft"
    REQUEST_SIGNOFF = "request_signoff"
    RECORD_ISSUE = "record_issue"
    WITHDRAW_STATEMENT = "withdraw_statement"
    ANSWER_WITH = "answer_with"
    UNTIE_STATEMENT = "untie_statement"
    LINK_FOLLOW_UP = "link_follow_up"
    UNLINK_FOLLOW_UP = "unlink_follow_up"
    SET_LOOK_ALIKE_ASIDE = "set_look_alike_aside"
    CORRECT_STATEMENT = "correct_statement"
    APPROVE = "approve"
    ASK_FOR_CHANGES = "ask_for_changes"
    SUGGEST_WORDING = "suggest_wording"
    KEEP_WORDING = "keep_wording"
    RECORD_REPLY = "record_reply"
    READ_TEXT = "read_text"
    PASS_ON = "pass_on"  # noqa: S105 (a signature, and nobody's password)
    DISPUTE = "dispute"
    OVERRIDE_SIGNATURE = "override_signature"
    ASK_FOR_FACTS = "ask_for_facts"
    ANSWER_FACTS = "answer_facts"
    CANNOT_SAY = "cannot_say"
    ASK_INSTEAD = "ask_instead"
    RECORD_FACTS = "record_facts"
    WITHDRAW_FACTS = "withdraw_facts"
    USE_FACTS = "use_facts"
    START_REPORT = "start_report"
    SEE_REPORTS = "see_reports"
    READ_REPORT = "read_report"
    CHANGE_COVER = "change_cover"
    ASSIGN_ROWS = "assign_rows"
    COMPLETE_ROW = "complete_row"
    RECORD_ROW = "record_row"
    REFUSE_ROW = "refuse_row"
    SIGN_REPORT = "sign_report"
    SUBMIT_REPORT = "submit_report"
    TAKE_BACK_REPORT = "take_back_report"
    GIVE_REPORT = "give_report"
    DROP_REPORT = "drop_report"
    PASS_MESSAGES_ON = "pass_messages_on"  # noqa: S105 (key messages, and nobody's password)
    CANNOT_PASS_ON = "cannot_pass_on"  # noqa: S105 (the same)
    RECORD_PASSED_ON = "record_passed_on"
    ASK_TO_PASS_ON = "ask_to_pass_on"  # noqa: S105 (the same)
    READ_MESSAGES = "read_messages"
    SEE_WHO_PASSED_ON = "see_who_passed_on"
    READ_FEEDBACK = "read_feedback"
    START_BRIEFING = "start_briefing"
    CHANGE_BRIEFING = "change_briefing"
    ASK_CHAIR = "ask_chair"
    CHANGE_POSTING_TIME = "change_posting_time"
    POST_BRIEFING = "post_briefing"
    POST_AGAIN = "post_again"
    WITHDRAW_BRIEFING = "withdraw_briefing"
    SEE_BRIEFINGS = "see_briefings"
    READ_BRIEFING = "read_briefing"
    SEE_PAPERS = "see_papers"
    ADD_PAPER = "add_paper"
    CHANGE_PAPER = "change_paper"
    REMOVE_PAPER = "remove_paper"
    PUBLISH_PAPER = "publish_paper"
    ASK_FOR_RULING = "ask_for_ruling"
    RULE_PAPER = "rule_paper"
    RECORD_RULING = "record_ruling"
    SET_OWN_LEAVE = "set_own_leave"
    SET_LEAVE = "set_leave"
    MARK_SEEN = "mark_seen"
    SNOOZE = "snooze"
    SEE_CALENDAR = "see_calendar"
    ADD_DATE = "add_date"
    CHANGE_DATE = "change_date"
    CALL_OFF_DATE = "call_off_date"
    CHANGE_SETTINGS = "change_settings"
    RETRY_DELIVERY = "retry_delivery"
    ADD_REVIEW = "add_review"
    ADD_USUAL_REVIEWS = "add_usual_reviews"
    LIST_REVIEWS = "list_reviews"
    READ_REVIEW = "read_review"
    REVIEW_WITHOUT_CHANGE = "review_without_change"
    REVIEW_WITH_CHANGE = "review_with_change"
    PUT_OFF_REVIEW = "put_off_review"
    RECORD_REVIEW = "record_review"
    HAND_OVER_REVIEW = "hand_over_review"
    REPLAN_REVIEW = "replan_review"
    END_REVIEW = "end_review"
    ASK_FOR_DIGESTS = "ask_for_digests"
    SEND_DIGEST_NOW = "send_digest_now"
    SEE_BULLETIN = "see_bulletin"
    CALL_FOR_ITEMS = "call_for_items"
    ADD_ITEM = "add_item"
    NOTHING_TO_ADD = "nothing_to_add"
    RECORD_ITEM = "record_item"
    TAKE_ITEM_OUT = "take_item_out"
    COLLECT_ITEMS = "collect_items"


class Relation(StrEnum):
    """What somebody is to one record, whatever their roles."""

    OWNER = "owner"
    SIGNATORY = "signatory"
    COPIED = "copied"
    ASKED = "asked"
    READER = "reader"
    KNOWN = "known"
    ADMINISTRATOR = "administrator"


_PRESS_OFFICE = frozenset({Role.PRESS_OFFICER, Role.COMMS_LEAD})
_ON_DUTY = _PRESS_OFFICE | {Role.ON_CALL_OFFICER}
"""Who holds the rota is alone with an enquiry at night: what the press office does with it, they do."""
_OVERSEE_REPORTS = frozenset({Role.COMMS_LEAD, Role.PROGRAMME_OFFICE, Role.CHAIR})
_KEEP_PAPERS = _PRESS_OFFICE | {Role.PROGRAMME_OFFICE}

_KEEPS_CALENDAR = _PRESS_OFFICE | {Role.PROGRAMME_OFFICE}
_SEE_TO_CASCADES: frozenset[Role | Relation] = _PRESS_OFFICE | {Role.CHAIR, Role.PROGRAMME_OFFICE, Relation.OWNER}
_BOARD = frozenset({Role.CHAIR, Role.BOARD_MEMBER, Role.GROUP_CHAIR})
"""Whose messages these are, and who takes them home: they see what was posted, and nothing before that."""

MAY: dict[Act, frozenset[Role | Relation]] = {
    Act.LOG_ENQUIRY: frozenset(_ON_DUTY),
    Act.SEE_ENQUIRIES: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.IMPORT_ENQUIRIES: frozenset(_PRESS_OFFICE),
    Act.EXPORT_ENQUIRIES: frozenset(_PRESS_OFFICE),
    Act.TAKE_ENQUIRY: frozenset(_ON_DUTY),
    Act.GIVE_ENQUIRY: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.CHANGE_DEADLINE: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.ASK_FOR_MORE_TIME: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.AGREE_MORE_TIME: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.CHANGE_TOPIC: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.CORRECT_DETAILS: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.RECORD_EMAIL: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.REFER_ENQUIRY: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.TELL_PARTNERS: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.ACCEPT_REFERRAL: frozenset({Relation.ASKED}),
    Act.REFUSE_REFERRAL: frozenset({Relation.ASKED}),
    Act.ANSWER_REFERRAL: frozenset({Relation.ASKED}),
    Act.RECORD_PARTNER_REPLY: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.WITHDRAW_REFERRAL: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.READ_REFERRAL: frozenset(_ON_DUTY | {Relation.OWNER, Relation.ASKED}),
    Act.ADD_NOTE: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.MARK_SENSITIVE: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.SHOW_TO_ALL: frozenset({Role.COMMS_LEAD, Relation.OWNER}),
    Act.LET_IN: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.CLOSE_ENQUIRY: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.REOPEN_ENQUIRY: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.START_STATEMENT: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.WRITE_DRAFT: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.REQUEST_SIGNOFF: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.RECORD_ISSUE: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.WITHDRAW_STATEMENT: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.ANSWER_WITH: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.UNTIE_STATEMENT: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.LINK_FOLLOW_UP: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.UNLINK_FOLLOW_UP: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.SET_LOOK_ALIKE_ASIDE: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.CORRECT_STATEMENT: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.APPROVE: frozenset({Relation.SIGNATORY}),
    Act.ASK_FOR_CHANGES: frozenset({Relation.SIGNATORY, Relation.COPIED}),
    Act.SUGGEST_WORDING: frozenset({Relation.SIGNATORY, Relation.COPIED}),
    Act.KEEP_WORDING: frozenset({Relation.OWNER, Role.COMMS_LEAD}),
    Act.RECORD_REPLY: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.READ_TEXT: frozenset(_ON_DUTY | {Relation.OWNER, Relation.SIGNATORY, Relation.COPIED}),
    Act.PASS_ON: frozenset({Relation.SIGNATORY}),
    Act.DISPUTE: frozenset({Relation.SIGNATORY}),
    Act.OVERRIDE_SIGNATURE: frozenset({Role.COMMS_LEAD}),
    Act.ASK_FOR_FACTS: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.ANSWER_FACTS: frozenset({Relation.ASKED}),
    Act.CANNOT_SAY: frozenset({Relation.ASKED}),
    Act.ASK_INSTEAD: frozenset({Relation.ASKED}),
    Act.RECORD_FACTS: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.WITHDRAW_FACTS: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.USE_FACTS: frozenset(_ON_DUTY | {Relation.OWNER}),
    Act.START_REPORT: frozenset({Relation.KNOWN}),
    Act.SEE_REPORTS: frozenset({Relation.KNOWN}),
    Act.READ_REPORT: frozenset(_OVERSEE_REPORTS | {Relation.OWNER, Relation.ASKED}),
    Act.CHANGE_COVER: frozenset({Relation.OWNER}),
    Act.ASSIGN_ROWS: frozenset({Relation.OWNER}),
    Act.COMPLETE_ROW: frozenset({Relation.ASKED}),
    Act.RECORD_ROW: frozenset({Relation.OWNER}),
    Act.REFUSE_ROW: frozenset({Relation.ASKED}),
    Act.SIGN_REPORT: frozenset({Relation.OWNER}),
    Act.SUBMIT_REPORT: frozenset({Relation.OWNER}),
    Act.TAKE_BACK_REPORT: frozenset({Relation.OWNER}),
    Act.GIVE_REPORT: frozenset({Role.COMMS_LEAD, Relation.OWNER}),
    Act.DROP_REPORT: frozenset({Relation.OWNER}),
    Act.PASS_MESSAGES_ON: frozenset({Relation.ASKED}),
    Act.CANNOT_PASS_ON: frozenset({Relation.ASKED}),
    Act.RECORD_PASSED_ON: frozenset(_PRESS_OFFICE | {Relation.OWNER}),
    Act.ASK_TO_PASS_ON: frozenset(_PRESS_OFFICE | {Relation.OWNER}),
    Act.READ_MESSAGES: frozenset(_SEE_TO_CASCADES | {Relation.ASKED}),
    Act.SEE_WHO_PASSED_ON: frozenset(_SEE_TO_CASCADES),
    Act.READ_FEEDBACK: frozenset(_SEE_TO_CASCADES | {Role.GROUP_CHAIR, Role.ORGANISATION_LEAD}),
    Act.START_BRIEFING: frozenset(_PRESS_OFFICE),
    Act.CHANGE_BRIEFING: frozenset(_PRESS_OFFICE | {Relation.OWNER}),
    Act.ASK_CHAIR: frozenset(_PRESS_OFFICE | {Relation.OWNER}),
    Act.CHANGE_POSTING_TIME: frozenset(_PRESS_OFFICE | {Relation.OWNER}),
    Act.POST_BRIEFING: frozenset(_PRESS_OFFICE | {Relation.OWNER}),
    Act.POST_AGAIN: frozenset(_PRESS_OFFICE | {Relation.OWNER}),
    Act.WITHDRAW_BRIEFING: frozenset(_PRESS_OFFICE | {Relation.OWNER}),
    Act.SEE_BRIEFINGS: frozenset(_PRESS_OFFICE | _BOARD),
    Act.READ_BRIEFING: frozenset(_PRESS_OFFICE | {Relation.OWNER, Relation.SIGNATORY, Relation.READER}),
    Act.SEE_PAPERS: frozenset({Relation.KNOWN}),
    Act.ADD_PAPER: frozenset(_KEEP_PAPERS),
    Act.CHANGE_PAPER: frozenset(_KEEP_PAPERS),
    Act.REMOVE_PAPER: frozenset(_KEEP_PAPERS),
    Act.PUBLISH_PAPER: frozenset(_KEEP_PAPERS),
    Act.ASK_FOR_RULING: frozenset(_PRESS_OFFICE),
    Act.RULE_PAPER: frozenset({Role.CHAIR}),
    Act.RECORD_RULING: frozenset(_PRESS_OFFICE),
    Act.SET_OWN_LEAVE: frozenset({Relation.KNOWN}),
    Act.SET_LEAVE: frozenset(_PRESS_OFFICE | {Relation.ADMINISTRATOR}),
    Act.MARK_SEEN: frozenset({Relation.KNOWN}),
    Act.SNOOZE: frozenset({Relation.KNOWN}),
    Act.SEE_CALENDAR: frozenset({Relation.KNOWN}),
    Act.ADD_DATE: frozenset(_KEEPS_CALENDAR),
    Act.CHANGE_DATE: frozenset(_KEEPS_CALENDAR),
    Act.CALL_OFF_DATE: frozenset(_KEEPS_CALENDAR),
    Act.CHANGE_SETTINGS: frozenset({Relation.ADMINISTRATOR, Role.COMMS_LEAD}),
    Act.RETRY_DELIVERY: frozenset(_PRESS_OFFICE | {Relation.ADMINISTRATOR}),
    Act.ADD_REVIEW: frozenset(_PRESS_OFFICE | {Role.PROGRAMME_OFFICE}),
    Act.ADD_USUAL_REVIEWS: frozenset({Role.COMMS_LEAD}),
    Act.LIST_REVIEWS: frozenset({Relation.KNOWN}),
    Act.READ_REVIEW: frozenset(_PRESS_OFFICE | {Role.PROGRAMME_OFFICE, Relation.OWNER, Relation.READER}),
    Act.REVIEW_WITHOUT_CHANGE: frozenset({Relation.OWNER}),
    Act.REVIEW_WITH_CHANGE: frozenset({Relation.OWNER}),
    Act.PUT_OFF_REVIEW: frozenset({Relation.OWNER}),
    Act.RECORD_REVIEW: frozenset(_PRESS_OFFICE),
    Act.HAND_OVER_REVIEW: frozenset({Role.COMMS_LEAD, Relation.OWNER}),
    Act.REPLAN_REVIEW: frozenset({Role.COMMS_LEAD}),
    Act.END_REVIEW: frozenset({Role.COMMS_LEAD}),
    Act.ASK_FOR_DIGESTS: frozenset({Relation.KNOWN}),
    Act.SEND_DIGEST_NOW: frozenset(_ON_DUTY | {Relation.READER}),
    Act.SEE_BULLETIN: frozenset({Relation.KNOWN, Relation.ASKED}),
    Act.CALL_FOR_ITEMS: frozenset(_PRESS_OFFICE),
    Act.ADD_ITEM: frozenset(_PRESS_OFFICE | {Relation.ASKED}),
    Act.NOTHING_TO_ADD: frozenset({Relation.ASKED}),
    Act.RECORD_ITEM: frozenset(_PRESS_OFFICE),
    Act.TAKE_ITEM_OUT: frozenset(_PRESS_OFFICE),
    Act.COLLECT_ITEMS: frozenset(_PRESS_OFFICE),
}

_WHO: dict[Role | Relation, str] = {
    Role.COMMS_LEAD: "the comms lead",
    Role.PRESS_OFFICER: "a press officer",
    Role.ON_CALL_OFFICER: "the on-call officer",
    Role.PROGRAMME_OFFICE: "the programme office",
    Role.CHAIR: "the chair",
    Role.BOARD_MEMBER: "a board member",
    Role.GROUP_CHAIR: "a group’s chair",
    Role.ORGANISATION_LEAD: "an organisation’s lead",
    Relation.OWNER: "whoever owns it",
    Relation.SIGNATORY: "the person who was asked to sign",
    Relation.COPIED: "someone copied on it",
    Relation.ASKED: "the person who was asked",
    Relation.READER: "someone whom it is for",
    Relation.KNOWN: "someone who works with the desk",
    Relation.ADMINISTRATOR: "the desk’s administrator",
}


def may(act: Act, standing: frozenset[Role | Relation]) -> bool:
    """Whether somebody with these roles and relations may do this."""
    return bool(MAY[act] & standing)


def refusal(act: Act) -> NotPermitted:
    """The error for somebody who may not, in words that say who may."""
    who = [words for kind, words in _WHO.items() if kind in MAY[act]]
    listed = who[0] if len(who) == 1 else f"{', '.join(who[:-1])} or {who[-1]}"
    return NotPermitted(f"Only {listed} can do this. Nothing has changed. Please ask them.")
