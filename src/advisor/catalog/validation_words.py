"""What pydantic's types of errors ask for, in plain words: tables only, and nothing of any one file."""

from __future__ import annotations

WANTED = {
    "a yes/no": "bool",
    "a whole number": "int",
    "a number": "float decimal fraction complex",
    "text": "string bytes json",
    "a list": "list tuple set frozen_set deque iterable iteration",
    "a mapping": "dict frozen_dict ordered_dict counter mapping model dataclass named_tuple arguments",
    "a date such as 2026-11-21": "date date_from_datetime",
    "a date and time such as 2026-11-21T09:30:00": "datetime",
    "a time of day such as 09:30": "time",
    "a span of time such as P14D": "time_delta",
    "a web address such as https://example.org": "url",
    "an identifier in the UUID form": "uuid",
    "nothing": "none",
}
"""What should stand there, by the words with which the types of the errors that say so begin."""
STEMS = {stem: wanted for wanted, stems in WANTED.items() for stem in stems.split()}
LIMITS = {
    "greater_than": "should be greater than {gt}",
    "greater_than_equal": "should be {ge} or more",
    "less_than": "should be less than {lt}",
    "less_than_equal": "should be {le} or less",
    "multiple_of": "should be a multiple of {multiple_of}",
    "finite_number": "should be an ordinary number",
    "too_short": "should have at least {min_length} items",
    "too_long": "should have at most {max_length} items",
    "string_too_short": "should have at least {min_length} characters",
    "string_too_long": "should have at most {max_length} characters",
    "date_past": "should lie in the past",
    "date_future": "should lie in the future",
    "datetime_past": "should lie in the past",
    "datetime_future": "should lie in the future",
}
FORMS = {
    "string_pattern_mismatch": "should have the form `{pattern}`",
    "set_item_not_hashable": "should be text or a number",
    "string_not_ascii": "should have plain letters without accents",
    "date_from_datetime_inexact": "should be a date without a time of day",
}
