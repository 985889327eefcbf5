"""`comms-desk settings export | import`: what is set in one file, all of it or none, and nothing twice."""

import io
import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from secrets import token_hex

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot import cli
from bot.core.ladder_plans import Again, Plan, default_plan, ladder_of, moments_of
from bot.core.ladders import DEFAULT_LADDERS, Ladder
from bot.core.rungs import Before, Rung, Tell
from bot.core.working_days import Nation
from bot.core.workspaces import Work
from bot.desk import audiences, settings_changes, settings_digests, settings_export, settings_file, settings_import
from bot.desk.digest_rules import DigestRules
from bot.desk.enquiry_parts import PARTS
from bot.desk.settings_changes import Hours, KnownWords, Office, PersonDetails
from bot.desk.settings_tables import FileRefused
from storage import audit, migrate, people, workspaces
from storage import digests as digest_records
from storage import settings as settings_records
from storage.database import Database
from storage.digests import Every, Moment, Reader, ReaderKind
from storage.obligations import Duty
from storage.people import Person, Role
from storage.settings import BackgroundRule, ExecutivesRule, PassTo
from tests.storage.press_office import AMINA, BEN, SOUTH, PressOffice, found_in, opened


@pytest.fixture
def press_office(database: Database) -> PressOffice:
    return opened(database)


def exported(office: PressOffice) -> str:
    with office.desk.on_its_own(office.workspace_id, read_only=True) as work:
        return settings_export.written(work)


def imported(office: PressOffice, text: str) -> list[str]:
    given = settings_file.read(text)
    changes = settings_import.preview(office.desk, office.workspace_id, given)
    return settings_import.carry_out(office.desk, office.workspace_id, given, previewed=changes)


def on_record(office: PressOffice) -> list[dict[str, object]]:
    with office.reading() as tx:
        return [
            json.loads(entry["details"])
            for page in audit.entries(tx)
            for entry in page
            if entry["act"] == "change_settings"
        ]


def test_what_is_exported_changes_nothing_when_it_is_imported(press_office: PressOffice) -> None:
    """As often as one likes; and the file is TOML that explains itself."""
    text = exported(press_office)
    assert tomllib.loads(text)["office"]["zone"] == "Europe/London"
    assert "# The settings of Comms Desk." in text
    assert imported(press_office, text) == []
    assert imported(press_office, text) == []
    assert on_record(press_office) == []


CHANGES = (
    ('opens = "09:00"', 'opens = "08:30"', "Opens: 09:00 becomes 08:30."),
    ("closed_on = []", "closed_on = [2026-12-24]", "Closed also on: none becomes 2026-12-24."),
    ('executives = "copied"', 'executives = "must_sign"', "Executives on statements: copied becomes must sign."),
    ("months = 24", "months = 12", "Journalists’ names are kept, in months: 24 becomes 12."),
    ('roles = ["executive"]', "roles = []", "Hannah: roles: executive becomes none."),
    ('duty_officer = ""', 'duty_officer = "UBEN"', "Duty officer: none becomes Ben."),
    (
        'due = ["comms_lead"]',
        'due = ["comms_lead", "owner"]',
        (
            "Reminders of signing: When half of the time is gone: whoever owes it; When three quarters are gone: "
            "whoever owes it and their deputy; An hour before: whoever owes it, their deputy and the enquiry’s owner; "
            "When it is due: the comms lead and whoever owes it."
        ),
    ),
    (
        'at = "closes"\n',
        'at = "16:30"\n',
        "Overnight: every working day when the office closes becomes every working day at 16:30.",
    ),
    ("[reminders]", '[[topic]]\nname = "Ambulances"\nlead = "Esther"\n\n[reminders]', "The topic Ambulances is added."),
)


@pytest.mark.parametrize(("was", "becomes", "sentence"), CHANGES, ids=[one[2][:20] for one in CHANGES])
def test_each_change_is_told_carried_out_and_on_the_record(
    press_office: PressOffice, was: str, becomes: str, sentence: str
) -> None:
    """One change in the file is one change in the desk, as by the command line, and a second time none."""
    text = exported(press_office)
    assert was in text
    text = text.replace(was, becomes, 1)
    assert imported(press_office, text)[0] == sentence
    assert imported(press_office, text) == []
    [told] = on_record(press_office)
    assert told["by"] == "the command line"
    assert told["was"] != told["now"]


