"""Of an answer by mail the new words alone: line by line, in time that grows with its length and no faster.

The libraries for this were tried: one takes minutes over six kilobytes of a hostile mail, others aren't kept.
"""

import re

WROTE = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Den|Em|W dniu|Dnia|Dne)\b.*"
    r"\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|geschreven|skrev|escreveu|napisał\w*|napsal\w*)\b.*:",
    re.IGNORECASE,
)
"""How a mailbox introduces what it quotes, in the tongues it may speak."""
FROM = re.compile(r"\*?(?:From|Von|De|Da|Van|Från|Fra|Od):\*? ", re.IGNORECASE)
BESIDE = re.compile(
    r"\*?(?:Sent|Date|Subject|Gesendet|Datum|Betreff|Envoyé|Objet|Enviado|Asunto|Inviato|Oggetto|Verzonden|Onderwerp|"
    r"Skickat|Ämne|Wysłano|Temat)\s?:",
    re.IGNORECASE,
)
APART = re.compile(
    r"_{20,}|-{3,} ?(?:Original|Forwarded|Ursprüngliche|Weitergeleitete|Message d.origine|Mensaje original"
    r"|Oorspronkelijk|Messaggio originale)[^-]{0,40}-{3,}",
    re.IGNORECASE,
)
DEVICE = re.compile(
    r"(?:Sent from my|Sent from Outlook|Get Outlook for|Von meinem .{1,30} gesendet|Gesendet von|Envoyé de(?:puis)? mon"
    r"|Enviado desde mi|Inviato da|Verstuurd vanaf|Skickat från)\b",
    re.IGNORECASE,
)
LOOKED_AT = 300
"""Characters of a line that are looked at; whoever introduces a quotation is briefer."""
LAST = 4
"""Lines at the end in which a telephone says what it is."""


def new_part(text: str) -> str:
    """What was added above or below what is quoted, without the signature."""
    lines = [line.rstrip() for line in text.splitlines()]
    cut = quoted_from(lines)
    above = own_lines(lines[:cut])
    return above or own_lines(lines[cut + 1 :] if cut < len(lines) else [])


def quoted_from(lines: list[str]) -> int:
    """The line in which what is quoted begins; their number when nothing is."""
    return next((at for at in range(len(lines)) if _begins(lines, at)), len(lines))


def _begins(lines: list[str], at: int) -> bool:
    line = lines[at][:LOOKED_AT].strip()
    if APART.fullmatch(line):
        return True
    if FROM.match(line):
        return any(BESIDE.match(after[:LOOKED_AT].strip()) for after in lines[at + 1 : at + 6])
    joined = line
    for after in lines[at + 1 : at + 3]:  # a mailbox may break the line after some seventy signs
        if WROTE.fullmatch(joined):
            return True
        joined = f"{joined} {after[:LOOKED_AT].strip()}"
    return bool(WROTE.fullmatch(joined))


def own_lines(lines: list[str]) -> str:
    """Lines that aren't quoted, up to the signature."""
    kept: list[str] = []
    for line in lines:
        if line == "--":
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    devices = [at for at, line in enumerate(kept) if at >= len(kept) - LAST and DEVICE.match(line.strip()[:LOOKED_AT])]
    return "\n".join(kept[: devices[0]] if devices else kept).strip()
