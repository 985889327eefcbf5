"""What stands at the end of a letter: where it begins, and the name, telephone and outlet that it gives."""

import re
from dataclasses import dataclass

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

_SIGN_OFF = re.compile(
    r"\s*(?:(?:with )?(?:many |kind(?:est)? |best |warm(?:est)? |all the |very )*(?:regards|wishes|thanks"
    r"|thank you|thx|cheers|best|ta"
    r"|yours(?: sincerely| faithfully| truly| ever)?|rgds|sincerely|all the best|kr|bw|bests)(?: again"
    r"| very much| so much| in advance)?"
    r"|diolch(?: yn fawr)?|cofion(?: cynnes| gorau)?|yn gywir|dymuniadau gorau|hwyl"
    r"|pozdrawiam(?: serdecznie)?|z poważaniem|dziękuję"
    r"|z pozdrowieniami|slán|sent from (?:my|outlook).{0,40}|get outlook for .{0,20})(?: and (?:kind "
    r"|best )?(?:regards|wishes))?[\s,.!:-]*$"
    r"|\s*--+ ?$|\s*[_=]{5,}\s*$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\s*\W{0,6}(?:(?:this|the (?:information|contents?)|any) (?:in this |of this "
    r"|contained in this )?(?:e-?mail|message|communication|information)\b"
    r".{0,160}?(?:confidential|intended|privileged|solely|recipient|addressee|virus|monitor)"
    r"|(?:confidentiality|legal)? ?(?:notice|disclaimer)\s?:?|confidential(?:ity)?\b.{0,40}(?:notice|:)"
    r"|registered (?:in england|office|company|charity)"
    r"|please consider the environment|if you (?:are not|have received) .{0,60}(?:recipient|error)"
    r"|mae(?:'r| yr) (?:e-?bost|neges)|ta wiadomość|.{0,40} is a (?:company )?registered )",
    re.IGNORECASE,
)
_WARNING = re.compile(
    r"\s*\W{0,6}(?:\[?external\b.{0,60}$|caution\s?:|warning\s?:.{0,40}external|this (?:e-?mail"
    r"|message) (?:originated|was sent|came) from"
    r" (?:outside|an external)|(?:do not|don't) click (?:on )?(?:any )?links?|you don't often get e-?mail)",
    re.IGNORECASE,
)
_GREETED = r"(?:[^\S\n]{1,3}(?:(?:dr|mrs?|ms|prof)\.[^\S\n])?[^\W\d_][\w'’&/-]{0,40}){0,4}"
_GREETING = re.compile(
    rf"\s*(?:(?:hi|hiya|hello|hey|dear|good (?:morning|afternoon|evening|day)|helo|annwyl|bore da|prynhawn da"
    rf"|dzień dobry|szanowni państwo|dia dhuit)\b{_GREETED}[^\S\n]{{0,3}}[,!:–-]*"
    rf"|(?:morning|afternoon|evening)(?:[^\S\n](?:all|both|team|there|everyone)\b|{_GREETED}[^\S\n]{{0,3}}[,!])[,!:–-]*)"
    r"[^\S\n]*(?:\n|$)",
    re.IGNORECASE,
)
_KINDNESS = re.compile(
    r"(?:i )?(?:do )?(?:hope|trust) (?:that )?(?:you|this|all)\b[^\n.!?]{0,40}\b(?:well|good|ok|okay)\b"
    r"[^\n.!?]{0,20}[.!]?[^\S\n]*(?:\n|$)",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE, _LONGEST_LINE = 16, 160
_ROLE = re.compile(
    r"\b(?:reporter|journalist|correspondent|editor|producer|presenter|freelance|writer|newsdesk"
    r"|news desk|broadcaster|researcher|chief|columnist|gohebydd"
    r"|newyddiadurwr(?:aig)?|cynhyrchydd|dziennikarka?|redaktor(?:ka)?|desk|planning|assistant|trainee"
    r"|senior|head of|bureau)\b",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"\b(?:gazette|times|echo|post|news|herald|mail|chronicle|radio|fm|tv|television|bbc|itv|itn|sky"
    r"|channel \d|guardian|telegraph|pa media"
    r"|press association|journal|courier|express|mirror|argus|observer|examiner|advertiser|live|review"
    r"|weekly|magazine|standard|independent|tribune"
    r"|mercury|bulletin|press|media|broadcasting|agency|star|citizen|leader|evening|daily|s4c|golwg|cymru"
    r"|gazeta|reporter|pulse|world|record|scotsman|sentinel)\b",
    re.IGNORECASE,
)
_BROADCASTER = re.compile(r"(?:BBC|ITN|ITV|LBC|Radio|S4C|Sky News|Channel \d|PA Media|Press Association)\b")
_NATIONAL, _INTERNATIONAL = PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL
_BRITAIN, _BRITISH_DIGITS = 44, (9, 10)
_NAME = re.compile(r"[^\W\d_][\w'’.-]{0,30}(?: (?:[^\W\d_][\w'’.-]{0,30})){0,3}")
_NOT_HERS = re.compile(r"\b(?:fax|switchboard|newsdesk|news desk|reception|office hours|registered)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"@|https?:|www\.|\d{4,}|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b|\b(?:street|road|house|floor|avenue"
    r"|square|tel|mob)\b",
    re.IGNORECASE,
)
SHARED = re.compile(
    r"(?:news ?-?desk|news|press|info|editorial|planning|enquiries|media|desk|mail|newsroom|office|admin"
    r"|hello|stories|copy|web|online|team|team\.\w+)$",
    re.IGNORECASE,
)
"""Names of mailboxes that belong to nobody in particular."""


@dataclass(frozen=True)
class LetterParts:
    """A letter's own words, and the lines of its signature."""

    words: str
    signature: tuple[str, ...]


def parts_of(text: str) -> LetterParts:
    """`text` without warnings, signature and legal words."""
    lines = [line.rstrip() for line in text.split("\n")]
    lines = lines[_after_warnings(lines) :]
    legal = next((number for number, line in enumerate(lines) if _DISCLAIMER.match(line[:300])), len(lines))
    lines = lines[:legal]
    start = _signature_start(lines)
    signature = tuple(line.strip(" *_") for line in lines[start:] if line.strip() and not _SIGN_OFF.match(line[:120]))
    return LetterParts("\n".join(lines[:start]).strip(), signature)


def _after_warnings(lines: list[str]) -> int:
    """How many lines at the top a mail server wrote."""
    top = [number for number, line in enumerate(lines[:8]) if _WARNING.match(line[:200])]
    return top[-1] + 1 if top else 0


def without_greeting(words: str) -> str:
    """`words` without "Hi Amina," and "Hope you are well." on top; whole, if nothing else stands there."""
    rest = words
    for pattern in (_GREETING, _KINDNESS):
        found = pattern.match(rest)
        rest = rest[found.end() :].lstrip() if found else rest
    return rest or words


def _signature_start(lines: list[str]) -> int:
    """The sign-off after which only short lines come; without one, short lines at the end that give an address."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    for place in range(max(0, len(written) - _LONGEST_SIGNATURE - 1), len(written)):
        number = written[place]
        rest = [lines[after].rstrip() for after in written[place + 1 :]]
        short = all(len(line) <= _LONGEST_LINE and not line.endswith("?") for line in rest)
        if number and short and _SIGN_OFF.match(lines[number][:120]):
            return number
    return _unsigned_start(lines)


def _unsigned_start(lines: list[str]) -> int:
    start = len(lines)
    for number in range(len(lines) - 1, max(0, len(lines) - _LONGEST_SIGNATURE), -1):
        line = lines[number].strip()
        if len(line) > 70 or line.endswith(("?", ".", ":")):
            break
        if line:
            start = number
    tail = " ".join(lines[start:])
    worth = re.search(r"@|\d{4,}|\||www\.", tail) or _ROLE.search(tail)
    short = len([line for line in lines[start:] if line.strip()]) <= 2
    return start if start and (worth or (short and _NAME.fullmatch(tail.strip()))) else len(lines)


def name_in(signature: tuple[str, ...]) -> str:
    """The first line that is a name, or the part of it before a comma or a bar."""
    for line in signature[:4]:
        first = re.split(r"[|,•·/]| - | – ", line)[0].strip(" *_.!")
        words = first.split()
        if (
            _NAME.fullmatch(first)
            and all(word[0].isupper() for word in words)
            and not (_ROLE.search(first) or _OUTLET.search(first))
        ):
            return first
    return ""


def phone_in(lines: tuple[str, ...] | list[str]) -> str:
    """The writer's first number, as it is dialled in Britain ("020 7946 0018 ext. 12"); "" where there is none."""
    spare = ""
    for line in lines:
        for number in _numbers(line[:500]):
            if not _NOT_HERS.search(line):
                return number
            spare = spare or number
    return spare


def _numbers(line: str) -> list[str]:
    """Possible numbers that begin with 0 or +; valid or not, since a range may be newer than the library."""
    matches = PhoneNumberMatcher(line, "GB", leniency=Leniency.POSSIBLE, max_tries=20)
    found = [match.number for match in matches if match.raw_string.lstrip("(").startswith(("0", "+"))]
    return [
        format_number(number, _NATIONAL if number.country_code == _BRITAIN else _INTERNATIONAL).replace(" x", " ext. ")
        for number in found
        if number.country_code != _BRITAIN or len(str(number.national_number)) in _BRITISH_DIGITS
    ]


def outlet_in(signature: tuple[str, ...], *, name: str) -> str:
    """The outlet, where a line gives one clearly: a name as outlets have, alone or beside a role; else ""."""
    for line in signature:
        pieces = [piece.strip(" *_.") for piece in re.split(r"[|,•·/]| - | – |\bat\b|\bfor\b", line)]
        for piece in pieces:
            clear = _OUTLET.search(piece) and not _ELSEWHERE.search(piece) and len(piece) <= 50
            if clear and piece != name and not _ROLE.search(piece) and piece[:1].isupper():
                return piece
    return ""


def could_be_a_person(name: str) -> bool:
    """Whether a name has no word that those of outlets and of roles have."""
    return not (_ROLE.search(name) or _OUTLET.search(name))


def is_clearly_an_outlet(name: str) -> bool:
    """Whether a name is made as outlets' are: "Northbrook Gazette", "BBC Radio North"."""
    return bool(_BROADCASTER.match(name) or _OUTLET.fullmatch(name.rsplit(maxsplit=1)[-1]))
