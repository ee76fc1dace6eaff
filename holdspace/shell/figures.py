"""Figures in words: one way to write a time, a share and any measure."""


def clock(seconds: float | None) -> str:
    """Seconds as m:ss, or h:mm:ss after an hour; – for None."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def share(value: float | None) -> str:
    """A part of 1 as whole per cent; – for None."""
    return "–" if value is None else f"{value:.0%}"


def figure(value: float | None, unit: str = "") -> str:
    """A value in its unit: 41%, 1.2 s, 17 words, 1.04; – for None."""
    if value is None:
        return "–"
    return number(value, unit) + {"share": "", "ratio": "", "": "", "seconds": " s"}.get(unit, f" {unit}")


def number(value: float, unit: str) -> str:
    """The bare number, as exact as its unit can bear."""
    if unit == "share":
        return share(value)
    if unit == "ratio":
        return f"{value:.2f}"
    return f"{value:.0f}" if value == int(value) or abs(value) >= 10 else f"{value:.1f}"


def between(low: float | None, high: float | None, unit: str) -> str:
    """An interval in words: 28% and 55%, 12 and 20 words."""
    if low is None or high is None:
        return "–"
    return f"{number(low, unit)} and {figure(high, unit)}"
