"""Addresses that people type into forms."""

from urllib.parse import urlsplit

from bot.core.errors import BadInput

LONGEST_LINK = 1000


def check_link(link: str, field: str = "link", *, optional: bool = True) -> str | None:
    """An address that a browser opens; none, if nothing was typed and it is `optional`. `BadInput` on its field."""
    link = link.strip()
    if not link and optional:
        return None
    if len(link) > LONGEST_LINK:
        raise BadInput(f"This address is longer than {LONGEST_LINK:,} characters. Give a shorter one.", field=field)
    try:
        parts = urlsplit(link)
        is_good = parts.scheme == "https" and "." in (parts.hostname or "")
    except ValueError:
        is_good = False
    if not is_good or any(letter.isspace() or letter in "<>|" for letter in link):
        or_empty = ", or leave it empty" if optional else ""
        raise BadInput(f"Give the whole address, beginning with https://{or_empty}.", field=field)
    return link
