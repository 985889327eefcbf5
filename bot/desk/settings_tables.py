"""Reading a TOML file key by key: what is wrong is gathered, each fault with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from bot.core.ladder_plans import nearest

Known = TypeVar("Known", bound=StrEnum)
Given = TypeVar("Given")


@dataclass(frozen=True)
class Fault:
    """Something in a file that cannot be taken. `where` is a key, as in `person[2].roles`; `line` counts from 1."""

    where: str
    sentence: str
    line: int | None = None

    def __str__(self) -> str:
        place = ", ".join(filter(None, [f"line {self.line}" if self.line else "", self.where]))
        return f"{place}: {self.sentence}" if place else self.sentence


class FileRefused(Exception):
    """The file cannot be taken, and nothing was changed."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


@dataclass
class Reader:
    lines: Mapping[str, int]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, where: str, sentence: str) -> None:
        self.faults.append(Fault(where, sentence, self.lines.get(where)))


@dataclass
class Table:
    """One table of the file, whose keys are taken one after another; what is left then is not known."""

    reader: Reader
    where: str
    rest: dict[str, Any]
    asked: list[str] = field(default_factory=list)

    def at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def fault(self, key: str, sentence: str) -> None:
        self.reader.fault(self.at(key) if key else self.where, sentence)

    def take(self, key: str, kind: type[Given], words: str) -> Given | None:
        self.asked.append(key)
        value = self.rest.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(key, f"This should be {words}.")
            return None
        return value

    def text(self, key: str) -> str | None:
        value = self.take(key, str, 'text in quotation marks ("…")')
        return None if value is None else value.strip()

    def texts(self, key: str) -> tuple[str, ...] | None:
        found = self.take(key, list, 'a list of texts (["…", "…"])')
        if found is None:
            return None
        if not all(isinstance(one, str) for one in found):
            self.fault(key, 'This should be a list of texts (["…", "…"]).')
            return None
        return tuple(one.strip() for one in found)

    def one_of(self, key: str, kind: type[Known]) -> Known | None:
        value = self.text(key)
        return None if value is None else self.known(key, value, kind)

    def known(self, key: str, value: str, kind: type[Known]) -> Known | None:
        if value in set(kind):
            return kind(value)
        self.fault(key, f"“{value}” is not known.{nearest(value, list(kind))} Write one of: {', '.join(kind)}.")
        return None

    def table(self, key: str) -> "Table":
        found = self.take(key, dict, f"a section ([{self.at(key)}])")
        return Table(self.reader, self.at(key), dict(found or {}))

    def tables(self, key: str) -> list["Table"]:
        found = self.take(key, list, f"sections ([[{key}]])") or []
        if not all(isinstance(one, dict) for one in found):
            self.fault(key, f"Write each as a section of its own: [[{key}]].")
            return []
        return [Table(self.reader, f"{key}[{number}]", dict(one)) for number, one in enumerate(found, 1)]

    def end(self) -> None:
        for key in self.rest:
            self.fault(key, f"This is not known here.{nearest(key, self.asked)}")
