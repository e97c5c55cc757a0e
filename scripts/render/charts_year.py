"""The insured year on one axis."""


def year_chart(place):
    return ""
