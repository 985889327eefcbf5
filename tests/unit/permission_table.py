"""Who may do what, act by act: the rule that `bot.core.permissions` is held against.

Every role that is not named may nothing by itself: what they may, they may as owner, signatory, or whoever was asked.
"""

from bot.core.permissions import Relation
from storage.people import Role

COLUMNS: dict[str, Role | Relation] = {
    "po": Role.PRESS_OFFICER,
    "cl": Role.COMMS_LEAD,
    "oc": Role.ON_CALL_OFFICER,
    "own": Relation.OWNER,
    "sig": Relation.SIGNATORY,
    "cop": Relation.COPIED,
    "ask": Relation.ASKED,
    "adm": Relation.ADMINISTRATOR,
    "kno": Relation.KNOWN,
    "pmo": Role.PROGRAMME_OFFICE,
    "rea": Relation.READER,
    "chr": Role.CHAIR,
    "org": Role.ORGANISATION_LEAD,
    "brd": Role.BOARD_MEMBER,
    "grp": Role.GROUP_CHAIR,
}

RULES = """
    log_enquiry            po cl oc
    see_enquiries          po cl oc own
    import_enquiries       po cl
    export_enquiries       po cl
    take_enquiry           po cl oc
    give_enquiry           po cl oc own
    change_deadline        po cl oc own
    ask_for_more_time      po cl oc own
    agree_more_time        po cl oc own
    change_topic           po cl oc own
    correct_details        po cl oc own
    record_email           po cl oc own
    refer_enquiry          po cl oc own
    tell_partners          po cl oc own
    accept_referral        ask
    refuse_referral        ask
    answer_referral        ask
    record_partner_reply   po cl oc own
    withdraw_referral      po cl oc own
    read_referral          po cl oc own ask
    add_note               po cl oc own
    mark_sensitive         po cl oc own
    show_to_all            cl own
    let_in                 po cl oc own
    close_enquiry          po cl oc own
    reopen_enquiry         po cl oc own
    start_statement        po cl oc own
    write_draft            po cl oc own
    request_signoff        po cl oc own
    record_issue           po cl oc own
    withdraw_statement     po cl oc own
    answer_with            po cl oc own
    untie_statement        po cl oc own
    link_follow_up         po cl oc own
    unlink_follow_up       po cl oc own
    set_look_alike_aside   po cl oc own
    correct_statement      po cl oc own
    approve                sig
    ask_for_changes        sig cop
    suggest_wording        sig cop
    keep_wording           cl own
    record_reply           po cl oc own
    read_text              po cl oc own sig cop
    pass_on                sig
    dispute                sig
    override_signature     cl
    ask_for_facts          po cl oc own
    answer_facts           ask
    cannot_say             ask
    ask_instead            ask
    record_facts           po cl oc own
    withdraw_facts         po cl oc own
    use_facts              po cl oc own
    set_own_leave          kno
    set_leave              po cl adm
    mark_seen              kno
    snooze                 kno
    change_settings        cl adm
    retry_delivery         po cl adm
    see_calendar           kno
    add_date               po cl pmo
    change_date            po cl pmo
    call_off_date          po cl pmo
    ask_for_digests        kno
    send_digest_now        po cl oc rea
    see_bulletin           ask kno
    call_for_items         po cl
    add_item               po cl ask
    nothing_to_add         ask
    record_item            po cl
    take_item_out          po cl
    collect_items          po cl
    start_report           kno
    see_reports            kno
    read_report            cl own ask pmo chr
    change_cover           own
    assign_rows            own
    complete_row           ask
    record_row             own
    refuse_row             ask
    sign_report            own
    submit_report          own
    take_back_report       own
    give_report            cl own
    drop_report            own
    pass_messages_on       ask
    cannot_pass_on         ask
    record_passed_on       po cl own
    ask_to_pass_on         po cl own
    read_messages          po cl own ask pmo chr
    see_who_passed_on      po cl own pmo chr
    read_feedback          po cl own pmo chr org grp
    start_briefing         po cl
    change_briefing        po cl own
    ask_chair              po cl own
    change_posting_time    po cl own
    post_briefing          po cl own
    post_again             po cl own
    withdraw_briefing      po cl own
    see_briefings          po cl chr brd grp
    read_briefing          po cl own sig rea
    add_review             po cl pmo
    add_usual_reviews      cl
    list_reviews           kno
    read_review            po cl own pmo rea
    review_without_change  own
    review_with_change     own
    put_off_review         own
    record_review          po cl
    hand_over_review       cl own
    replan_review          cl
    end_review             cl
    see_papers             kno
    add_paper              po cl pmo
    change_paper           po cl pmo
    remove_paper           po cl pmo
    publish_paper          po cl pmo
    ask_for_ruling         po cl
    rule_paper             chr
    record_ruling          po cl
"""


def by_the_rules() -> dict[str, set[Role | Relation]]:
    rows = [line.split() for line in RULES.strip().splitlines()]
    return {act: {COLUMNS[name] for name in names} for act, *names in rows}
