"""Journalists' e-mails, as they are pasted, as Slack has them and as raw bytes: who asks what."""

from datetime import UTC, datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.deadline_reader import read_deadline
from bot.core.email_reader import JournalistEmail, PastedEmail, RawEmail, SlackEmail, read_email
from bot.core.working_days import Nation, WorkingHours

London = ZoneInfo("Europe/London")
OWN = ("northshire-trust.example", "nhs.example")
SENT = datetime(2026, 6, 1, 9, 14, tzinfo=London)


def pasted(text: str) -> JournalistEmail:
    return read_email(PastedEmail(text), own_domains=OWN, zone=London)


def raw(content: bytes) -> JournalistEmail:
    return read_email(RawEmail(content), own_domains=OWN, zone=London)


SIGNED = """Kind regards,

Jane Roe
Health Reporter, Anytown Gazette
T: 0113 496 0018 ext 204 | M: 07700 900123
jane.roe@anytowngazette.example

This e-mail and any attachments are confidential and intended solely for the addressee. Registered office: 1 High
Street. Switchboard 0113 496 0000.
"""
QUESTION = "How many operations did the trust cancel in May, and why?\n\nCould I have an answer by 4pm tomorrow?"
FORWARDED = f"""FYI, who can take this one? I'm out at 3.

Sam Hill
Press Officer | 0300 123 4567

From: Jane Roe <jane.roe@anytowngazette.example>
Sent: Monday, 1 June 2026 09:14
To: Press Office <press@northshire-trust.example>
Cc: Sam Hill <sam@northshire-trust.example>
Subject: RE: Cancelled operations

Hi Sam,

{QUESTION}

{SIGNED}"""


def test_the_journalist_is_who_wrote_what_our_colleague_pasted() -> None:
    email = pasted(FORWARDED)
    assert (email.journalist, email.email, email.sender_domain) == (
        "Jane Roe",
        "jane.roe@anytowngazette.example",
        "anytowngazette.example",
    )
    assert (email.phone, email.outlet) == ("0113 496 0018 ext. 204", "Anytown Gazette")
    assert email.subject == "Cancelled operations"
    assert email.sent_at == SENT
    assert email.question == QUESTION
    assert "press officer" not in email.body.lower()


WAYS_TO_FORWARD = (
    """---------- Forwarded message ---------
From: Al <al@nhs.example>
Date: Mon, 1 Jun 2026 at 10:00
Subject: Fwd: Ops
To: b@nhs.example""",
    """-----Original Message-----
From: Bo [mailto:bo@northshire-trust.example]
Sent: 01 June 2026 10:05
To: c
Subject: FW: Ops""",
    """Begin forwarded message:

From: Cy <cy@comms.northshire-trust.example>
Subject: Fwd: Ops
Date: 1 June 2026 at 10:20:01 BST
To: d""",
    """________________________________
From: Di <di@nhs.example>
Sent: 01 June 2026 10:30
To: e
Subject: FW: Ops""",
)


def test_five_forwards_deep_the_first_sender_outside_is_found() -> None:
    text = f"""From: Jane Roe <jane.roe@anytowngazette.example>
Date: 1 June 2026 at 09:14
Subject: Ops
To: x@nhs.example

{QUESTION}

{SIGNED}"""
    for depth, way in enumerate(WAYS_TO_FORWARD):
        quoted = "\n".join(f"> {line}" for line in text.split("\n")) if depth % 2 else text
        text = f"{way}\n\nOne for you?\nRegards\nA colleague, 0300 123 456{depth}\n\n{quoted}"
    email = pasted(f"See below.\n\n{text}")
    assert (email.journalist, email.email) == ("Jane Roe", "jane.roe@anytowngazette.example")
    assert (email.phone, email.question, email.sent_at) == ("0113 496 0018 ext. 204", QUESTION, SENT)


def test_a_journalists_answer_to_us_is_read_and_what_it_quotes_is_not() -> None:
    email = pasted(
        """From: Rhys Owen <rhys@cambriancourier.example>
Sent: 2 June 2026 11:00
To: press@northshire-trust.example
Subject: Re: Care home

Thanks. Is that the same for Westbrook? By noon please.

On Mon, 1 Jun 2026 at 16:40, Press Office <press@northshire-trust.example> wrote:
> Our deadline for a reply was 4pm.
>
> On Mon, 1 Jun 2026 at 09:14, Rhys Owen <rhys@cambriancourier.example> wrote:
>> How many beds are there?
"""
    )
    assert email.question == "Thanks. Is that the same for Westbrook? By noon please."
    assert email.email == "rhys@cambriancourier.example"
    assert "4pm" not in email.body


def test_text_without_any_header_is_the_question_and_gives_what_its_signature_does() -> None:
    email = pasted(f"Hello,\n\n{QUESTION}\n\n{SIGNED}")
    assert (email.journalist, email.email, email.outlet) == (
        "Jane Roe",
        "jane.roe@anytowngazette.example",
        "Anytown Gazette",
    )
    assert (email.subject, email.sent_at) == ("", None)
    assert email.question == QUESTION


