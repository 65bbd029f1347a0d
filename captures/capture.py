"""Writes captures (docs/captures.md) for the generators beside it. The same scrapes give the same bytes."""

import io
import lzma
import tarfile
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path


class Exposition:
    """The body of a scrape in Prometheus' text format."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._typed: set[str] = set()

    def gauge(self, name: str, value: float, labels: dict[str, str]) -> None:
        self._type(name, "gauge")
        self._sample(name, value, labels)

    def counter(self, name: str, value: float, labels: dict[str, str]) -> None:
        self._type(name, "counter")
        self._sample(name, value, labels)

    def histogram(self, name: str, bounds: tuple[float, ...], observed: list[float], labels: dict[str, str]) -> None:
        self._type(name, "histogram")
        counts = [0] * (len(bounds) + 1)
        for value in observed:
            counts[bisect_left(bounds, value)] += 1
        cumulative = 0
        for bound, count in zip((*map(_number, bounds), "+Inf"), counts):
            cumulative += count
            self._sample(name + "_bucket", cumulative, labels | {"le": bound})
        self._sample(name + "_sum", round(sum(observed), 6), labels)
        self._sample(name + "_count", len(observed), labels)

    def constant_histogram(self, name: str, bounds: tuple[float, ...], value: float, times: int, labels: dict[str, str]) -> None:
        """A histogram of which each observation was the same."""
        self._type(name, "histogram")
        for bound in (*bounds, float("inf")):
            le = "+Inf" if bound == float("inf") else _number(bound)
            self._sample(name + "_bucket", times if value <= bound else 0, labels | {"le": le})
        self._sample(name + "_sum", value * times, labels)
        self._sample(name + "_count", times, labels)

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def _type(self, name: str, kind: str) -> None:
        if name not in self._typed:
            self._typed.add(name)
            self._lines.append(f"# TYPE {name} {kind}")

    def _sample(self, name: str, value: float, labels: dict[str, str]) -> None:
        inside = ",".join(f'{key}="{text}"' for key, text in labels.items())
        self._lines.append(f"{name}{{{inside}}} {_number(value)}")


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(round(float(value), 6))


def target(node: str, gpus: list[int] | None = None, labels: dict[str, str] | None = None) -> str:
    """target.yaml of a capture."""
    lines = [f"node: {node}"]
    if gpus is not None:
        lines.append(f"gpus: [{', '.join(map(str, gpus))}]")
    if labels:
        lines.append("labels: {" + ", ".join(f"{key}: {value}" for key, value in labels.items()) + "}")
    return "\n".join(lines) + "\n"


def write(folder: Path, description: str, scrapes: Iterable[tuple[int, str | None]]) -> None:
    """Writes a capture; a scrape is its time in Unix milliseconds and its body, or None where the port was closed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "target.yaml").write_text(description)
    packed = io.BytesIO()
    with lzma.open(packed, "wb", preset=9) as xz, tarfile.open(fileobj=xz, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for millis, body in scrapes:
            content = ("refused: connection refused\n" if body is None else body).encode()
            entry = tarfile.TarInfo(f"{millis}.{'down' if body is None else 'prom'}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    (folder / "scrapes.tar.xz").write_bytes(packed.getvalue())
