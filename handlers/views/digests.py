"""Digests on the screen: a heading, a section for each part, one quiet line on an empty day; those on offer."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.core.digests import ShownDigest, ShownEntry, ShownSection
from bot.desk import digest_rules
from bot.desk.digests import Offered, Sent
from handlers import ids
from handlers.views import forms, room, words
from handlers.views.words import Drawn
from storage.subjects import SubjectKind


def digest(shown: ShownDigest) -> Drawn:
    busy = [section for section in shown.sections if section.title and (section.entries or section.more)]
    until = f" to {_day(shown.until)}" if shown.until else ""
    heading = f"{shown.title}: {_day(shown.day)}{until}{', as you asked' if shown.as_of else ''}"
    if not busy:
        return _quiet(shown, heading)
    above = [words.section(_said(entry)) for section in shown.sections for entry in _remarks(section, is_small=False)]
    below: list[Block] = [_nothing(shown)] if _quiet_words(shown) else []
    below += [words.small(_said(entry)) for section in shown.sections for entry in _remarks(section, is_small=True)]
    top: list[Block] = [words.header(heading), *above]
    groups = [group for section in busy for group in _groups(section)]
    blocks = room.MESSAGE.lay_out(
        groups,
        beside=[*top, *below],
        rest=lambda number: words.small(f"And {number} more. `/enquiry list` shows all that is open."),
    )
    counts = ", ".join(f"{section.title.lower()}: {_count(section)}" for section in busy)
    return words.drawn(f"{heading}. {words.first_up(counts)}", [*top, *blocks, *below])


def offered(found: Sequence[Offered]) -> Drawn:
    """The digests that somebody may have now."""
    if not found:
        text = "There is no digest for you. If there should be, ask a comms lead to add you to its readers."
        return Drawn(text, [words.section(text)])
    title = "Digests that you may have"
    above: list[Block] = [words.section(f"*{title}*")]
    below: list[Block] = [words.small("What is sent now comes to you alone, in your messages with Comms Desk.")]
    groups: list[list[Block]] = [
        [
            words.section(
                f"*{words.plain(one.digest.title, words.LONGEST_TITLE)}*\n{_comes(one)}",
                accessory=words.button("Send me this now", ids.SEND_DIGEST_NOW, one.digest.id),
            )
        ]
        for one in found
    ]
    blocks = room.MESSAGE.lay_out(
        groups,
        beside=[*above, *below],
        rest=lambda number: words.small(f"And {number} more. Type a part of its title: `/desk digest board`."),
    )
    return Drawn(title, [*above, *blocks, *below])


def _comes(one: Offered) -> str:
    if not one.digest.is_on:
        return "It is turned off"
    comes = "Comes to you" if one.is_reader else "Goes out"
    return f"{comes} {words.plain(digest_rules.when_words(digest_rules.of(one.digest)))}"


def on_its_way(sent: Sent) -> View:
    title = words.plain(sent.digest.title, words.LONGEST_TITLE)
    said = f"*{title}* comes to your messages with Comms Desk in a moment."
    if not sent.is_new:
        said = f"You asked for *{title}* a moment ago: it is in your messages with Comms Desk."
    return forms.page("Send me this now", [words.section(said)])


def _quiet(shown: ShownDigest, heading: str) -> Drawn:
    remarks = [_said(entry) for section in shown.sections if not section.title for entry in section.entries]
    line = " ".join([f"*{heading}.* {_quiet_words(shown)}", *remarks])
    return words.drawn(f"{heading}. {_quiet_words(shown)}", [words.small(line)])


def _quiet_words(shown: ShownDigest) -> str:
    """What there is nothing of, in a sentence."""
    quiet = [section.quiet for section in shown.sections if section.quiet and not (section.entries or section.more)]
    if not quiet:
        return ""
    listed = quiet[0] if len(quiet) == 1 else f"{', '.join(quiet[:-1])} and {quiet[-1]}"
    return words.plain(f"{words.first_up(listed)}.")


def _nothing(shown: ShownDigest) -> Block:
    return words.small(_quiet_words(shown))


def _remarks(section: ShownSection, *, is_small: bool) -> tuple[ShownEntry, ...]:
    return section.entries if not section.title and section.is_small is is_small else ()


def _groups(section: ShownSection) -> list[list[Block]]:
    """What is to stay together: the title with the first of its entries."""
    title = f"*{words.plain(section.title)}*"
    shown: list[Block] = [_entry(entry) for entry in section.entries if _is_enquiry(entry)]
    lines = [f"• {_said(entry)}" for entry in section.entries if not _is_enquiry(entry)]
    if shown:
        groups: list[list[Block]] = [[block] for block in [*shown, *words.sections(lines)]]
        groups[0] = [words.section(title), *groups[0]]
    else:
        groups = [[block] for block in words.sections([title, *lines])]
    if section.more:
        groups[-1].append(words.small(f"And {section.more} more. {section.see}".rstrip()))
    return groups


def _is_enquiry(entry: ShownEntry) -> bool:
    return entry.subject is not None and entry.subject.kind is SubjectKind.ENQUIRY


def _entry(entry: ShownEntry) -> Block:
    subject = entry.subject
    return words.section(_said(entry), accessory=words.button("Show", ids.SHOW, subject.id) if subject else None)


def _said(entry: ShownEntry) -> str:
    """Its words, with times in each reader's zone, and what it names."""
    said = words.sentence(entry.words, entry.times)
    titles = [words.plain(title, words.LONGEST_TITLE) for title in entry.titles]
    said = said.replace("{title}", f"*{titles[0]}*" if titles else "")
    said = said.replace("{count}", str(len(titles) + entry.more))
    said = said.replace("{exact}", f"`{words.escape(entry.exact)}`")
    more = f" and {entry.more} more" if entry.more else ""
    return said.replace("{titles}", "; ".join(titles) + more)


def _count(section: ShownSection) -> int:
    return len(section.entries) + section.more


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
