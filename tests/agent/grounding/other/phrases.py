"""Words for what went up or down, for parts, and for multiples."""

from tests.agent.grounding.other.slots import Slot

UP = ("rose", "climbed", "grew", "went up", "jumped")
DOWN = ("fell", "dropped", "slid", "went down", "declined")
PORTIONS = {
    50.0: ("half", "a third", "three quarters"),
    100 / 3: ("a third", "half", "a fifth"),
    200 / 3: ("two thirds", "a third", "a quarter"),
    25.0: ("a quarter", "half", "two thirds"),
    75.0: ("three quarters", "a third", "half"),
}
MULTIPLES = {
    2.0: (
        ("doubled", "tripled", "halved"),
        ("twice", "half", "three times"),
        ("two-fold", "four-fold", "three-fold"),
    ),
    3.0: (
        ("tripled", "doubled", "quadrupled"),
        ("three times", "twice", "four times"),
        ("three-fold", "two-fold", "four-fold"),
    ),
    0.5: (("halved", "doubled", "tripled"), ("half", "twice", "three times"), ()),
}
NEAR = 0.04


def ways(name: str, change: float) -> dict[str, Slot]:
    """Nothing where it went nowhere."""
    if abs(change) < 0.05:
        return {}
    mine, others = (UP, DOWN) if change > 0 else (DOWN, UP)
    pairs = {
        "up": ("up", "down"),
        "higher": ("higher", "lower"),
        "more": ("more", "less"),
        "increase": ("an increase", "a decrease"),
        "arrow": ("▲", "▼"),
        "plus": ("+", "-"),
        "above": ("above", "below"),
    }
    turned = change < 0
    said = {f"{key}{name}": _way(pair[turned], pair[not turned]) for key, pair in pairs.items()}
    return {f"rose{name}": _way(mine[int(abs(change) * 10) % len(mine)], *others), **said}


def _way(true: str, *false: str) -> Slot:
    return Slot(kind="way", text=true, false=false)


def portion(name: str, percent: float) -> dict[str, Slot]:
    for size, (true, *false) in PORTIONS.items():
        if abs(percent - size) <= size * NEAR:
            return {name: Slot(kind="portion", text=true, false=tuple(false))}
    return {}


def multiple(name: str, value: float, before: float) -> dict[str, Slot]:
    for size, forms in MULTIPLES.items():
        if abs(value / before - size) <= size * NEAR:
            keys = ("doubled", "twice", "fold")
            return {
                f"{key}{name}": Slot(kind="portion", text=said[0], false=said[1:])
                for key, said in zip(keys, forms, strict=True)
                if said
            }
    return {}
