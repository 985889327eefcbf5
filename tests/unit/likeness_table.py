# ruff: noqa: ISC004 (long examples, in pairs)
"""Examples of what must be pointed out, and of what must not."""

JOURNALISTS = [
    # name, e-mail, phone, outlet; the other; the same?
    (("Rosa Achter", "", "", "Courier"), ("rosa achter", "", "", "Evening Courier"), True),
    (("Rosa Achter", "", "", "Courier"), ("R Achter", "", "", "Courier"), True),
    (("Rosa Achter", "", "", "Courier"), ("R. Achter", "", "", "The Courier"), True),
    (("Rosa Achter", "", "", "Courier"), ("Ms  ROSA   Achter ", "", "", "Courier"), True),
    (("Rosa Achter", "", "", "Courier"), ("Achter, Rosa", "", "", "Courier"), True),
    (("Rosa Achter", "", "", "Courier"), ("Rosa Achtar", "", "", "Courier"), True),
    (("Rosa Achter", "", "", "Courier"), ("Rosa Achter", "", "", "ITV"), True),
    (("Rob Fielding", "", "", "BBC"), ("Robert Fielding", "", "", "BBC Radio North"), True),
    (("Siân O’Neill", "", "", "BBC"), ("Sian O'Neill", "", "", "BBC"), True),
    (("Rosa", "", "", "Evening Courier"), ("Rosa Achter", "", "", "Evening Courier"), True),
    (("Achter", "", "", "Evening Courier"), ("Rosa Achter", "", "", "Courier"), True),
    (("Rosa Achter", "Rosa@Courier.example", "", "Courier"), ("Rosa Bell", "rosa@courier.example ", "", "X"), True),
    (("Rosa Achter", "", "01632 960 117", "Courier"), ("Rosa A", "", "+44 1632 960117", "Post"), False),
    (("Rosa Achter", "", "01632 960 117", "Courier"), ("", "", "+44 1632 960117", "Post"), True),
    (("Rosa Achter", "", "01632 960 117", "Courier"), ("R Achter", "", "+44 (0)1632 960117", "Post"), True),
    # and not
    (("R Achter", "", "", "Courier"), ("Rosa Achter", "", "", "ITV"), False),
    (("Rosa Achter", "", "", "Courier"), ("Tom Achter", "", "", "Courier"), False),
    (("Rosa Achter", "", "", "Courier"), ("Rosa Bell", "", "", "Courier"), False),
    (("Rosa", "", "", "Courier"), ("Rosa", "", "", "ITV"), False),
    (("Tom Lee", "", "", "Courier"), ("Tom Leo", "", "", "Courier"), False),
    (("Tom Bell", "newsdesk@bbc.example", "", "BBC"), ("Rosa Achter", "newsdesk@bbc.example", "", "BBC"), False),
    (("Tom Bell", "north.news@bbc.example", "", "BBC"), ("Rosa Hill", "north.news@bbc.example", "", "BBC"), False),
    (("Tom Bell", "newsdesk@bbc.example", "", "BBC"), ("T Bell", "newsdesk@bbc.example", "", "Radio"), True),
    (("Tom Bell", "", "0161 496 0000", "BBC"), ("Rosa Achter", "", "0161 496 0000", "BBC"), False),
    (("", "", "", ""), ("", "", "", ""), False),
    (("Tom Bell", "", "12", "BBC"), ("", "", "12", "BBC"), False),
]

