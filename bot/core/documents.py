"""Files that the desk makes and posts: exports, and whatever leaves it as a document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Document:
    """A file, whole. `name` has its ending; `facts` go on the record when it is in Slack, and are nothing personal.

    It is made for each try and not kept: what the desk knows may have to be erased, and a copy would outlive it.
    """

    name: str
    title: str
    content: bytes
    facts: Mapping[str, Any] = field(default_factory=dict)
