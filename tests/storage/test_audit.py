# ruff: noqa: S608 (the statements are put together from names of our own tables)
"""The record proves itself: whatever is changed behind the desk's back, `audit verify` finds it."""

import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.audit import Verdict, verify
from storage import audit
from storage.database import Base, Database
from tests.storage.press_office import ESTHER, GARETH, SOUTH, PressOffice, found_in

COLUMNS = [column.name for column in Base.metadata.tables["audit_entries"].columns]
RECORDED = ("audit_entries", "audit_personal", "audit_heads", "drafts")


@dataclass
class Tamperer:
    """Somebody with the keys of the database: triggers and foreign keys do not stop them."""

    office: PressOffice

    @property
    def database(self) -> Database:
        return self.office.desk.database

    def run(self, *statements: str, **values: Any) -> None:
        with self.database.engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.exec_driver_sql("BEGIN")
                for (trigger,) in connection.exec_driver_sql(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                ).all():
                    connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
            else:
                connection.execute(sa.text("SET session_replication_role = replica"))
            for statement in statements:
                connection.execute(sa.text(statement), values)
            connection.commit()
            connection.invalidate()  # a connection without its guards does not go back to the others

    def find(self, statement: str) -> list[Any]:
        with self.database.engine.connect() as connection:
            return list(connection.execute(sa.text(statement)).all())

    @property
    def is_sqlite(self) -> bool:
        return self.database.engine.dialect.name == "sqlite"

    def verdict(self, head: str | None = None) -> Verdict:
        return verify(self.database, head=head)

    def findings(self, head: str | None = None) -> list[tuple[int, str]]:
        return [(finding.position, finding.what) for finding in self.verdict(head).findings]

    @property
    def workspace_id(self) -> int:
        return self.office.workspace_id

    @property
    def last(self) -> int:
        return int(self.find(f"SELECT max(position) FROM audit_entries WHERE workspace_id = {self.workspace_id}")[0][0])

    def at(self, position: int) -> str:
        return f"workspace_id = {self.workspace_id} AND position = {position}"

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is done to the record is put back afterwards."""
        for table in RECORDED:
            self.run(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
        try:
            yield
        finally:
            for table in RECORDED:
                self.run(
                    f"DELETE FROM {table}",
                    f"INSERT INTO {table} SELECT * FROM kept_{table}",
                    f"DROP TABLE kept_{table}",
                )


@pytest.fixture
def tamperer(busy_office: PressOffice) -> Tamperer:
    """A workspace with a morning's record, which holds."""
    tamperer = Tamperer(busy_office)
    verdict = tamperer.verdict()
    assert verdict.holds, verdict.findings
    assert verdict.entries == 2 * tamperer.last > 20
    return tamperer


def other_value(column: str, *, sqlite: bool) -> str:
    """The least that can be changed of a column: one more, one letter, one microsecond."""
    if column == "at":
        if sqlite:
            return "substr(at, 1, 25) || CASE substr(at, 26) WHEN '1' THEN '2' ELSE '1' END"
        return "at + interval '1 microsecond'"
    if column in {"act", "subject_kind", "details", "previous_hash", "hash"}:
        return f"{column} || ' '"
    return f"COALESCE({column}, 0) + 1000"


def test_any_column_of_any_entry(tamperer: Tamperer) -> None:
    """One change in one column of one entry, the first, one in the middle or the last: found, and where."""
    unfound = []
    for position in (1, tamperer.last // 2, tamperer.last):
        for column in COLUMNS:
            before = tamperer.find(f"SELECT id, {column} FROM audit_entries WHERE {tamperer.at(position)}")[0]
            change = f"UPDATE audit_entries SET {column} = {other_value(column, sqlite=tamperer.is_sqlite)}"
            tamperer.run(f"{change} WHERE {tamperer.at(position)}")
            if tamperer.verdict().holds:
                unfound.append((position, column))
            row = f"id = {before[0] + 1000 * (column == 'id')}"
            tamperer.run(f"UPDATE audit_entries SET {column} = :was WHERE {row}", was=before[1])
            assert tamperer.findings() == []
    assert unfound == []


def test_an_emptied_column(tamperer: Tamperer) -> None:
    """Who did it, or to what, taken out of an entry."""
    for column in ("actor_id", "subject_id"):
        with tamperer.undone():
            tamperer.run(f"UPDATE audit_entries SET {column} = NULL WHERE {tamperer.at(tamperer.last)}")
            assert tamperer.findings() == [(tamperer.last, "was changed after it was written")]


def test_any_byte_of_any_text(sqlite_tamperer: Tamperer) -> None:
    """A single bit turned anywhere in the texts of an entry, also into something that is no text any more."""
    tamperer, texts = sqlite_tamperer, [name for name in COLUMNS if name not in NUMBERS]

    @settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(1, tamperer.last), st.sampled_from(texts), st.integers(0, 10_000), st.integers(0, 7))
    def turn(position: int, column: str, byte: int, bit: int) -> None:
        where = f"WHERE {tamperer.at(position)}"
        before = tamperer.find(f"SELECT CAST({column} AS BLOB) FROM audit_entries {where}")[0][0]
        index = byte % len(before)
        turned = bytes([*before[:index], before[index] ^ (1 << bit), *before[index + 1 :]])
        put = f"UPDATE audit_entries SET {column} = CAST(:bytes AS TEXT) {where}"
        tamperer.run(put, bytes=turned)
        found = tamperer.verdict().findings
        tamperer.run(put, bytes=before)
        assert found
        assert position in {finding.position for finding in found}

    turn()
    assert tamperer.verdict().holds