@pytest.mark.parametrize(
    ("greeting", "left"),
    [
        ("Hi Amina,\n\n", ""),
        ("Dear Press Office\n", ""),
        ("Good morning all,\n\nHope you are well.\n\n", ""),
        ("Morning!\n\n", ""),
        ("Hi both -\n", ""),
        ("Hello Amina, can you help with this?\n\n", "Hello Amina, can you help with this?\n\n"),
        ("Morning Amina,\n", ""),
        ("Evening bus cuts\n\n", "Evening bus cuts\n\n"),
        ("Evening clinics are shut.\n\n", "Evening clinics are shut.\n\n"),
        ("I hope the ward is well staffed now.\n\n", "I hope the ward is well staffed now.\n\n"),
    ],
)
def test_the_question_begins_after_the_greeting_and_ends_before_the_name(greeting: str, left: str) -> None:
    email = pasted(f"From: Jane Roe <jane@gazette.example>\nSubject: Ops\n\n{greeting}{QUESTION}\n\n{SIGNED}")
    assert email.question == f"{left}{QUESTION}"


def test_a_greeting_alone_stays() -> None:
    assert pasted("Hi there,").question == "Hi there,"


def test_a_few_typed_words_are_the_question() -> None:
    email = pasted("Parking at the hospital, 4pm Thursday")
    assert email.question == "Parking at the hospital, 4pm Thursday"
    assert (email.journalist, email.email, email.phone, email.outlet) == ("", "", "", "")


def test_an_agencys_shared_address_gives_the_name_that_signed() -> None:
    email = pasted(
        """From: PA Newsdesk <newsdesk@pa.example>
Sent: 01/06/2026 09:14
To: press@nhs.example
Subject: [EXTERNAL] FW: Line on inspection

CAUTION: This email originated from outside the organisation. Do not click links.

Need a line within the hour.

Thanks
Priya Nair
PA Media
+44 7700 900456
"""
    )
    assert (email.journalist, email.email, email.phone) == ("Priya Nair", "newsdesk@pa.example", "07700 900456")
    assert (email.outlet, email.subject, email.sent_at) == ("PA Media", "Line on inspection", SENT)
    assert email.question == "Need a line within the hour."


def test_without_a_name_none_is_made_up() -> None:
    email = pasted("From: stories@northlive.example\nSubject: Parking\n\nWhy is parking £4? Need it by 5.")
    assert (email.journalist, email.email, email.outlet) == ("", "stories@northlive.example", "")


def test_slacks_email_file_is_read() -> None:
    file = {
        "filetype": "email",
        "subject": "Fwd: Cancelled operations",
        "from": [
            {
                "address": "sam@northshire-trust.example",
                "name": "Sam Hill",
                "original": "Sam Hill <sam@northshire-trust.example>",
            }
        ],
        "timestamp": 1780305240,
        "plain_text": FORWARDED,
        "headers": {"date": "Mon, 1 Jun 2026 10:14:00 +0100"},
    }
    assert read_email(SlackEmail(file), own_domains=OWN, zone=London) == pasted(FORWARDED)


def test_slacks_email_file_with_html_alone_is_read() -> None:
    file = {
        "subject": "Ops",
        "from": [{"address": "Jane.Roe@AnytownGazette.example", "name": "Roe, Jane", "original": ""}],
        "timestamp": 1780301640,
        "simplified_html": "<div>Hi,</div><p>How many operations?<br>By 4pm &amp; no later.</p><script>x()</script>",
    }
    email = read_email(SlackEmail(file), own_domains=OWN, zone=London)
    assert (email.journalist, email.email) == ("Jane Roe", "jane.roe@anytowngazette.example")
    assert email.question == "How many operations?\nBy 4pm & no later."
    assert email.sent_at == SENT.astimezone(UTC)


def message(body: str, *, html: str = "", charset: str = "utf-8") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Łucja Wiśniewska <lucja@gazetawyspa.example>"
    made["To"] = "press@nhs.example"
    made["Subject"] = "Szczepienia – pytanie"
    made["Date"] = "Mon, 01 Jun 2026 09:14:00 +0100"
    if body:
        made.set_content(body, charset=charset, cte="quoted-printable")
    if html and body:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html", cte="base64")
    return made


def test_polish_words_in_an_odd_charset_are_read() -> None:
    body = "ile osób zaszczepiono w maju?\n\nPozdrawiam\nŁucja Wiśniewska\nGazeta Wyspa\n020 7946 0018\n"
    email = raw(message(body, charset="iso-8859-2").as_bytes())
    assert (email.journalist, email.outlet, email.phone) == ("Łucja Wiśniewska", "Gazeta Wyspa", "020 7946 0018")
    assert email.subject == "Szczepienia – pytanie"
    assert email.question == "ile osób zaszczepiono w maju?"
    assert email.sent_at == SENT


