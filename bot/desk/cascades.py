"""What becomes of key messages once they are posted: who takes them home, and who has said so."""

from bot.core.workspaces import Work
from storage.briefings import Briefing


def begin(work: Work, briefing: Briefing) -> None:
    """A briefing has been posted, in this transaction: whoever takes it home is asked to."""