def test_somebody_in_slack_can_be_named_by_their_name_alone(press_office: PressOffice) -> None:
    """As the file says; nobody new is made of them."""
    with press_office.reading() as tx:
        before = len(people.everyone(tx))
    changes = imported(press_office, f"[[person]]\nname = '{BEN}'\ndeputy = '{AMINA}'\n")
    assert not any("is added" in change for change in changes)
    with press_office.reading() as tx:
        assert len(people.everyone(tx)) == before
        ben = people.get(tx, press_office.ids[BEN])
    assert ben is not None
    assert ben.deputy_id == press_office.ids[AMINA]


FAULTS = (
    ("[ofice]\nzone = 'Europe/London'", "line 1, ofice: This is not known here. Did you mean office?"),
    ("[office]\n\nzon = 'x'", "line 3, office.zon: This is not known here. Did you mean zone?"),
    ("[office]\nzone = 'Europe/Nowhere'", "office: This zone is not known. Write it like Europe/London."),
    ("[office]\nnation = 'scotlnd'", "line 2, office.nation: “scotlnd” is not known. Did you mean scotland?"),
    ("[office]\npress_channel = '#press'", "line 2, office.press_channel: Write the channel’s ID (C…)."),
    ("[office]\nduty_officer = 'Bn'", "Nobody is known as Bn. Did you mean Ben?"),
    ("[office\n", "line 1: This is not TOML"),
    ("[hours]\ndays = ['Fryday']", "line 2, hours.days: “Fryday” is no day of the week. Did you mean Friday?"),
    ("[hours]\ndays = []", "hours: Choose at least one day on which somebody works."),
    ("[hours]\nopens = '25:00'", 'line 2, hours.opens: Write a time of day like "09:00".'),
    ("[hours]\nopens = '18:00'", "hours: The office has to close after it opens."),
    ("[kept]\nmonths = 0", "kept.months: Give a number of months from 1 to 120."),
    ("[kept]\nmonths = true", "line 2, kept.months: This should be a whole number."),
    ("[reminders.sign]\nhalf = []", "line 1, reminders.sign: This would tell nobody."),
    ("[reminders.sing]\ndue = ['owner']", "line 1, reminders.sing: “sing” is not known. Did you mean sign?"),
    ("[reminders.sign]\ndue = ['ownr']", "Did you mean owner?"),
    (
        (
            "[[reminders.sign.rungs]]\nposition = {kind = 'at_due'}\ntells = ['owner']\n"
            "repeats = [{kind = 'every', every_minutes = 1}]"
        ),
        "The time until a repeat is 10 to 527040 whole minutes.",
    ),
    ("[[person]]\nroles = []", "line 1, person[1]: Say who it is"),
    ("[[person]]\nname = 'A'\n[[person]]\nslack = 'ben'", "line 4, person[2].slack: Write the member ID (U…)."),
    ("[[person]]\nslack = 'UBEN'\nroles = ['pres_officer']", "Did you mean press_officer?"),
    ("[[person]]\nslack = 'UBEN'\ndeputy = 'UBEN'", "line 1, person[1]: Nobody can be their own deputy."),
    ("[[person]]\nslack = 'UBEN'\norganisation = 'Westmer Trust'", "Did you mean Westmere Trust?"),
    ("[digest.mornin]\non = false", "There is no digest called mornin. Did you mean morning?"),
    ("[digest.morning]\n\nat = 'noon'", 'line 3, digest.morning.at: Write a time of day like "09:00".'),
    ("[digest.morning]\ndays = 'always'", 'line 2, digest.morning.days: Write "working_day", "day", a day of the week'),
    ("[digest.morning]\nparts = ['weather']", "line 1, digest.morning: “weather” is nothing that a digest can tell."),
    ("[digest.morning]\nparts = []", "Choose at least one thing that it tells, or turn it off."),
    ("[digest.morning]\npart = []", "line 2, digest.morning.part: This is not known here. Did you mean parts?"),
    ("[[topic]]\nlead = 'Esther'", "topic[1].name: Give it a name."),
    ("[[topic]]\nname = 'A'\n[[topic]]\nname = 'a'", "There are two topics called a."),
)


