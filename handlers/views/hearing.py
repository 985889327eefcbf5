"""How something that was said outside Slack was heard: never chosen beforehand, as only whoever heard it knows."""

from slack_sdk.models.blocks import InputBlock

from bot.desk.unblocking import HEARD_WORDS
from handlers.views import forms, words
from storage.signoffs import HeardBy


def how(label: str, chosen: HeardBy | None = None) -> InputBlock:
    offered = [(words.first_up(text), way.value) for way, text in HEARD_WORDS.items()]
    return forms.radio("how", label, offered, chosen.value if chosen else None)
