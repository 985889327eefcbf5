"""What people read: plain, short and kind. Every text of every view, and every sentence with which the desk refuses."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import DeskError
from handlers.views.samples.catalogue import SHORT
from tests.unit.on_screen import ordinary
from tests.unit.test_views import OURS

ROOT = Path(__file__).parents[2]
SPOKEN_IN = (ROOT / "bot" / "core", ROOT / "bot" / "desk", ROOT / "handlers")

UNKIND = re.compile(
    r"\b(invalid|errors?|fail(s|ed|ure)?|please contact|oops|sorry|illegal|forbidden|denied|unauthori[sz]ed|must not"
    r"|abort(ed)?|fatal|wrong input|not allowed|permission)\b",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(modal|payload|null|database|obligations?|outbox|postings?|ladder|rung|lease|subject_?kind|user_?id|team_?id"
    r"|submit|click|void(s|ed)?|utilise|leverage|initiate|functionality|stakeholder alignment)\b",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    r"\b(organiz\w+|recogniz\w+|authoriz\w+|apologiz\w+|behaviors?|colors?|center(s|ed)?|canceled|canceling|labeled"
    r"|program (office|of)|favorites?|honor|inquir(y|ies)|license[sd]? to|practiced|analyz\w+|gray)\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 32
"""Words. Plain English has fifteen to twenty on average."""

VERBS = frozenset(
    """
    Add Answer Approve Ask Attach Call Cancel Change Choose Close Continue Correct Dispute Draft Drop End Export
    Get Give Go Hand Keep Let Link List Log Look Make Mark Note Pass Post Preview Publish Put Read Record Refer
    Remove Reopen Rule Save Say Send Set Show Sign Snooze Suggest Take Tell Try Untie Use Withdraw Write
    """.split()  # noqa: SIM905 (words read best as words)
)
READS_OTHERS = {
    *(ROOT / "bot" / "core").glob("deadline_*.py"),
    *(ROOT / "bot" / "core").glob("email_*.py"),
    ROOT / "bot" / "core" / "likeness_words.py",
} - {ROOT / "bot" / "core" / "deadline_reader.py"}
"""What journalists write is looked for here, and nothing is said."""
JUSTIFIED = {
    "Seen": "what somebody says who has seen it, and what the design calls it",
    "I’m away…": "a sentence with its verb, as one says it; what is asked follows",
    "I’m back": "the same",
    "I can’t say": "the same, of somebody who was asked for facts",
    "I can’t, because": "the same, of somebody who was asked to pass key messages on; what is asked follows",
    "Published": "the same, of a paper; where and since when is asked next",
    "Done": "the same, of a row of a checklist; with whom is asked next",
    "Not applicable": "what somebody says of a row; why is asked next",
    "Not mine": "the same; who could is asked next",
    "Nothing from us": "what somebody says who has no item for the bulletin",
    "Passed on": "what somebody says who has done it",
    "Who?": "a question, as one asks it; names are not for everybody who sees the button",
    "What people said": "a heading that leads to what stands under it",
    "More time agreed": "the same",
    "They said no": "the same",
    "We have it": "the same",
    "Not ours, because…": "what somebody says who has not; what is asked follows",
    "Done: say what you said": "what somebody says who has done it, and the verb of what follows",
    "Reviewed, no change": "what somebody says who has reviewed it; what is asked follows",
    "Reviewed, changed": "the same",
    "E-mail came": "a sentence with its verb: what has happened, as one would say it",
}
LONGEST_BUTTON = 26


def said_by_us(data: Any) -> Iterator[str]:
    """Every text of a view or a message, but for what people typed: that stands in rich text and in inputs."""
    if isinstance(data, list):
        for one in data:
            yield from said_by_us(one)
    elif isinstance(data, Mapping) and data.get("type") not in {"rich_text"}:
        for name, value in data.items():
            if name == "text" and isinstance(value, str):
                yield OURS.sub("today at 10:00", value).replace(SHORT.text, "…")
            elif name != "initial_value":
                yield from said_by_us(value)


@pytest.fixture(scope="module")
def on_screen() -> set[str]:
    return {text for _, data in ordinary() for text in said_by_us(data)}


def refusal_names() -> set[str]:
    """The classes with which the desk refuses, by name."""

    def below(kind: type[DeskError]) -> Iterator[str]:
        yield kind.__name__
        for child in kind.__subclasses__():
            yield from below(child)

    return set(below(DeskError))


def words_of(node: ast.expr) -> Iterator[str]:
    """The sentences that an expression can give, with … for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
        case ast.Dict(values=values):
            for value in values:
                yield from words_of(value)
        case ast.Subscript(value=value):
            yield from words_of(value)
        case ast.IfExp(body=one, orelse=other):
            yield from words_of(one)
            yield from words_of(other)
        case _:
            pass


