"""All places' windows on one calendar."""


def calendar_chart(view):
    return ""
