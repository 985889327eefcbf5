"""Building forms: one input a function, each in a block named after its field, so that an error finds its place."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationMultiSelectElement,
    ConversationSelectElement,
    DatePickerElement,
    DateTimePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.views.words import LONGEST_OPTION, cut, plain, section

ANSWER: Final = "answer"
"""The action id of every input: its block says which field it is."""

MOST_OPTIONS = 100
Choice = tuple[str, str]
"""What an option says, and its value."""


def form(
    title: str, callback_id: str, blocks: Sequence[Block], *, submit: str, about: Mapping[str, Any] | None = None
) -> View:
    """A form. `about` comes back with what was filled in."""
    return View(
        type="modal",
        callback_id=callback_id,
        title=PlainTextObject(text=cut(title, 24), emoji=False),
        submit=PlainTextObject(text=submit, emoji=False),
        close=PlainTextObject(text="Cancel", emoji=False),
        private_metadata=json.dumps(dict(about or {}), ensure_ascii=False),  # Slack counts characters: 3,000
        blocks=list(blocks),
    )


def page(title: str, blocks: Sequence[Block]) -> View:
    """Something to read; closing it is all there is to do."""
    return View(
        type="modal",
        title=PlainTextObject(text=cut(title, 24), emoji=False),
        close=PlainTextObject(text="Close", emoji=False),
        blocks=list(blocks),
    )


def reading(external_id: str) -> View:
    """While a file is read that somebody forwarded. Under `external_id` it becomes the form, or says why not."""
    said = (
        "Reading what was forwarded. The form opens here in a moment. If nothing comes within a minute, close this and "
        "choose it again."
    )
    shown = page("Reading …", [section(said)])
    shown.external_id = external_id
    return shown


def done() -> View:
    """In place of a page on which something was pressed that needed no form."""
    return page("Done", [section("Done. The card and your Home show how it stands now.")])


def refusal(sentence: str) -> View:
    """Why something was not done, and what to do next."""
    return page("Not done", [section(plain(sentence))])


def line(
    field: str, label: str, value: str = "", *, hint: str = "", optional: bool = False, most: int = 200
) -> InputBlock:
    return _input(
        field,
        label,
        PlainTextInputElement(action_id=ANSWER, initial_value=value[:most] or None, max_length=most),
        hint=hint,
        optional=optional,
    )


def paragraph(
    field: str, label: str, value: str = "", *, hint: str = "", optional: bool = False, most: int = 3000
) -> InputBlock:
    element = PlainTextInputElement(
        action_id=ANSWER, initial_value=value[:most] or None, max_length=most, multiline=True
    )
    return _input(field, label, element, hint=hint, optional=optional)


def moment(field: str, label: str, at: datetime | None = None, *, hint: str = "", optional: bool = False) -> InputBlock:
    """A date and a time in the reader's own zone; comes back as an instant."""
    initial = int(at.timestamp()) if at else None
    element = DateTimePickerElement(action_id=ANSWER, initial_date_time=initial)
    return _input(field, label, element, hint=hint, optional=optional)


def day(field: str, label: str, chosen: date | None = None, *, hint: str = "", optional: bool = False) -> InputBlock:
    """A date alone, in nobody's zone."""
    element = DatePickerElement(action_id=ANSWER, initial_date=chosen.isoformat() if chosen else None)
    return _input(field, label, element, hint=hint, optional=optional)


def clock_time(field: str, label: str, at: time) -> InputBlock:
    return _input(field, label, TimePickerElement(action_id=ANSWER, initial_time=f"{at:%H:%M}"))


def choice(
    field: str,
    label: str,
    choices: Sequence[Choice],
    chosen: str | None = None,
    *,
    hint: str = "",
    optional: bool = False,
) -> InputBlock:
    element = StaticSelectElement(action_id=ANSWER, **_options(choices), initial_option=_chosen(choices, chosen))
    return _input(field, label, element, hint=hint, optional=optional)


def optional_choice(
    field: str, label: str, offered: Sequence[Choice], chosen: int | None = None, *, hint: str = ""
) -> list[InputBlock]:
    """A choice that may be left open; no input at all where there is nothing to choose from."""
    if not offered:
        return []
    return [choice(field, label, offered, str(chosen) if chosen else None, hint=hint, optional=True)]