NUMBERS = {"id", "workspace_id", "position", "actor_id", "subject_id"}


@pytest.fixture
def sqlite_tamperer(sqlite_busy_office: PressOffice) -> Tamperer:
    return Tamperer(sqlite_busy_office)


def test_an_entry_taken_out(tamperer: Tamperer) -> None:
    """The first, a middle or the last entry deleted."""
    last = tamperer.last
    for position, expected in (
        (1, [(2, "the entry after 0 is missing"), (2, "does not follow from the entry before it")]),
        (5, [(6, "the entry after 4 is missing"), (6, "does not follow from the entry before it")]),
        (last, [(last, f"the chain should end here, and ends at {last - 1}")]),
    ):
        with tamperer.undone():
            tamperer.run(f"DELETE FROM audit_entries WHERE {tamperer.at(position)}")
            assert set(expected) <= set(tamperer.findings())


def cut_tail(tamperer: Tamperer, entries: int) -> None:
    """Takes the last entries away and makes the head look as if they had never been."""
    end = tamperer.last - entries
    gone = f"SELECT id FROM audit_entries WHERE workspace_id = {tamperer.workspace_id} AND position > {end}"
    hash_ = f"(SELECT hash FROM audit_entries WHERE {tamperer.at(end)})"
    tamperer.run(
        f"DELETE FROM audit_personal WHERE entry_id IN ({gone})",
        f"DELETE FROM audit_entries WHERE workspace_id = {tamperer.workspace_id} AND position > {end}",
        f"UPDATE audit_heads SET position = {end}, hash = {hash_} WHERE workspace_id = {tamperer.workspace_id}",
    )


def test_a_cut_tail_is_found_by_a_head_that_was_noted(tamperer: Tamperer) -> None:
    """What a cut and mended chain cannot show by itself, a head from an earlier digest does."""
    noted = tamperer.verdict().heads[0]
    assert tamperer.findings(noted) == []
    tamperer.office.log()
    assert tamperer.findings(noted) == [], "a chain that has grown still contains it"
    cut_tail(tamperer, 2)
    assert tamperer.findings() == []
    assert tamperer.findings(noted) == [
        (int(noted.partition("-")[0]), "this head is not in the chain: its end was cut off or rewritten")
    ]


def test_a_chain_written_anew_is_found_by_a_head_that_was_noted(tamperer: Tamperer) -> None:
    """Somebody who reckons every hash again leaves a chain that holds, and is not the one that was noted."""
    noted = tamperer.verdict().heads[0]
    with tamperer.office.reading() as tx:
        entries = [dict(entry) for some in audit.entries(tx) for entry in some]
    before = audit.BEGINNING
    for entry in entries:
        entry["actor_id"], entry["previous_hash"] = 1, before
        before = audit.chained_hash(entry)
        tamperer.run(
            f"UPDATE audit_entries SET actor_id = 1, previous_hash = :previous, hash = :hash WHERE id = {entry['id']}",
            previous=entry["previous_hash"],
            hash=before,
        )
    tamperer.run(f"UPDATE audit_heads SET hash = :hash WHERE workspace_id = {tamperer.workspace_id}", hash=before)
    assert tamperer.findings() == []
    assert len(tamperer.findings(noted)) == 1


@pytest.mark.parametrize("head", ["", "142", "abc-9f3a", "142-", "-9f"])
def test_a_head_that_cannot_be_one_is_refused(press_office: PressOffice, head: str) -> None:
    """A head copied badly is told, not taken for a proof."""
    with pytest.raises(ValueError, match="copy it whole"):
        verify(press_office.desk.database, head=head)