def test_welsh_headers_and_signature_are_read() -> None:
    email = pasted(
        """Oddi wrth / From: Elin Prys <elin@golwgarall.example>
Anfonwyd / Sent: 01 Mehefin 2026 09:14
At / To: press@nhs.example
Pwnc / Subject: Gwelyau

Faint o welyau sydd yn yr ysbyty? A gaf i ateb erbyn 4pm yfory?

Diolch yn fawr,
Elin Prys
Gohebydd, Golwg Arall
"""
    )
    assert (email.journalist, email.email, email.subject) == ("Elin Prys", "elin@golwgarall.example", "Gwelyau")
    assert (email.outlet, email.sent_at) == ("Golwg Arall", None)
    assert email.question.endswith("erbyn 4pm yfory?")


def test_html_alone_is_read_as_lines() -> None:
    html = """<html><head><style>p {color: red}</style></head><body><p>Hi,</p><p>How many beds are
    closed?</p><p>Thanks<br>Tom Ashe<br>Freelance</p><blockquote>
    On Mon, 1 Jun 2026 at 08:00, Press &lt;press@nhs.example&gt; wrote:
    <p>Good morning</p></blockquote></body></html>"""
    email = raw(message("", html=html).as_bytes())
    assert email.question == "How many beds are closed?"
    assert "Good morning" not in email.body


def test_an_email_attached_to_ours_is_the_journalists() -> None:
    ours = EmailMessage()
    ours["From"] = "Sam Hill <sam@nhs.example>"
    ours["Subject"] = "As discussed"
    ours.set_content("Attached.")
    ours.add_attachment(message(QUESTION))
    email = raw(ours.as_bytes())
    assert (email.email, email.question) == ("lucja@gazetawyspa.example", QUESTION)


def test_two_hundred_kilobytes_are_cut_at_a_sentence() -> None:
    email = raw(message("The waits are long here. " * 8000).as_bytes())
    assert len(email.question) <= 3000
    assert email.question.endswith("long here. …")
    assert len(email.body) > 190_000


def test_with_three_deadlines_the_reader_has_them_all() -> None:
    text = FORWARDED.replace(
        "by 4pm tomorrow?", "by 4pm tomorrow? An interview by noon on Wednesday, and figures by Friday."
    )
    email = pasted(text)
    assert email.sent_at is not None
    reading = read_deadline(
        email.body,
        received_at=email.sent_at,
        now=email.sent_at,
        zone=London,
        hours=WorkingHours(London, Nation.ENGLAND),
    )
    assert reading.at == datetime(2026, 6, 2, 15, tzinfo=UTC)
    assert [other.at.day for other in reading.others] == [3, 5]
    assert not reading.certain


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("M: 07700 900 123", "07700 900123"),
        ("+44 (0)20 7946 0018", "020 7946 0018"),
        ("Tel. (0113) 496-0018 x12", "0113 496 0018 ext. 12"),
        ("00 44 7700 900123", "07700 900123"),
        ("Newsdesk 0113 496 0999, mobile below\n07700 900123", "07700 900123"),
        ("Ref 1234567, page 12", ""),
    ],
)
def test_british_numbers_are_read_as_they_are_dialled(written: str, phone: str) -> None:
    assert pasted(f"A question?\n\nThanks,\nTom Ashe\n{written}").phone == phone


FIELDS = st.sampled_from(
    [
        "From: ",
        "Sent: ",
        "Subject: ",
        "> ",
        "-----Original Message-----",
        "On 1 June wrote:",
        "@",
        "\n",
        "Thanks\n",
        "07700 900123",
        "<div>",
    ]
)


@given(st.lists(st.one_of(FIELDS, st.text(max_size=40)), max_size=40).map("".join))
@example("On " * 5000 + "wrote:")
@example("<" * 20_000)
@example("From: a@b.example\nTo: " + "a@b.example, " * 9000)
def test_any_text_is_read(text: str) -> None:
    for source in (PastedEmail(text), RawEmail(text.encode()), SlackEmail({"preview": text, "from": [{"name": text}]})):
        email = read_email(source, own_domains=OWN, zone=London)
        assert email.sent_at is None or email.sent_at.tzinfo


@given(st.binary(max_size=400))
@example(b"Content-Type: text/plain; charset=hex\n\nabc")
@example(b"Content-Type: text/plain; charset=\xff\n\n\xff")
@example(b"Content-Transfer-Encoding: base64\n\n!!!")
@example(b"From: =?utf-8?b?!?=\nDate: Mon, 99 Foo 9999 99:99\n\nx")
@example(b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (depth, depth) for depth in range(2000)))
def test_any_bytes_are_read(content: bytes) -> None:
    raw(content)


@pytest.mark.parametrize(
    "file",
    [
        {},
        {"from": None},
        {"from": [7], "headers": [], "timestamp": 1e300},
        {"from": "x", "subject": 3, "plain_text": {}},
    ],
)
def test_whatever_slack_gives_is_read(file: dict[str, object]) -> None:
    assert read_email(SlackEmail(file), own_domains=OWN, zone=London).journalist == ""
