"""Finding enquiries by their words: what was asked, by whom, and what was sent.

The index (`enquiry_words`, made in migration 0002) has one entry for each enquiry: what was asked, with outlet and
journalist, and all that was sent. Triggers keep it, so that it changes in the transaction of what it indexes, whichever
function writes that, and forgets what is erased. SQLite has it as FTS5, PostgreSQL as a `tsvector`; neither is a mapped
table, so it is only ever asked joined to `Enquiry`, which narrows it to the workspace and to what the viewer sees.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.database import Transaction
from storage.enquiries import Enquiry

INDEX = "enquiry_words"

_FTS = sa.table(INDEX, sa.column("rowid", sa.Integer), sa.column("asked", sa.Text), sa.column("sent", sa.Text))
_VECTORS = sa.table(INDEX, sa.column("enquiry_id", sa.Integer), sa.column("words"))

AT_ONCE = 500

_ENDINGS = tuple("g ng ing d ed s es ies y ty ity n on ion tion al l ly e r er t nt ent ment".split())  # noqa: SIM905
"""FTS5 keeps stems: to find `screening` by `screenin*`, words are looked for that the typed one may grow into."""


@dataclass(frozen=True)
class Term:
    """One word, a phrase of several, or how a word begins. Words are letters and digits alone, in lower case."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class Finding:
    """The ids of a page of what was found, closest and newest first; `total` counts all of it."""

    ids: list[int]
    total: int


def is_part_of_index(table: str) -> bool:
    """Whether a table is the index or one of those in which FTS5 keeps it: no model describes them."""
    return table == INDEX or table.startswith(f"{INDEX}_")


def enquiries(
    tx: Transaction,
    terms: Sequence[Term],
    *,
    now: datetime,
    all_of_them: bool = True,
    offset: int = 0,
    limit: int,
) -> Finding:
    """Enquiries in which all terms stand (or any). A year's age halves how close one counts."""
    if not terms:
        return Finding([], 0)
    find = _find_in_postgresql if tx.session.get_bind().dialect.name == "postgresql" else _find_in_sqlite
    joined, closeness, age_in_years = find(terms, now, all_of_them=all_of_them)
    total = tx.session.scalar(joined.with_only_columns(sa.func.count(Enquiry.id))) or 0
    order = (closeness / (1.0 + age_in_years)).desc()
    ids = tx.session.scalars(
        joined.order_by(order, Enquiry.received_at.desc(), Enquiry.id.desc()).offset(offset).limit(limit)
    )
    return Finding(list(ids), total)


_Parts = tuple[Any, sa.ColumnElement[Any], sa.ColumnElement[Any]]


def _find_in_sqlite(terms: Sequence[Term], now: datetime, *, all_of_them: bool) -> _Parts:
    """In FTS5's language, each word is quoted, so that none of it is taken for an operator."""
    query = (" AND " if all_of_them else " OR ").join(map(_in_fts5, terms))
    index: sa.ColumnElement[Any] = sa.literal_column(INDEX)
    # first the words, then the enquiries: left to itself, SQLite asks the index anew for each enquiry there is
    hits = (
        sa.select(_FTS.c.rowid.label("id"), (-sa.func.bm25(index)).label("closeness"))
        .where(index.op("MATCH", is_comparison=True)(query))
        .cte("hits")
        .prefix_with("MATERIALIZED")
    )
    joined = sa.select(Enquiry.id).join(hits, hits.c.id == Enquiry.id)
    days = sa.func.julianday(sa.bindparam("now", now, type_=Enquiry.received_at.type)) - sa.func.julianday(
        Enquiry.received_at
    )
    return joined, hits.c.closeness, sa.func.max(days, 0.0, type_=sa.Float) / 365.25


def _in_fts5(term: Term) -> str:
    if not term.is_prefix:
        return f'"{" ".join(term.words)}"'
    begun = term.words[0]
    return "(" + " OR ".join([f'"{begun}"*', *(f'"{begun}{ending}"' for ending in _ENDINGS)]) + ")"


def _find_in_postgresql(terms: Sequence[Term], now: datetime, *, all_of_them: bool) -> _Parts:
    """The vectors hold stems (english) and the words as they are (simple); beginnings are looked for in these."""
    query = _in_tsquery(terms[0])
    for term in terms[1:]:
        query = query.op("&&" if all_of_them else "||")(_in_tsquery(term))
    joined = (
        sa.select(Enquiry.id)
        .join(_VECTORS, _VECTORS.c.enquiry_id == Enquiry.id)
        .where(_VECTORS.c.words.op("@@", is_comparison=True)(query))
    )
    seconds = sa.func.extract("epoch", sa.literal(now, type_=Enquiry.received_at.type) - Enquiry.received_at)
    age = sa.func.greatest(seconds, 0.0) / (365.25 * 86400)
    return joined, sa.func.ts_rank(_VECTORS.c.words, query, type_=sa.Float), sa.cast(age, sa.Float)


_ENGLISH: sa.ColumnElement[Any] = sa.literal_column("'english'::regconfig")
_SIMPLE: sa.ColumnElement[Any] = sa.literal_column("'simple'::regconfig")


def _in_tsquery(term: Term) -> sa.ColumnElement[Any]:
    if term.is_prefix:
        return sa.func.to_tsquery(_SIMPLE, f"'{term.words[0]}':*")
    return sa.func.phraseto_tsquery(_ENGLISH, " ".join(term.words))


# -- for imports, which index their rows before anybody can see them


def index_ahead(tx: Transaction, words: Collection[tuple[int, str, str]]) -> None:
    """Indexes enquiries that are not there yet: id, what was asked, what was sent.

    Until there is an enquiry of that id, nothing finds them; once there is, the trigger sees that it is indexed.
    """
    rows = [{"id": one, "asked": asked, "sent": sent} for one, asked, sent in words]
    if not rows:
        return
    if tx.session.get_bind().dialect.name == "postgresql":
        insert: Any = sa.insert(_VECTORS).values(
            enquiry_id=sa.bindparam("id"),
            words=sa.func.comms_desk_words(sa.bindparam("asked", type_=sa.Text), sa.bindparam("sent", type_=sa.Text)),
        )
    else:
        insert = sa.insert(_FTS).values(
            rowid=sa.bindparam("id"),
            asked=sa.bindparam("asked", type_=sa.Text),
            sent=sa.bindparam("sent", type_=sa.Text),
        )
    tx.session.connection().execute(insert, rows)  # not through the session: no workspace owns the index


def forget_ahead(tx: Transaction, ids: Collection[int]) -> None:
    """Takes out of the index again what never became an enquiry."""
    postgresql = tx.session.get_bind().dialect.name == "postgresql"
    table, key = (_VECTORS, _VECTORS.c.enquiry_id) if postgresql else (_FTS, _FTS.c.rowid)
    for some in _in_parts(sorted(ids)):
        tx.session.connection().execute(sa.delete(table).where(key.in_(some)))


def _in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
