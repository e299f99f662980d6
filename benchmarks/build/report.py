"""The tables of what was measured, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

HEAD = """# What building costs

`make bench` wrote this, and the picture.
Five pages an article; plain is Sphinx with Furo and MyST on the same articles in the same run.
Seconds are of all processors, with the clock in brackets; memory is the largest process's.
On a machine with other work the clock says little.

![Processor time from one article to many, both axes by powers of ten](growth.svg)
"""


class Cost(Protocol):
    """What a step took."""

    @property
    def processor(self) -> float: ...
    @property
    def clock(self) -> float: ...
    @property
    def memory(self) -> int: ...


def tables(
    costs: Mapping[tuple[str, int], Cost],
    weights: Mapping[tuple[str, int], int],
    sizes: Sequence[int],
) -> str:
    """Write all tables."""
    steps = list(dict.fromkeys(name for name, _ in costs))
    time = [
        [name, *(_time(costs.get((name, size))) for size in sizes), _growth(costs, name, sizes)]
        for name in steps
    ]
    memory = [[name, *(_memory(costs.get((name, size))) for size in sizes)] for name in steps]
    ratios = [
        [f"plain by ours, {name}", *(_ratio(costs, name, size) for size in sizes)]
        for name in ("cold", "nothing changed", "one sentence changed")
    ]
    cores = [["one core by all, cold", *(_cores(costs, size) for size in sizes)]]
    bytes_of = [
        [name, *(_bytes(weights.get((name, size))) for size in sizes)]
        for name in dict.fromkeys(name for name, _ in weights)
    ]
    heads = [f"{size:,}" for size in sizes]
    return "\n".join(
        [
            HEAD,
            _table(["seconds", *heads, "an article, last by the one before"], time),
            _table(["memory, MB", *heads], memory),
            _table(["times", *heads], [*ratios, *cores]),
            _table(["kB", *heads], bytes_of),
        ]
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _time(cost: Cost | None) -> str:
    return f"{cost.processor:.1f} ({cost.clock:.1f})" if cost else ""


def _memory(cost: Cost | None) -> str:
    return f"{cost.memory / 1e6:.0f}" if cost else ""


def _bytes(size: int | None) -> str:
    return f"{size / 1000:,.0f}" if size else ""


def _growth(costs: Mapping[tuple[str, int], Cost], name: str, sizes: Sequence[int]) -> str:
    """What an article costs in the largest handbook, by what it costs in the one before; 1 is a
    straight line.
    """
    known = [(size, costs[name, size].processor) for size in sizes if (name, size) in costs]
    if len(known) < 2:
        return ""
    (small, before), (large, after) = known[-2:]
    return f"{after / large / (before / small):.2f}"


def _ratio(costs: Mapping[tuple[str, int], Cost], name: str, size: int) -> str:
    ours, plain = costs.get((name, size)), costs.get((f"plain: {name}", size))
    if not ours or not plain:
        return ""
    return f"{plain.processor / ours.processor:.1f} ({plain.clock / ours.clock:.1f})"


def _cores(costs: Mapping[tuple[str, int], Cost], size: int) -> str:
    one, all_of = costs.get(("cold, one core", size)), costs.get(("cold", size))
    return f"({one.clock / all_of.clock:.2f})" if one and all_of else ""
