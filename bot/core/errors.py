"""Why the desk refuses something. Each error carries a sentence fit for the person who is told."""


class DeskError(Exception):
    """`field` names the part of a form that the sentence is about, if it is about one."""

    on_record = True
    """Whether the refused attempt is written to the audit record."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotPermitted(DeskError):
    """The person may not do this at all."""


class NotFromHere(DeskError):
    """The record's state does not allow this now, or somebody else was quicker."""


class StaleDraft(DeskError):
    """The person acted on a draft that is no longer the current one."""


class NotFound(DeskError):
    """No such record, or none that this person may see: the two read the same."""

    on_record = False


class BadInput(DeskError):
    """A form cannot be taken as it was filled in. It stays open with what was typed."""

    on_record = False


class AlreadyDone(Exception):
    """The same submission has been carried out before (Slack repeats itself): nothing is left to do."""
