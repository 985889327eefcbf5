"""Words that a form needs."""

from bot.core.errors import BadInput


def needed(words: str, otherwise: str, *, field: str, most: int) -> str:
    """What somebody typed, without the spaces around it. `BadInput` where it is empty, or longer than `most`."""
    words = words.strip()
    if not words:
        raise BadInput(otherwise, field=field)
    if len(words) > most:
        raise BadInput(f"This has {len(words):,} characters and may have {most:,}. Shorten it.", field=field)
    return words
