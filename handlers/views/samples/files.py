"""Exports and evidence, as they are put on a screen."""

from collections.abc import Iterator

from bot.desk.evidence import EvidencePage, Recorded
from bot.desk.exports import Exported, Format, ToSend, Which
from handlers.views import evidence, exports
from handlers.views.samples.records import NOW, Shown, Typed
from storage.signoffs import SignatureState


def export_views() -> Iterator[Shown]:
    yield "export form", exports.form(dict.fromkeys(Which, 50_000))
    for number in (1, 50_000):
        yield "export on its way", exports.on_its_way(number)
    for which in Which:
        shown = ToSend(Exported(((),)), which, Format.CSV, "2026-11-23", NOW)
        yield f"beside an export, {which}", exports.beside(shown)


def evidence_views(typed: Typed) -> Iterator[Shown]:
    for number, files in ((0, 0), (2, 1), (24, 12)):
        attached = tuple(typed.evidence_file(one, read=one % 2 > 0) for one in range(files))
        replies = [typed.signature(one, SignatureState.APPROVED, in_slack=False) for one in range(number)]
        page = EvidencePage(f"STA-4 · {typed.outlet}", 2, tuple(Recorded(reply, attached) for reply in replies))
        yield f"evidence, {number}", evidence.page(page)
    yield "attach form", evidence.attach_form(typed.signature(12, SignatureState.APPROVED, in_slack=False))
