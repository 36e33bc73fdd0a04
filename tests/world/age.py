"""How old a story says it is: the publisher's two rules.

`label` is the rule of the sentence above the headline.  It knows no leap
years and takes a month for 31 days, so that exactly 365 days are still
"11 months old".  `trail_label` is the other, coarser rule by which lists of
links speak of other stories: whole days, months of 28 days, no " old".
Times are aware datetimes in UTC.
"""

DAY = 86400.0

# A story with one of these tags never carries the sentence.
TIMELESS = frozenset(
    """
    tone/help info/info tone/recipes lifeandstyle/series/sudoku type/crossword
    lifeandstyle/series/kakuro the-scott-trust/the-scott-trust type/signup
    info/newsletter-sign-up guardian-live-events/guardian-live-events
    news/series/cotton-capital tone/advertisement-features gnm-archive/gnm-archive
    thefilter/series/the-filter thefilter-us/series/thefilter-us
    """.split()
)


def label_for_days(days):
    """The age in words for an age in fractional days, or '' for none."""
    if days <= 30:
        return ""
    years, months = days / 365, days / 31
    if years >= 2:
        return f"{int(years)} years old"
    if years > 1:
        return "1 year old"
    if months >= 2:
        return f"{int(months)} months old"
    if months > 1:
        return "1 month old"
    return ""


def label(published, now, tags=()):
    """The age that the headline's sentence names, or '' when it is not shown."""
    if TIMELESS.intersection(tags):
        return ""
    return label_for_days((now - published).total_seconds() / DAY)


def sentence(published, now, tags=()):
    """The whole sentence, or ''."""
    words = label(published, now, tags)
    return f"This article is more than {words}" if words else ""


def trail_label(published, now):
    """The age in a list's JSON, such as '4 months', or ''."""
    days = int((now - published).total_seconds() // DAY)
    if days <= 30:
        return ""
    for unit, length in (("year", 365), ("month", 28)):
        count = days // length
        if count:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return ""