def test_entries_put_in_or_exchanged(tamperer: Tamperer) -> None:
    """A forged entry at the end or in the middle, and two entries that changed places."""
    columns = ", ".join(COLUMNS)
    here = f"workspace_id = {tamperer.workspace_id}"
    forged = {"id": "9999", "position": "position + {by}", "previous_hash": "hash", "hash": "'f' || substr(hash, 2)"}
    copied = ", ".join(forged.get(name, name) for name in COLUMNS)
    copy = f"INSERT INTO audit_entries ({columns}) SELECT {copied} FROM audit_entries WHERE "
    make_room = [
        f"UPDATE audit_entries SET position = -position WHERE {here} AND position > 5",
        f"UPDATE audit_entries SET position = 1 - position, previous_hash = hash || '~' WHERE {here} AND position < 0",
    ]
    ways = {
        "at the end": [copy.format(by=1) + tamperer.at(tamperer.last)],
        "in the middle": [*make_room, copy.format(by=1) + tamperer.at(5)],
        "two exchanged": [
            f"UPDATE audit_entries SET position = -1 WHERE {tamperer.at(4)}",
            f"UPDATE audit_entries SET position = 4 WHERE {tamperer.at(5)}",
            f"UPDATE audit_entries SET position = 5 WHERE {tamperer.at(-1)}",
        ],
    }
    for way, statements in ways.items():
        with tamperer.undone():
            tamperer.run(*statements)
            assert tamperer.findings() != [], way


def test_the_head_changed_or_taken_away(tamperer: Tamperer) -> None:
    """The row that says where the chain ends is held against the chain, and its absence does not hide a workspace."""
    for statement in (
        "UPDATE audit_heads SET position = position - 1",
        "UPDATE audit_heads SET hash = 'no' || substr(hash, 3)",
        "DELETE FROM audit_heads",
    ):
        with tamperer.undone():
            tamperer.run(f"{statement} WHERE workspace_id = {tamperer.workspace_id}")
            assert [what for _, what in tamperer.findings()] == [
                f"the chain should end here, and ends at {tamperer.last}"
            ]


A_DRAFT = "id = (SELECT min(id) FROM drafts WHERE workspace_id = {workspace})"


def test_a_draft_changed_taken_away_or_slipped_in(tamperer: Tamperer) -> None:
    """The record vouches for each text: its every byte, that it is there, and that no other is."""
    draft = A_DRAFT.format(workspace=tamperer.workspace_id)
    reads_the_same = audit.text_as_written("café\r\n")
    other = f"(SELECT max(id) FROM signoffs WHERE workspace_id = {tamperer.workspace_id})"
    columns = [column.name for column in Base.metadata.tables["drafts"].columns]
    slipped = ", ".join({"id": "999", "number": "number + 1"}.get(name, name) for name in columns)
    ways: dict[str, tuple[str, str]] = {
        "its text": (f"UPDATE drafts SET text = text || '!' WHERE {draft}", "is not the one that was hashed"),
        "bytes that read the same": (
            f"UPDATE drafts SET text = replace(text, ' ', ' ' || CAST(:mark AS TEXT)) WHERE {draft}",
            "is not the one that was hashed",
        ),
        "its text and its hash": (
            f"UPDATE drafts SET text = 'café' || CAST(:end AS TEXT), sha256 = '{reads_the_same}' WHERE {draft}",
            "is not on file as it was",
        ),
        "its number": (f"UPDATE drafts SET number = 7 WHERE {draft}", "is not on the record"),
        "its sign-off": (
            f"UPDATE drafts SET number = 5, signoff_id = {other} WHERE {draft}",
            "is not on file as it was",
        ),
        "taken away": (f"DELETE FROM drafts WHERE {draft}", "is not on file as it was"),
        "slipped in": (
            f"INSERT INTO drafts ({', '.join(columns)}) SELECT {slipped} FROM drafts WHERE {draft}",
            "draft 999 is not on the record",
        ),
    }
    for way, (statement, expected) in ways.items():
        with tamperer.undone():
            tamperer.run(statement, **{name: value for name, value in MARKS.items() if f":{name}" in statement})
            found = tamperer.findings()
            assert [what for _, what in found if expected in what], (way, found)


MARKS = {"mark": "\u200b", "end": "\r\n"}


def test_personal_data_changed_or_taken_away(tamperer: Tamperer) -> None:
    """Each way of touching what stands behind a commitment, but for erasing it whole, is found at its entry."""
    here = f"workspace_id = {tamperer.workspace_id}"
    one = f"id = (SELECT min(id) FROM audit_personal WHERE {here} AND name = 'journalist')"
    entry = f"SELECT entry_id FROM audit_personal WHERE {one}"
    position = tamperer.find(f"SELECT position FROM audit_entries WHERE id = ({entry})")[0][0]
    for change in (
        "SET value = value || '.'",
        "SET salt = 'f' || substr(salt, 2) || 'f'",
        "SET name = 'source'",
        "SET salt = NULL",
        "SET value = NULL",
        "SET entry_id = 99999",
        "SET entry_id = entry_id + 1",
        "SET workspace_id = workspace_id + 1",
    ):
        with tamperer.undone():
            tamperer.run(f"UPDATE audit_personal {change} WHERE {one}")
            assert position in {found for found, _ in tamperer.findings()}, change
    with tamperer.undone():
        tamperer.run(f"DELETE FROM audit_personal WHERE {one}")
        assert tamperer.findings() == [(position, "its journalist is not kept any more, and was not erased")]


