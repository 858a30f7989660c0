"""Sets an act in pages, as a program: its JSON comes in, its PDF goes out.

Typst keeps in memory all that it ever set, and nothing lets it go but the end of the process: 0.6 MB an act. Only the
fonts that it carries are used: those of the machine would make another file of the same act.
"""

import sys
from pathlib import Path

import typst

MODELE = Path(__file__).with_name("modele.typ")


def press(acte: str) -> bytes:
    """Set the page of an act, of which `modele.typ` says how; raises `typst.TypstError` for what cannot be shown."""
    return typst.compile(
        MODELE,
        root=MODELE.parent,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"acte": acte},
        pdf_standards=["ua-1"],
        timestamp=0,
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(press(sys.stdin.read()))
