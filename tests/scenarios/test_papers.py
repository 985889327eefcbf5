"""Papers of meetings: on file with a link or a file, published with the link, and confidential only by the chair."""

import hashlib
from datetime import timedelta
from io import BytesIO

import docx

from bot.core import audit
from bot.desk import leave
from storage.calendar import CalendarDate, DateKind
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, DEV, ESTHER, GARETH, HANNAH, JOAN, LEONORA, PRESS, Office
from tests.scenarios.test_exports import entries
from tests.scenarios.test_facts import texts

CONFIDENTIAL = "Estates disposal"


def meet(office: Office, title: str = "Board meeting", *, days: float = 15) -> int:
    """Puts a board meeting into the calendar."""
    with office.app.database.transaction(office.app.workspace_id) as tx:
        starts_at = office.clock.now() + timedelta(days=days)
        date = CalendarDate(kind=DateKind.BOARD_MEETING, title=title, starts_at=starts_at, added_at=starts_at)
        tx.add(date)
        return date.id


def add(
    office: Office, title: str, *, kind: str = "Paper", link: str = "https://north.example/p", who: str = AMINA
) -> None:
    """On the open page of a meeting's papers."""
    person = office.member(who)
    person.press("Add a paper")
    person.fill("What it is", kind)
    person.fill("Title", title)
    person.fill("Link", link)
    page = person.submit()
    assert page is not None
    assert title in page.text
    office.settle()


def word_file() -> bytes:
    buffer = BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def test_papers_are_put_on_file_published_and_listed_for_the_website(sqlite_office: Office) -> None:
    """Links and files, what is no paper refused, a reminder in time, when and where it was published, words to copy."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    meet(office)
    for title, days in (("Quality group", 3), ("Spring", -100), ("Summer", -50), ("Autumn", -9)):
        meet(office, title, days=days)
    listed = amina.run("/desk papers").text or ""
    in_order = ("Choose a meeting", "Held", "Autumn", "Summer", "To come", "Quality group", "Held earlier", "Spring")
    places = [listed.index(words) for words in in_order]
    assert places == sorted(places), listed
    page = amina.run("/desk papers board").form
    assert page is not None
    assert "Nothing is on file for this meeting yet." in page.text
    add(office, "Agenda of December", kind="Agenda")
    amina.press("Add a paper")
    amina.fill("What it is", "Paper")
    amina.fill("Title", "Winter plan")
    for name, content, sentence in (
        ("plan.exe", b"MZ", "Save it as one of these: .pdf"),
        ("plan.pdf", b"%PDF-" + bytes(10_000_001), "larger than 10 MB"),
    ):
        amina.fill("Or a file", (name, content))
        refused = amina.submit()
        assert refused is not None
        assert sentence in refused.errors["Or a file"]
    amina.fill("Or a file", ("plan.xlsx", word_file()))
    assert amina.submit() is not None
    office.settle()
    told = amina.sees("The file of a paper").text
    assert "It is named as an Excel workbook and is something else. Save it as an Excel workbook" in told
    amina.press("Show papers", on=amina.sees("The file of a paper"))
    assert amina.form is not None
    assert "Its file cannot be kept, so give it a file or a link: Change." in amina.form.text
    assert amina.form.text.count("To be published") == 1, "the agenda, and not what has nothing in it"
    assert amina.form.buttons.count("Published") == 1
    amina.close_form()
    home = amina.open_home().text
    assert "Paper “Winter plan” (give it a file or a link: /desk papers, then Change)" in home, home
    with_its_file(office)


def with_its_file(office: Office) -> None:
    """The agenda goes, the file is kept with what proves it, and both stay on the record."""
    amina = office.member(AMINA)
    amina.run("/desk papers board")
    amina.press("Remove")
    amina.fill("Why", "There is another.")
    page = amina.submit()
    assert page is not None
    assert "Agenda of December" not in page.text
    amina.press("Change")
    assert amina.form is not None
    assert amina.form.values["Title"] == "Winter plan"
    content = word_file()
    amina.fill("Or a file", ("plan.docx", content))
    assert amina.submit() is not None
    office.settle()
    assert [one["sha256"] for one in entries(office, "paper.read")] == [hashlib.sha256(content).hexdigest()]
    page = amina.run("/desk papers board").form
    assert page is not None
    assert "plan.docx" in page.text
    assert "Its file cannot be kept" not in page.text
    assert "Published" in page.buttons


def test_only_the_chair_rules_a_paper_confidential(office: Office) -> None:
    """Asked, ruled with a reason, seen by the board and the press office alone; then ruled otherwise, and published."""
    amina, gareth = office.member(AMINA), office.member(GARETH)
    office.change(DEV, Role.PROGRAMME_OFFICE)
    meet(office)
    amina.run("/desk papers board")
    add(office, CONFIDENTIAL)
    amina.press("Ask the chair")
    amina.fill("Why it may be confidential", "It names a buyer.")
    page = amina.submit()
    assert page is not None
    assert "The chair has been asked" in page.text
    amina.close_form()
    office.settle()
    asked = gareth.sees("Is this paper confidential?")
    assert "It names a buyer." in asked.text
    only_the_board_sees_it(office)
    gareth.press("Rule it confidential", on=asked)
    gareth.fill("Reason", "A sale is being negotiated.")
    assert gareth.submit() is None
    office.settle()
    assert "Ruled, thank you" in gareth.sees(CONFIDENTIAL).text
    assert "A sale is being negotiated." in amina.sees("The chair ruled").text
    only_the_board_sees_it(office)
    page = gareth.run("/desk papers board").form
    assert page is not None
    assert "Gareth Pryce ruled it confidential" in page.text
    gareth.press("Publish it")
    assert gareth.submit() is None
    office.settle()
    assert "Publish it, then press Published." in amina.sees("is published").text
    amina.run("/desk papers board")
    amina.press("Published")
    amina.fill("Link on the website", "http://north.example/estates")
    refused = amina.submit()
    assert refused is not None
    assert "https://" in refused.errors["Link on the website"]
    amina.fill("Link on the website", "https://north.example/estates")
    assert amina.submit() is not None
    amina.press("List for the website")
    assert amina.form is not None
    assert f"{CONFIDENTIAL}: https://north.example/estates" in amina.form.text
    assert CONFIDENTIAL in office.member(HANNAH).run("/desk papers board").form.text  # type: ignore[union-attr]
    assert audit.verify(office.app.database).findings == ()


def only_the_board_sees_it(office: Office) -> None:
    """Chair, comms lead, press officers and board members; nobody else, in no list, home, message or channel."""
    for who in (GARETH, CARYS, BEN, JOAN):
        person = office.member(who)
        page = person.run("/desk papers board").form
        assert page is not None
        assert CONFIDENTIAL in page.text, who
        person.press("List for the website")
        assert person.form is not None
        assert CONFIDENTIAL not in person.form.text
        person.close_form()
        person.close_form()
    for who in (DEV, ESTHER, HANNAH):
        person = office.member(who)
        page = person.run("/desk papers board").form
        assert page is not None
        everything = [page.text, texts(office, who), person.open_home().text]
        everything += [one.text for one in person.messages(channel=PRESS)]
        assert CONFIDENTIAL not in "".join(everything), who
        person.close_form()


def test_a_chair_outside_slack_rules_through_a_press_officer(sqlite_office: Office) -> None:
    """The text to send; what they said is recorded with how it is known. Publishing is reminded of, the chair too."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    office.change(GARETH, Role.SPOKESPERSON)
    office.change(LEONORA, Role.CHAIR)
    meet(office, days=9)
    amina.run("/desk papers board")
    add(office, CONFIDENTIAL)
    add(office, "Finance report")
    amina.close_form()
    office.wait(days=2)
    assert "Paper “Finance report” has not been published yet" in texts(office, AMINA)
    amina.run("/desk papers board")
    amina.press("Ask the chair")
    amina.fill("Why it may be confidential", "It names a buyer.")
    assert amina.submit() is not None
    amina.close_form()
    office.settle()
    text = amina.sees("Please ask Leonora Ashby").text
    for words in ("Dear Leonora Ashby,", CONFIDENTIAL, "It names a buyer.", "Until then it is not published."):
        assert words in text
    office.wait(days=2)
    assert "Leonora Ashby has not ruled whether this is confidential" in texts(office, AMINA)
    amina.press("Record ruling", on=amina.sees("Please ask Leonora Ashby"))
    amina.fill("The chair ruled", "It is confidential")
    amina.fill("How it reached you", "On the phone")
    amina.fill("How you know", "She rang me at noon")
    refused = amina.submit()
    assert refused is not None
    assert "Give the reason" in refused.errors["Reason"]
    amina.fill("Reason", "A sale is being negotiated.")
    assert amina.submit() is None
    office.settle()
    page = amina.run("/desk papers board").form
    assert page is not None
    assert "Leonora Ashby ruled it confidential" in page.text
    assert "on the phone; recorded by Amina Rahman" in page.text
    before = texts(office, AMINA).count(CONFIDENTIAL)
    office.wait(days=3)
    assert texts(office, AMINA).count(CONFIDENTIAL) == before, "nobody is chased for what is confidential"


