"""Ladders' rungs as plain JSON-able data, as a workspace's settings keep them.

`{"position": {"kind": "before", "span_minutes": 60}, "tells": ["owner"], "repeats": [{"kind": "every", …}]}`:
spans are whole minutes, parts are text ("3/4"), everything else is what it looks like, and what is not said
is the default. Whatever does not fit raises a `ValueError` with a sentence for whoever set it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Any, TypeVar, get_type_hints

from bot.core.rungs import (
    MOST_MINUTES,
    ONE_MINUTE,
    After,
    AnyRepeat,
    AtDue,
    Before,
    NextMorning,
    Part,
    Position,
    Repeat,
    RepeatByWorkingDays,
    Rung,
    Since,
    Tell,
    WorkingDay,
)

_Choice = TypeVar("_Choice", bound=StrEnum)

_POSITIONS: Mapping[str, type[Any]] = {
    "part": Part,
    "before": Before,
    "after": After,
    "working_day": WorkingDay,
    "next_morning": NextMorning,
    "at_due": AtDue,
}
_REPEATS: Mapping[str, type[Any]] = {"every": Repeat, "every_working_days": RepeatByWorkingDays}
_KIND_OF = {record: kind for kind, record in (*_POSITIONS.items(), *_REPEATS.items())}


def rung_to_data(rung: Rung) -> dict[str, object]:
    """What `rung_from_data` makes an equal rung of."""
    return {
        "position": _to_data(rung.position),
        "tells": [tell.value for tell in rung.tells],
        "pierces_quiet_hours": rung.pierces_quiet_hours,
        "repeats": [_to_data(repeat) for repeat in rung.repeats],
    }


def rung_from_data(data: object) -> Rung:
    """The rung that was written so. `ValueError` with a sentence where it does not fit."""
    match data:
        case {"position": position, "tells": [*tells], **rest}:
            pierces = _yes_or_no("pierces_quiet_hours", rest.pop("pierces_quiet_hours", False))
            repeats = rest.pop("repeats", [])
            if rest or not isinstance(repeats, list):
                raise ValueError("Beside position and tells, a rung has pierces_quiet_hours and a list of repeats.")
            return Rung(
                position=_from_data(position, _POSITIONS),
                tells=tuple(_choice(Tell, "tells", tell) for tell in tells),
                pierces_quiet_hours=pierces,
                repeats=tuple(_from_data(repeat, _REPEATS) for repeat in repeats),
            )
        case _:
            raise ValueError("A rung needs a position and a list of whom it tells.")


def _to_data(record: Position | AnyRepeat) -> dict[str, object]:
    data: dict[str, object] = {"kind": _KIND_OF[type(record)]}
    for field in fields(record):
        match getattr(record, field.name):
            case None:
                pass
            case timedelta() as span:
                data[f"{field.name}_minutes"] = span // ONE_MINUTE
            case Fraction() as part:
                data[field.name] = str(part)
            case value:
                data[field.name] = value
    return data


def _from_data(data: object, kinds: Mapping[str, type[Any]]) -> Any:
    match data:
        case {"kind": str(kind), **said} if kind in kinds:
            record = kinds[kind]
        case _:
            raise ValueError(f"Where a rung stands, and a repeat, has a kind: here one of {', '.join(kinds)}.")
    values: dict[str, object] = {}
    for name, hint in get_type_hints(record).items():
        key = f"{name}_minutes" if hint in (timedelta, timedelta | None) else name
        if key in said:
            values[name] = _READERS[hint](key, said.pop(key))
    if said:
        raise ValueError(f"{kind} has no {', '.join(map(str, said))}.")
    missing = [field.name for field in fields(record) if field.default is MISSING and field.name not in values]
    if missing:
        raise ValueError(f"{kind} needs its {missing[0]}.")
    return record(**values)


def _part(key: str, value: object) -> Fraction:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}/[1-9][0-9]{0,2}", value):
        return Fraction(value)
    raise ValueError(f"{key} is a part, as in 3/4, not {value!r}.")


def _whole(key: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{key} is a whole number, not {value!r}.")


def _minutes(key: str, value: object) -> timedelta:
    minutes = _whole(key, value)
    if abs(minutes) > MOST_MINUTES:
        raise ValueError(f"{key} is {MOST_MINUTES} at most.")
    return minutes * ONE_MINUTE


def _yes_or_no(key: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"{key} is true or false, not {value!r}.")


def _choice(choices: type[_Choice], key: str, value: object) -> _Choice:
    if isinstance(value, str) and value in set(choices):
        return choices(value)
    raise ValueError(f"{key} is one of {', '.join(choices)}, not {value!r}.")


_READERS: Mapping[object, Callable[[str, object], object]] = {
    Fraction: _part,
    timedelta: _minutes,
    timedelta | None: _minutes,
    int: _whole,
    int | None: _whole,
    bool: _yes_or_no,
    Since: partial(_choice, Since),
}
