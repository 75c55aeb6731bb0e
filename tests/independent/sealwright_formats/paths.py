"""Field paths as text (§4)."""


def escape(name: str) -> str:
    out = "".join("\\" + char if char in ".[\\" else char for char in name)
    return "\\" + out if out[:1] in ("#", "$") else out


def below(path: str, ancestor: str) -> bool:
    """Escapes make this a question of text alone."""
    return path.startswith((ancestor + ".", ancestor + "["))


class Spot:
    """A place in a record, or outside the records."""

    def __init__(self, path: str, *, root: bool = False) -> None:
        self.path = path
        self.root = root

    def child(self, name: str | None) -> "Spot":
        if name is None:
            return Spot(self.path + "[]")
        return Spot(self.path + ("" if self.root else ".") + escape(name))


RECORD = Spot("", root=True)
OUTSIDE = Spot("$.", root=True)
