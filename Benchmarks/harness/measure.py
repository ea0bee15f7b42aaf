"""Runs whole processes and measures what each of them took."""

import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Contender:
    """A program that computes the workload, started as a person would start it."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measurement:
    """One process, from its start to its end."""

    wall: float  # seconds
    cpu: float  # seconds of all its threads, in user and system mode
    peak: int  # bytes resident at most


class ContenderFailed(Exception):
    """A contender ended with another status than 0."""


def run(contender: Contender, printed: Path) -> Measurement:
    """Runs it once; what it prints goes to a file, what it says to the terminal is kept for an error."""
    errors = printed.with_suffix(".err")
    environment = os.environ | contender.environment
    with printed.open("wb") as output, errors.open("wb") as complaints:
        start = time.perf_counter()
        process = subprocess.Popen(
            contender.command, stdin=subprocess.DEVNULL, stdout=output, stderr=complaints, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        said = errors.read_text(encoding="utf-8", errors="replace").strip() or printed.read_text(encoding="utf-8")
        raise ContenderFailed(f"{contender.name} ended with status {process.returncode}:\n{said[-4000:]}")
    return Measurement(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def alternate(contenders: list[Contender], rounds: int, folder: Path) -> dict[str, list[Measurement]]:
    """One warm-up each, then `rounds` rounds in each of which everybody runs once, so that a noisy minute hits all."""
    measured: dict[str, list[Measurement]] = {contender.name: [] for contender in contenders}
    for number in range(rounds + 1):
        for contender in contenders:
            measurement = run(contender, folder / f"{contender.name}.csv")
            if number > 0:
                measured[contender.name].append(measurement)
    return measured


def middle(measurements: list[Measurement]) -> Measurement:
    """The median of each figure by itself."""
    return Measurement(
        median(m.wall for m in measurements),
        median(m.cpu for m in measurements),
        int(median(m.peak for m in measurements)),
    )