SAME_STORY = [
    ("Why are the buses late?", "Why are the buses running late again?"),
    (
        "Is it true that the maternity unit at Northbrook is closing at weekends?",
        "Hi, I'm writing a piece on the weekend closure of the maternity unit at Northbrook hospital. Could you "
        "confirm this and let me know how many mothers are affected? My deadline is 4pm.",
    ),
    (
        "We understand patient data was stolen in a cyber attack on the GP booking system last night. Comment please?",
        "ITV here. Has there been a cyber-attack on your booking system, and was any patients' data taken or stolen?",
    ),
    (
        "Car park charges at Westmere hospital are going up to £4 an hour. Why?",
        "A reader has complained about the rise in parking charges at Westmere hospital, which she says is a tax on "
        "the sick. Can you provide a statement?",
    ),
    (
        "Nurses at St Anne's are to strike on 3 June. What is the trust's response?",
        "Can we have someone on at five about the nurses' strike at St Anne's?",
    ),
    ("Legionella found in ward 7?", "Our reader says legionella was found on ward 7, is that so?"),
    ("Bus cuts Millfield", "Millfield bus cuts"),
    (
        "Patients say that they pay £9 a day to park for chemotherapy. Is that right, and will it change?",
        "ITV News here. A viewer pays £9 a day to park at Westmere while having chemotherapy, is that right?",
    ),
    (
        "How many flu jabs have been wasted because fridges broke at the Eastvale vaccination centre?",
        "Following reports that broken fridges spoilt hundreds of flu vaccines in Eastvale, can you tell us how many "
        "jabs were wasted?",
    ),
    (
        "what do you say to claims that Dr Harmsworth was suspended over missed cancer diagnoses",
        "Sun: has a Dr Harmsworth been suspended? how many missed diagnoses? statement by 6 pls",
    ),
    (
        "ITV asks: are parking fees for cancer patients £9 a day?",
        "Patients say that they pay £9 a day to park for chemotherapy. Is that right, and will it change?",
    ),
    (
        "ITV asks: are parking fees for cancer patients £9 a day?",
        "Why does it cost people £9 a day to park at Northbrook when they have cancer?",
    ),
]

ANOTHER_STORY = [
    ("Are parking fees for cancer patients £9 a day?", "Why does the canteen take £9 a day from staff for lunch?"),
    ("Are parking fees for cancer patients £9 a day?", "Why does the agency cost £9 million, and who signed it?"),
    ("Why are the buses late?", "Why are the trams late?"),
    ("Why are the buses late?", "Why?"),
    ("Can we have an interview?", "Can we have an interview please?"),
    ("Could you send me a statement by 4pm today?", "Could you send me a statement by 4pm today?"),
    (
        "Hi, I'm a reporter at the Courier, writing a story for tomorrow's paper about parking at the hospital. Could "
        "you provide a statement from a spokesperson by 4pm please? Kind regards, Rosa",
        "Hi, I'm a reporter at the Courier, writing a story for tomorrow's paper about the new library in town. Could "
        "you provide a statement from a spokesperson by 4pm please? Kind regards, Rosa",
    ),
    (
        "Is it true that the maternity unit at Northbrook is closing at weekends?",
        "Is the car park at Northbrook hospital full at weekends?",
    ),
    (
        "How many patients waited more than 12 hours in A&E at Northbrook in October?",
        "How many patients were sent out of area for a mental health bed in October?",
    ),
    (
        "Please could you tell me how much the council has spent on gritting since January, and how many complaints?",
        "Please could you tell me how much the council has spent on agency staff since January, and how many posts "
        "are vacant?",
    ),
    (
        "Patients say that they pay £9 a day to park for chemotherapy. Is that right, and will it change?",
        "Is it right that a patient had to pay for her own dressings after chemotherapy?",
    ),
    ("Screening results delayed at Westmere?", "Parking charges at Westmere?"),
    ("Strike by nurses at St Anne's", "Opening of the new ward at St Anne's"),
    ("", ""),
]

TEMPLATE = (
    "Under our regular monthly survey of trusts we ask: how many patients at your trust waited over the national "
    "target for {}, and what is being done to bring the figure down?"
)
"""What an agency sends again and again. Of many, no two are the same story."""
SURVEYED = (
    "hip replacements",
    "eye clinics",
    "cancer scans",
    "mental health beds",
    "physiotherapy",
    "hearing aids",
    "dental surgery",
    "heart operations",
)