def test_erasing_personal_data_keeps_the_chain_whole(tamperer: Tamperer) -> None:
    """The right to be forgotten: salts and values gone, the record of what happened still proves itself."""
    noted = tamperer.verdict().heads[0]
    values = [row[0] for row in tamperer.find("SELECT value FROM audit_personal")]
    assert f"Rosa of {tamperer.office.team_id}" in values
    with tamperer.office.desk.database.transaction(tamperer.workspace_id) as tx:
        tx.session.execute(sa.update(audit.AuditPersonal).values(salt=None, value=None))
    assert tamperer.findings(noted) == []
    details = " ".join(row[0] for row in tamperer.find("SELECT details FROM audit_entries"))
    assert "Rosa" not in details
    assert "courier.example" not in details


def test_one_workspace_vouches_for_itself_alone(tamperer: Tamperer) -> None:
    """What was changed in one workspace is told of that one; the other's chain holds and has its own head."""
    assert len(tamperer.verdict().heads) == 2
    other = found_in(tamperer.database, SOUTH).workspace_id
    tamperer.run(f"UPDATE audit_entries SET act = 'nothing' WHERE workspace_id = {other} AND position = 1")
    assert {finding.workspace_id for finding in tamperer.verdict().findings} == {other}
    moved = f"UPDATE audit_entries SET workspace_id = {other}, position = 50 WHERE {tamperer.at(tamperer.last)}"
    tamperer.run(moved)
    assert {finding.workspace_id for finding in tamperer.verdict().findings} == {other, tamperer.workspace_id}


def test_verifying_while_people_work_raises_no_alarm(press_office: PressOffice) -> None:
    """Entries that come in while the chain is read are neither missed nor taken for forged."""
    done = threading.Event()

    def work() -> None:
        for _ in range(12):
            press_office.log()
        done.set()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    verdicts = [verify(press_office.desk.database)]
    while not done.is_set():
        verdicts.append(verify(press_office.desk.database))
    for worker in workers:
        worker.join()
    assert [verdict.findings for verdict in verdicts if not verdict.holds] == []
    assert len({verdict.entries for verdict in verdicts}) > 1, "they did come in while it was read"


def test_a_statement_signed_twice_tells_of_both_drafts(press_office: PressOffice) -> None:
    """A new draft, signed again: the record vouches for the old text and the new."""
    statement = press_office.in_signoff()
    press_office.approve(statement, ESTHER)
    press_office.rewrite(statement, "The buses run again.", based_on=1)
    press_office.approve(statement, ESTHER, GARETH)
    press_office.issue(statement, draft=2)
    assert verify(press_office.desk.database).findings == ()


def long_chain(database: Database, workspace_id: int, length: int) -> None:
    """Writes a chain of so many entries, as the desk would have."""
    at = "2026-11-23 10:00:00.000000"
    before, rows = audit.BEGINNING, []
    for position in range(1, length + 1):
        values = (
            workspace_id * 100_000 + position,
            workspace_id,
            position,
            at,
            None,
            "add_note",
            "enquiry",
            1,
            "{}",
            before,
        )
        row = dict(zip(audit.HASHED, values, strict=True))
        before = row["hash"] = audit.chained_hash(row)
        rows.append(row)
    columns = ", ".join(rows[0])
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(f"INSERT INTO audit_entries ({columns}) VALUES ({', '.join(':' + name for name in rows[0])})"), rows
        )
        connection.execute(
            sa.text(f"INSERT INTO audit_heads (workspace_id, position, hash) VALUES ({workspace_id}, {length}, :hash)"),
            {"hash": before},
        )


def test_a_chain_of_any_length_is_read_in_the_same_memory(press_office: PressOffice, other_office: PressOffice) -> None:
    """Three times the entries do not take more memory: what was looked at is let go."""
    database = press_office.desk.database
    peaks = []
    for office, length in ((press_office, 2500), (other_office, 7500)):
        long_chain(database, office.workspace_id, length)
        tracemalloc.start()
        verdict = verify(database, head="1-none")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert [finding.workspace_id for finding in verdict.findings] == [0], "all but the head is as it should be"
    assert peaks[1] < peaks[0] * 1.2
