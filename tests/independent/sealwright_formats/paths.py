"""Field paths as text (§4)."""


def escape(name: str) -> str:
    out = "".join("\\" + char if char in ".[\\" else char for char in name)
    return "\\" + out if out[:1] in ("#", "$") else out


def below(path: str, ancestor: str) -> bool:
    """Escapes make this a question of text alone."""
    return path.startswith((ancestor + ".", ancestor + "["))


class Spot:
    """A place in a record, or outside the records: its path and those of the containers around it."""

    def __init__(self, path: str, above: tuple[str, ...] = (), *, root: bool = False) -> None:
        self.path = path
        self.above = above
        self.root = root

    def child(self, name: str | None) -> "Spot":
        above = self.above if self.root else self.above + (self.path,)
        if name is None:
            return Spot(self.path + "[]", above)
        if self.root:
            return Spot(self.path + escape(name), above)
        return Spot(self.path + "." + escape(name), above)


RECORD = Spot("", root=True)
OUTSIDE = Spot("$.", root=True)
