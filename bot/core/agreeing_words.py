"""Whether somebody typed their agreement instead of pressing Approve ("looks good"): curse number one (DOMAIN §9).

And whether they typed, to the bot, that something must change.
"""

import re
import unicodedata

LONGEST = 80
"""Characters of a message that is nothing but agreement; a longer one says something of its own."""

MOST_READ = 1000
"""Characters of a message in which an objection is looked for."""

_AGREEING = re.compile(
    r"""
    (?: (?: yes | yep | yeah | ok | okay | great | perfect | thanks | thank\ you | hi | hello
          | all | this | that | it | thats | its )\ )*
    (?:
        (?: looks | looking | is | seems | reads ) \ (?: all\ | very\ | really\ )*
            (?: good | great | fine | ok | okay | perfect | well | right ) \b
      | (?: good | fine | ok | okay ) \ (?: by | with | to | from | for ) \ (?: me | my\ (?: side | end ) ) \b
      | (?<= its\ | ats\ ) (?: good | great | fine | perfect ) $
      | lgtm \b
      | (?: i\ | i\ have\ | ive\ )? (?: approve | approved | agree | agreed ) \b
      | (?: im\ | i\ am\ )? (?: happy | fine | ok | okay ) \ with\ (?: this | that | it | the ) \b
      | (?: im\ | i\ am\ )? (?: happy | content ) \ (?: for\ this\ )? to\ (?: go | sign | issue ) \b
      | good\ to\ go \b
      | (?: you\ can\ )? go\ ahead \b
      | signed\ off \b
      | (?: i\ )? sign \ (?: this | it | off ) \b
    )
    """,
    re.VERBOSE,
)
_NOT_AGREEING = re.compile(r"\b(?:not|never|no|dont|doesnt|cannot|cant|isnt|havent|hasnt|when|if|who|unless|until)\b")
_OBJECTING = re.compile(
    r"\b(?:no|nope|not|isnt|wasnt|arent|werent|doesnt|didnt|dont|cannot|cant|wont|shouldnt|should|must|needs?"
    r"|wrong|incorrect|inaccurate|untrue|false|errors?|mistakes?|typos?|disagree|object|unhappy"
    r"|changes?|changed|instead|rather|remove|delete|replace|reword|rewrite|correct|fix|missing)\b"
)
_NOTHING_WRONG = re.compile(
    r"\b(?:no (?:problem|worries|rush|hurry|comment|changes|objections?|thanks)|nothing wrong|not (?:now|yet|today))\b"
)
_THUMBS = frozenset({":+1:", ":thumbsup:", ":white_check_mark:", ":ok_hand:", "👍", "✅", "👌", "✔"})


def sounds_like_agreement(text: str) -> bool:
    """Whether this is somebody's yes to a text, and nothing else. A question, or a "not", is none."""
    said = unicodedata.normalize("NFKC", text).strip()
    if not said or len(said) > LONGEST or "?" in said:
        return False
    words = said.split()
    if all(_without_skin(word) in _THUMBS for word in words):
        return True
    plain = _plain(said)
    return bool(_AGREEING.match(plain)) and not _NOT_AGREEING.search(plain)


def sounds_like_objection(text: str) -> bool:
    """Whether this says that something in a text is wrong or must change; only to be asked of words to the bot."""
    plain = _plain(unicodedata.normalize("NFKC", text[:MOST_READ]))
    return bool(_OBJECTING.search(plain)) and not _NOTHING_WRONG.search(plain)


def _plain(said: str) -> str:
    """The words alone, in small letters, with one space between them."""
    plain = re.sub(r"[^a-z ]+", " ", re.sub(r"['’]", "", re.sub(r":[\w+-]+:|<[^>]*>", " ", said.lower())))
    return " ".join(plain.split())


def _without_skin(word: str) -> str:
    return re.sub(r":skin-tone-\d:|[\U0001f3fb-\U0001f3ff\ufe0f]", "", word)
