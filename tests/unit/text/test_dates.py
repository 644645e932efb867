"""Every dialect has its line here; what is no whole date stays none."""

from datetime import UTC, datetime

import pytest

from wireroom.text.dates import parse_date

READ = [
    ("٢٠ نوفمبر ٢٠٢٦ - ١٠:١٥", "2026-11-20T10:15", "named-month", False),  # noqa: RUF001 - figures of their own
    ("الجمعة 20 تشرين الثاني 2026 | 10:15", "2026-11-20T10:15", "named-month", False),
    ("20 नवंबर 2026, 10:15 PM", "2026-11-20T22:15", "named-month", False),
    ("20 मई 2026", "2026-05-20", "named-month", False),
    ("২০ নভেম্বর ২০২৬, ১০:১৫", "2026-11-20T10:15", "named-month", False),
    ("20 พ.ย. 2569 10:15 น.", "2026-11-20T10:15", "named-month", False),
    ("20 มีนาคม 2569", "2026-03-20", "named-month", False),
    ("20 ноември 2026", "2026-11-20", "named-month", False),
    ("12. lipnja 2026.", "2026-06-12", "named-month", False),
    ("20/11/2026, 10:15 (GMT+7)", "2026-11-20T03:15", "numeric", True),
    ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21", "rfc822", True),
    ("Thu, 01 Jan 2004 19:48:21 -0500", "2004-01-02T00:48:21", "rfc822", True),
    ("Thu, 5 Apr 2012 10:00:00 Etc/GMT", "2012-04-05T10:00:00", "rfc822", True),
    ("November 19, 2026 by Julia Mayer", "2026-11-19T00:00:00", "named-month", False),
    ("19 de noviembre de 2026 por Marta", "2026-11-19T00:00:00", "named-month", False),
    ("19 نوفمبر 2026", "2026-11-19T00:00:00", "named-month", False),
    ("١٩ نوفمبر ٢٠٢٦", "2026-11-19T00:00:00", "named-month", False),
    ("19 בנובמבר 2026", "2026-11-19T00:00:00", "named-month", False),
    ("2026 m. lapkričio 19 d.", "2026-11-19T00:00:00", "named-month", False),
    ("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21", "named-month", True),
    ("Mon, 26 January 2004 16:31:00 EST", "2004-01-26T21:31:00", "named-month", True),
    ("Thu, 01 Jan 2004 19:48:21", "2004-01-01T19:48:21", "named-month", False),
    ("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06", "named-month", False),
    ("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06", "named-month", True),
    ("Wed Mar 01 2023 10:00:00 GMT+0100 (Central European Standard Time)", "2023-03-01T09:00:00", "named-month", True),
    ("2003-12-31T10:14:55Z", "2003-12-31T10:14:55", "iso8601", True),
    ("2003-12-31T10:14:55.123456-08:00", "2003-12-31T18:14:55", "iso8601", True),
    ("2003-12-31T10:14:55+0530", "2003-12-31T04:44:55", "iso8601", True),
    ("2003-12-31", "2003-12-31T00:00:00", "iso8601", False),
    ("2003-12", "2003-12-01T00:00:00", "iso8601", False),
    ("2003", "2003-01-01T00:00:00", "iso8601", False),
    ("20031231T101455Z", "2003-12-31T10:14:55", "iso8601", True),
    ("2003-335", "2003-12-01T00:00:00", "iso8601", False),
    ("2004-02-28T24:00:00Z", "2004-02-29T00:00:00", "iso8601", True),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59", "iso8601", True),
    ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00", "named-month", True),
    ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00", "named-month", True),  # noqa: RUF001 - Greek is what is tested
    ("2004년 05월 28일  01:31:15", "2004-05-28T01:31:15", "numeric", False),
    ("2004-05-28 오후 11:23:17", "2004-05-28T23:23:17", "numeric", False),
    ("2024年3月5日 14时05分", "2024-03-05T14:05:00", "numeric", False),
    ("mar. 5 août 2024 10h30", "2024-08-05T10:30:00", "named-month", False),
    ("martes, 5 de agosto de 2024", "2024-08-05T00:00:00", "named-month", False),
    ("5. März 2024, 14:05 Uhr", "2024-03-05T14:05:00", "named-month", False),
    ("5 мая 2024 г. 10:20", "2024-05-05T10:20:00", "named-month", False),  # noqa: RUF001 - Russian is what is tested
    ("March 5, 2024 at 3:04 p.m. EST", "2024-03-05T20:04:00", "named-month", True),
    ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53", "numeric", True),
    ("13.02.2024", "2024-02-13T00:00:00", "numeric", False),
    ("3/4/2024 5:06 PM", "2024-03-04T17:06:00", "numeric-guess", False),
    ("03-12-31", "2003-12-31T00:00:00", "numeric-guess", False),
    ("1700000000", "2023-11-14T22:13:20", "epoch", True),
]

UNREAD = [
    "",
    "now",
    "yesterday",
    "5 January",
    "0001-01-01T00:00:00Z",
    "Thu, 31 Jun 2004 19:48:21 GMT",
    "2024-13-45",
    "9" * 5000,
]


@pytest.mark.parametrize(("text", "when", "method", "zone_known"), READ)
def test_dialects(text: str, when: str, method: str, zone_known: bool) -> None:  # noqa: FBT001 - a column of the table
    moment = parse_date(text)
    assert moment is not None
    assert moment.when == datetime.fromisoformat(when).replace(tzinfo=UTC)
    assert (moment.method, moment.zone_known) == (method, zone_known)


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert parse_date(text) is None
