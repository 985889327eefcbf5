"""Whole e-mails of invented journalists, and the deadline in each, by the clocks in London.

`meant` reads as in `deadline_table`: a day and a time, `?` where a person should check it, or `ask`.
"""

from typing import NamedTuple


class Email(NamedTuple):
    """What came in at `sent` (local time), and what it means."""

    name: str
    sent: str
    text: str
    meant: str


EMAILS = (
    Email(
        "a local paper among many dates",
        "2026-06-01 09:14",
        """From: Jane Roe <jane.roe@anytowngazette.example>
Sent: Mon 1 June 2026 09:14
To: Press Office
Subject: Car park charges at St Anne's

Hi,

I'm writing a piece for Thursday's paper about parking charges at St Anne's, which went up by 20 per cent on 1 April
from £3.50 to £4.20. A patient aged 74 told us she waited four hours on Friday 22 May and was charged £14.

Could you tell me how much the trust made from parking in 2025/26, and whether charges will be reviewed at the board
meeting on 11 June?

Could I have a response by 4pm tomorrow, please?

Thanks,
Jane

Jane Roe | Reporter, Anytown Gazette
Mon-Fri 9am-5pm | 020 7946 0018 | 07700 900123
""",
        "2026-06-02 16:00",
    ),
    Email(
        "local radio, on air before the deadline is named",
        "2026-06-03 07:40",
        """Morning,

We're talking about the GP closures at 8.10 on breakfast tomorrow and would love someone to come on. If nobody is free,
could you send us a statement by 5pm today?

Cheers
Sam Oakes
Producer, BBC Radio Northshire""",
        "2026-06-03 17:00",
    ),
    Email(
        "a label on a line of its own",
        "2026-06-02 11:00",
        """Subject: Media enquiry - ambulance waits

Outlet: Health Weekly
Publication: Friday 12 June
Deadline: noon Wednesday 10 June

How many patients waited more than 60 minutes in May 2026?
""",
        "2026-06-10 12:00",
    ),
    Email(
        "as soon as possible and nothing else",
        "2026-06-02 11:00",
        """Hi team, hearing reports of a fire at the General this morning. Can you confirm asap what's happened and
        whether anyone is
hurt? Our story is already online. Thanks, Priya (07700 900456)""",
        "ask",
    ),
    Email(
        "a freelance in no hurry",
        "2026-06-02 11:00",
        """Dear press office,

I am a freelance working on a long read about hospice funding. There is no rush - whenever you can is fine. I
interviewed a family on 14 May and will be at the conference in Leeds on 18 June.

Best wishes, Tom Ashe""",
        "ask",
    ),
    Email(
        "an agency, briefly",
        "2026-06-04 13:05",
        "PA here - need a line on the inspectors' report within the next hour please, copy goes at 2.30.",
        "2026-06-04 14:05",
    ),
    Email(
        "a date without a month",
        "2026-06-02 11:00",
        """Hello, our July issue closes soon. Would you be able to get answers to the questions below to me by the 9th?

1. How many nurses left in 2025?
2. What was spent on agency staff between 1 April 2025 and 31 March 2026?
3. Section 4.2 of the report says 12 wards closed. Is that right?

Kind regards, Elin Prys, Nursing Review""",
        "2026-06-09 17:00",
    ),
    Email(
        "a deadline that is past before it is read",
        "2026-06-02 11:00",
        "Hi, chasing this again. I really needed a reply by 10am. Can you help?",
        "ask",
    ),
    Email(
        "three deadlines",
        "2026-06-01 10:00",
        """Hi all,

Three things please. A statement by 3pm today for the web. An interview by noon on Wednesday. And the full figures by
Friday.

Dan Field, Northshire Live""",
        "2026-06-01 15:00 ?",
    ),
    Email(
        "hoped for, and the latest",
        "2026-06-01 10:00",
        "Hello, ideally I'd have your comment by 1pm but 4pm today at the latest. Best, Mo",
        "2026-06-01 16:00 ?",
    ),
    Email(
        "press time as the deadline",
        "2026-06-03 10:00",
        """Hi, we go to press at 6pm today. Keen to include the council's view on the care home closure voted through
        on Monday night.

Rhys Owen
Cambrian Courier""",
        "2026-06-03 18:00",
    ),
    Email(
        "when it is published is no deadline",
        "2026-06-02 10:00",
        """Hello, I'm looking into missed appointments at the eye clinic for a feature. We publish on Friday. Please
        could you tell me how many
appointments were cancelled in the last 12 months, and how many of those were cancelled on the day?

Many thanks, Anna""",
        "ask",
    ),
    Email(
        "a question about somebody else's date",
        "2026-06-02 10:00",
        """Hi,
Can you confirm whether the new ward will open by 30 June as promised? I'd be grateful for a response by close of play
on Thursday. Lucy""",
        "2026-06-04 17:00",
    ),
    Email(
        "a question about a date, and no deadline",
        "2026-06-02 10:00",
        """Hi,
Can you confirm whether the new ward will open by 30 June as promised, and when the old one is due to close? The trust
told its board on 12 May that it was on track.
Lucy""",
        "ask",
    ),
    Email(
        "half an hour's wording",
        "2026-06-04 09:30",
        "Morning both. Any chance of a quick line on the picket at City General by half eleven? Going in our "
        "lunchtime bulletin. Ta, Jo at Coast FM",
        "2026-06-04 11:30",
    ),
    Email(
        "a deadline in the subject alone",
        "2026-06-04 09:30",
        """Subject: MEDIA ENQUIRY: measles cases - deadline 2pm today

Hello, could you tell us how many cases of measles there have been in Northshire since 1 January, compared with the
same period last year?

Beth Lane, Health correspondent""",
        "2026-06-04 14:00",
    ),
    Email(
        "wrapped lines",
        "2026-06-04 09:30",
        """Dear colleague, further to our conversation of Tuesday I would be grateful if you
could let me have the trust's response to these allegations by
noon on Monday 8 June. We intend to publish on or after 10 June.

Yours, Helen Marsh, The Examiner""",
        "2026-06-08 12:00",
    ),
    Email(
        "right of reply in days",
        "2026-06-01 10:00",
        """This is a right of reply letter. You have five working days to respond to the points set out above before
        we publish.

Investigations desk""",
        "2026-06-08 17:00",
    ),
    Email(
        "a deadline that has moved",
        "2026-06-03 10:00",
        "Sorry to mess you about - our deadline has moved from 4pm to 5pm tomorrow. Still need the same figures.",
        "2026-06-04 17:00",
    ),
    Email(
        "the court's dates",
        "2026-06-03 10:00",
        """Hello, we are covering the case of a former nurse, 34, who appeared before magistrates on Monday and is due
        in crown court on 29 June at
10am. Does the trust wish to comment? I'm filing at 3pm.

Court reporter, Northern News Agency. Tel 0113 496 0999""",
        "2026-06-03 15:00",
    ),
    Email(
        "a Friday afternoon for Monday",
        "2026-06-05 16:10",
        "Hi, one for Monday's paper, sorry it's late in the week. Could someone get back to me first thing "
        "on Monday? Thanks. Ed",
        "2026-06-08 09:00",
    ),
    Email(
        "two days that clash",
        "2026-06-01 10:00",
        "Hello. Our deadline is Thursday 5 June at noon. Thanks, Kay",
        "ask",
    ),
    Email(
        "Polish names and a 24-hour clock",
        "2026-06-02 12:00",
        """Dzień dobry, I write for Gazeta Wyspa, the Polish weekly in the UK. Could Dr Nowak answer three questions
        about vaccination by e-mail? My
deadline is tomorrow, 3 June, 16.00. Dziękuję! Łucja Wiśniewska""",
        "2026-06-03 16:00",
    ),
    Email(
        "a day and a time in two sentences",
        "2026-06-02 12:00",
        "I need this on Thursday please. 11am at the latest. Mel",
        "2026-06-04 11:00 ?",
    ),
    Email(
        "what others have quoted below",
        "2026-06-02 12:00",
        """Hi, thanks for this. Can I get it by 6 tonight instead?

On Mon, 1 Jun 2026 at 09:14, Press Office <press@trust.example> wrote:
> Thanks for your enquiry. Our office is open from 9am to 5pm, Monday to Friday.
> For urgent enquiries out of hours call 020 7946 0000.
""",
        "2026-06-02 18:00",
    ),
    Email(
        "the consultation's deadline",
        "2026-06-02 12:00",
        """Hello, the deadline for responses to the consultation is 19 June and more than 400 people have already
        objected. The public meeting is on
9 June at 7pm in the town hall. Why has the trust not held one in Westbrook?

Gus Reed, Westbrook Echo""",
        "ask",
    ),
    Email(
        "a bare hour and the news",
        "2026-06-02 12:00",
        """Afternoon. We're running this at the top of the 5 o'clock. Need something by 4 if you can, even just two
        lines.
Nell, newsdesk""",
        "2026-06-02 16:00",
    ),
    Email(
        "between shifts",
        "2026-06-02 12:00",
        """Hi, could I get a response by 10am on Friday? I'm in the office until 6pm today, away tomorrow and back on
        Thursday from 9am.

Ruth""",
        "2026-06-05 10:00",
    ),
)
