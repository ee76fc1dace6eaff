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
    """A value in its unit: per cent for a share, a clock for seconds, otherwise the number and the unit's word."""
    if value is None:
        return "–"
    if unit == "share":
        return share(value)
    if unit == "seconds":
        return f"{value:.1f} s"
    number = f"{value:.0f}" if abs(value) >= 10 else f"{value:.2g}"
    return f"{number} {unit}" if unit not in ("", "ratio") else number