@pytest.mark.parametrize(("text", "sentence"), FAULTS, ids=[fault[1][:40] for fault in FAULTS])
def test_a_fault_is_told_with_its_place_and_nothing_is_changed(sqlite_url: str, text: str, sentence: str) -> None:
    """Whatever is wrong with a file, none of it is carried out: also not what stands before the fault."""
    office = opened(Database(sqlite_url))
    before = exported(office)
    with pytest.raises(FileRefused) as refused:
        imported(office, f"{text}\n[[organisation]]\nname = 'Hospice'\n")
    assert any(sentence in str(fault) for fault in refused.value.faults), refused.value.faults
    assert exported(office) == before
    assert on_record(office) == []


def test_what_changed_meanwhile_is_not_overwritten(press_office: PressOffice) -> None:
    """What is carried out is what was shown; if that is no longer so, nothing is."""
    given = settings_file.read("[kept]\nmonths = 12")
    changes = settings_import.preview(press_office.desk, press_office.workspace_id, given)
    imported(press_office, "[kept]\nmonths = 36")
    with pytest.raises(FileRefused, match="start again"):
        settings_import.carry_out(press_office.desk, press_office.workspace_id, given, previewed=changes)
    assert "months = 36" in exported(press_office)


def test_from_the_command_line(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Export, change, import: asked first; no changes nothing, yes changes it, and again there is nothing to do."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    file = tmp_path / "settings.toml"

    def run(*words: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = cli.main(["settings", *words])
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    code, said = run("export")
    assert (code, said) == (2, "There is no workspace yet. Start the desk in it once with: comms-desk run\n")
    opened(Database(sqlite_url))
    assert run("export", str(file))[0] == 0
    file.write_text(file.read_text(encoding="utf-8").replace("months = 24", "months = 6"), encoding="utf-8")
    code, said = run("import", str(file), typed="n\n")
    assert code == 1
    assert "Journalists’ names are kept, in months: 24 becomes 6." in said
    assert "Nothing has changed." in said
    assert run("import", str(file))[0] == 1, "nobody there to ask"
    code, said = run("import", str(file), typed="y\n")
    assert code == 0
    assert "Done: 1 change, on the record as by the command line." in said
    assert "Nothing would change" in run("import", str(file), "--yes")[1]
    assert "months = 6" in run("export")[1]
    file.write_text("[kept]\nmonth = 6", encoding="utf-8")
    code, said = run("import", str(file), "--yes")
    assert code == 2
    assert f"{file}, line 2, kept.month: This is not known here. Did you mean months?" in said
    assert "cannot be read" in run("import", str(tmp_path / "none.toml"))[1]
    opened(Database(sqlite_url), SOUTH)
    assert "There are several workspaces. Choose one with --workspace: TNORTH (TNORTH), TSOUTH" in run("export")[1]
    assert run("export", "--workspace", SOUTH)[0] == 0


def test_every_default_ladder_can_be_said_in_words() -> None:
    """No one has to write rungs to have what the desk comes with."""
    for duty in Duty:
        plan = default_plan(duty)
        assert plan is not None
        assert ladder_of(duty, plan) == DEFAULT_LADDERS[duty.value]


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20).map(
    lambda text: " ".join(text.split()) or "x"
)
MORNINGS = st.builds(time, st.integers(0, 11), st.integers(0, 59))
EVENINGS = st.builds(time, st.integers(12, 23), st.integers(0, 59))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def ladder(data: st.DataObject, duty: Duty) -> Ladder:
    """One of the form's making, or one that only its rungs describe."""
    default = DEFAULT_LADDERS[duty.value]
    if data.draw(st.booleans()):
        extra = Rung(Before(timedelta(minutes=data.draw(st.integers(1, 59)))), (Tell.COMMS_LEAD,))
        return Ladder(duty.value, (*default.rungs, extra))
    tells = st.lists(st.sampled_from(list(Tell)), unique=True, max_size=3).map(tuple)
    again = st.sampled_from(list(Again))
    plan = Plan({moment: data.draw(tells) for moment in moments_of(duty)}, data.draw(again), data.draw(again))
    try:
        return ladder_of(duty, plan)
    except ValueError:
        return default


def set_anything(work: Work, data: st.DataObject) -> None:
    """Whatever can be set, set to something: through the same changes as the forms make."""
    for name in data.draw(st.lists(NAMES, max_size=3, unique_by=str.casefold)):
        settings_changes.put_organisation(work, name)
    organisations = [None, *(one.id for one in people.organisations(work.tx))]
    roles = st.frozensets(st.sampled_from(list(Role)), max_size=3)
    known: list[Person] = []
    for number, name in enumerate(data.draw(st.lists(NAMES, max_size=5))):
        slack = f"U{number:05}" if data.draw(st.booleans()) else None
        details = PersonDetails(
            slack_user_id=slack,
            name=name,
            email=f"person{number}@partners.example",
            roles=data.draw(roles),
            organisation_id=data.draw(st.sampled_from(organisations)),
            deputy_id=data.draw(st.sampled_from([None, *(one.id for one in known)])),
        )
        known.append(settings_changes.add_person(work, details, slack_team_id="T1"))
        settings_changes.put_person(work, known[-1], details)
    somebody = st.sampled_from([None, *(one.id for one in known)])
    for name in data.draw(st.lists(NAMES, max_size=3, unique_by=str.casefold)):
        also = [one for one in data.draw(st.lists(somebody, max_size=2)) if one is not None]
        settings_changes.put_topic(work, None, name=name, lead_id=data.draw(somebody), also_sign=also)
    for name in data.draw(st.lists(NAMES, max_size=2, unique_by=str.casefold)):
        reading = [one for one in data.draw(st.lists(somebody, max_size=2)) if one is not None]
        audiences.put(work, None, name, data.draw(st.sampled_from([["C12345"], ["C12345", "G12345"]])), reading)
    office = Office("C12345", data.draw(st.sampled_from(ZONES)), data.draw(st.sampled_from(list(Nation))), None)
    settings_changes.set_office(work, replace(office, duty_officer_id=data.draw(somebody)))
    weekdays = data.draw(st.frozensets(st.integers(0, 6), min_size=1))
    other = {day: (data.draw(MORNINGS), data.draw(EVENINGS)) for day in weekdays if data.draw(st.booleans())}
    closed_on = data.draw(st.frozensets(DAYS, max_size=3))
    settings_changes.set_hours(work, Hours(weekdays, data.draw(MORNINGS), data.draw(EVENINGS), other, closed_on))
    executives, background = st.sampled_from(list(ExecutivesRule)), st.sampled_from(list(BackgroundRule))
    settings_changes.set_signing(work, data.draw(executives), data.draw(background))
    stand_ins = {rule: data.draw(st.booleans()) for rule in settings_file.YES_OR_NO}
    settings_changes.set_stand_ins(work, {**stand_ins, "pass_to": data.draw(st.sampled_from(list(PassTo)))})
    settings_changes.set_kept(work, data.draw(st.integers(1, 120)))
    settings_changes.set_words(work, KnownWords(["north.example"], data.draw(st.sampled_from([[], ["ICB", "CQC"]]))))
    for duty in Duty:
        settings_changes.set_ladder(work, duty, ladder(data, duty))
    parts = st.lists(st.sampled_from([part.name for part in PARTS]), unique=True, min_size=1).map(tuple)
    for digest in digest_records.every_one(work.tx):
        every, moment = data.draw(st.sampled_from(list(Every))), data.draw(st.sampled_from(list(Moment)))
        on_day = data.draw({Every.WEEK: st.integers(0, 6), Every.MONTH: st.integers(1, 31)}.get(every, st.none()))
        at = data.draw(MORNINGS) if moment is Moment.CLOCK else None
        readers = data.draw(st.lists(st.sampled_from(READERS), unique=True, min_size=1).map(tuple))
        of_it = DigestRules(
            is_on=data.draw(st.booleans()),
            every=every,
            on_day=on_day,
            moment=moment,
            at=at,
            parts=data.draw(parts) if readers == (READERS[0],) else ("next_meeting", "bulletin"),
            days_before=data.draw(st.integers(1, 20)) if every is Every.BEFORE_MEETING else None,
            title=f"{data.draw(st.sampled_from(['News', 'Nächste Woche', 'A “digest”']))} {digest.id}",
            readers=readers,
        )
        settings_digests.set_digest(work, digest, of_it)


READERS = [
    Reader(ReaderKind.PRESS_CHANNEL),
    Reader(ReaderKind.DUTY_OFFICER),
    Reader(ReaderKind.ROLE, role=Role.CHAIR),
    Reader(ReaderKind.CHANNEL, channel_id="C0SECOND1"),
]


ZONES = ["Europe/London", "Pacific/Auckland", "America/St_Johns"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('settings') / 'desk.db'}")
    migrate.upgrade(database)
    yield database
    database.dispose()


@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes; the first failure tells enough
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_whatever_is_set_comes_out_of_another_workspace_as_it_went_in(empty: Database, data: st.DataObject) -> None:
    """Exported from one workspace and imported into an empty one, the export is the same, and says nothing is new."""
    one, other = (new_workspace(empty) for _ in range(2))
    with one.desk.on_its_own(one.workspace_id) as work:
        set_anything(work, data)
    text = exported(one)
    assert imported(one, text) == []
    imported(other, text)
    assert exported(other) == text
    assert imported(other, text) == []


OTHERWISE: dict[str, object] = {
    "zone": "Pacific/Auckland",
    "nation": "wales",
    "opens": time(8),
    "closes": time(18),
    "weekdays": [0, 1],
    "other_hours": {"1": ["10:00", "12:00"]},
    "closed_on": ["2026-12-24"],
    "press_channel_id": "C12345",
    "duty_officer_id": 0,
    "deputies_sign_for_leads": False,
    "deputies_sign_for_spokespeople": False,
    "pass_to": PassTo.NOBODY,
    "spokespeople_can_be_overridden": False,
    "ladders": {"sign": {**DEFAULT_LADDERS["answer"].to_data(), "name": "sign"}},
    "executives": ExecutivesRule.MUST_SIGN,
    "background": BackgroundRule.LEAD,
    "keep_months": 7,
    "own_domains": ["north.example"],
    "known_abbreviations": ["ICB"],
}
"""Each setting with a value that is not its default (a person: the first that is known)."""


def test_every_setting_is_in_the_file_or_left_out_on_purpose(empty: Database) -> None:
    """A new column of the settings must be written and read, or listed with its reason; else this fails."""
    columns = set(settings_records.Settings.__table__.columns.keys())
    assert set(OTHERWISE) | set(settings_export.LEFT_OUT) == columns
    one, other = (new_workspace(empty) for _ in range(2))
    with one.desk.on_its_own(one.workspace_id) as work:
        person = Person(name="Dev", email="dev@north.example")
        work.tx.add(person)
        person.roles = frozenset({Role.ON_CALL_OFFICER})
        for name, value in OTHERWISE.items():
            assert getattr(work.settings, name) != value
            setattr(work.settings, name, person.id if name == "duty_officer_id" else value)
    imported(other, exported(one))
    with other.desk.on_its_own(other.workspace_id, read_only=True) as work:
        expected = {**OTHERWISE, "duty_officer_id": people.everyone(work.tx)[0].id}
        assert {name: getattr(work.settings, name) for name in expected} == expected


def new_workspace(database: Database) -> PressOffice:
    """One in which nothing is set."""
    office = found_in(database, f"T{token_hex(8).upper()}")
    with database.across_workspaces() as view:
        workspaces.open_for(view, team_id=office.team_id, enterprise_id=None, name=office.team_id)
    with database.transaction(office.workspace_id) as tx:
        settings_records.make(tx)
    return office
