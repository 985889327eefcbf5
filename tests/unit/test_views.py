"""Every view, with the longest and the nastiest texts that people can type: Slack takes it, and it rings nobody."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from bot.app import FEATURES
from bot.core.features import Features
from bot.sandbox.elements import interactive
from bot.sandbox.limits import message_faults, view_faults
from handlers.views import RENDERERS
from handlers.views.samples.catalogue import ALL_TEXTS
from storage.outbox import FILES, NOT_MESSAGES, PostingKind
from tests.unit import blockkit_adapter
from tests.unit.on_screen import Data, ordinary, with_text

MOST_CHARACTERS_IN_MESSAGE = 13_200
MOST_BYTES_IN_VIEW = 250_000
MOST_BYTES_OF_TEXT = 4_000


def taken_by_our_slack(data: Data) -> Iterator[str]:
    """`blocks.validate` of the local workspace, which knows ids, places and lengths."""
    kind = data.get("type")
    yield from (
        f"{f.pointer} {f.message}" for f in (view_faults(data, kind) if kind else message_faults(data["blocks"]))
    )


def taken_by_blockkit(data: Data) -> Iterator[str]:
    """A library that somebody else keeps."""
    yield from blockkit_adapter.faults(data)


def of_a_size(data: Data) -> Iterator[str]:
    """Blocks, characters and bytes in all."""
    blocks, is_message = data["blocks"], "type" not in data
    if len(blocks) > (50 if is_message else 100):
        yield f"{len(blocks)} blocks"
    if is_message:
        size = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
        if size > MOST_CHARACTERS_IN_MESSAGE:
            yield f"{size} characters of blocks"
        if not data["text"].strip():
            yield "no words for notifications and screen readers"
        if len(data["text"].encode()) > MOST_BYTES_OF_TEXT:
            yield f"{len(data['text'].encode())} bytes of text"
    elif len(json.dumps(data)) > MOST_BYTES_IN_VIEW:
        yield f"{len(json.dumps(data))} bytes of view"


def ids_are_their_own(data: Data) -> Iterator[str]:
    """Block ids in all, and action ids within a block; inputs need both to be found again."""
    named = [block["block_id"] for block in data["blocks"] if "block_id" in block]
    if len(named) != len(set(named)):
        yield f"block ids {named}"
    placed = [(place, found.action_id) for place, found in _placed(data)]
    if len(placed) != len(set(placed)) or not all(action_id for _, action_id in placed):
        yield f"action ids {placed}"


def _placed(data: Data) -> Iterator[tuple[int, Any]]:
    for place, block in enumerate(data["blocks"]):
        yield from ((place, found) for found in interactive([block]))


OURS = re.compile(r"<!date\^\d+\^\{date_short_pretty\} at \{time\}\|\w{3} \d\d \w{3} \d{4} \d\d:\d\d UTC>|<#C\d{8}>")
ENTITY = re.compile(r"&(amp|lt|gt);")


def rings_nobody(data: Data) -> Iterator[str]:
    """Wherever Slack reads mark-up, every `<…>` is one of our own, and every `&` is an escaped character."""
    for text in marked_up(data):
        rest = OURS.sub("", text)
        if "<" in rest or ">" in rest or "&" in ENTITY.sub("", rest):
            yield f"not escaped: {rest[:200]!r}"


def marked_up(data: Any) -> Iterator[str]:
    """All texts in which Slack reads mark-up: those of type mrkdwn, and a message's `text`."""
    if isinstance(data, list):
        for one in data:
            yield from marked_up(one)
    elif isinstance(data, Mapping):
        if data.get("type") == "mrkdwn" or ("blocks" in data and "text" in data):
            yield data["text"]
        for one in data.values():
            yield from marked_up(one)


CHECKS: tuple[Callable[[Data], Iterator[str]], ...] = (
    taken_by_our_slack,
    taken_by_blockkit,
    of_a_size,
    ids_are_their_own,
    rings_nobody,
)


FOR_THE_LIBRARY = {"ampersands", "long emoji", "short"}
"""The texts that are longest when they travel, and an ordinary one: the library only counts, and takes its time."""


@pytest.mark.parametrize("name", ALL_TEXTS)
def test_slack_takes_every_view_and_it_rings_nobody(name: str) -> None:
    """All views in all states, with one text wherever somebody can type: three judges take them, and none rings."""
    checks = CHECKS if name in FOR_THE_LIBRARY else [check for check in CHECKS if check is not taken_by_blockkit]
    faults = []
    for view, data in with_text(name):
        faults += [f"{view}: {fault}" for check in checks for fault in check(data)]
    assert faults == []


def test_every_kind_of_posting_has_its_renderer() -> None:
    """A posting without one would wait for ever; a home, a profile and a file to be read are no messages."""
    assert set(RENDERERS) == set(PostingKind) - set(NOT_MESSAGES)


def test_every_file_has_its_maker() -> None:
    """What is posted as a file can be made, and nothing else claims to be one."""
    features = Features(FEATURES)
    assert features.files == set(FILES)


def test_the_checks_see_what_they_are_for() -> None:
    """Each check finds a fault in a message that was made wrong on purpose."""
    good = dict(ordinary()[0][1])
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Go"}, "value": "1"}
    wrong: dict[Callable[[Data], Iterator[str]], list[Data]] = {
        taken_by_our_slack: [{"text": "x", "blocks": [{**section, "block_id": "same"}] * 2}],
        taken_by_blockkit: [
            {"text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]}
        ],
        of_a_size: [
            {"text": "x", "blocks": [section] * 5},
            {"text": "x", "blocks": [{"type": "divider"}] * 51},
            {"text": " ", "blocks": []},
            {"text": "😀" * 1001, "blocks": []},
            {"type": "home", "blocks": [section] * 90},
        ],
        ids_are_their_own: [
            {"text": "x", "blocks": [{**section, "block_id": "same"}] * 2},
            {"text": "x", "blocks": [{"type": "actions", "elements": [button, button]}]},
        ],
        rings_nobody: [
            {"text": "<!channel>", "blocks": []},
            {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<@U1> & co"}}]},
        ],
    }
    assert set(wrong) == set(CHECKS)
    for check, messages in wrong.items():
        assert list(check(good)) == []
        for message in messages:
            assert list(check(message)), (check.__name__, message)
