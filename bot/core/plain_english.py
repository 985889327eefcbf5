"""Hints on plain English for whoever writes a draft (DOMAIN §8): short, kind, four at most, and never a gate.

What counts as long, and most words to avoid, follow the style guide of GOV.UK; the plain alternatives are our own.
Why no library counts: docs/decisions/7-settings.md.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain, islice

MOST_HINTS = 4
LONGEST_SENTENCE = 25
"""Words; GOV.UK's limit."""
HIGHEST_READING_AGE = 16
OLDEST = 21
"""Above the age at which people leave university, a number says nothing."""
FEWEST_WORDS = 25
"""A reading age of less than that says nothing."""
MOST_NAMED = 3
MOST_JARGON = 6

KNOWN_ABBREVIATIONS = frozenset(
    """
    A&E AM BBC BSL CD CEO COVID COVID-19 DNA DVD EU FAQ GCSE GP HIV ID IT ITV MBE MP MRI MSP NATO NHS OBE OK PC PCR PDF
    PHD PM Q&A RSPCA TV UK UN URL US USA VAT VIP WC WHO
    """.split()  # noqa: SIM905 (fifty words read best as words)
)
"""What readers of a newspaper know."""

PLAIN_WORDS: tuple[tuple[str, str], ...] = (
    (r"(?:going|moving) forwards?", "“from now on”"),
    (r"at this (?:moment|point|juncture) in time", "“now”"),
    (r"in the event (?:that|of)", "“if”"),
    (r"with (?:regards?|respect) to|in relation to|in respect of", "“about”"),
    (r"due to the fact that|in light of the fact that", "“because”"),
    (r"in order to", "“to”"),
    (r"prior to", "“before”"),
    (r"subsequent to", "“after”"),
    (r"in the near future|in due course", "when: a date, or a month"),
    (r"on an? (?:ongoing|regular) basis", "how often"),
    (r"a (?:wide )?(?:range|variety|number) of", "how many, or “some”"),
    (r"in excess of", "“more than”"),
    (r"(?:is|are|was|were) (?:currently )?in the process of", "only the verb"),
    (r"commenc(?:e|es|ed|ing)", "“start”"),
    (r"terminat(?:e|es|ed|ing)", "“end”"),
    (r"utilis(?:e|es|ed|ing|ation)", "“use”"),
    (r"facilitat(?:e|es|ed|ing)", "“help”, and how"),
    (r"leverag(?:e|es|ed|ing)", "“use”"),
    (r"operationalis(?:e|es|ed|ing|ation)", "“start” or “put to use”"),
    (r"endeavour(?:s|ed|ing)?", "“try”"),
    (r"ascertain(?:s|ed|ing)?", "“find out”"),
    (r"expedit(?:e|es|ed|ing)", "“speed up”"),
    (r"implement(?:s|ed|ing)?", "“carry out” or “do”"),
    (r"incentivis(?:e|es|ed|ing)", "“encourage”"),
    (r"prioritis(?:e|es|ed|ing)", "“put first”"),
    (r"signpost(?:s|ed|ing)", "“tell people where to go”"),
    (r"co-?produc(?:e|es|ed|ing|tion)", "“work out together with”"),
    (r"engag(?:e|es|ed|ing) with", "“talk to” or “listen to”"),
    (r"stakeholders?", "who they are: patients, councils, staff"),
    (r"service users?", "“patients” or “people who use the service”"),
    (r"(?:care|patient) pathways?", "“the steps of care”"),
    (r"direction of travel", "“plan”"),
    (r"key (?:priorit(?:y|ies)|stakeholders?|deliverables?|messages?|milestones?)", "what matters most"),
    (r"deliverables?", "what will be done"),
    (
        r"deliver(?:s|ed|ing)? (?:improvements?|outcomes?|change|transformation|efficienc(?:y|ies)|savings)",
        "“make” or “do”",
    ),
    (r"driv(?:e|es|ing) (?:improvements?|change|forward|up|efficienc(?:y|ies))", "“improve” or “cause”"),
    (r"(?:service|system) transformation|transformational", "what will change"),
    (r"(?:robust|holistic|seamless|innovative|world-class|best-in-class)", "what it does"),
    (r"step[ -]change", "“big improvement”"),
    (r"joined[- ]up (?:working|approach|care)", "“working together”"),
    (r"partnership working", "“working together”"),
    (r"(?:strategic )?synerg(?:y|ies)", "what each adds"),
    (r"(?:capacity|capability) building", "“training” or “hiring”"),
    (r"empower(?:s|ed|ing)?", "“let” or “give the right to”"),
    (r"embed(?:s|ded|ding)? (?:learning|change|culture)", "what will be usual"),
    (r"lessons (?:have been|will be|are being) (?:learned|learnt)", "what you will do otherwise"),
    (r"take (?:this|these|it|all \w+) (?:very |extremely )?seriously", "what you are doing about it"),
    (r"rolled? out|rolling out", "“start in more places”"),
    (r"ring-?fenc(?:e|es|ed|ing)", "“kept for”"),
    (r"front-?line (?:staff|services)", "who they are: nurses, doctors"),
    (r"demand (?:management|pressures)", "how many people need it"),
    (r"bed-?blocking|delayed transfers? of care", "“people who are well enough to leave and cannot”"),
    (r"reconfigur(?:e|ed|ing|ations?)", "what closes or opens"),
    (r"rationalis(?:e|ed|ing|ation)", "what is cut"),
    (r"efficienc(?:y|ies) savings", "“cuts”, or what costs less"),
    (r"bottom[- ]line|low[- ]hanging fruit|deep dives?|blue[- ]sky thinking|helicopter view", "what you mean"),
)
"""A pattern of what is written, and what to say instead: the words in quotation marks, or what to tell of."""

