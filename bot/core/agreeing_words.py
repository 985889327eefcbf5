"""Whether somebody typed their agreement instead of pressing Approve ("looks good"): curse number one (DOMAIN §9)."""

import re
import unicodedata

LONGEST = 80
"""Characters of a message that is nothing but agreement; a longer one says something of its own."""

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
_THUMBS = frozenset({":+1:", ":thumbsup:", ":white_check_mark:", ":ok_hand:", "👍", "✅", "👌", "✔"})


def sounds_like_agreement(text: str) -> bool:
    """Whether this is somebody's yes to a text, and nothing else. A question, or a "not", is none."""
    said = unicodedata.normalize("NFKC", text).strip()
    if not said or len(said) > LONGEST or "?" in said:
        return False
    words = said.split()
    if all(_without_skin(word) in _THUMBS for word in words):
        return True
    plain = re.sub(r"[^a-z ]+", " ", re.sub(r"['’]", "", re.sub(r":[\w+-]+:|<[^>]*>", " ", said.lower())))
    plain = " ".join(plain.split())
    return bool(_AGREEING.match(plain)) and not _NOT_AGREEING.search(plain)


def _without_skin(word: str) -> str:
    return re.sub(r":skin-tone-\d:|[\U0001f3fb-\U0001f3ff\ufe0f]", "", word)
