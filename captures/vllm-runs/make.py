#!/usr/bin/env python3
"""Makes captures of the runs of BurstGPT_test: an engine beside its card.

Usage: make.py LOGS [OUT]
LOGS holds the repository's example/logs (gpu_log_…, vllm_log_… and detail_log_scaleN_prompt500.json, in folders or not). What is measured and what
is rebuilt stands in the README beside this file. The same logs give the same bytes.
"""

import json
import sys
from bisect import bisect_right
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from capture import Exposition, target, write  # noqa: E402

SCALES = (100, 500, 1000)
INTERVAL_SECONDS = 1
START_MILLIS = 1_767_225_600_000  # 2026-01-01T00:00:00Z: the logs have no wall clock
MODEL = "Llama-3.2-1B"
RESERVATION = "0.9"  # vLLM's default of that time; start_vllm.sh sets none
# The monitor reads the card, sleeps for so long, and then writes down the time.
GPU_LOG_LAG_SECONDS = 0.5
# The engine logs nothing while it has nothing to do.
SILENCE_SECONDS = 2
REQUEST_BUCKETS = (0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680)
FIRST_TOKEN_BUCKETS = (0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)


def read(logs: Path, kind: str, scale: int) -> list[dict]:
    name = f"{kind}_log_scale{scale}_prompt500.json"
    found = sorted(logs.rglob(name))
    if not found:
        sys.exit(f"{logs} has no {name}; give the folder example/logs of BurstGPT_test")
    return list(json.loads(found[0].read_text()).values())


class Engine:
    """What the engine's /metrics would have shown, by its own log and by that of its clients."""

    def __init__(self, lines: list[dict], requests: list[dict]):
        self.lines = lines
        self.times = [line["timestamp"] for line in lines]
        self.requests = sorted(requests, key=lambda request: request["record_time"])
        self.ends = [request["record_time"] for request in self.requests]
        self.prompt_tokens, self.generation_tokens = [0.0], [0.0]
        for before, line in zip(lines, lines[1:]):
            seconds = line["timestamp"] - before["timestamp"]
            self.prompt_tokens.append(self.prompt_tokens[-1] + seconds * line["prompt_throughput"])
            self.generation_tokens.append(self.generation_tokens[-1] + seconds * line["generation_throughput"])

    def is_idle(self, at: int, now: float) -> bool:
        if now - self.times[at] <= SILENCE_SECONDS:
            return False
        is_open = any(r["record_time"] - r["total_chunk_time"] < now - 1 and r["record_time"] > now for r in self.requests)
        assert not is_open, f"the engine's log is silent at {now}, and clients wait"
        return True

    def scrape(self, now: float) -> str:
        at = bisect_right(self.times, now) - 1
        line, idle = self.lines[at], self.is_idle(at, now)
        done = self.requests[: bisect_right(self.ends, now)]
        labels = {"model_name": MODEL}
        page = Exposition()
        page.gauge("vllm:cache_config_info", 1, {"gpu_memory_utilization": RESERVATION})
        page.gauge("vllm:num_requests_running", 0 if idle else line["num_running"], labels)
        page.gauge("vllm:num_requests_waiting", 0 if idle else line["num_pending"], labels)
        page.gauge("vllm:gpu_cache_usage_perc", 0 if idle else line["gpu_kvcache_usage"] / 100, labels)
        page.counter("vllm:prompt_tokens_total", round(self.prompt_tokens[at]), labels)
        page.counter("vllm:generation_tokens_total", round(self.generation_tokens[at]), labels)
        page.counter("vllm:request_success_total", len(done), labels | {"finished_reason": "stop"})
        page.histogram("vllm:e2e_request_latency_seconds", REQUEST_BUCKETS, [r["total_chunk_time"] for r in done], labels)
        page.histogram("vllm:time_to_first_token_seconds", FIRST_TOKEN_BUCKETS, [r["first_chunk_time"] for r in done], labels)
        return page.text()


class Card:
    """What the card's log holds, in the DCGM exporter's names."""

    def __init__(self, readings: list[dict], scale: int):
        self.readings = readings
        self.times = [reading["record_time"] - GPU_LOG_LAG_SECONDS for reading in readings]
        self.labels = {"gpu": "0", "UUID": f"GPU-00000000-0000-0000-0000-{scale:012}", "Hostname": f"run-{scale}"}

    def scrape(self, now: float) -> str:
        reading = self.readings[max(0, bisect_right(self.times, now) - 1)]
        page = Exposition()
        page.gauge("DCGM_FI_DEV_GPU_UTIL", reading["GPU_utilization"], self.labels)
        page.gauge("DCGM_FI_DEV_FB_USED", reading["GPU_used_mem"], self.labels)
        page.gauge("DCGM_FI_DEV_FB_TOTAL", reading["GPU_total_mem"], self.labels)
        page.gauge("DCGM_FI_DEV_FB_FREE", reading["GPU_total_mem"] - reading["GPU_used_mem"], self.labels)
        page.gauge("DCGM_FI_DEV_GPU_TEMP", reading["GPU_temperature"], self.labels)
        return page.text()


def main() -> None:
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    logs = Path(sys.argv[1])
    out = Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parent)
    for scale in SCALES:
        lines, requests = read(logs, "vllm", scale), read(logs, "detail", scale)
        readings = read(logs, "gpu", scale)
        engine, card = Engine(lines, requests), Card(readings, scale)
        first = max(lines[0]["timestamp"], readings[0]["record_time"] - GPU_LOG_LAG_SECONDS)
        last = min(lines[-1]["timestamp"], readings[-1]["record_time"] - GPU_LOG_LAG_SECONDS)
        moments = [first + INTERVAL_SECONDS * n for n in range(int((last - first) / INTERVAL_SECONDS) + 1)]
        millis = [START_MILLIS + round(1000 * (moment - first)) for moment in moments]
        node, folder = f"run-{scale}", out / f"scale{scale}"
        write(folder / f"vllm-{scale}", target(node, gpus=[0]), zip(millis, map(engine.scrape, moments)))
        write(folder / f"gpus@{node}", target(node), zip(millis, map(card.scrape, moments)))


if __name__ == "__main__":
    main()
