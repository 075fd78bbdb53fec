"""Calendars as texts, as HTML and as rows of days; what `calendar` says about single years, months and days is in the catalog."""

import datetime
from calendar import day_abbr, day_name, isleap, month_name, weekday


class IllegalMonthError(ValueError):
    """Raised for a month that is not between 1 and 12."""

    def __init__(self, month):
        super().__init__(month)
        self.month = month

    def __str__(self):
        return f"bad month number {self.month!r}; must be 1-12"

    def __repr__(self):
        return f"IllegalMonthError({self.month!r})"


class IllegalWeekdayError(ValueError):
    """Raised for a day of the week that is not between 0 and 6."""

    def __init__(self, weekday):
        super().__init__(weekday)
        self.weekday = weekday

    def __str__(self):
        return f"bad weekday number {self.weekday!r}; must be 0 (Monday) to 6 (Sunday)"

    def __repr__(self):
        return f"IllegalWeekdayError({self.weekday!r})"


def monthrange(year, month):
    """On which day of the week a month begins, and how many days it has."""
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    if month == 2:
        return weekday(year, 2, 1), 29 if isleap(year) else 28
    return weekday(year, month, 1), 30 if month in (4, 6, 9, 11) else 31


class Calendar:
    """The days of months and years, in weeks that begin on a chosen day."""

    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday % 7

    def getfirstweekday(self):
        """The day on which weeks begin."""
        return self.firstweekday

    def setfirstweekday(self, firstweekday):
        """Choose the day on which weeks begin."""
        self.firstweekday = firstweekday % 7

    def iterweekdays(self):
        """The days of a week, from its first one."""
        for each in range(7):
            yield (self.firstweekday + each) % 7

    def itermonthdates(self, year, month):
        """The dates of the weeks in which a month has days."""
        for one, other, day in self.itermonthdays3(year, month):
            yield datetime.date(one, other, day)

    def itermonthdays(self, year, month):
        """The days of whole weeks; 0 where a day is of another month."""
        first, count = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        for _ in range(before):
            yield 0
        yield from range(1, count + 1)
        for _ in range((self.firstweekday - first - count) % 7):
            yield 0

    def itermonthdays2(self, year, month):
        """The days of whole weeks, each with its day of the week."""
        for place, day in enumerate(self.itermonthdays(year, month)):
            yield day, (self.firstweekday + place) % 7

    def itermonthdays3(self, year, month):
        """The days of whole weeks as year, month and day."""
        first, count = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        last_year, last_month = (year - 1, 12) if month == 1 else (year, month - 1)
        if before:
            length = monthrange(last_year, last_month)[1]
            for day in range(length - before + 1, length + 1):
                yield last_year, last_month, day
        for day in range(1, count + 1):
            yield year, month, day
        next_year, next_month = (year + 1, 1) if month == 12 else (year, month + 1)
        for day in range(1, (self.firstweekday - first - count) % 7 + 1):
            yield next_year, next_month, day

    def itermonthdays4(self, year, month):
        """The days of whole weeks as year, month, day and day of the week."""
        for place, (one, other, day) in enumerate(self.itermonthdays3(year, month)):
            yield one, other, day, (self.firstweekday + place) % 7

    def monthdatescalendar(self, year, month):
        """The weeks of a month as lists of dates."""
        dates = list(self.itermonthdates(year, month))
        return [dates[place : place + 7] for place in range(0, len(dates), 7)]

    def monthdays2calendar(self, year, month):
        """The weeks of a month as lists of days with their days of the week."""
        days = list(self.itermonthdays2(year, month))
        return [days[place : place + 7] for place in range(0, len(days), 7)]

    def monthdayscalendar(self, year, month):
        """The weeks of a month as lists of days."""
        days = list(self.itermonthdays(year, month))
        return [days[place : place + 7] for place in range(0, len(days), 7)]

    def yeardatescalendar(self, year, width=3):
        """The months of a year in rows, each as its weeks of dates."""
        months = [self.monthdatescalendar(year, month) for month in range(1, 13)]
        return [months[place : place + width] for place in range(0, 12, width)]

    def yeardays2calendar(self, year, width=3):
        """The months of a year in rows, each as its weeks of days with their days of the week."""
        months = [self.monthdays2calendar(year, month) for month in range(1, 13)]
        return [months[place : place + width] for place in range(0, 12, width)]

    def yeardayscalendar(self, year, width=3):
        """The months of a year in rows, each as its weeks of days."""
        months = [self.monthdayscalendar(year, month) for month in range(1, 13)]
        return [months[place : place + width] for place in range(0, 12, width)]