_JARGON = [(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), plain) for pattern, plain in PLAIN_WORDS]
_NO_END = ("Dr", "Mr", "Mrs", "Ms", "Prof", "No", "St", "Rev", "Cllr", r"e\.g", r"i\.e", "[A-Z]")
_TITLES = "".join(rf"(?<!\b{one})" for one in _NO_END)
_OPENS, _CLOSES = "\"“\u2018'(\\[", "\"”’')\\]"
_SENTENCE_END = re.compile(rf"{_TITLES}[.!?]+[{_CLOSES}]*\s+(?=[{_OPENS}]?[A-Z0-9£])|\n\s*\n|\n(?=\s*[•*-]\s)")
_WORD = re.compile(r"[^\W_](?:[\w’'&.,-]*[^\W_])?")
_ABBREVIATION = re.compile(r"(?<![\w&-])[A-Z](?:[A-Z&]|[A-Z&-]*\d){1,6}(?=s?(?![\w&]))")
_ENGLISH = frozenset({"a", "and", "are", "for", "in", "is", "of", "the", "to", "we"})


def hints(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """At most four hints that may make a draft plainer, the most useful first. None, where it reads well.

    `known` are abbreviations that need no explanation here. What is not English is left alone.
    """
    if not _ENGLISH.intersection(word.lower() for word in _WORD.findall(text)):
        return ()
    found = chain(_long_sentences(text), _jargon(text), _abbreviations(text, known), _reading_age(text))
    return tuple(islice(found, MOST_HINTS))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a point of a list is one of its own."""
    return [one.strip() for one in _SENTENCE_END.split(text) if one and _WORD.search(one)]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def reading_age(text: str) -> int:
    """About how old somebody is who reads this with ease, in years (Automated Readability Index).

    Its grades begin with the American first, at the age of six.
    """
    found, number = words(text), max(1, len(sentences(text)))
    if not found:
        return 0
    letters = sum(letter.isalnum() for word in found for letter in word)
    grade = 4.71 * letters / len(found) + 0.5 * len(found) / number - 21.43
    return max(5, round(grade) + 5)


def _long_sentences(text: str) -> Iterator[str]:
    longest = max(sentences(text), key=lambda one: len(words(one)), default="")
    number = len(words(longest))
    if number > LONGEST_SENTENCE:
        begins = " ".join(longest.split()[:6]).rstrip(",;:")
        parts = -(-number // LONGEST_SENTENCE)
        said = {2: "two", 3: "three", 4: "four"}.get(parts, "several")
        advice = f"It may read better as {said} of at most {LONGEST_SENTENCE}."
        yield f"The sentence “{begins} …” has {number} words. {advice}"


def _jargon(text: str) -> Iterator[str]:
    found: dict[str, str] = {}
    for pattern, plain in _JARGON:
        match = pattern.search(text)
        if match is not None and not any(match[0].lower() in longer.lower() for longer in found):
            found[match[0]] = plain
    in_order = sorted(found, key=text.index)[:MOST_JARGON]
    if in_order:
        said = "; ".join(f"“{' '.join(word.split())}”: say {found[word]}" for word in in_order)
        yield f"Some words are hard for those who don’t work here. {said}."


def _abbreviations(text: str, known: Collection[str]) -> Iterator[str]:
    understood = KNOWN_ABBREVIATIONS | {one.upper() for one in known}
    counted = Counter(_ABBREVIATION.findall(text))
    shouted = {one for one in counted if _is_shouted(one, text)}
    unexplained = [
        one for one in counted if one.upper() not in understood and one not in shouted and not _is_explained(one, text)
    ]
    if unexplained:
        listed = _listed([f"“{one}”" for one in unexplained[:MOST_NAMED]])
        verb, it = ("is", "it") if len(unexplained) == 1 else ("are", "them")
        yield f"{listed} {verb} not explained. Write {it} out the first time."


def _is_explained(word: str, text: str) -> bool:
    """`the Integrated Care Board (ICB)`, or `ICB (the Integrated Care Board)`."""
    it = re.escape(word)
    return bool(re.search(rf"\(\s*(?:the\s+)?[{_OPENS}]?{it}s?[{_CLOSES}]?\s*\)|\b{it}s?\s*\(\w", text))


def _is_shouted(word: str, text: str) -> bool:
    """A word in capitals beside others in capitals is a headline or a shout, and no abbreviation."""
    return bool(
        re.search(rf"(?:\b[A-Z]{{3,}}\s+){{2,}}{re.escape(word)}\b|\b{re.escape(word)}(?:\s+[A-Z]{{3,}}\b){{2,}}", text)
    )


def _reading_age(text: str) -> Iterator[str]:
    age = reading_age(text)
    if len(words(text)) >= FEWEST_WORDS and age > HIGHEST_READING_AGE:
        whom = "a specialist" if age > OLDEST else f"somebody of {age}"
        yield (
            f"Reading age: about what {whom} reads with ease; most people read at 9 to 11. Shorter words and sentences "
            "reach more of them."
        )


def _listed(found: list[str]) -> str:
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