def choices(
    field: str,
    label: str,
    offered: Sequence[Choice],
    chosen: Sequence[str] = (),
    *,
    hint: str = "",
    optional: bool = True,
) -> InputBlock:
    """Several of many; none is an answer too, unless it is not `optional`."""
    initial = [option(words, value) for words, value in offered if value in chosen]
    element = StaticMultiSelectElement(action_id=ANSWER, **_options(offered), initial_options=initial or None)
    return _input(field, label, element, hint=hint, optional=optional)


def radio(field: str, label: str, offered: Sequence[Choice], chosen: str | None = None) -> InputBlock:
    element = RadioButtonsElement(
        action_id=ANSWER,
        options=[option(words, value) for words, value in offered],
        initial_option=_chosen(offered, chosen),
    )
    return _input(field, label, element)


def tick(
    field: str, label: str, words: str, *, ticked: bool = False, hint: str = "", optional: bool = True
) -> InputBlock:
    yes = option(words, "yes")
    element = CheckboxesElement(action_id=ANSWER, options=[yes], initial_options=[yes] if ticked else None)
    return _input(field, label, element, hint=hint, optional=optional)


def channel(field: str, label: str, chosen: str | None, *, hint: str = "") -> InputBlock:
    element = ConversationSelectElement(
        action_id=ANSWER,
        initial_conversation=chosen,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    return _input(field, label, element, hint=hint)


def member(field: str, label: str, chosen: str | None = None, *, hint: str = "", optional: bool = False) -> InputBlock:
    """A member of the workspace, by their Slack id."""
    return _input(field, label, UserSelectElement(action_id=ANSWER, initial_user=chosen), hint=hint, optional=optional)


def channels(field: str, label: str, chosen: Sequence[str], *, hint: str = "") -> InputBlock:
    """Several channels, by their Slack ids; none is an answer too."""
    element = ConversationMultiSelectElement(
        action_id=ANSWER,
        initial_conversations=list(chosen) or None,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    return _input(field, label, element, hint=hint, optional=True)


def members(field: str, label: str, *, hint: str = "") -> InputBlock:
    """Several members of the workspace, by their Slack ids; none is an answer too."""
    return _input(field, label, UserMultiSelectElement(action_id=ANSWER), hint=hint, optional=True)


class _FileInputElement(InputInteractiveElement):
    """slack_sdk has no model of it. Without `filetypes`: Slack checks those for convenience alone."""

    type = "file_input"

    @property
    def attributes(self) -> set[str]:  # type: ignore[override]  # as slack_sdk's own elements do
        return {"type", "action_id", "max_files"}

    def __init__(self, *, action_id: str, max_files: int) -> None:
        super().__init__(action_id=action_id, type=self.type)
        self.max_files = max_files


def files(field: str, label: str, *, most: int, hint: str = "", optional: bool = False) -> InputBlock:
    """Files from the person's computer or phone, of at most 10 MB each (Slack's limit)."""
    return _input(field, label, _FileInputElement(action_id=ANSWER, max_files=most), hint=hint, optional=optional)


def option(words: str, value: str) -> Option:
    return Option(text=PlainTextObject(text=cut(words, LONGEST_OPTION), emoji=False), value=value)


def _input(
    field: str, label: str, element: InputInteractiveElement, *, hint: str = "", optional: bool = False
) -> InputBlock:
    return InputBlock(
        block_id=field,
        label=PlainTextObject(text=label, emoji=False),
        element=element,
        hint=PlainTextObject(text=hint, emoji=False) if hint else None,
        optional=optional,
    )


def _chosen(offered: Sequence[Choice], chosen: str | None) -> Option | None:
    return next((option(words, value) for words, value in offered if value == chosen), None)


def _options(offered: Sequence[Choice]) -> dict[str, Any]:
    """Slack takes a hundred options in a list; more go into groups, named by their first and last entry."""
    options = [option(words, value) for words, value in offered]
    if len(options) <= MOST_OPTIONS:
        return {"options": options}
    groups = [options[start : start + MOST_OPTIONS] for start in range(0, len(options), MOST_OPTIONS)]
    return {
        "option_groups": [
            OptionGroup(
                label=PlainTextObject(
                    text=f"{cut(offered[start][0], 36)} – {cut(offered[start + len(group) - 1][0], 36)}", emoji=False
                ),
                options=group,
            )
            for start, group in zip(range(0, len(options), MOST_OPTIONS), groups, strict=True)
        ]
    }
