"""Every command, shortcut, button and form, once. What is shown and what is handled are both checked against this."""

from typing import Final

# commands
ENQUIRY_COMMAND: Final = "/enquiry"

# shortcuts
LOG_SHORTCUT: Final = "log_enquiry"
LOG_MESSAGE_SHORTCUT: Final = "log_message"

# events
HOME_OPENED: Final = "app_home_opened"
MESSAGE_WRITTEN: Final = "message"

# buttons on an enquiry; the value is the enquiry's id
TAKE: Final = "enquiry.take"
GIVE: Final = "enquiry.give"
DEADLINE: Final = "enquiry.deadline"
TOPIC: Final = "enquiry.topic"
CORRECT: Final = "enquiry.correct"
EMAIL_CAME: Final = "enquiry.email"
NOTE: Final = "enquiry.note"
MARK_SENSITIVE: Final = "enquiry.sensitive"
SHOW_TO_ALL: Final = "enquiry.show_to_all"
LET_IN: Final = "enquiry.let_in"
CLOSE: Final = "enquiry.close"
REOPEN: Final = "enquiry.reopen"
SHOW: Final = "enquiry.show"
MORE: Final = "enquiry.more"
LOG: Final = "enquiry.log"
START_STATEMENT: Final = "statement.start"
HOLDING_LINE: Final = "enquiry.holding"

# buttons on a list or on what was found; the value says which list or words, and how far along
LIST_OPEN: Final = "list.open"
LIST_MINE: Final = "list.mine"
LIST_OVERDUE: Final = "list.overdue"
LIST_WAITING: Final = "list.waiting"
LIST_WEEK: Final = "list.week"
TURN_LIST: Final = "list.turn"
TURN_FINDS: Final = "find.turn"
LOG_WORDS: Final = "find.log"
USE_THIS: Final = "find.use"

# buttons on a statement; the value is the statement's id
WRITE_DRAFT: Final = "statement.draft"
REQUEST_SIGNOFF: Final = "statement.request"
RECORD_ISSUE: Final = "statement.issue"
WITHDRAW: Final = "statement.withdraw"
READ_ALL: Final = "statement.read"
RECORD_A_REPLY: Final = "statement.reply"
OVERRIDE: Final = "statement.override"

# leave
I_AM_AWAY: Final = "leave.own"
I_AM_BACK: Final = "leave.back"
WHO_IS_AWAY: Final = "leave.list"
SET_LEAVE: Final = "leave.set"
END_LEAVE: Final = "leave.end"  # the value is the leave's id

# buttons on a request to sign; the value is the signature's id
APPROVE: Final = "signature.approve"
ASK_FOR_CHANGES: Final = "signature.changes"
SUGGEST_WORDING: Final = "signature.suggest"
KEEP_WORDING: Final = "signature.keep"
RECORD_REPLY: Final = "signature.reply"
READ_AND_SIGN: Final = "signature.read"
READ_REQUEST: Final = "signature.text"
ADOPT_WORDING: Final = "signature.adopt"
PASS_ON: Final = "signature.pass"  # noqa: S105 (a signature, and nobody's password)
DISPUTE: Final = "signature.dispute"

# buttons on a reminder; the value is the obligation’s id
SEEN: Final = "reminder.seen"
SNOOZE: Final = "reminder.snooze"

# buttons in the settings
OFFICE: Final = "settings.office"
ADD_PERSON: Final = "settings.add_person"
ADD_OUTSIDER: Final = "settings.add_outsider"
CHANGE_PERSON: Final = "settings.change_person"
ADD_TOPIC: Final = "settings.add_topic"
CHANGE_TOPIC: Final = "settings.change_topic"
ADD_ORGANISATION: Final = "settings.add_organisation"
RETRY: Final = "settings.retry"
HOURS: Final = "settings.hours"
REMINDERS: Final = "settings.reminders"
DEFAULT_REMINDERS: Final = "settings.default_reminders"
STAND_INS: Final = "settings.stand_ins"
SIGNING_RULES: Final = "settings.signing"
KEPT: Final = "settings.kept"
KNOWN_WORDS: Final = "settings.words"

# forms
LOG_FORM: Final = "form.log"
GIVE_FORM: Final = "form.give"
DEADLINE_FORM: Final = "form.deadline"
TOPIC_FORM: Final = "form.topic"
CORRECT_FORM: Final = "form.correct"
EMAIL_FORM: Final = "form.email"
NOTE_FORM: Final = "form.note"
MARK_SENSITIVE_FORM: Final = "form.sensitive"
SHOW_TO_ALL_FORM: Final = "form.show_to_all"
LET_IN_FORM: Final = "form.let_in"
CLOSE_FORM: Final = "form.close"
REOPEN_FORM: Final = "form.reopen"
USE_FORM: Final = "form.use"
START_FORM: Final = "form.start"
DRAFT_FORM: Final = "form.draft"
REQUEST_FORM: Final = "form.request"
ISSUE_FORM: Final = "form.issue"
WITHDRAW_FORM: Final = "form.withdraw"
CHANGES_FORM: Final = "form.changes"
SUGGEST_FORM: Final = "form.suggest"
KEEP_FORM: Final = "form.keep"
REPLY_FORM: Final = "form.reply"
SIGN_FORM: Final = "form.sign"
OFFICE_FORM: Final = "form.office"
PERSON_FORM: Final = "form.person"
CHOOSE_PERSON_FORM: Final = "form.choose_person"
TOPIC_SETTINGS_FORM: Final = "form.topic_settings"
CHOOSE_TOPIC_FORM: Final = "form.choose_topic"
PASS_FORM: Final = "form.pass"  # noqa: S105 (the same)
DISPUTE_FORM: Final = "form.dispute"
CHOOSE_REPLY_FORM: Final = "form.choose_reply"
OVERRIDE_FORM: Final = "form.override"
OWN_LEAVE_FORM: Final = "form.own_leave"
LEAVE_FORM: Final = "form.leave"
STAND_INS_FORM: Final = "form.stand_ins"
ORGANISATION_FORM: Final = "form.organisation"
HOURS_FORM: Final = "form.hours"
CHOOSE_REMINDERS_FORM: Final = "form.choose_reminders"
REMINDERS_FORM: Final = "form.reminders"
PREVIEW_REMINDERS_FORM: Final = "form.preview_reminders"
SIGNING_RULES_FORM: Final = "form.signing"
KEPT_FORM: Final = "form.kept"
KNOWN_WORDS_FORM: Final = "form.words"
