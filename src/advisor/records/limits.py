"""How much of somebody's records is read, and why no more: the one place for all bounds on exports.

Each is far above what the platform lets anybody have, and low enough that no file can fill a memory or a
day.
"""

from __future__ import annotations

MAX_FILE = 512 * 2**20
"""Bytes of one file as unpacked. The platform allows 30,000 connections, which take 6 MB, and the longest
histories of messages take some tens of MB."""
MAX_ALL = 2 * 2**30
"""Bytes of all files that one command reads."""
MAX_RATIO = 200
"""How much longer unpacked than packed a member of an archive may be; text in tables packs to a tenth."""
RATIO_FROM = 32 * 2**20
"""Bytes before which that is not asked, since very even tables pack far better and do no harm while short."""
MAX_ROWS = 3_000_000
"""Rows of one file: a hundred times the connections that the platform allows. Each takes memory."""
MAX_LINE = 2**20
"""Characters of one line; the platform's longest messages have some 8,000."""
MAX_CELL_LINES = 2_000
"""Lines over which one cell may go; more is a quotation mark that nobody closed."""
MAX_UNCLOSED = 100
"""Quotation marks of one file that nobody closed within so many lines and whose lines are read once more, one
by one; beyond that the lines are lost with them, since reading each of them so often would take hours."""
MAX_COLUMNS = 5_000
"""Columns of one list; the widest exports of programs that keep customers have some hundreds. Each name is
compared with all that are known."""
MAX_ENTRIES = 20_000
"""Files in an archive or a folder; an export has some fifty."""
MAX_INDEX = 8 * 2**20
"""Bytes of an archive's list of its files, which is read whole."""
MAX_DEPTH = 6
"""Folders within folders that are looked into."""
HEADER_WITHIN = 500
"""Lines among which the header is looked for, and no more of them than a line may have characters; the
platform puts three before it."""
DOUBTS_KEPT = 1_000
"""Doubts of one file that are kept in memory; they are counted beyond that."""
