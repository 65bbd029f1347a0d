#!/usr/bin/env python3
"""Makes captures of a healthy node with one fault each, and of one that is near it.

Usage: make.py [OUT] [NAME]…
A node has four cards that one replica serves with; what is healthy is taken from captures/vllm-runs. A scenario is called like its node and its replica.
The same seed gives the same bytes.
"""

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from capture import Exposition, target, write  # noqa: E402

START_MILLIS = 1_767_225_600_000  # 2026-01-01T00:00:00Z
INTERVAL = 5
CARDS = 4
TOTAL_MIB = 24_576
PRODUCT = "NVIDIA GeForce RTX 4090 D"
HARDWARE_SLOWDOWN, THERMAL_SLOWDOWN, POWER_CAP = 0x8, 0x20, 0x4
BUCKETS = (0.05, 0.25, 1, 2.5)
TOKEN_BUCKETS = (500, 5000)


@dataclass
class Card:
    """A card at a moment: what the agent shows of it. None is not shown."""

    index: int
    utilization: float | None
    used: float | None
    temperature: float | None
    power: float | None
    clock: float = 2520
    reasons: int = 0
    lost: bool = False
    xids: dict[int, int] = field(default_factory=dict)


@dataclass
class Scenario:
    """What happens in a capture.

    change is given each card at each moment, and makes of the healthy one what the fault makes of it.
    """

    change: Callable[[Card, int], None] = lambda card, at: None
    seconds: int = 960
    reservation: str | None = "0.9"
    plateau: int = 22_535
    instances: Callable[[int], list[str]] = lambda at: []
    blind: bool = False


def between(at: int, begin: int, end: int) -> bool:
    return begin <= at < end


def only(index: int, begin: int, end: int, change: Callable[[Card, int], None]) -> Callable[[Card, int], None]:
    """A change of one card between two moments."""

    def apply(card: Card, at: int) -> None:
        if card.index == index and between(at, begin, end):
            change(card, at)

    return apply


def xid(index: int, number: int, *moments: int) -> Callable[[Card, int], None]:
    def apply(card: Card, at: int) -> None:
        times = sum(1 for moment in moments if moment <= at)
        if card.index == index and times:
            card.xids[number] = times

    return apply


def together(*changes: Callable[[Card, int], None]) -> Callable[[Card, int], None]:
    def apply(card: Card, at: int) -> None:
        for change in changes:
            change(card, at)

    return apply


def setting(**values: float | int | None) -> Callable[[Card, int], None]:
    return lambda card, at: [setattr(card, name, value) for name, value in values.items()] and None


def leak(card: Card, at: int) -> None:
    card.used = min(TOTAL_MIB - 150, 22_535 + 6 * (at - 300))


def lost(card: Card, at: int) -> None:
    card.lost = True


