"""The words by which enquiries are not told apart."""

IN_EVERY_QUESTION = frozenset(
    word
    for line in (
        "a about after again all also am an and any are arent as at back be because been before being both but by can",
        "cant could couldnt did didnt do does doesnt doing dont down during each few first for from further get",
        "getting give go going had has hasnt have havent having he her here hers him his how i id if ill im in into",
        "is isnt it its itself ive just last like made make many may me might more most much must my near new next no",
        "nor not now of off on once one only or other our ours out over own per right said same say says she should",
        "since so some still such take taken than that thats the their theirs them then there these they theyre this",
        "those though through to too two under until up us very via viewer want wants was wasnt we well were werent",
        "weve what whats when where whether which while who whom whose why will with within wont would wouldnt yes",
        "yet you your youre yours",
    )
    for word in line.split()
)
"""Of the language, in any question."""

IN_EVERY_EMAIL = frozenset(
    word
    for line in (
        "able afternoon answer answers anyone april article ask asked asking asks august available aware bbc best",
        "broadcast",
        "bulletin call cheers clarify comment comments confirm contact correct could couple cover covering day days",
        "deadline dear december detail details edition editor email enquiries enquiry evening explain explanation",
        "feature february following forward friday grateful hello help hi hope hoping hour hours hundreds information",
        "interview interviews issue itv january journalist july june kind kindly know knows let line lines look",
        "looking",
        "many march may media minutes monday morning news newspaper noon november number numbers october online page",
        "paper people person piece please pls pm possible press print producer programme provide provided publish",
        "publishing put queries query question questions quick quote radio reader readers receive received regard",
        "regarding regards reply report reported reporter reporting request respond response run running saturday",
        "send sent september soon speak spokesman spokesperson spokeswoman st statement stories story sunday talk",
        "team tell thank thanks thursday time today tomorrow tonight touch true tuesday tv understand update urgent",
        "viewers website wednesday week wish wonder wondering word words work working write writing year years",
        "yesterday",
    )
    for word in line.split()
)
"""Of the trade: what stands in e-mails from newsrooms, whatever they ask about."""

IN_MANY_QUESTIONS = frozenset(
    word
    for line in (
        "beds care clinic clinical clinics council councils health hospital hospitals local nhs patient patients plan",
        "plans public resident residents service services spend spending spent staff trust trusts wait waiting waits",
    )
    for word in line.split()
)
"""Of the field: what the enquiries of every partnership are full of. They tell something, if little."""