def _side_by_side(parts, width, gap):
    return (" " * gap).join([each.center(width) for each in parts])


class TextCalendar(Calendar):
    """Calendars as plain text."""

    def formatday(self, day, weekday, width):
        """One day."""
        shown = "" if day == 0 else f"{day:2d}"
        return shown.center(width)

    def formatweek(self, theweek, width):
        """One week on one line."""
        return " ".join([self.formatday(day, weekday, width) for day, weekday in theweek])

    def prweek(self, theweek, width):
        """Print one week."""
        print(self.formatweek(theweek, width), end="")

    def formatweekday(self, day, width):
        """The name of a day of the week."""
        names = day_name if width >= 9 else day_abbr
        return names[day][:width].center(width)

    def formatweekheader(self, width):
        """The names of the days of a week."""
        return " ".join([self.formatweekday(day, width) for day in self.iterweekdays()])

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        """The name of a month."""
        shown = month_name[themonth]
        if withyear:
            shown = f"{shown} {theyear!r}"
        return shown.center(width)

    def formatmonth(self, theyear, themonth, w=0, l=0):  # noqa: E741
        """A month; `w` is the width of a day, `l` the number of lines of a week."""
        width, below = max(2, w), "\n" * max(1, l)
        text = self.formatmonthname(theyear, themonth, 7 * (width + 1) - 1).rstrip() + below
        text += self.formatweekheader(width).rstrip() + below
        for week in self.monthdays2calendar(theyear, themonth):
            text += self.formatweek(week, width).rstrip() + below
        return text

    def prmonth(self, theyear, themonth, w=0, l=0):  # noqa: E741
        """Print a month."""
        print(self.formatmonth(theyear, themonth, w, l), end="")

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):  # noqa: E741
        """A year, `m` months side by side with `c` spaces between them."""
        width, below, gap = max(2, w), "\n" * max(1, l), max(2, c)
        column = (width + 1) * 7 - 1
        text = f"{theyear!r}".center(column * m + gap * (m - 1)).rstrip() + below
        header = self.formatweekheader(width)
        for index, row in enumerate(self.yeardays2calendar(theyear, m)):
            months = range(m * index + 1, min(m * (index + 1), 12) + 1)
            names = [self.formatmonthname(theyear, month, column, False) for month in months]
            text += below + _side_by_side(names, column, gap).rstrip() + below
            text += _side_by_side([header for _ in months], column, gap).rstrip() + below
            for line in range(max([len(month) for month in row])):
                weeks = [self.formatweek(month[line], width) if line < len(month) else "" for month in row]
                text += _side_by_side(weeks, column, gap).rstrip() + below
        return text

    def pryear(self, theyear, w=0, l=0, c=6, m=3):  # noqa: E741
        """Print a year."""
        print(self.formatyear(theyear, w, l, c, m), end="")