def test_a_chair_who_is_away(sqlite_office: Office) -> None:
    """A deputy who may not see the paper gets nothing of it, and a home; a press officer brings it to the chair."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    office.change(GARETH, Role.CHAIR, deputy=ESTHER)
    meet(office)
    amina.run("/desk papers board")
    add(office, CONFIDENTIAL)
    add(office, "Finance report")
    now = office.clock.now()
    away = leave.Absence(now, now + timedelta(days=3), None)
    leave.set_for(office.app.desk, office.caller(AMINA), office.ids[GARETH], away, once="away")
    office.settle()
    ask_the_chair(office, "Ask the chair")
    esther = office.member(ESTHER)
    assert CONFIDENTIAL not in esther.open_home().text + texts(office, ESTHER)
    assert "who would stand in, may not see to this one" in texts(office, CARYS)
    assert "Is this paper confidential?" in texts(office, GARETH)
    office.change(GARETH, Role.CHAIR, deputy=BEN)
    office.wait(minutes=5)
    assert CONFIDENTIAL in office.member(BEN).open_home().text
    ask_the_chair(office, "Ask the chair")
    asked = office.member(BEN).sees("Please ask Gareth Pryce")
    assert "is away. Send them this text, then press Record ruling." in asked.text


def ask_the_chair(office: Office, button: str) -> None:
    """Of the first paper on the list that can be asked about."""
    amina = office.member(AMINA)
    amina.run("/desk papers board")
    amina.press(button)
    amina.fill("Why it may be confidential", "It names a buyer.")
    assert amina.submit() is not None
    amina.close_form()
    office.settle()