def spoken_in() -> Iterator[Path]:
    """The files that speak to people. What the samples hold is what people type."""
    for folder in SPOKEN_IN:
        yield from (file for file in sorted(folder.rglob("*.py")) if "samples" not in file.parts)


def refusals_in_code() -> Iterator[tuple[str, str]]:
    """Where, and the sentence: first arguments of what is raised, and what is said where a field was left empty."""
    names = refusal_names()
    for file in spoken_in():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in names and node.args:
                found = words_of(node.args[0])
            elif node.func.id == "needed":
                found = words_of(node.args[1])
            else:
                continue
            yield from ((f"{file.relative_to(ROOT)}:{node.lineno}", sentence) for sentence in found)


def written_down() -> Iterator[tuple[str, str]]:
    """Every string of words in the code that speaks to people: what is logged or raised for programmers left out."""
    for file in spoken_in():
        if file in READS_OTHERS:
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        not_for_people = {id(one) for node in ast.walk(tree) if _is_for_programmers(node) for one in ast.walk(node)}
        for node in ast.walk(tree):
            is_words = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip()
            if isinstance(node, ast.Constant) and is_words and id(node) not in not_for_people:
                yield f"{file.relative_to(ROOT)}:{node.lineno}", str(node.value)


def _is_for_programmers(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):  # a docstring
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "re"))):
            return True
        case ast.Call(func=ast.Name(id="LookupError" | "ValueError" | "TypeError" | "RuntimeError")):
            return True
        case _:
            return False


def faults_in(text: str) -> Iterator[str]:
    if "!" in text:
        yield f"shouts: {text}"
    for rule, name in ((UNKIND, "unkind"), (JARGON, "jargon"), (AMERICAN, "American")):
        for found in rule.finditer(text):
            yield f"{name} ({found.group()}): {text}"
    for sentence in re.split(r"(?<=[.?:;])\s+|\n", text):
        if len(sentence.split()) > LONGEST_SENTENCE:
            yield f"long ({len(sentence.split())} words): {sentence}"


def test_the_screen_is_plain_short_and_kind(on_screen: set[str]) -> None:
    """No exclamation mark, no reproach, no jargon, British spelling, no sentence out of breath: over every view."""
    assert len(on_screen) > 300
    assert [fault for text in sorted(on_screen) for fault in faults_in(text)] == []


def test_every_refusal_is_plain_short_and_kind() -> None:
    """The same for the sentences with which the desk refuses; each is a sentence, and ends as one."""
    found = dict(refusals_in_code())
    assert len(found) > 50
    assert [f"{where} {fault}" for where, sentence in found.items() for fault in faults_in(sentence)] == []
    unfinished = [f"{where} {sentence}" for where, sentence in found.items() if not _is_a_sentence(sentence)]
    assert unfinished == []


def _is_a_sentence(text: str) -> bool:
    begins = text[:1]
    return text.rstrip().endswith((".", "?")) and (begins.isupper() or begins in "…“")


def test_whatever_the_code_says_to_people_is_plain_and_kind() -> None:
    """Also what only comes up in rare cases, and so in no view of these tests."""
    assert [f"{where} {fault}" for where, text in written_down() for fault in faults_in(text)] == []


def button_texts() -> set[str]:
    found: set[str] = set()
    for _, data in ordinary():
        found |= {data[name]["text"] for name in ("submit", "close") if name in data}
        for element in _elements(data["blocks"]):
            if element.get("type") == "button":
                found.add(element["text"]["text"])
            elif element.get("type") == "overflow":
                found |= {option["text"]["text"] for option in element["options"]}
    return found


def _elements(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield from block.get("elements", [])
        if "accessory" in block:
            yield block["accessory"]


def test_every_button_says_what_it_does() -> None:
    """A verb first, or a reason why not; short; written as a sentence is."""
    texts = button_texts()
    assert {text for text in texts if text.split()[0] not in VERBS} == set(JUSTIFIED)
    assert {text for text in texts if len(text) > LONGEST_BUTTON} == set()
    small = {"Slack", "E-mail", "Word", "I"}
    assert {text for text in texts for word in text.split()[1:] if word[:1].isupper() and word not in small} == set()


def test_no_verb_is_kept_for_nothing() -> None:
    """The list of verbs is as short as it can be."""
    assert {text.split()[0] for text in button_texts()} >= VERBS


@pytest.mark.parametrize(
    "text",
    [
        "Done!",
        "Invalid deadline.",
        "The request failed.",
        "Please contact the administrator.",
        "Your organization is late.",
        "The obligation is closed.",
        " ".join(["word"] * 33),
    ],
)
def test_the_rules_see_what_they_are_for(text: str) -> None:
    """Each rule finds the fault that it was made for."""
    assert list(faults_in(text))