class HTMLCalendar:
    """Calendars as tables of HTML. It holds its days: its methods take other parameters than those of a calendar of text."""

    cssclasses = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    cssclasses_weekday_head = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    cssclass_noday = "noday"
    cssclass_month_head = "month"
    cssclass_month = "month"

    def __init__(self, firstweekday=0):
        self._days = Calendar(firstweekday)

    def getfirstweekday(self):
        """The day on which weeks begin."""
        return self._days.getfirstweekday()

    def setfirstweekday(self, firstweekday):
        """Choose the day on which weeks begin."""
        self._days.setfirstweekday(firstweekday)

    def iterweekdays(self):
        """The days of a week, from its first one."""
        return self._days.iterweekdays()

    def monthdayscalendar(self, year, month):
        """The weeks of a month as lists of days."""
        return self._days.monthdayscalendar(year, month)

    def monthdays2calendar(self, year, month):
        """The weeks of a month as lists of days with their days of the week."""
        return self._days.monthdays2calendar(year, month)

    def monthdatescalendar(self, year, month):
        """The weeks of a month as lists of dates."""
        return self._days.monthdatescalendar(year, month)

    def formatday(self, day, weekday):
        """One day as a cell."""
        if day == 0:
            return f'<td class="{self.cssclass_noday}">&nbsp;</td>'
        return f'<td class="{self.cssclasses[weekday]}">{day}</td>'

    def formatweek(self, theweek):
        """One week as a row."""
        cells = "".join([self.formatday(day, weekday) for day, weekday in theweek])
        return f"<tr>{cells}</tr>"

    def formatweekday(self, day):
        """The name of a day of the week as a cell."""
        return f'<th class="{self.cssclasses_weekday_head[day]}">{day_abbr[day]}</th>'

    def formatweekheader(self):
        """The names of the days of a week as a row."""
        cells = "".join([self.formatweekday(day) for day in self.iterweekdays()])
        return f"<tr>{cells}</tr>"

    def formatmonthname(self, theyear, themonth, withyear=True):
        """The name of a month as a row."""
        shown = f"{month_name[themonth]} {theyear}" if withyear else month_name[themonth]
        return f'<tr><th colspan="7" class="{self.cssclass_month_head}">{shown}</th></tr>'

    def formatmonth(self, theyear, themonth, withyear=True):
        """A month as a table."""
        lines = [
            f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_month}">',
            self.formatmonthname(theyear, themonth, withyear),
            self.formatweekheader(),
        ]
        for week in self.monthdays2calendar(theyear, themonth):
            lines.append(self.formatweek(week))
        lines.append("</table>")
        return "\n".join(lines) + "\n"

    def formatyear(self, theyear, width=3):
        """A year as a table of tables."""
        width = max(width, 1)
        text = '<table border="0" cellpadding="0" cellspacing="0" class="year">\n'
        text += f'<tr><th colspan="{width}" class="year">{theyear}</th></tr>'
        for first in range(1, 13, width):
            text += "<tr>"
            for month in range(first, min(first + width, 13)):
                text += f"<td>{self.formatmonth(theyear, month, False)}</td>"
            text += "</tr>"
        return text + "</table>"


_standard = TextCalendar()


def firstweekday():
    """The day on which weeks begin."""
    return _standard.getfirstweekday()


def setfirstweekday(firstweekday):
    """Choose the day on which weeks begin."""
    if not 0 <= firstweekday <= 6:
        raise IllegalWeekdayError(firstweekday)
    _standard.setfirstweekday(firstweekday)


def monthcalendar(year, month):
    """The weeks of a month as lists of days; 0 where a day is of another month."""
    return _standard.monthdayscalendar(year, month)


def weekheader(n):
    """The names of the days of a week."""
    return _standard.formatweekheader(n)


def month(theyear, themonth, w=0, l=0):  # noqa: E741
    """A month as a text."""
    return _standard.formatmonth(theyear, themonth, w, l)


def prmonth(theyear, themonth, w=0, l=0):  # noqa: E741
    """Print a month."""
    _standard.prmonth(theyear, themonth, w, l)


def calendar(theyear, w=2, l=1, c=6, m=3):  # noqa: E741
    """A year as a text."""
    return _standard.formatyear(theyear, w, l, c, m)


def prcal(theyear, w=0, l=0, c=6, m=3):  # noqa: E741
    """Print a year."""
    _standard.pryear(theyear, w, l, c, m)


def timegm(tuple):
    """The seconds since 1970 of a time in UTC."""
    days = datetime.date(tuple[0], tuple[1], 1).toordinal() - 719163 + tuple[2] - 1
    return ((days * 24 + tuple[3]) * 60 + tuple[4]) * 60 + tuple[5]
