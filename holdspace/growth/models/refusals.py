"""What the deeds of a promise refuse, each by its name."""


class NotTheOwner(Exception):
    """Only whoever made a promise says what became of it."""


class NotTheOther(Exception):
    """Only the one it was promised to lets a promise go for the other."""


class NotAccepted(Exception):
    """Somebody wrote it down for another, who has not said yes to it."""


class AlreadySettled(Exception):
    """It was kept, dropped, released or declined by now."""


class PastDay(Exception):
    """The day has passed by the clock of whoever promises."""


class NotOwnedUp(Exception):
    """A coach drops a promise only with a word to the client about it."""


class CannotUndo(Exception):
    """There is nothing to take back, or its time has passed, or it was another's to take back."""


class InUse(Exception):
    """More came of it by now, so it is not simply removed or written anew."""


class SameDay(Exception):
    """It is due on that day already."""


class OnTime(Exception):
    """Nothing about it was late or let go, so there is nothing to own up to."""