SCENARIOS = {
    # gpu-memory-high: 6 MiB/s more than what the replica took at first; beside it a card at 93.7 % of which 92 % are reserved.
    "leak": Scenario(only(2, 300, 840, leak)),
    "reserved": Scenario(reservation="0.92", plateau=23_027),
    # gpu-memory-absolute, where nobody says what is reserved: less than 2 GiB are free, and a little more.
    "tight": Scenario(only(1, 300, 840, setting(used=22_600)), reservation=None, plateau=22_380),
    "roomy": Scenario(only(1, 300, 840, setting(used=22_510)), reservation=None, plateau=22_380),
    # gpu-memory-imbalance: 9.8 GiB between the cards of a replica, and 7.8.
    "lopsided": Scenario(only(3, 300, 840, setting(used=12_535))),
    "nearly-even": Scenario(only(3, 300, 840, setting(used=14_535))),
    # gpu-utilization-imbalance: 78 % and 40 %, and 78 % and 52 %.
    "lagging": Scenario(only(1, 300, 840, setting(utilization=40))),
    "trailing": Scenario(only(1, 300, 840, setting(utilization=52))),
    # thermal-throttle: the driver lowers the clocks because of heat; a power cap is normal.
    "throttled": Scenario(only(0, 300, 600, setting(reasons=THERMAL_SLOWDOWN, clock=1900))),
    "power-capped": Scenario(setting(reasons=POWER_CAP, clock=2400)),
    # hw-slowdown: the hardware does; a single blink is none.
    "braked": Scenario(only(0, 300, 600, setting(reasons=HARDWARE_SLOWDOWN, clock=900))),
    "blinking": Scenario(only(0, 300, 305, setting(reasons=HARDWARE_SLOWDOWN, clock=900))),
    # gpu-hot: 2 °C below the card's own threshold, and 5 °C.
    "hot": Scenario(only(2, 300, 600, setting(temperature=91))),
    "warm": Scenario(only(2, 300, 600, setting(temperature=88))),
    # gpu-xid and gpu-lost: off the bus; a driver that reports no XID; a card that is divided up anew.
    "fallen": Scenario(together(xid(3, 79, 300), only(3, 300, 9999, lost))),
    "vanished": Scenario(only(3, 300, 600, lost)),
    "divided": Scenario(instances=lambda at: ["1g", "2g"] if at < 300 else ["1g", "1g", "1g"]),
    # gpu-xid: one of each class, on a card of its own; a page fault once and, half an hour later, again.
    "xids": Scenario(together(xid(0, 63, 300), xid(1, 119, 300), xid(2, 74, 300), xid(3, 13, 300))),
    "faults-again": Scenario(xid(2, 31, 300, 2100), seconds=2400),
    "fault-once": Scenario(xid(2, 31, 300), seconds=2400),
    # coverage: nobody may read temperatures and power.
    "blind": Scenario(blind=True),
}


class Node:
    """The cards of a node, as the agent's NVML source shows them."""

    def __init__(self, name: str, scenario: Scenario):
        self.name, self.scenario = name, scenario
        self.random = random.Random(f"cards of {name}")

    def card(self, index: int, at: int) -> Card:
        noise = self.random.uniform
        card = Card(
            index,
            utilization=round(78 + noise(-4, 4)),
            used=self.scenario.plateau,
            temperature=round(66 + index + noise(-1, 1)),
            power=round(320 + noise(-12, 12)),
            clock=2520 - 15 * self.random.randrange(3),
        )
        self.scenario.change(card, at)
        return card

    def labels(self, index: int) -> dict[str, str]:
        return {
            "gpu": str(index),
            "UUID": f"GPU-{self.name}-{index}",
            "pci_bus_id": f"00000000:{index + 1:02X}:00.0",
            "device": f"nvidia{index}",
            "modelName": PRODUCT,
            "Hostname": self.name,
        }

    def scrape(self, at: int) -> str:
        page = Exposition()
        cards = [self.card(index, at) for index in range(CARDS)]
        present = [card for card in cards if not card.lost]
        for name, value in {
            "DCGM_FI_DEV_GPU_UTIL": lambda card: card.utilization,
            "DCGM_FI_DEV_FB_USED": lambda card: card.used,
            "DCGM_FI_DEV_FB_TOTAL": lambda card: TOTAL_MIB,
            "DCGM_FI_DEV_FB_FREE": lambda card: TOTAL_MIB - card.used,
            "DCGM_FI_DEV_GPU_TEMP": lambda card: None if self.scenario.blind else card.temperature,
            "DCGM_FI_DEV_SLOWDOWN_TEMP": lambda card: 93,
            "DCGM_FI_DEV_SHUTDOWN_TEMP": lambda card: 98,
            "DCGM_FI_DEV_POWER_USAGE": lambda card: None if self.scenario.blind else card.power,
            "DCGM_FI_DEV_POWER_MGMT_LIMIT": lambda card: 425,
            "DCGM_FI_DEV_SM_CLOCK": lambda card: card.clock,
            "DCGM_FI_DEV_MAX_SM_CLOCK": lambda card: 3105,
            "DCGM_FI_DEV_MEM_CLOCK": lambda card: 10_501,
            "DCGM_FI_DEV_CLOCKS_EVENT_REASONS": lambda card: card.reasons,
        }.items():
            for card in present:
                if value(card) is not None:
                    page.gauge(name, value(card), self.labels(card.index))
        for at_place, profile in enumerate(self.scenario.instances(at)):
            labels = self.labels(0) | {
                "UUID": f"MIG-{self.name}-{profile}-{at_place}",
                "parent_uuid": f"GPU-{self.name}-0",
                "GPU_I_ID": str(at_place),
                "GPU_I_PROFILE": f"{profile}.6gb",
            }
            page.gauge("DCGM_FI_DEV_FB_USED", 5_000, labels)
            page.gauge("DCGM_FI_DEV_FB_TOTAL", 6_144, labels)
        for card in cards:
            page.gauge("vedette_gpu_lost", int(card.lost), self.labels(card.index))
        for card in cards:
            # Without an XID it says that they are looked for.
            page.counter("vedette_gpu_xid_events_total", 0, self.labels(card.index))
            for number, times in sorted(card.xids.items()):
                page.counter("vedette_gpu_xid_events_total", times, self.labels(card.index) | {"xid": str(number)})
        page.gauge("vedette_gpus_expected", CARDS, {})
        return page.text()


class Replica:
    """An engine that is well, with all that vLLM 0.33 shows and rules look at."""

    def __init__(self, name: str, reservation: str | None):
        self.labels = {"engine": "0", "model_name": f"{name}-model"}
        self.reservation = reservation

    def scrape(self, at: int) -> str:
        page, labels, done = Exposition(), self.labels, 6 * (at + INTERVAL)
        if self.reservation:
            page.gauge("vllm:cache_config_info", 1, {"engine": "0", "gpu_memory_utilization": self.reservation})
        page.gauge("vllm:num_requests_running", 8, labels)
        page.gauge("vllm:num_requests_waiting", 0, labels)
        page.gauge("vllm:kv_cache_usage_perc", 0.45, labels)
        for name, each in {"prompt_tokens": 400, "generation_tokens": 200, "prefix_cache_queries": 400, "prefix_cache_hits": 100}.items():
            page.counter(f"vllm:{name}_total", each * done, labels)
        page.counter("vllm:num_preemptions_total", 0, labels)
        page.counter("vllm:admission_rejections_total", 0, labels)
        page.counter("vllm:request_success_total", done, labels | {"finished_reason": "stop"})
        page.counter("vllm:request_success_total", 0, labels | {"finished_reason": "error"})
        page.counter("http_requests_total", done, {"status": "2xx", "handler": "/v1/completions"})
        page.counter("http_requests_total", 0, {"status": "5xx", "handler": "/v1/completions"})
        for name, seconds in {
            "e2e_request_latency": 1.4,
            "time_to_first_token": 0.15,
            "request_queue_time": 0.02,
            "request_prefill_time": 0.12,
            "request_decode_time": 1.2,
        }.items():
            page.constant_histogram(f"vllm:{name}_seconds", BUCKETS, seconds, done, labels)
        page.constant_histogram("vllm:inter_token_latency_seconds", BUCKETS, 0.006, 200 * done, labels)
        page.constant_histogram("vllm:request_prompt_tokens", TOKEN_BUCKETS, 400, done, labels)
        page.constant_histogram("vllm:request_generation_tokens", TOKEN_BUCKETS, 200, done, labels)
        return page.text()


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    for name in sys.argv[2:] or SCENARIOS:
        scenario = SCENARIOS[name]
        moments = range(0, scenario.seconds + 1, INTERVAL)
        millis = [START_MILLIS + 1000 * at for at in moments]
        node, replica = Node(name, scenario), Replica(name, scenario.reservation)
        write(out / name / name, target(name, gpus=list(range(CARDS))), zip(millis, map(replica.scrape, moments)))
        write(out / name / f"gpus@{name}", target(name), zip(millis, map(node.scrape, moments)))


if __name__ == "__main__":
    main()
